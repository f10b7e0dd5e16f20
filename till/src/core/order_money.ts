/**
 * The money of an order: what the rest of it costs, what is still to be paid, what a deposit pays of which line and tax, what goes back when it ends.
 * Source: docs/algorithms/orders.md. Amounts: minor units. The server's side: mostrador/counter/order_rest.py.
 */
import type { LineTotals } from './basket.ts'
import type { LineShare, OrderClosed, OrderPaid } from './facts.ts'
import { largestRemainder, mulDivRound } from './integer.ts'
import { chargedOf, handedOf, hasEnded, unspentOf, type Order } from './order.ts'
import { paymentsOf, referencesOf, type Tender } from './pay.ts'
import { sharesOf } from './shares.ts'

/** What is needed to share a deposit out: an order, or one that is about to be written down. */
export type Payable = Pick<Order, 'id' | 'totals' | 'payments'> & Partial<Pick<Order, 'basket' | 'handovers' | 'back' | 'repriced'>>

type Rest = Pick<LineTotals, 'id' | 'net' | 'taxes' | 'gross'>

/** The lines of what was not handed over yet, with what they cost: of each, what its charge leaves, shared out over its net and its taxes. */
export function restOf({ totals, basket, handovers = [] }: Payable): readonly Rest[] {
  if (handovers.length === 0) return totals.lines
  return totals.lines.map((line) => {
    const handed = handedOf({ handovers }, line.id)
    if (handed.quantity === 0) return line
    const wanted = basket?.lines.find(({ id }) => id === line.id)?.quantity ?? 0
    const charge = chargedOf(line)
    const left = handed.quantity >= wanted ? 0 : Math.max(0, charge - handed.amount)
    const gross = charge === 0 ? 0 : mulDivRound(line.gross, left, charge)
    const [net = 0, ...taxes] = gross === 0 ? [] : largestRemainder(gross, [line.net, ...line.taxes.map(({ amount }) => amount)])
    return { id: line.id, gross, net, taxes: line.taxes.map((tax, place) => ({ ...tax, amount: taxes[place] ?? 0 })) }
  })
}

/** What the rest of it costs. */
export function restGross(order: Payable): number {
  return restOf(order).reduce((sum, { gross }) => sum + gross, 0)
}

function unspent({ payments, handovers = [], back = [] }: Payable): number {
  return unspentOf({ payments, handovers, back })
}

/** What is still to be paid. */
export function leftOf(order: Order): number {
  return hasEnded(order) ? 0 : Math.max(0, restGross(order) - unspent(order))
}

/**
 * What of the deposits is which line and tax: as their facts say; once a part was handed over or another price agreed,
 * what is unspent is shared out anew over what is left.
 */
export function sharesNow(order: Payable): readonly (readonly LineShare[])[] {
  if ((order.handovers ?? []).length === 0 && (order.repriced ?? null) === null) return order.payments.map(({ shares }) => shares)
  const amount = Math.min(unspent(order), restGross(order))
  return amount === 0 ? [] : [sharesOf(restOf(order), [], amount)]
}

/** The taxes that the deposits have paid already of what is left, by code. */
export function taxesPaid(order: Payable): ReadonlyMap<string, number> {
  const paid = new Map<string, number>()
  for (const { code, amount } of sharesNow(order).flatMap((shares) => shares.flatMap(({ taxes }) => taxes))) paid.set(code, (paid.get(code) ?? 0) + amount)
  return paid
}

/** What of the rest is which tax, by code. */
export function taxesLeft(order: Payable): ReadonlyMap<string, number> {
  const all = new Map<string, number>()
  for (const { code, amount } of restOf(order).flatMap(({ taxes }) => taxes)) all.set(code, (all.get(code) ?? 0) + amount)
  return all
}

/** What the shop keeps and what goes back of what is unspent when it ends now, by the share that its paper stated. Once it was delivered, nothing is kept. */
export function cancelling(order: Order): { readonly kept: number; readonly back: number } {
  const paid = unspentOf(order)
  const kept = order.state === 'delivered' || order.state === 'cancelled' ? 0 : mulDivRound(paid, order.kept_share, 1_000_000)
  return { kept, back: paid - kept }
}

/** What the shop owes to the buyer of an order that has ended. */
export function owedOf(order: Order): number {
  return hasEnded(order) ? cancelling(order).back : 0
}

/** The deposit that the terms ask for, rounded to whole units of the currency where that leaves something. */
export function suggested(gross: number, share: number, digits: number): number {
  const exact = mulDivRound(gross, share, 1_000_000)
  const unit = 10 ** digits
  return exact < unit ? exact : exact - (exact % unit)
}

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
  const left = restGross(order) - unspent(order)
  if (amount <= 0 || amount > left || change < 0 || (change > 0 && method !== 'cash')) return null
  if (method !== 'cash' && method !== 'card' && method !== 'transfer') return null
  const shares = sharesOf(restOf(order), sharesNow(order), amount)
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

/**
 * Return the body of `order.closed` before the journal gives it series and number; all that goes back goes by one method. It is cancelled by it; where it
 * had ended before, what was left of its deposits goes back.
 */
export function closedBody({ order, shift, currency, method, buyer, approvals }: ClosingParts): Omit<OrderClosed, 'series' | 'number'> {
  const { kept, back } = cancelling(order)
  return {
    order: order.id, shift, currency, outcome: order.state === 'delivered' || order.state === 'cancelled' ? 'settled' : order.state === 'expired' ? 'expired' : 'cancelled', paid: kept + back, refunds: back === 0 ? [] : [{ method, amount: back }],
    kept: { amount: kept, taxes: [] }, references: [], approvals, ...(buyer === null ? {} : { buyer }),
  }
}
