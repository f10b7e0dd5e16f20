/** What of a sale can come back, and the return that it becomes. The arithmetic is that of pricing/returns.ts. */
import type { BasketLine, Payment, SaleBasket, SaleTotals } from './basket.ts'
import type { Method, ReturnRecorded, SaleRecorded } from './facts.ts'
import { componentsBack } from './kit.ts'
import { keptOf } from './pay.ts'
import { returnPoints } from './points.ts'
import type { VoucherBack } from './voucher.ts'
import { refund, type CashBefore, type ReturnDocument, type ReturnTotals, type Share } from './pricing/index.ts'

/** What goods come back from: a ticket, or what stands on the open one, priced now, when nobody has a ticket. */
export interface Source {
  readonly basket: SaleBasket
  readonly totals: SaleTotals
  readonly sale: SaleRecorded | null
}

/** A ticket as what goods come back from. */
export function sourceOf(sale: SaleRecorded): Source {
  return { basket: sale.basket as SaleBasket, totals: sale.totals as SaleTotals, sale }
}

/** A line of a sale, and how much of it has not come back yet, as far as this till knows. */
export interface Returnable {
  /** Its place in the sale, from 0. */
  readonly place: number
  readonly line: BasketLine
  readonly sold: Share
  readonly before: Share | null
  /** Thousandths; never below 0. */
  readonly left: number
}

export interface HowBack {
  /** Why, as a code: the chip that was pressed. */
  readonly reason: string
  /** Back to where it is sold, or not to be sold again. */
  readonly goods: 'shelf' | 'scrap'
  /** What was said of a product and was not so, where somebody says which. */
  readonly statement?: { readonly product: string; readonly id: string } | undefined
}

/** How much of the line at a place comes back, thousandths. */
export interface Chosen {
  readonly place: number
  readonly quantity: number
}

/** Return the lines with what earlier returns have taken back of each. */
export function returnables({ basket, totals }: Source, earlier: readonly ReturnRecorded[]): readonly Returnable[] {
  return basket.lines.map((line, place) => {
    const priced = totals.lines[place]
    const sold: Share = { quantity: line.quantity, gross: priced?.gross ?? 0, taxes: priced?.taxes ?? [] }
    const before = broughtBack(sold, place, earlier)
    return { place, line, sold, before, left: Math.max(0, line.quantity - (before?.quantity ?? 0)) }
  })
}

/** The sums of what the earlier returns gave back of one line, or null. */
function broughtBack(sold: Share, place: number, earlier: readonly ReturnRecorded[]): Share | null {
  let sum: Share | null = null
  for (const { document, totals } of earlier) {
    document.lines.forEach((line, at) => {
      const given = totals.lines[at]
      if (line.line !== place || given === undefined) return
      const sofar: Share = sum ?? { quantity: 0, gross: 0, taxes: sold.taxes.map(({ code }) => ({ code, base: 0, amount: 0 })) }
      sum = {
        quantity: sofar.quantity + line.quantity,
        gross: sofar.gross + given.gross,
        taxes: sofar.taxes.map(({ code, base, amount }, tax) => {
          return { code, base: base + (given.taxes[tax]?.base ?? 0), amount: amount + (given.taxes[tax]?.amount ?? 0) }
        }),
      }
    })
  }
  return sum
}

/** Return the return document of what was chosen, without refunds yet. Lines chosen with nothing are left out. */
export function documentOf(source: Source, lines: readonly Returnable[], chosen: readonly Chosen[], how: HowBack, earlier: readonly ReturnRecorded[]): ReturnDocument {
  const { currency, cash_rounding } = source.basket
  return {
    version: 1,
    currency: { code: currency.code, digits: currency.digits },
    cash_rounding,
    lines: lines.flatMap(({ place, line, sold, before }) => {
      const quantity = chosen.find((one) => one.place === place)?.quantity ?? 0
      if (quantity <= 0) return []
      const { id, product_id, name, unit, factor, serial, lot } = line
      const components = componentsBack(line.components ?? [], line.quantity, quantity, before?.quantity ?? 0)
      const which = { ...(factor === undefined ? {} : { factor }), ...(serial === undefined ? {} : { serial }), ...(lot === undefined ? {} : { lot }), ...(components.length > 0 ? { components } : {}) }
      return [{ id, quantity, sold, before, line: source.sale === null ? null : place, reason: how.reason, goods: how.goods, product_id, name, unit, ...which, ...(how.statement !== undefined && how.statement.product === product_id ? { statement: how.statement.id } : {}) }]
    }),
    refunds: [],
    ...cashBefore(cash_rounding, earlier),
  }
}

/** What the earlier returns owed in cash and how that was rounded, where there is any: together they come to the coins that one would have given. */
function cashBefore(rule: SaleBasket['cash_rounding'], earlier: readonly ReturnRecorded[]): { readonly cash_before?: CashBefore } {
  const inCash = earlier.filter(({ document }) => (document.refunds ?? []).some(({ method }) => method === 'cash'))
  if (rule === null || inCash.length === 0) return {}
  const others = ({ refunds = [] }: ReturnDocument): number => refunds.reduce((sum, { method, amount }) => (method === 'cash' ? sum : sum + amount), 0)
  return {
    cash_before: {
      due: inCash.reduce((sum, { document, totals }) => sum + totals.gross - others(document), 0),
      rounding: inCash.reduce((sum, { totals }) => sum + totals.rounding, 0),
    },
  }
}

/** Return a document's refunds and totals when all of it goes back by one method: in cash as coins can pay it. */
export function byMethod(document: ReturnDocument, method: Method): { readonly document: ReturnDocument; readonly totals: ReturnTotals } {
  return settled(document, [], method)
}

/**
 * Return the same when it goes back as the sale was paid: first what was not cash, each at most what is left of it, then cash.
 * So a card that paid 100 and had 30 back gets at most 70. `exchanged`: what of it pays for other goods of the same visit, before all else.
 * No voucher goes back: what it paid is owed to its buyer or goes back in cash, as the owner says of its kind (`vouchersAs`).
 */
export function asPaid(
  source: Source, earlier: readonly ReturnRecorded[], document: ReturnDocument, exchanged = 0, vouchersAs: VouchersAs = () => 'credit',
): { readonly document: ReturnDocument; readonly totals: ReturnTotals } {
  let due = refund({ ...document, refunds: [] }).gross - exchanged
  const parts: Payment[] = exchanged > 0 ? [{ method: 'exchange', amount: exchanged }] : []
  for (const { left, ...by } of leftByMethod(source, earlier, vouchersAs)) {
    const amount = Math.min(left, due)
    const method = by.method === 'voucher' ? 'credit' : by.method
    if (method === 'cash' || method === 'exchange' || amount <= 0) continue
    parts.push({ ...by, method, amount })
    due -= amount
  }
  return settled(document, parts, 'cash')
}

type VouchersAs = (kind: string | undefined) => VoucherBack

interface Left {
  readonly method: Method
  readonly gift_card?: string
  readonly left: number
}

/** What may still go back by each method, and of gift cards by each card; `voucher`: what of vouchers is owed to the buyer. */
function leftByMethod({ basket, totals }: Source, earlier: readonly ReturnRecorded[], vouchersAs: VouchersAs): readonly Left[] {
  const all = new Map<string, Left>()
  const add = ({ method, gift_card }: { readonly method: string; readonly gift_card?: string | null }, amount: number): void => {
    const key = gift_card ?? method
    const which = gift_card == null ? {} : { gift_card }
    all.set(key, { method: method as Method, ...which, left: (all.get(key)?.left ?? 0) + amount })
  }
  keptOf(basket.payments, totals.change).forEach(({ amount }, place) => {
    const paid = basket.payments[place] ?? { method: '' }
    add(paid.method === 'voucher' && vouchersAs(paid.voucher?.kind) === 'cash' ? { method: 'cash' } : paid, amount)
  })
  for (const { document } of earlier) for (const row of document.refunds ?? []) {
    // What came back of vouchers is owed to the buyer.
    const ofVouchers = row.method === 'credit' ? Math.min(row.amount, all.get('voucher')?.left ?? 0) : 0
    if (ofVouchers > 0) add({ method: 'voucher' }, -ofVouchers)
    add(row, ofVouchers - row.amount)
  }
  return [...all.values()]
}

/** The same of a gift ticket: what does not pay for other goods goes by one method, for as it was paid it would go to whoever gave it. */
export function asGift(document: ReturnDocument, exchanged: number, method: Method): { readonly document: ReturnDocument; readonly totals: ReturnTotals } {
  return settled(document, exchanged > 0 ? [{ method: 'exchange', amount: exchanged }] : [], method)
}

/** Add the one refund that settles what these parts leave open; none when they settle it. */
function settled(document: ReturnDocument, parts: readonly Payment[], method: Method): { readonly document: ReturnDocument; readonly totals: ReturnTotals } {
  const open = refund({ ...document, refunds: parts })
  if (open.gross - parts.reduce((sum, { amount }) => sum + amount, 0) === 0) return { document: { ...document, refunds: parts }, totals: open }
  const rest = method === 'cash' ? refund({ ...document, refunds: [...parts, { method, amount: 0 }] }).missing : open.missing
  const refunds = [...parts, { method, amount: rest }]
  const whole = { ...document, refunds }
  return { document: whole, totals: refund(whole) }
}

/** The body of the fact, before the journal gives it series and number. */
export type ReturnDraft = Omit<ReturnRecorded, 'series' | 'number'>

export interface ReturnParts {
  /** UUIDv7 of the return. */
  readonly id: string
  /** Of the open shift. */
  readonly shift: string
  readonly source: Source
  /** The returns of that sale that this till knows of. */
  readonly earlier: readonly ReturnRecorded[]
  readonly document: ReturnDocument
  readonly totals: ReturnTotals
  readonly approvals: readonly string[]
  /** Whose account it is, where the ticket names nobody, and of a gift ticket in any case. */
  readonly buyer?: string | null
  /** Whether a gift ticket was shown. */
  readonly isGift?: boolean
}

/** Return the body of `return.recorded`. Goods that somebody bought by name come back by the same name; a gift by the name of whoever brings it. */
export function returnBody({ id, shift, source: { sale }, earlier, document, totals, approvals, buyer = null, isGift = false }: ReturnParts): ReturnDraft {
  const who = isGift ? buyer : (sale?.buyer ?? buyer)
  const points = sale === null ? undefined : returnPoints(sale, earlier, document, totals)
  return {
    ...(who === null ? {} : { buyer: who }),
    ...(isGift ? { paper: 'gift' as const } : {}),
    ...(points === undefined ? {} : { points }),
    return: id,
    shift,
    sale: sale === null ? null : { id: sale.sale, series: sale.series, number: sale.number },
    knew: earlier.map((one) => one.return),
    document,
    totals,
    references: [],
    approvals,
  }
}
