/**
 * What is settled later: layaway, special order, repair, delivery, quotation. An order as the till knows it, what facts do to it, and the bodies
 * of those facts. Source: docs/algorithms/orders.md. Amounts: minor units; days: ISO 8601 in the store's zone.
 */
import type { SaleBasket, SaleTotals } from './basket.ts'
import type { AnyFact, Due, LineShare, OrderClosed, OrderKind, OrderOpened, OrderPaid, Token } from './facts.ts'
import { asArray, asInteger, asObject, asText, asWord, type JsonObject } from './json.ts'
import { mulDivRound } from './integer.ts'
import { paymentsOf, referencesOf, type Tender } from './pay.ts'
import { sharesOf } from './shares.ts'
import { ticketNumber } from './sale.ts'
import { fold } from './words.ts'

export const ORDER_KINDS: readonly OrderKind[] = ['layaway', 'special', 'repair', 'delivery', 'quote']
export type OrderState = 'open' | 'ready' | 'sent' | 'delivered' | 'cancelled' | 'expired'
const STATES: readonly OrderState[] = ['open', 'ready', 'sent', 'delivered', 'cancelled', 'expired']
export const MAX_DETAILS = 500

/** What an order of a kind is to the shop: whether it takes deposits, and what can be said of it on the way. */
export const RULES: Readonly<Record<OrderKind, { readonly deposits: boolean; readonly step: 'ready' | 'sent' | null; readonly asks: boolean }>> = {
  layaway: { deposits: true, step: null, asks: false },
  special: { deposits: true, step: 'ready', asks: false },
  repair: { deposits: true, step: 'ready', asks: true },
  delivery: { deposits: true, step: 'sent', asks: true },
  quote: { deposits: false, step: null, asks: false },
}

/** The owner's terms of a kind: days until it is due; shares in parts per million. */
export interface OrderTerms {
  readonly days: number
  readonly deposit_share: number
  readonly kept_share: number
}

export interface Deposit {
  readonly id: string
  readonly amount: number
  readonly shares: readonly LineShare[]
}

export interface Order {
  readonly id: string
  readonly kind: OrderKind
  /** As on its paper: A1-482. */
  readonly number: string
  readonly at: number
  readonly buyer: string | null
  readonly basket: SaleBasket
  readonly totals: SaleTotals
  readonly due: Due
  readonly kept_share: number
  readonly details: string
  readonly state: OrderState
  readonly payments: readonly Deposit[]
}

/** Read an order of the server; undefined where what is needed lacks. */
export function readOrder(value: unknown): Order | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const kind = asWord(row?.['kind'], ORDER_KINDS)
  const state = asWord(row?.['state'], STATES)
  const due = readDue(row?.['due'])
  const priced = readPriced(row)
  if (!row || id === undefined || kind === undefined || state === undefined || !due || !priced) return undefined
  return {
    id, kind, state, due, ...priced, number: asText(row['number']) ?? '', at: asInteger(row['at'], 0) ?? 0, buyer: asText(row['buyer']) ?? null,
    kept_share: asInteger(row['kept_share'], 0) ?? 0, details: asText(row['details']) ?? '', payments: (asArray(row['payments']) ?? []) as readonly Deposit[],
  }
}

function readDue(value: unknown): Due | undefined {
  const row = asObject(value)
  const [promise, by] = [asText(row?.['promise']), asText(row?.['by'])]
  return promise === undefined || by === undefined ? undefined : { promise, by }
}

function readPriced(row: JsonObject | undefined): Pick<Order, 'basket' | 'totals'> | undefined {
  const [basket, totals] = [asObject(row?.['basket']), asObject(row?.['totals'])]
  return basket && totals ? { basket: basket as unknown as SaleBasket, totals: totals as unknown as SaleTotals } : undefined
}

/** The order that a fact of this till is about, or null. */
export function orderOf(fact: AnyFact): string | null {
  if (fact.kind === 'sale.recorded') return fact.body.order ?? null
  return fact.kind === 'order.opened' || fact.kind === 'order.paid' || fact.kind === 'order.changed' || fact.kind === 'order.closed' ? fact.body.order : null
}

/** An order after one more fact; the same fact again changes nothing. `details`: the text of its annex, where it is at hand. */
export function withFact(order: Order | null, fact: AnyFact, details = ''): Order | null {
  if (fact.kind === 'order.opened') return order ?? begun(fact.body, fact.at, details)
  if (order === null) return null
  if (fact.kind === 'sale.recorded') return { ...order, state: 'delivered' }
  if (fact.kind === 'order.paid') {
    const { payment, amount, shares } = fact.body
    return order.payments.some(({ id }) => id === payment) ? order : { ...order, payments: [...order.payments, { id: payment, amount, shares }] }
  }
  if (fact.kind === 'order.closed') return order.state === 'delivered' ? order : { ...order, state: fact.body.outcome }
  if (fact.kind !== 'order.changed') return order
  const state = hasEnded(order) ? order.state : (fact.body.step ?? order.state)
  return { ...order, state, due: fact.body.due ?? order.due }
}

function begun(body: OrderOpened, at: number, details: string): Order {
  return {
    id: body.order, kind: body.kind, number: ticketNumber(body.series, body.number), at, buyer: body.buyer ?? null, basket: body.basket as SaleBasket,
    totals: body.totals as SaleTotals, due: body.due, kept_share: body.kept_share, details, state: 'open', payments: [],
  }
}

/** Whether it waits for nothing any more. */
export function hasEnded({ state }: Order): boolean {
  return state === 'delivered' || state === 'cancelled' || state === 'expired'
}

/** What was paid so far. */
export function paidOf({ payments }: Order): number {
  return payments.reduce((sum, { amount }) => sum + amount, 0)
}

/** What is still to be paid. */
export function leftOf(order: Order): number {
  return hasEnded(order) ? 0 : Math.max(0, order.totals.gross - paidOf(order))
}

/** The taxes that the deposits have paid already, by code. */
export function taxesPaid({ payments }: Order): ReadonlyMap<string, number> {
  const paid = new Map<string, number>()
  for (const { code, amount } of payments.flatMap(({ shares }) => shares.flatMap(({ taxes }) => taxes))) paid.set(code, (paid.get(code) ?? 0) + amount)
  return paid
}

/** Whether its day is over. `today`: the day that it is in the store. */
export function isLate(order: Order, today: string): boolean {
  return !hasEnded(order) && order.due.by < today
}

/** What the shop keeps and what goes back when it is cancelled now, by the share that its paper stated. */
export function cancelling(order: Order): { readonly kept: number; readonly back: number } {
  const paid = paidOf(order)
  const kept = mulDivRound(paid, order.kept_share, 1_000_000)
  return { kept, back: paid - kept }
}

/** The deposit that the terms ask for, rounded to whole units of the currency where that leaves something. */
export function suggested(gross: number, share: number, digits: number): number {
  const exact = mulDivRound(gross, share, 1_000_000)
  const unit = 10 ** digits
  return exact < unit ? exact : exact - (exact % unit)
}

/** So many days after a day, ISO 8601. */
export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** What searches look in, folded: its number, what is to be done, the buyer's name. */
export function searchedOrder(order: Order, buyer: string): string {
  return fold(`${order.number} ${order.number.replace(/^.*-/u, '')} ${buyer} ${order.details} ${order.basket.lines.map(({ name }) => name).join(' ')}`)
}

export interface OrderParts {
  readonly order: string
  readonly kind: OrderKind
  readonly shift: string
  readonly basket: SaleBasket
  readonly totals: SaleTotals
  readonly due: Due
  readonly kept_share: number
  readonly details: string | null
  readonly tokens: readonly Token[]
  readonly approvals: readonly string[]
  readonly catalogue: OrderOpened['catalogue']
  readonly buyer: string | null
}

/** Return the body of `order.opened` before the journal gives it series and number. */
export function openedBody({ buyer, ...parts }: OrderParts): Omit<OrderOpened, 'series' | 'number'> {
  return { ...parts, ...(buyer === null ? {} : { buyer }) }
}

/** The facts of a new order as the till will know it, before they are written: what a first deposit is shared out over. */
export type Payable = Pick<Order, 'id' | 'totals' | 'payments'>

export interface DepositParts {
  readonly payment: string
  readonly order: Payable
  readonly shift: string
  readonly currency: string
  readonly amount: number
  /** What is handed over: at least the amount, and more only in cash. */
  readonly tender: Tender
}

/** Return the body of `order.paid` before the journal gives it series and number; null for an amount that nobody can pay of it so. */
export function depositBody({ payment, order, shift, currency, amount, tender }: DepositParts): Omit<OrderPaid, 'series' | 'number'> | null {
  const change = tender.amount - amount
  const { method } = tender
  const left = order.totals.gross - order.payments.reduce((sum, one) => sum + one.amount, 0)
  if (amount <= 0 || amount > left || change < 0 || (change > 0 && method !== 'cash')) return null
  if (method !== 'cash' && method !== 'card' && method !== 'transfer' && method !== 'voucher') return null
  const shares = sharesOf(order.totals.lines, order.payments.map((one) => one.shares), amount)
  const payments = paymentsOf([tender]).map((row) => ({ method, amount: row.amount }))
  return { payment, order: order.id, shift, currency, amount, payments, change, shares, references: referencesOf([tender]), approvals: [] }
}

export interface ClosingParts {
  readonly order: Order
  readonly shift: string
  readonly currency: string
  readonly method: 'cash' | 'card' | 'transfer' | 'credit'
  readonly buyer: string | null
  readonly approvals: readonly string[]
}

/** Return the body of `order.closed`, cancelled, before the journal gives it series and number; all that goes back goes by one method. */
export function closedBody({ order, shift, currency, method, buyer, approvals }: ClosingParts): Omit<OrderClosed, 'series' | 'number'> {
  const { kept, back } = cancelling(order)
  return {
    order: order.id, shift, currency, outcome: 'cancelled', paid: kept + back, refunds: back === 0 ? [] : [{ method, amount: back }],
    kept: { amount: kept, taxes: [] }, references: [], approvals, ...(buyer === null ? {} : { buyer }),
  }
}
