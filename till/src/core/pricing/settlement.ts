/** Payments: what is rounded for cash, what is given back, what is still missing. */
import { divDown } from '../integer.ts'
import type { CashRounding, Payment } from './basket.ts'
import { PricingError } from './errors.ts'

const CASH = 'cash'

/** All in minor units; due + rounding = paid + missing - change. */
export interface Settlement {
  readonly rounding: number
  readonly paid: number
  readonly change: number
  readonly missing: number
}

/** What earlier returns of the same sale gave back in cash: what was due in it, and by how much it was rounded. */
export interface CashBefore {
  readonly due: number
  readonly rounding: number
}

/**
 * Settle what is due; refuses payment_sign and overpaid. Rule: docs/algorithms/pricing.md, section 6, and of `before`
 * docs/algorithms/returns.md, section 3.
 */
export function settle(due: number, payments: readonly Payment[], cashRounding: CashRounding | null, before: CashBefore | null = null): Settlement {
  if (payments.length === 0) return { rounding: 0, paid: 0, change: 0, missing: due }
  const sign = signOf(due, payments)
  let cash = 0
  let others = 0
  let byCash = false
  for (const { method, amount } of payments) {
    if (method === CASH) {
      byCash = true
      cash += amount * sign
    } else others += amount * sign
  }
  const left = due * sign - others
  if (left < 0) throw new PricingError('overpaid', { excess: 0 - left * sign })
  const rounding = byCash && cashRounding !== null ? inCoins(left, cashRounding, before, sign) - left : 0
  const open = left + rounding - cash
  // "+ 0" turns -0 into 0.
  return {
    rounding: rounding * sign + 0,
    paid: (cash + others) * sign + 0,
    change: Math.max(0, -open) * sign + 0,
    missing: Math.max(0, open) * sign + 0,
  }
}

/** Round what is left; of several returns so that together they are what one would have given, and each within a step of its own. */
function inCoins(left: number, rule: CashRounding, before: CashBefore | null, sign: 1 | -1): number {
  if (before === null) return roundToStep(left, rule)
  const wanted = roundToStep(Math.max(0, before.due * sign + left), rule) - (before.due + before.rounding) * sign
  const below = left - (left % rule.step)
  return left > below && wanted > below ? below + rule.step : below
}

/** Round an amount that is not negative to a multiple of the rule's step. */
export function roundToStep(amount: number, rule: CashRounding): number {
  const rest = amount % rule.step
  const below = divDown(amount, rule.step) * rule.step
  if (rule.mode === 'down' || 2 * rest < rule.step || (rule.mode === 'half_down' && 2 * rest === rule.step)) return below
  return below + rule.step
}

/** 1 or -1, the direction in which money flows; all payments must share it. */
function signOf(due: number, payments: readonly Payment[]): 1 | -1 {
  const lead = due !== 0 ? due : (payments.find((payment) => payment.amount !== 0)?.amount ?? 1)
  const sign = lead > 0 ? 1 : -1
  payments.forEach((payment, index) => {
    if (payment.amount * sign < 0) throw new PricingError('payment_sign', { payment: index })
  })
  return sign
}
