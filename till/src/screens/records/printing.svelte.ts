// Papers of every kind, and how the slip that stands hidden in the page is filled with one and sent to the browser's printer.
import { tick } from 'svelte'
import { accountPaper, type AccountSlip } from '../../core/account_paper.ts'
import type { BasketLine, SaleBasket } from '../../core/basket.ts'
import { taxNumber } from '../../core/country.ts'
import type { CardLeft } from '../../core/gift_card.ts'
import { giftPaper } from '../../core/gift_paper.ts'
import { receiptOf, type PaperHead } from '../../core/receipt.ts'
import { perUnit, type PerUnit } from '../../core/price_check.ts'
import { nextLapse } from '../../core/points_lapse.ts'
import type { PointsNow } from '../../core/points_paper.ts'
import { returnPaper } from '../../core/return_paper.ts'
import { standing } from '../../core/sampling.ts'
import { foldShift } from '../../core/shift.ts'
import { partialPaper, shiftPaper } from '../../core/shift_paper.ts'
import { rightOf } from '../../core/right.ts'
import { shortCode } from '../../core/short_code.ts'
import type { Paper } from '../../core/paper.ts'
import type { Transfer } from '../../core/transfer.ts'
import { transferPaper } from '../../core/transfer_paper.ts'
import type { AnyFact, Fact } from '../../data/index.ts'
import { printSlip } from '../../devices/print.ts'
import { app, part, till, type ClosedShift } from '../app.svelte.ts'
import { guidance } from '../help/guidance.svelte.ts'
import { prices } from '../help/prices.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'
import type { Done } from '../pay/done.ts'
import { preferences } from '../preferences.svelte.ts'
import { storeFormats, unitName } from '../texts.svelte.ts'
import { language, t } from '../words.svelte.ts'
import { slip } from './slip.svelte.ts'

/** `cards`: what the gift cards that paid still hold, known only just after the sale. */
interface SalePaper { readonly secret: string | null; readonly copy: boolean; readonly cards?: readonly CardLeft[] }

/** What stands above every paper of this store. */
export function paperHead(): PaperHead {
  const { organization, store, till: here, settings } = part()
  return {
    business: organization.name, legal_name: organization.legal_name, tax_id: taxNumber(organization.country, organization.tax_id),
    store: store.name, address: store.address, phone: store.phone, till: here.name, footer: settings.receipt_footer,
  }
}

/** The names of taxes by their codes. */
export function taxNames(): Readonly<Record<string, string>> {
  return Object.fromEntries(till().catalogue.taxes().map(({ code, name }) => [code, name]))
}

/** The till's texts as papers ask for them. */
export const paperWords = (key: string, params?: Readonly<Record<string, string | number>>): string =>
  (t as unknown as (key: string, params?: Readonly<Record<string, string | number>>) => string)(key, params)

/** The receipt of a sale as a document. */
export function salePaper(fact: Fact<'sale.recorded'>, how: SalePaper): Paper {
  return receiptOf(fact.body, {
    head: paperHead(), formats: storeFormats(), words: paperWords, at: fact.at, isCopy: how.copy, publicUrl: part().settings.public_url, secret: how.secret,
    taxNames: taxNames(), account: slipOf(fact), points: pointsNow(fact.body.buyer), cards: how.cards ?? [],
    promises: promisesOf(fact.visit?.id), samples: samplesOf(fact.visit?.id), right: rightSaid(fact), code: how.secret === null ? null : shortCode(till().hashOf(how.secret)),
    priorDays: prices.now.days, perUnit: perUnitOf,
  })
}

/** What was given to try in a visit of this shift and not taken back, by name. */
function samplesOf(visit: string | undefined): readonly string[] {
  const given = standing(app.shift?.facts ?? []).filter((fact) => fact.visit?.id === visit)
  return given.flatMap(({ body }) => {
    const product = till().catalogue.byId(body.product)
    return product === null ? [] : [product.variant === null ? product.name : `${product.name} ${product.variant}`]
  })
}

// A right that every line has, of a sale of this shift: what was said on an older paper stands there.
function rightSaid({ body }: Fact<'sale.recorded'>): { readonly name: string; readonly until: string } | null {
  const { shift } = app
  if (shift === null || shift.id !== body.shift) return null
  const goods = (body.basket as SaleBasket).lines.map(({ product_id: product }) => ({ product, category: till().catalogue.byId(product)?.category ?? null }))
  const found = rightOf(guidance.rights, goods, shift.opened.business_date)
  return found === null ? null : { name: found.right[language()], until: found.until }
}

/** What a line comes to per kilo, litre or piece of what is in the product; a box has its own price. */
function perUnitOf({ product_id: id, unit_price: price, factor }: BasketLine): PerUnit | null {
  const product = factor !== undefined ? null : till().catalogue.byId(id)
  const each = product === null ? null : perUnit(product, price)
  return each === null ? null : { ...each, unit: unitName(each.unit) }
}

/** What was promised in a visit of this shift and not taken back: the owner's words, and the day that was said. */
function promisesOf(visit: string | undefined): readonly { readonly name: string; readonly due: string }[] {
  const facts = app.shift?.facts ?? []
  const undone = new Set(facts.flatMap((fact) => (fact.kind === 'record.undone' ? [(fact.body).record] : [])))
  return facts.flatMap((fact) => {
    if (fact.kind !== 'promise.made' || fact.visit?.id !== visit || undone.has(fact.id)) return []
    const { chip, due } = fact.body
    return [{ name: guidance.promises.find(({ id }) => id === chip)?.name ?? t('strip.promise'), due }]
  })
}

/** Print what a buyer paid on account. */
export async function printAccountPayment(fact: Fact<'account.paid'>, slip: AccountSlip): Promise<void> {
  await printPaper(accountPaper(fact.body, { head: paperHead(), formats: storeFormats(), words: paperWords, at: fact.at, slip }))
}

/** Print where a transfer goes: the sale is not paid yet. */
export async function printTransfer(transfer: Transfer): Promise<void> {
  await printPaper(transferPaper(transfer, { head: paperHead(), formats: storeFormats(), words: paperWords, at: till().now() }))
}

// What the buyer has of points: of a till that cannot ask, as it was said last.
function pointsNow(id: string | undefined): PointsNow | null {
  const buyer = id === undefined || part().settings.points === null ? null : till().buyers.byId(id)
  if (buyer === null) return null
  const lapse = buyer.lapses == null ? null : nextLapse(buyer.lapses, buyer.points, till().now())
  return { balance: buyer.points, knownAt: app.sync?.online === true ? null : (app.sync?.lastContactAt ?? null), lapse }
}

// Who bought on account takes along what the account stands at, and signs for it.
function slipOf({ body }: Fact<'sale.recorded'>): AccountSlip | null {
  const isOnAccount = (body.basket as SaleBasket).payments.some(({ method }) => method === 'fiado')
  const buyer = isOnAccount && body.buyer !== undefined ? till().buyers.byId(body.buyer) : null
  return buyer === null ? null : { name: buyer.name, balance: buyer.fiado.balance, taker: buyer.authorised.find(({ id }) => id === body.taken_by)?.name ?? null }
}

/** Print a return that is on the disk. */
export async function printReturn(fact: Fact<'return.recorded'>, isCopy: boolean): Promise<void> {
  const { buyer: id, document } = fact.body
  const isOnAccount = (document.refunds ?? []).some(({ method }) => method === 'fiado' || method === 'credit')
  const buyer = isOnAccount && id !== undefined ? till().buyers.byId(id) : null
  await printPaper(returnPaper(fact.body, {
    head: paperHead(), formats: storeFormats(), words: paperWords, at: fact.at, isCopy,
    account: buyer === null ? null : { name: buyer.name, owes: buyer.fiado.balance, credit: buyer.credit },
    taxNames: taxNames(), points: fact.body.points === undefined || fact.body.paper === 'gift' ? null : pointsNow(id),
  }))
}

/** The paper of a closed shift as a document. */
export function closingPaper({ fact, opened_at, ranges }: ClosedShift): Paper {
  return shiftPaper(fact.body, {
    head: paperHead(), formats: storeFormats(), words: paperWords, opened_at, closed_at: fact.at, ranges, isCopy: false,
    taxNames: taxNames(),
  })
}

/** The X of an open shift as a document, from its facts. */
export function partial(facts: readonly AnyFact[]): Paper {
  return partialPaper(foldShift(facts), {
    head: paperHead(), formats: storeFormats(), words: paperWords, closed_at: till().now(),
    taxNames: taxNames(),
  })
}

/** Print a document. */
export async function printPaper(paper: Paper): Promise<void> {
  slip.paper = paper
  await tick()
  if (slip.element) printSlip(slip.element, preferences.paper)
}

/** Print a sale that is on the disk. */
export async function printSale(fact: Fact<'sale.recorded'>, how: SalePaper): Promise<void> {
  await printPaper(salePaper(fact, how))
}

/** Print the paper of a closed shift. */
export async function printClosing(closed: ClosedShift): Promise<void> {
  await printPaper(closingPaper(closed))
}

/** Print the sale that was just made: the first paper is the ticket, every other one a copy. */
export async function printDone(done: Done): Promise<void> {
  if (done.printed) {
    await printCopy(done.fact)
    return
  }
  counter.done = { ...done, printed: true }
  await printSale(done.fact, { secret: done.secret, copy: false, cards: done.cardsLeft })
}

/** Print a gift ticket: a fact of its own, with a code of its own by which what comes back is known as a gift. */
export async function printGift(fact: Fact<'sale.recorded'>): Promise<void> {
  const token = till().newToken()
  await till().write('ticket.reprinted', { sale: fact.body.sale, tokens: [{ kind: 'gift', hash: token.hash }] }, { staff: app.person?.id ?? null })
  await printPaper(giftPaper(fact.body, {
    head: paperHead(), formats: storeFormats(), words: paperWords, at: fact.at, publicUrl: part().settings.public_url, secret: token.secret,
  }))
  app.say(t('tickets.gift_printed'))
}

/** Print a ticket again: the copy is a fact of its own, with a code of its own, and says COPIA. */
export async function printCopy(fact: Fact<'sale.recorded'>): Promise<void> {
  const token = till().newToken()
  await till().write('ticket.reprinted', { sale: fact.body.sale, tokens: [{ kind: 'reprint', hash: token.hash }] }, { staff: app.person?.id ?? null })
  await printSale(fact, { secret: token.secret, copy: true })
  app.say(t('tickets.reprinted'))
}
