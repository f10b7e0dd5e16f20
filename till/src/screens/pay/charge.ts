// The moment of payment: asks whether it can be kept, writes it in one strict transaction, and only then shows, sounds and prints.
import { doubtful } from '../../core/card.ts'
import { FactTooLarge } from '../../core/chain.ts'
import { activeLines, goneOf, priceChangesOf } from '../../core/ticket.ts'
import { exactTender, settle, type Tender } from '../../core/pay.ts'
import { price } from '../../core/pricing/index.ts'
import { asGift, asPaid, documentOf, returnables, returnBody } from '../../core/returning.ts'
import { saleBody } from '../../core/sale.ts'
import { salePoints } from '../../core/points.ts'
import type { SaleBasket, SaleTotals } from '../../core/basket.ts'
import { nextFrame, StorageFailed, type Annex, type Fact, type FactDraft, type Visit } from '../../data/index.ts'
import { app, part, till, type GivenApproval } from '../app.svelte.ts'
import { mayAlone } from '../may.ts'
import { preferences } from '../preferences.svelte.ts'
import { choosing } from '../sell/choosing.svelte.ts'
import { ageOf } from '../../core/age.ts'
import { waitsForAge } from '../sell/asked.ts'
import { withApprovals } from '../sell/allowing.ts'
import { telling } from '../sell/telling.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'
import { t } from '../words.svelte.ts'
import { later } from '../shell/coming.ts'
import { loadsOf, type CardLeft } from '../../core/gift_card.ts'
import { backOf, voucherChange } from '../../core/voucher.ts'
import { printGiftCards, type Done, type SoldCard } from './done.ts'
import { paying } from './payment.svelte.ts'
import { whenMaySpend } from './spending.ts'

let isWriting = false

/** Open the pay sheet, where there is something to pay and a shift to pay into. */
export function openPay(): void {
  choosing.settle()
  if (!counter.isPayable || app.shift === null || waitsForAge() || mustAsk()) return
  if (counter.reprices !== null) { app.go({ name: 'order_new' }); return }
  if (!counter.fitsFact) {
    refuse('error.sale_too_large')
    return
  }
  withApprovals(() => {
    paying.begin()
    app.go({ name: 'pay' })
    void leaveIfFull()
  })
}

// A card may have been charged already: nothing else is before somebody has said how that ended.
function mustAsk(): boolean {
  if (doubtful(counter.cards) === null) return false
  app.go({ name: 'card' })
  return true
}

// A card is charged at its terminal before the till writes: what could not be kept is said as the sheet opens, and closes it. The sheet
// does not wait for the answer, so that no key is lost.
async function leaveIfFull(): Promise<void> {
  if (!(await hasRoom()) && app.zone.name === 'pay') app.home()
}

/** Charge exactly what is due in cash, without opening the pay sheet. */
export function chargeExact(): void {
  choosing.settle()
  if (!counter.isPayable || app.shift === null || mustAsk()) return
  if (counter.reprices !== null) { openPay(); return }
  // What a card has paid of it already is part of the payment.
  if (counter.cards.length > 0) { openPay(); return }
  const exact = exactTender(counter.basket([]), [], 'cash', price)
  // A difference that coins cannot pay is rounded away by a payment of nothing in cash.
  void charge(settle(counter.basket([]), [], price).isSettled ? [] : [exact])
}

/** Charge the ticket on show with these tenders. What is missing keeps it from happening. */
export async function charge(tenders: readonly Tender[]): Promise<void> {
  if (isWriting || !counter.isPayable || app.shift === null || app.person === null || waitsForAge()) return
  if (!settle(counter.basket([]), tenders, price).isSettled) { app.sound('attention'); return }
  if (await canKeep()) withApprovals(() => { withExchangeAllowed(() => { void whenMaySpend(tenders, (given, cardsLeft) => { void writeSale(tenders, given, cardsLeft) }) }) })
}

// Whoever writes it needs the right, not only whoever began it.
function withExchangeAllowed(go: () => void): void {
  const { exchange } = counter
  const { person } = app
  if (exchange === null || exchange.given !== null || person === null || mayAlone(person, 'return')) { go(); return }
  app.approval = {
    action: 'return', amount: exchange.gross, reason: exchange.how.reason,
    allow: (given) => {
      counter.setExchange({ ...exchange, given })
      go()
    },
  }
}

async function canKeep(): Promise<boolean> {
  isWriting = true
  try {
    return await hasRoom()
  } finally {
    isWriting = false
  }
}

/** Ask before payment, not after: a full disk refuses here (ruling 19). */
async function hasRoom(): Promise<boolean> {
  const gate = await till().canSell()
  if (!gate.ok) app.say(t(gate.reason === 'storage_full' ? 'storage.full' : 'error.write'), 'alert')
  return gate.ok
}

async function writeSale(tenders: readonly Tender[], given: GivenApproval | null, cardsLeft: readonly CardLeft[]): Promise<void> {
  // While the server was asked, something may have been scanned.
  if (isWriting || !settle(counter.basket([]), tenders, price).isSettled) return
  isWriting = true
  const { ticket } = counter
  const secret = till().newToken()
  const notes = notesOf()
  const made = newCards()
  const basket = withKeys(counter.basket([], notes.byLine), made)
  const settled = settle(basket, tenders, price)
  const back = exchanged(settled.basket)
  const drafts = draftsOf(notes.annexes, { basket: settled.basket, totals: settled.totals, tenders, hash: secret.hash }, back, given)
  try {
    const written = await till().writeAll(drafts)
    const fact = written.find((one): one is Fact<'sale.recorded'> => one.kind === 'sale.recorded')
    if (!fact) throw new Error('the sale was not among what was written')
    if (counter.ticket.id !== ticket.id) counter.open(ticket.id)
    const returned = written.find((one): one is Fact<'return.recorded'> => one.kind === 'return.recorded')
    const givenBack = (back?.document.refunds ?? []).filter(({ method, amount }) => method !== 'exchange' && amount > 0)
    const done = { fact, totals: withVoucherChange(settled.totals, tenders), tenders, secret: secret.secret, printed: preferences.prints, givenBack, giftCards: made, cardsLeft }
    counter.finish(done)
    app.sound('charged')
    if (done.printed || made.length > 0) void printSoon(done, returned)
  } catch (problem) {
    reportError(problem)
    refuse(unwritten(problem))
  } finally {
    isWriting = false
  }
}

// What went back as cash for vouchers is handed over like any change.
function withVoucherChange(totals: SaleTotals, tenders: readonly Tender[]): SaleTotals {
  const change = voucherChange(tenders)
  return change === 0 ? totals : { ...totals, change: totals.change + change, paid: totals.paid + change }
}

type Reason = 'error.write' | 'error.write_full' | 'error.sale_too_large' | 'exchange.gone'

function refuse(reason: Reason): void {
  app.sound('attention')
  app.say(t(reason), 'alert')
}

// To repeat a sale that no fact can hold would never help.
function unwritten(problem: unknown): Reason {
  if (problem instanceof FactTooLarge) return 'error.sale_too_large'
  if (problem instanceof Error && 'code' in problem && problem.code === 'more_came_back') return 'exchange.gone'
  return problem instanceof StorageFailed && problem.code === 'storage_full' ? 'error.write_full' : 'error.write'
}

// The screen first: while a printer is spoken to, the page stands still.
async function printSoon({ fact, secret, printed, giftCards, cardsLeft }: Done, returned: Fact<'return.recorded'> | undefined): Promise<void> {
  try {
    await nextFrame()
    const { printReturn, printSale } = await later()
    if (printed) await printSale(fact, { secret, copy: false, cards: cardsLeft })
    // Whatever else is printed or not: the code of a card stands nowhere but on its paper.
    await printGiftCards(giftCards, fact.at)
    if (returned && printed) await printReturn(returned, false)
  } catch (problem) {
    reportError(problem)
    app.say(t('done.print_failed'), 'alert')
  }
}

// What spends a new card, and what shows its balance: drawn as it is sold, known by their hashes from then on.
function newCards(): readonly SoldCard[] {
  return counter.giftCards.flatMap(({ id, amount, isNew }) => (isNew ? [{ id, amount, code: till().newGiftCode(), page: till().newToken().secret }] : []))
}

function withKeys(basket: SaleBasket, made: readonly SoldCard[]): SaleBasket {
  return made.length === 0 ? basket : { ...basket, gift_cards: loadsOf(counter.giftCards, new Map(made.map((card) => [card.id, card]))) }
}

interface Notes { readonly annexes: readonly Annex[]; readonly byLine: Readonly<Record<string, string>> }

// Notes are texts of people: they travel beside the fact, where they can be erased (ruling 3).
function notesOf(): Notes {
  const annexes: Annex[] = []
  const byLine: Record<string, string> = {}
  for (const line of activeLines(counter.ticket)) {
    if (line.note === '') continue
    const annex = till().annex(line.note)
    annexes.push(annex)
    byLine[line.id] = annex.id
  }
  if (counter.ticket.note !== '') annexes.push(till().annex(counter.ticket.note))
  return { annexes, byLine }
}

type Settled = ReturnType<typeof asPaid>
type Priced = Pick<Parameters<typeof saleBody>[0], 'basket' | 'totals' | 'tenders'> & { readonly hash: string }

// Each approval is a fact of its own, written just before the sale that names it, in the same transaction (ruling 7).
function draftsOf(annexes: readonly Annex[], priced: Priced, back: Settled | null, onAccount: GivenApproval | null): readonly FactDraft[] {
  const staff = app.person?.id ?? null
  const { ticket } = counter
  const approvals = [...ticket.approvals, ...(onAccount === null ? [] : [onAccount])].map((given) => ({ id: till().newId(), given }))
  const visit = ticket.visit ?? { id: till().newId(), opened_at: till().now() }
  const { hash, ...parts } = priced
  const body = saleBody({
    // The sale has the ticket's id: should the till stop before the ticket is put away, it is known as sold when it starts again.
    ...parts, sale: ticket.id, shift: app.shift?.id ?? '', tokens: [{ kind: 'ticket', hash }],
    approvals: approvals.map(({ id }) => id), catalogue: till().catalogue.cursor(), buyer: counter.buyer?.id ?? null, order: counter.order?.id ?? null, order_part: counter.order?.part === true,
    price_changes: priceChangesOf(ticket), gone: goneOf(ticket, priced.basket.currency.digits),
    points: counter.buyer === null ? undefined : salePoints(part().settings.points, priced.basket, priced.totals, (product) => till().catalogue.byId(product)?.category ?? null),
    coupons: counter.usedCodes.map(({ id, promotion }) => ({ id, promotion })),
    taken_by: priced.tenders.some(({ method }) => method === 'fiado') ? counter.takenBy : null,
    age_check: ageOf(ticket) === null ? null : (ticket.age_check ?? null), unknown_codes: counter.current?.unknown, priors: telling.now.priors,
  })
  return [
    ...(back === null ? [] : returnDrafts(back, staff, visit)),
    ...approvals.map(({ id, given }): FactDraft => ({
      kind: 'approval.given', id, staff, body: { approver: given.approver, action: given.action, reason: given.reason, amount: given.amount },
    })),
    { kind: 'sale.recorded', staff, visit, body, annexes },
  ]
}

// What the sale is settled with of what came back; the rest goes back to the buyer as it was paid.
function exchanged(basket: SaleBasket): Settled | null {
  const { exchange } = counter
  if (exchange === null) return null
  const { source, earlier, chosen, how, isGift = false } = exchange
  const amount = basket.payments.find(({ method }) => method === 'exchange')?.amount ?? 0
  const document = documentOf(source, returnables(source, earlier), chosen, how, earlier)
  return isGift ? asGift(document, amount, counter.buyer === null ? 'cash' : 'credit') : asPaid(source, earlier, document, amount, backOf(part().settings.vouchers, (source.sale?.buyer ?? counter.buyer) != null))
}

// An exchange is a return and a sale of one visit, written together.
function returnDrafts(back: Settled, staff: string | null, visit: Visit): readonly FactDraft[] {
  const { exchange } = counter
  if (exchange === null) return []
  const approval = till().newId()
  const { source, earlier, given, isGift = false } = exchange
  const body = returnBody({
    id: till().newId(), shift: app.shift?.id ?? '', source, earlier, ...back, approvals: given ? [approval] : [], isGift,
    buyer: isGift || back.document.refunds?.some(({ method }) => method === 'credit') === true ? (counter.buyer?.id ?? null) : null,
  })
  const returned: FactDraft = { kind: 'return.recorded', staff, visit, body }
  return given ? [{ kind: 'approval.given', id: approval, staff, body: given }, returned] : [returned]
}
