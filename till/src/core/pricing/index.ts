/**
 * The engine of prices: a basket goes in, its totals come out.
 *
 * Owns the arithmetic of a sale, in integers only. The rules are in docs/algorithms/pricing.md; the twin in Python is mostrador/pricing.
 */
import { price } from './engine.ts'
import { checkBasket } from './shape.ts'
import type { Totals } from './totals.ts'

export { largestRemainder, mulDivRound } from '../integer.ts'
export type { Basket, CashRounding, Combo, Component, Currency, Discount, GiftCardLoad, Line, Modifier, Payment, Promotion, Reward, Slip, Tax, Vouchers } from './basket.ts'
export { PricingError } from './errors.ts'
export type { Saving } from './promotions.ts'
export { refund, RETURN_ENGINE, type ReturnDocument, type ReturnLine, type ReturnTotals, type Share } from './returns.ts'
export { roundToStep, type CashBefore } from './settlement.ts'
export { ENGINE_VERSION, type LineTotals, type TaxTotal, type Totals } from './totals.ts'
export { price }

/** The totals of a basket that came from outside: its shape is checked first. Throws PricingError. */
export function priceDocument(document: unknown): Totals {
  checkBasket(document)
  return price(document)
}
