/** What facts of a till do to the accounts of buyers, and the payment of what is owed. Amounts: minor units. */
import type { SaleBasket, SaleTotals } from './basket.ts'
import type { AccountPaid, AnyFact } from './facts.ts'
import { keptPayments, referencesOf, paymentsOf, type Tender } from './pay.ts'

/** What one fact does to a buyer's accounts: owed more to the shop, owed more to the buyer. */
export interface Move {
  readonly buyer: string
  readonly fiado: number
  readonly credit: number
}

/** Return what a fact does to an account, or null where it does nothing to any. */
export function moveOf(fact: AnyFact): Move | null {
  if (fact.kind === 'account.paid') return { buyer: fact.body.buyer, fiado: 0 - fact.body.amount, credit: 0 }
  if (fact.kind !== 'sale.recorded' && fact.kind !== 'return.recorded' && fact.kind !== 'order.closed') return null
  if (fact.body.buyer === undefined) return null
  const sum = (rows: readonly { readonly method: string; readonly amount: number }[], method: string): number =>
    rows.reduce((total, row) => (row.method === method ? total + row.amount : total), 0)
  if (fact.kind === 'sale.recorded') {
    const kept = keptPayments(fact.body.basket as SaleBasket, fact.body.totals as SaleTotals)
    return { buyer: fact.body.buyer, fiado: sum(kept, 'fiado'), credit: 0 - sum(kept, 'credit') }
  }
  const refunds = fact.kind === 'order.closed' ? fact.body.refunds : (fact.body.document.refunds ?? [])
  return { buyer: fact.body.buyer, fiado: 0 - sum(refunds, 'fiado'), credit: sum(refunds, 'credit') }
}

/** The accounts that a sale can be paid from. */
export type AccountName = 'fiado' | 'credit' | 'points'

/** What may be spent while nobody can be asked: what is known to be there, and of the owner's limit what this till has not spent yet (ruling 29). */
export function offlineRoom(known: number, limit: number | null, spent: number): number {
  return Math.max(0, limit === null ? known : Math.min(known, limit - spent))
}

/** What is to be paid from each account of the buyer, where anything is; of points the money that they pay. */
export function spendingOf(tenders: readonly Tender[]): readonly { readonly account: AccountName; readonly amount: number }[] {
  return (['fiado', 'credit', 'points'] as const)
    .map((account) => ({ account, amount: tenders.reduce((sum, { method, amount }) => (method === account ? sum + amount : sum), 0) }))
    .filter(({ amount }) => amount > 0)
}

export interface PaymentParts {
  readonly payment: string
  readonly buyer: string
  readonly shift: string
  readonly currency: string
  /** What comes off the account. */
  readonly amount: number
  /** What is handed over: at least the amount, and more only in cash. */
  readonly tender: Tender
}

/** Return the body of `account.paid` before the journal gives it series and number; null when less is handed over, or more but not in cash. */
export function paymentBody({ payment, buyer, shift, currency, amount, tender }: PaymentParts): Omit<AccountPaid, 'series' | 'number'> | null {
  const change = tender.amount - amount
  const method = tender.method
  if (amount <= 0 || change < 0 || (change > 0 && method !== 'cash')) return null
  if (method !== 'cash' && method !== 'card' && method !== 'transfer') return null
  const payments = paymentsOf([tender]).map((row) => ({ method, amount: row.amount }))
  return { payment, buyer, shift, currency, amount, payments, change, references: referencesOf([tender]), approvals: [] }
}
