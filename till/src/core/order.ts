/**
 * What is settled later: layaway, special order, repair, delivery, quotation. An order as the till knows it, what facts do to it, and the bodies
 * of those facts. Source: docs/algorithms/orders.md. Amounts: minor units; days: ISO 8601 in the store's zone.
 */
import type { LineTotals, SaleBasket, SaleTotals } from './basket.ts'
import type { AnyFact, Due, LineShare, OrderClosed, OrderKind, OrderOpened, SaleRecorded, Token } from './facts.ts'
import { asArray, asInteger, asObject, asText, asWord, type JsonObject } from './json.ts'
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

/** A sale of the order: what of its deposits paid for it, and what it handed over by line; no lines: it handed over all of it. */
export interface Handover {
  readonly sale: string
  readonly at: number
  readonly deposit: number
  readonly lines: readonly HandedLine[]
}

/** Thousandths of the unit sold, and what they were charged at. */
export interface HandedLine {
  readonly line: string
  readonly quantity: number
  readonly amount: number
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
  readonly handovers: readonly Handover[]
  /** What closings gave back of the deposits, or kept, by their ids. */
  readonly back: readonly { readonly id: string; readonly amount: number }[]
  /** Another price was agreed, by which fact, and what it cost before; null as long as it is the first. */
  readonly repriced: { readonly id: string; readonly was: number } | null
  /** The server's clock ended it and nobody else did: another day opens it again. */
  readonly lapsed: boolean
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
    kept_share: asInteger(row['kept_share'], 0) ?? 0, details: asText(row['details']) ?? '', payments: rowsOf(row, 'payments'),
    handovers: rowsOf(row, 'handovers'), back: rowsOf(row, 'back'), repriced: (asObject(row['repriced']) ?? null) as Order['repriced'], lapsed: row['lapsed'] === true,
  }
}

function rowsOf<K extends 'payments' | 'handovers' | 'back'>(row: JsonObject, name: K): Order[K] {
  return (asArray(row[name]) ?? []) as unknown as Order[K]
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

function isOfOrder(fact: AnyFact): fact is Extract<AnyFact, { readonly kind: `order.${string}` }> {
  return fact.kind.startsWith('order.')
}

/** The order that a fact of this till is about, or null. */
export function orderOf(fact: AnyFact): string | null {
  if (fact.kind === 'sale.recorded') return fact.body.order ?? null
  return isOfOrder(fact) ? fact.body.order : null
}

/** An order after one more fact; the same fact again changes nothing. `details`: the text of its annex, where it is at hand. */
export function withFact(order: Order | null, fact: AnyFact, details = ''): Order | null {
  if (fact.kind === 'order.opened') return order ?? begun(fact.body, fact.at, details)
  if (order === null) return null
  if (fact.kind === 'sale.recorded') return handedOver(order, fact.body, fact.at)
  if (fact.kind === 'order.paid') {
    const { payment, amount, shares } = fact.body
    return order.payments.some(({ id }) => id === payment) ? order : { ...order, payments: [...order.payments, { id: payment, amount, shares }] }
  }
  if (fact.kind === 'order.closed') return closedBy(order, fact.body, fact.id)
  if (fact.kind === 'order.repriced') {
    const { basket, totals } = fact.body as unknown as Pick<Order, 'basket' | 'totals'>
    return order.repriced?.id === fact.id ? order : { ...order, basket, totals, repriced: { id: fact.id, was: order.totals.gross } }
  }
  if (fact.kind !== 'order.changed') return order
  // Another day undoes what the clock did.
  const reopened = order.lapsed && fact.body.due !== null ? { ...order, lapsed: false, state: 'open' as const } : order
  const state = hasEnded(reopened) ? reopened.state : (fact.body.step ?? reopened.state)
  return { ...reopened, state, due: fact.body.due ?? order.due }
}

function handedOver(order: Order, body: SaleRecorded, at: number): Order {
  if (order.handovers.some(({ sale }) => sale === body.sale)) return order
  const { basket, totals } = body as unknown as Pick<Order, 'basket' | 'totals'>
  const lines = body.order_part !== true ? [] : totals.lines.map((line, place) => ({ line: line.id, quantity: basket.lines[place]?.quantity ?? 0, amount: chargedOf(line) }))
  const deposit = basket.payments.reduce((sum, { method, amount }) => (method === 'deposit' ? sum + amount : sum), 0)
  const handovers = [...order.handovers, { sale: body.sale, at, deposit, lines }]
  const isWhole = lines.length === 0 || order.basket.lines.every(({ id, quantity }) => handedOf({ handovers }, id).quantity >= quantity)
  return { ...order, handovers, state: isWhole ? 'delivered' : order.state }
}

function closedBy(order: Order, { outcome, paid }: OrderClosed, id: string): Order {
  const back = order.back.some((one) => one.id === id) ? order.back : [...order.back, { id, amount: paid }]
  const state = outcome === 'settled' || order.state === 'delivered' ? order.state : outcome
  return { ...order, back, state, lapsed: false }
}

/** What a line is charged at: what its discounts leave of its list. */
export function chargedOf({ list, discount, share, savings = [] }: LineTotals): number {
  return savings.reduce((sum, { amount }) => sum - amount, list - discount - share)
}

/** What was handed over in parts of a line. */
export function handedOf({ handovers }: Pick<Order, 'handovers'>, line: string): Omit<HandedLine, 'line'> {
  const rows = handovers.flatMap(({ lines }) => lines.filter((one) => one.line === line))
  return { quantity: rows.reduce((sum, one) => sum + one.quantity, 0), amount: rows.reduce((sum, one) => sum + one.amount, 0) }
}

function begun(body: OrderOpened, at: number, details: string): Order {
  return {
    id: body.order, kind: body.kind, number: ticketNumber(body.series, body.number), at, buyer: body.buyer ?? null, basket: body.basket as SaleBasket,
    totals: body.totals as SaleTotals, due: body.due, kept_share: body.kept_share, details, state: 'open', payments: [], handovers: [], back: [], repriced: null, lapsed: false,
  }
}

/** Whether it waits for nothing any more. */
export function hasEnded({ state }: Order): boolean {
  return state === 'delivered' || state === 'cancelled' || state === 'expired'
}

/** What was paid so far. */
export function paidOf({ payments }: Pick<Order, 'payments'>): number {
  return payments.reduce((sum, { amount }) => sum + amount, 0)
}

/** What of the deposits paid for nothing yet, and did not go back. */
export function unspentOf(order: Pick<Order, 'payments' | 'handovers' | 'back'>): number {
  const used = order.handovers.reduce((sum, { deposit }) => sum + deposit, 0) + order.back.reduce((sum, { amount }) => sum + amount, 0)
  return Math.max(0, paidOf(order) - used)
}

/** Whether its day is over. `today`: the day that it is in the store. */
export function isLate(order: Order, today: string): boolean {
  return !hasEnded(order) && order.due.by < today
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
