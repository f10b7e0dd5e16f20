/** Paying: tenders added one by one until nothing is missing. Only cash gives change; only cash is rounded. */
import { looksLikeCard } from './check_digit.ts'
import type { Payment, SaleBasket, SaleTotals, VouchersPaid } from './basket.ts'
import type { Amount, Method } from './facts.ts'

export interface Tender extends Payment {
  /** Of a card or transfer, as it goes into the fact; null where none was typed. */
  readonly reference: string | null
}

/** The engine of prices. */
export type Pricer = (basket: SaleBasket) => SaleTotals

export interface Settlement {
  readonly totals: SaleTotals
  readonly basket: SaleBasket
  /** Still to be paid, minor units; 0 when settled. */
  readonly missing: number
  readonly change: number
  readonly isSettled: boolean
}

export const MAX_TENDERS = 20

/** Return a basket with these tenders beside what it is settled with already, and how it stands. */
export function settle(basket: SaleBasket, tenders: readonly Tender[], price: Pricer): Settlement {
  const paid: SaleBasket = { ...basket, payments: [...basket.payments, ...paymentsOf(tenders)] }
  const totals = price(paid)
  return { totals, basket: paid, missing: totals.missing, change: totals.change, isSettled: totals.missing === 0 }
}

/** What is missing if the rest is paid in cash: rounded as the store rounds cash. */
export function cashMissing(basket: SaleBasket, tenders: readonly Tender[], price: Pricer): number {
  return settle(basket, [...tenders, { method: 'cash', amount: 0, reference: null }], price).missing
}

/** The one tender that pays the rest exactly. */
export function exactTender(basket: SaleBasket, tenders: readonly Tender[], method: Method, price: Pricer): Tender {
  const amount = method === 'cash' ? cashMissing(basket, tenders, price) : settle(basket, tenders, price).missing
  return { method, amount, reference: null }
}

export type TenderProblem = 'amount_zero' | 'over_without_cash' | 'amount_max' | 'too_many'

/** Why this tender cannot be added, or null. */
export function tenderProblem(
  basket: SaleBasket, tenders: readonly Tender[], tender: Tender, price: Pricer,
): TenderProblem | null {
  if (tenders.length >= MAX_TENDERS) return 'too_many'
  if (tender.amount <= 0) return 'amount_zero'
  if (!Number.isSafeInteger(tender.amount * MAX_TENDERS)) return 'amount_max'
  if (tender.method === 'cash') return null
  return tender.amount > settle(basket, tenders, price).missing ? 'over_without_cash' : null
}

/** The payments of a sale: cash of one sale is one payment, whatever the number of times it was handed over. Zero tenders are left out. */
export function paymentsOf(tenders: readonly Tender[]): readonly Payment[] {
  return merged(tenders).map(({ reference: _, ...payment }) => payment)
}

/** The references of the payments, by their place in the basket, where `before` payments stand before those of the tenders. */
export function referencesOf(tenders: readonly Tender[], before = 0): readonly { readonly payment: number; readonly value: string }[] {
  return merged(tenders).flatMap(({ reference }, payment) => (reference === null ? [] : [{ payment: before + payment, value: reference }]))
}

function merged(tenders: readonly Tender[]): readonly Tender[] {
  const all: Tender[] = []
  for (const tender of tenders) {
    const place = all.findIndex(({ method }) => method === 'cash' && tender.method === 'cash')
    const before = all[place]
    if (before === undefined) all.push(tender)
    else all[place] = { ...before, amount: before.amount + tender.amount }
  }
  return all
}

/**
 * Return a typed reference as the fact holds it (capital letters, digits, hyphens, at most 32), null when empty, or 'bad'. The number of
 * a card is 'bad': a fact is for ever, and that number may be kept nowhere.
 */
export function readReference(text: string): { readonly value: string | null } | 'bad' {
  const value = text.trim().toUpperCase().replaceAll(/\s+/gu, '-')
  if (value === '') return { value: null }
  return /^[A-Z0-9-]{1,32}$/u.test(value) && !looksLikeCard(value.replaceAll('-', '')) ? { value } : 'bad'
}

/** What a sale leaves in the till: tendered, the change taken off the cash; vouchers at their worth, and what went beyond. Payments in their order; cash is the first that can bear it. */
export function keptPayments(basket: SaleBasket, totals: SaleTotals): readonly Amount[] {
  return [...keptOf(basket.payments, totals.change), ...beyondOf(basket.payments)]
}

/** What the vouchers of payments do to what stays by each method: each is worth its slips, and what went beyond the ticket is taken off where it went. */
function beyondOf(payments: readonly { readonly voucher?: VouchersPaid }[]): readonly Amount[] {
  return payments.flatMap(({ voucher }): readonly Amount[] => {
    if (voucher === undefined) return []
    const { surplus = 0, change = 0, credit = 0 } = voucher
    const went: readonly Amount[] = [{ method: 'surplus', amount: 0 - surplus }, { method: 'cash', amount: 0 - change }, { method: 'credit', amount: 0 - credit }]
    return [{ method: 'voucher', amount: surplus + change + credit }, ...went].filter(({ amount }) => amount !== 0) as readonly Amount[]
  })
}

/** The same of any payments and what was given back of them, but for vouchers, which are what they pay. */
export function keptOf(payments: readonly Payment[], given: number): readonly Amount[] {
  let change = given
  return payments.map(({ method, amount }) => {
    const back = method === 'cash' ? Math.min(change, amount) : 0
    change -= back
    return { method, amount: amount - back }
  })
}
