/** The figures of a shift, folded from its facts in the order of the journal; the Z; and the business day. */
import type { SaleBasket, SaleTotals, TaxTotal } from './basket.ts'
import { sumOf } from './cash.ts'
import { isGift, type AccountPaid, type Amount, type AnyFact, type CashMoved, type GiftCardRefunded, type Method, type OrderClosed, type OrderFigures, type OrderPaid, type ReturnFigures, type ReturnRecorded, type SaleRecorded, type ShiftClosed, type ShiftFigures, type VoucherFigure } from './facts.ts'
import { keptOf, keptPayments } from './pay.ts'
import { countVouchers, type VoucherTally } from './voucher.ts'

/** The tickets of one series in a shift. */
export interface TicketRange {
  readonly series: string
  readonly first: number
  readonly last: number
}

export interface ShiftSums {
  readonly shift: string
  readonly business_date: string
  readonly currency: string
  readonly opened_at: number
  readonly figures: ShiftFigures
  /** In their order: a shift that went on in a new journal sold in two series. */
  readonly ranges: readonly TicketRange[]
  /** What should be there per method: cash with float and movements, always first; others where they occurred. */
  readonly expected: readonly Amount[]
}

/** Methods in the order in which figures show them; others follow in the order in which they occurred. */
const ORDER: readonly string[] = ['cash', 'card', 'transfer', 'voucher', 'exchange', 'fiado', 'credit', 'deposit', 'gift_card', 'points', 'surplus']
/** Cash that leaves the drawer and not the shop. */
const TO_THE_SAFE = 'safe'
/** Of these nothing lies anywhere, and nobody counts them. */
const NOWHERE: ReadonlySet<string> = new Set(['exchange', 'fiado', 'credit', 'deposit', 'gift_card', 'points', 'surplus'])

/** What was given back, as long as it is counted. */
interface Back {
  returns: number
  gross: number
  net: number
  tax: number
  rounding: number
  taxes: Map<string, TaxTotal>
  refunds: Map<Method, number>
}

interface Tally {
  sales: number
  visits_without_sale: number
  ranges: Map<string, TicketRange>
  gross: number
  net: number
  tax: number
  discount: number
  rounding: number
  tips: number
  taxes: Map<string, TaxTotal>
  payments: Map<Method, number>
  cash_in: number
  cash_out: number
  drawer_openings: number
  reprints: number
  back: Back
  accounts: { payments: number; amount: number }
  drops: { times: number; amount: number }
  orders: { opened: number; payments: number; paid: number; back: number; kept: number } | null
  gift_cards: { sold: number; amount: number; back: number }
  vouchers: VoucherTally
}

function emptyTally(): Tally {
  return {
    sales: 0, visits_without_sale: 0, ranges: new Map(), gross: 0, net: 0, tax: 0, discount: 0, rounding: 0, tips: 0,
    taxes: new Map(), payments: new Map(), cash_in: 0, cash_out: 0, drawer_openings: 0, reprints: 0,
    back: { returns: 0, gross: 0, net: 0, tax: 0, rounding: 0, taxes: new Map(), refunds: new Map() },
    accounts: { payments: 0, amount: 0 },
    drops: { times: 0, amount: 0 },
    orders: null,
    gift_cards: { sold: 0, amount: 0, back: 0 },
    vouchers: { kinds: new Map(), surplus: 0, change: 0, credit: 0 },
  }
}

/**
 * Fold the facts of one shift: `facts` begins with its `shift.opened`; facts of other shifts are passed over.
 * A RangeError says that there is no such beginning.
 */
export function foldShift(facts: readonly AnyFact[]): ShiftSums {
  const opened = facts[0]
  if (opened?.kind !== 'shift.opened') throw new RangeError('a shift begins with shift.opened')
  const tally = emptyTally()
  for (const fact of facts) count(tally, fact, opened.body.shift)
  const { taxes, payments, ranges: found, back, accounts, drops, orders, gift_cards, vouchers, ...sums } = tally
  const ranges = [...found.values()]
  // The fact has room for one series: the one sold in last, which is that of its journal.
  const range = ranges.at(-1)
  const figures: ShiftFigures = {
    ...sums,
    first_number: range?.first ?? null,
    last_number: range?.last ?? null,
    taxes: [...taxes.values()],
    payments: inOrder(payments),
    float: opened.body.float,
    ...(back.returns === 0 ? {} : { returned: returnedOf(back) }),
    ...(accounts.payments === 0 ? {} : { accounts }),
    ...(drops.times === 0 ? {} : { drops }),
    ...(orders === null ? {} : { orders }),
    ...(gift_cards.sold + gift_cards.back === 0 ? {} : { gift_cards }),
    ...(vouchers.kinds.size === 0 ? {} : { vouchers: { ...vouchers, kinds: [...vouchers.kinds.values()] } }),
  }
  return {
    shift: opened.body.shift,
    business_date: opened.body.business_date,
    currency: opened.body.currency,
    opened_at: opened.at,
    figures,
    ranges,
    expected: expectedOf(figures),
  }
}

function returnedOf({ taxes, refunds, ...sums }: Back): ReturnFigures {
  return { ...sums, taxes: [...taxes.values()], refunds: inOrder(refunds) }
}

function count(tally: Tally, fact: AnyFact, shift: string): void {
  if (fact.kind === 'ticket.reprinted') tally.reprints += isGift(fact.body) ? 0 : 1
  else if (!('shift' in fact.body) || fact.body.shift !== shift) return
  else if (fact.kind === 'sale.recorded') countSale(tally, fact.body)
  else if (fact.kind === 'return.recorded') countReturn(tally, fact.body)
  else if (fact.kind === 'account.paid') countAccountPayment(tally, fact.body)
  else if (fact.kind === 'order.opened') countOrder(tally, fact.body, { opened: 1 })
  else if (fact.kind === 'order.paid') countDeposit(tally, fact.body)
  else if (fact.kind === 'order.closed') countOrderClosed(tally, fact.body)
  else if (fact.kind === 'gift_card.refunded') countCardRefund(tally, fact.body)
  else if (fact.kind === 'visit.closed') tally.visits_without_sale += 1
  else if (fact.kind === 'drawer.opened') tally.drawer_openings += 1
  else if (fact.kind === 'cash.moved' && fact.body.direction === 'in') tally.cash_in += fact.body.amount
  else if (fact.kind === 'cash.moved') countOut(tally, fact.body)
}

function countOut(tally: Tally, { amount, reason }: CashMoved): void {
  tally.cash_out += amount
  if (reason !== TO_THE_SAFE) return
  tally.drops.times += 1
  tally.drops.amount += amount
}

function countSale(tally: Tally, body: SaleRecorded): void {
  const totals = body.totals as SaleTotals
  tally.sales += 1
  countNumber(tally, body)
  tally.gross += totals.gross
  tally.net += totals.net
  tally.tax += totals.tax
  tally.discount += totals.discount + (totals.savings ?? 0)
  tally.rounding += totals.rounding
  tally.tips += totals.tip
  tally.gift_cards.sold += (body.basket as SaleBasket).gift_cards?.length ?? 0
  tally.gift_cards.amount += totals.gift_cards ?? 0
  countVouchers(tally.vouchers, (body.basket as SaleBasket).payments)
  addTaxes(tally.taxes, totals.taxes)
  for (const { method, amount } of keptPayments(body.basket as SaleBasket, totals)) add(tally.payments, method, amount)
}

/** What goes back by a method leaves what came in by it; cash leaves the drawer. */
function countReturn(tally: Tally, body: ReturnRecorded): void {
  const { back } = tally
  countNumber(tally, body)
  back.returns += 1
  back.gross += body.totals.gross
  back.net += body.totals.net
  back.tax += body.totals.tax
  back.rounding += body.totals.rounding
  addTaxes(back.taxes, body.totals.taxes)
  for (const { method, amount } of body.document.refunds ?? []) {
    add(back.refunds, method as Method, amount)
    add(tally.payments, method as Method, -amount)
  }
}

function countCardRefund(tally: Tally, body: GiftCardRefunded): void {
  countNumber(tally, body)
  tally.gift_cards.back += body.amount
  add(tally.payments, body.method, -body.amount)
}

function countAccountPayment(tally: Tally, body: AccountPaid): void {
  countNumber(tally, body)
  tally.accounts.payments += 1
  tally.accounts.amount += body.amount
  for (const { method, amount } of keptOf(body.payments, body.change)) add(tally.payments, method, amount)
}

function countOrder(tally: Tally, paper: { readonly series: string; readonly number: number }, more: Partial<OrderFigures>): void {
  countNumber(tally, paper)
  tally.orders ??= { opened: 0, payments: 0, paid: 0, back: 0, kept: 0 }
  for (const name of ['opened', 'payments', 'paid', 'back', 'kept'] as const) tally.orders[name] += more[name] ?? 0
}

function countDeposit(tally: Tally, body: OrderPaid): void {
  countOrder(tally, body, { payments: 1, paid: body.amount })
  for (const { method, amount } of keptOf(body.payments, body.change)) add(tally.payments, method, amount)
}

/** What goes back of deposits leaves what came in by the method, as with a return. */
function countOrderClosed(tally: Tally, body: OrderClosed): void {
  countOrder(tally, body, { back: body.refunds.reduce((sum, { amount }) => sum + amount, 0), kept: body.kept.amount })
  for (const { method, amount } of body.refunds) add(tally.payments, method, -amount)
}

/** Tickets and the papers of returns, payments on account and orders bear the numbers of one count. */
function countNumber(tally: Tally, { series, number }: { readonly series: string; readonly number: number }): void {
  const { first, last } = tally.ranges.get(series) ?? { first: number, last: number }
  tally.ranges.set(series, { series, first: Math.min(first, number), last: Math.max(last, number) })
}

function addTaxes(sums: Map<string, TaxTotal>, taxes: readonly TaxTotal[]): void {
  for (const { code, base, amount } of taxes) {
    const sofar = sums.get(code) ?? { code, base: 0, amount: 0 }
    sums.set(code, { code, base: sofar.base + base, amount: sofar.amount + amount })
  }
}

function add(sums: Map<Method, number>, method: Method, amount: number): void {
  sums.set(method, (sums.get(method) ?? 0) + amount)
}

function inOrder(payments: ReadonlyMap<Method, number>): readonly Amount[] {
  const place = (method: Method): number => (ORDER.includes(method) ? ORDER.indexOf(method) : ORDER.length)
  return [...payments.keys()].sort((one, other) => place(one) - place(other)).map((method) => ({ method, amount: payments.get(method) ?? 0 }))
}

function expectedOf(figures: ShiftFigures): readonly Amount[] {
  const sold = figures.payments.find(({ method }) => method === 'cash')?.amount ?? 0
  const cash = figures.float + sold + figures.cash_in - figures.cash_out
  return [{ method: 'cash', amount: cash }, ...figures.payments.filter(({ method }) => method !== 'cash' && !NOWHERE.has(method))]
}

export interface Count {
  /** How many of each coin and note; pieces counted as none may be left out. */
  readonly denominations: readonly { readonly value: number; readonly count: number }[]
  /** Cash counted as one amount instead, minor units; null when it was counted by denomination. */
  readonly cash: number | null
  /** What was counted of the other methods, minor units; a method left out counts as nothing. */
  readonly others: readonly Amount[]
  /** Vouchers as they were counted, by kind; their sum stands among `others`. */
  readonly vouchers?: readonly VoucherFigure[]
  /** Why it differs, where it was asked. */
  readonly reason?: string
  /** How often it was counted again. */
  readonly recounts?: number
}

export type ShiftClosing = Omit<ShiftClosed, 'z' | 'perpetual'>

/** Return the body of `shift.closed` but for Z number and running total, which the journal gives. Counted minus expected is the difference. */
export function closeShift(sums: ShiftSums, count: Count): ShiftClosing {
  const denominations = count.denominations.filter((piece) => piece.count > 0)
  const cash = count.cash ?? sumOf(denominations)
  const counted = countedOf(sums.expected, cash, count.others)
  return {
    shift: sums.shift,
    business_date: sums.business_date,
    currency: sums.currency,
    expected: sums.expected,
    counted,
    difference: counted.map(({ method, amount }) => {
      const expected = sums.expected.find((other) => other.method === method)?.amount ?? 0
      return { method, amount: amount - expected }
    }),
    denominations,
    figures: sums.figures,
    ...(count.vouchers === undefined || count.vouchers.length === 0 ? {} : { vouchers: count.vouchers }),
    ...(count.reason === undefined ? {} : { reason: count.reason }),
    ...(count.recounts === undefined || count.recounts === 0 ? {} : { recounts: count.recounts }),
  }
}

/** Whether a count differs, by any method, by more than is tolerated (minor units); where null is tolerated nobody asks. */
export function isBeyond(difference: readonly Amount[], tolerance: number | null): boolean {
  return tolerance !== null && difference.some(({ amount }) => Math.abs(amount) > tolerance)
}

/** Every method expected or counted, once, in the order of the expected. */
function countedOf(expected: readonly Amount[], cash: number, others: readonly Amount[]): readonly Amount[] {
  const unexpected = others.filter(({ method, amount }) => amount !== 0 && method !== 'cash' && !expected.some((one) => one.method === method))
  const known = expected.map(({ method }) => {
    return { method, amount: method === 'cash' ? cash : (others.find((other) => other.method === method)?.amount ?? 0) }
  })
  return [...known, ...unexpected]
}

/** What is over and what is short in a count, each summed over its own methods: cash that lacks is not made good by cards that are over. */
export function overAndShort(difference: readonly Amount[]): { readonly over: number; readonly short: number } {
  const sum = (sign: 1 | -1): number => difference.reduce((total, { amount }) => total + Math.max(0, sign * amount), 0)
  return { over: sum(1), short: sum(-1) }
}

const DAY_MS = 86_400_000

/** A shift open for more than a day asks to be closed (ruling 8). */
export function isOverdue(openedAt: number, at: number): boolean {
  return at - openedAt > DAY_MS
}

/**
 * Return the business date of an instant as ISO text: the date in the store's zone, until `dayStartMinutes` after midnight still the day before.
 * `at` is the till's clock corrected by the last known offset (ruling 8).
 */
export function businessDate(at: number, zone: string, dayStartMinutes: number): string {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  })
  const parts = format.formatToParts(at)
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? '0')
  const isBefore = of('hour') * 60 + of('minute') < dayStartMinutes
  const date = new Date(Date.UTC(of('year'), of('month') - 1, of('day') - (isBefore ? 1 : 0)))
  return date.toISOString().slice(0, 10)
}
