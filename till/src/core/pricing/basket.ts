/** The basket document. Shape: contracts/basket.schema.json; units: docs/algorithms/pricing.md, section 1. */

export const LINES_MAX = 1000
/** The largest amount of money on a line, in minor units: sums of a thousand lines stay far inside the safe integers. */
export const AMOUNT_MAX = 1_000_000_000_000
export const PRICE_MAX = 1_000_000_000_000_000
export const RATE_MAX = 10_000_000
/** Parts per million in one. */
export const WHOLE = 1_000_000
export const UNITS_MAX = 1_000_000_000
export const FACTOR_MAX = 1_000_000_000
export const STEP_MAX = 1_000_000_000
export const TAXES_MAX = 100
export const LINE_TAXES_MAX = 8
export const PAYMENTS_MAX = 100
export const TEXT_MAX = 64
export const PROMOTIONS_MAX = 100
export const PARTS_MAX = 8
export const COUNT_MAX = 100
export const GIFT_CARDS_MAX = 20
export const SLIPS_MAX = 40
export const TIMES_MAX = 1_000_000_000
export const MODIFIERS_MAX = 60
export const COMPONENTS_MAX = 20
export const COMBOS_MAX = 500
export const COMBO_PARTS_MAX = 20

/** An ISO 4217 code and the decimals of its minor unit: 0, 2 or 3. */
export interface Currency {
  readonly code: string
  readonly digits: number
}

/** What coins can pay: multiples of step minor units. */
export interface CashRounding {
  readonly step: number
  readonly mode: 'half_up' | 'half_down' | 'down'
}

/** A share of the base; rate in parts per million. */
export interface PercentTax {
  readonly code: string
  readonly kind: 'percent'
  readonly rate: number
  readonly in_base?: boolean
}

/** An amount per unit, in ten-thousandths of the major unit. */
export interface FixedTax {
  readonly code: string
  readonly kind: 'fixed'
  readonly amount: number
  readonly in_base?: boolean
}

/** No tax, but the base is reported. */
export interface ExemptTax {
  readonly code: string
  readonly kind: 'exempt'
}

export type Tax = PercentTax | FixedTax | ExemptTax

/** Either percent (parts per million) or amount (minor units), never both. */
export interface Discount {
  readonly percent?: number | null
  readonly amount?: number | null
}

/** An option that the line was sold with; `price`, ten-thousandths a unit, stands in the line's unit price already. */
export interface Modifier {
  readonly id: string
  readonly name: string
  readonly price: number
}

/** What left the shelf with a line of a kit: so many thousandths of a product for the whole line. */
export interface Component {
  readonly product_id: string
  readonly name: string
  readonly quantity: number
}

/** Quantity in thousandths (negative in a return), unit price in ten-thousandths of the major unit, taxes in order. */
export interface Line {
  readonly id: string
  readonly quantity: number
  readonly unit_price: number
  readonly taxes: readonly string[]
  readonly discount?: Discount | null
  /** Thousandths of a fixed tax's unit per unit sold, by code; 1000 when it is not named. */
  readonly tax_units?: Readonly<Record<string, number>> | null
  readonly product_id?: string | null
  readonly name?: string | null
  readonly unit?: string | null
  readonly note_annex?: string | null
  /** The entry of a price list that priced it. */
  readonly price_entry?: string | null
  readonly modifiers?: readonly Modifier[]
  /** Thousandths of the product's own unit in one of the unit sold; left out: its own. */
  readonly factor?: number | null
  /** Which one it was: its serial number, or its lot and the date it keeps to. */
  readonly serial?: string | null
  readonly lot?: string | null
  readonly expires?: string | null
  /** Of a kit. */
  readonly components?: readonly Component[]
}

/** One of: percent off (parts per million), amount off (minor units), or the price instead (ten-thousandths of the major unit). */
export interface Reward {
  readonly percent?: number | null
  readonly amount?: number | null
  readonly price?: number | null
}

interface AnyPromotion {
  readonly id: string
  readonly reward: Reward
  /** Other stacking promotions may lower the same pieces. */
  readonly stack?: boolean
  readonly name?: string | null
}

/** Every unit of its lines; quantities in thousandths, amounts in minor units. */
export interface EachPromotion extends AnyPromotion {
  readonly kind: 'each'
  readonly lines: readonly string[]
  readonly least_quantity?: number | null
  readonly least_amount?: number | null
  readonly most?: number | null
}

/** Its lines taken together; its reward is no price. */
export interface TotalPromotion extends AnyPromotion {
  readonly kind: 'total'
  readonly lines: readonly string[]
  readonly least_quantity?: number | null
  readonly least_amount?: number | null
}

/** Whole pieces that make a set; the reward is for the cheapest of them, or for all. */
export interface SetPromotion extends AnyPromotion {
  readonly kind: 'set'
  readonly parts: readonly { readonly lines: readonly string[]; readonly count: number }[]
  readonly cheapest?: number | null
  readonly times?: number | null
}

export type Promotion = EachPromotion | TotalPromotion | SetPromotion

/** Lines that are sold at one price together: how many combos, thousandths, and what one costs, ten-thousandths. */
export interface Combo {
  readonly id: string
  readonly quantity: number
  readonly unit_price: number
  /** `extra`, ten-thousandths a combo, is what this choice added to the unit price, and stands in it already. */
  readonly parts: readonly { readonly line: string; readonly extra?: number }[]
  readonly discount?: Discount | null
  readonly product_id?: string | null
  readonly name?: string | null
  readonly price_entry?: string | null
}

/** One voucher: what is printed on it, and its number where somebody wrote it down. */
export interface Slip {
  readonly value: number
  readonly number?: string | null
}

/**
 * The vouchers of a payment, all of one kind. What they are worth beyond the payment's amount is `surplus`, which stays with the shop, `change`,
 * which left the drawer as cash, and `credit`, which the shop owes the buyer.
 */
export interface Vouchers {
  readonly kind: string
  readonly slips: readonly Slip[]
  readonly name?: string | null
  readonly surplus?: number
  readonly change?: number
  readonly credit?: number
}

/**
 * What was tendered, in minor units; the method "cash" is the only one that is rounded and gives change. `gift_card`: which one, where it is by one;
 * `voucher`: which, where it is by vouchers of a kind: the amount is what they pay here, not what they are worth.
 */
export interface Payment {
  readonly method: string
  readonly amount: number
  readonly gift_card?: string | null
  readonly voucher?: Vouchers | null
}

/** Money put on a gift card: no revenue, no tax. `code` and `page` of a new one: the hashes of what spends it and of what shows its balance. */
export interface GiftCardLoad {
  readonly id: string
  readonly amount: number
  readonly code?: string | null
  readonly page?: string | null
}

/** All that the price of a sale depends on. */
export interface Basket {
  readonly version: 1
  readonly currency: Currency
  readonly prices_include_tax: boolean
  readonly tax_rounding: 'line' | 'document'
  readonly taxes: readonly Tax[]
  readonly lines: readonly Line[]
  readonly cash_rounding?: CashRounding | null
  readonly discount?: Discount | null
  readonly tip?: number
  readonly payments?: readonly Payment[]
  readonly promotions?: readonly Promotion[]
  readonly combos?: readonly Combo[]
  readonly gift_cards?: readonly GiftCardLoad[]
}
