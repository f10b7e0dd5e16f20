/** From an open ticket to the basket document of the engine of prices, and what of it needs another person's yes. */
import type { Tax } from './catalogue.ts'
import type { Method } from './facts.ts'
import type { Currency } from './format.ts'
import { basketCombos } from './combo.ts'
import { componentsOf } from './kit.ts'
import type { CashRounding, Combo, Component, GiftCardLoad, Modifier, Promotion, Totals, Vouchers } from './pricing/index.ts'
import { activeLines, lineAmount, ONE, type Discount, type Ticket, type TicketLine } from './ticket.ts'
import { heldBy } from './units.ts'

/** Source of these documents: contracts/basket.schema.json and contracts/totals.schema.json. */
export type BasketTax =
  | { readonly code: string; readonly kind: 'percent'; readonly rate: number; readonly in_base: boolean }
  | { readonly code: string; readonly kind: 'fixed'; readonly amount: number; readonly in_base: boolean }
  | { readonly code: string; readonly kind: 'exempt' }

export interface BasketLine {
  readonly id: string
  readonly quantity: number
  readonly unit_price: number
  readonly discount: Discount | null
  readonly taxes: readonly string[]
  readonly tax_units?: Readonly<Record<string, number>>
  readonly product_id: string
  readonly name: string
  readonly unit: string
  readonly note_annex: string | null
  /** The entry of a price list that priced it; left out for the usual price. */
  readonly price_entry?: string
  /** What it was sold with; its price includes it. Left out when there is nothing. */
  readonly modifiers?: readonly Modifier[]
  /** Thousandths of the product's own unit in one of the unit sold; left out for its own. */
  readonly factor?: number
  readonly serial?: string
  readonly lot?: string
  readonly expires?: string
  /** Of a kit: what leaves the shelf with the whole line, in place of the kit. Left out of every other line. */
  readonly components?: readonly Component[]
}

export interface Payment {
  readonly method: Method
  readonly amount: number
  /** Which one, where it is by a gift card. */
  readonly gift_card?: string
  /** Which they are, where it is by vouchers: the amount is what they pay. */
  readonly voucher?: VouchersPaid
}

/** Vouchers of one kind as they pay; each of the last three left out where it is nothing. */
export interface VouchersPaid extends Vouchers {
  readonly name: string
}

export interface SaleBasket {
  readonly version: 1
  readonly currency: Currency
  readonly prices_include_tax: boolean
  readonly tax_rounding: 'line' | 'document'
  readonly cash_rounding: CashRounding | null
  readonly taxes: readonly BasketTax[]
  readonly lines: readonly BasketLine[]
  readonly discount: Discount | null
  readonly tip: number
  readonly payments: readonly Payment[]
  /** Those that lowered something; left out when there is none. */
  readonly promotions?: readonly Promotion[]
  /** Lines at one price together; left out when there are none. */
  readonly combos?: readonly Combo[]
  /** What it puts on gift cards; left out when it does not. */
  readonly gift_cards?: readonly GiftCardLoad[]
}

export type { LineTotals, TaxTotal } from './pricing/index.ts'
export type SaleTotals = Totals

/** How a store sells: what the till part says. */
export interface SellingRules {
  readonly currency: Currency
  readonly prices_include_tax: boolean
  readonly tax_rounding: 'line' | 'document'
  readonly cash_rounding: CashRounding | null
}

export interface BasketExtras {
  readonly payments?: readonly Payment[]
  /** Minor units. */
  readonly tip?: number
  /** The annex that carries a line's note, by the line's id. */
  readonly annexes?: Readonly<Record<string, string>>
  readonly promotions?: readonly Promotion[]
  readonly gift_cards?: readonly GiftCardLoad[]
}

/** Return the basket document of a ticket. `taxes` are all that the catalogue knows; those that occur go in, in that order. */
export function basketOf(ticket: Ticket, rules: SellingRules, taxes: readonly Tax[], extras: BasketExtras = {}): SaleBasket {
  const lines = activeLines(ticket)
  const combos = basketCombos(ticket)
  const used = new Set(lines.flatMap((line) => line.taxes))
  return {
    version: 1,
    currency: { code: rules.currency.code, digits: rules.currency.digits },
    prices_include_tax: rules.prices_include_tax,
    tax_rounding: rules.tax_rounding,
    cash_rounding: rules.cash_rounding,
    taxes: taxes.filter((tax) => used.has(tax.code)).map(basketTax),
    lines: lines.map((line) => basketLine(line, extras.annexes?.[line.id] ?? null)),
    discount: ticket.discount,
    tip: extras.tip ?? 0,
    payments: extras.payments ?? [],
    ...((extras.promotions ?? []).length > 0 ? { promotions: extras.promotions } : {}),
    ...(combos.length > 0 ? { combos } : {}),
    ...((extras.gift_cards ?? []).length > 0 ? { gift_cards: extras.gift_cards } : {}),
  }
}

function basketTax(tax: Tax): BasketTax {
  if (tax.kind === 'exempt') return { code: tax.code, kind: 'exempt' }
  if (tax.kind === 'fixed') return { code: tax.code, kind: 'fixed', amount: tax.amount ?? 0, in_base: tax.in_base }
  return { code: tax.code, kind: 'percent', rate: tax.rate ?? 0, in_base: tax.in_base }
}

function basketLine(line: TicketLine, annex: string | null): BasketLine {
  const needed = Object.entries(line.tax_units ?? {}).filter(([code]) => line.taxes.includes(code))
  return {
    id: line.id,
    quantity: line.quantity,
    unit_price: line.unit_price,
    discount: line.discount,
    taxes: line.taxes,
    ...(needed.length > 0 ? { tax_units: Object.fromEntries(needed) } : {}),
    product_id: line.product_id,
    name: line.name,
    unit: line.unit,
    note_annex: annex,
    ...(line.price_entry == null || line.unit_price !== line.list_price ? {} : { price_entry: line.price_entry }),
    ...((line.modifiers ?? []).length > 0 ? { modifiers: line.modifiers } : {}),
    ...(line.factor === undefined ? {} : { factor: line.factor }),
    ...(line.serial == null ? {} : { serial: line.serial }),
    ...(line.lot === null ? {} : { lot: line.lot }),
    ...(line.lot === null || line.expires === null ? {} : { expires: line.expires }),
    ...(line.components === undefined ? {} : { components: componentsOf(line.components, heldBy(line), ONE) }),
  }
}

/** One act for which another person must be asked. */
export interface Need {
  readonly action: 'discount' | 'price'
  /** Minor units given away, or by which lines were changed. */
  readonly amount: number
}

export interface Limits {
  /** The largest discount given alone, parts per million of the list amount. */
  readonly discount: number
  readonly may_change_price: boolean
}

/** The largest discount that a limit allows on a list amount: rounded up, so that rounding never costs an approval. */
function allowed(list: number, limit: number): number {
  const million = 1_000_000n
  return Number((BigInt(Math.abs(list)) * BigInt(limit) + million - 1n) / million)
}

/**
 * Return what this ticket still needs another person's yes for: discounts beyond the limit on one line or on the whole, and, of who may not change
 * prices, those below the limit or above the catalogue's. An approval already given counts if it was for as much. Prices of labels, of shelves (ruling 39) and of products without one need none.
 */
export function approvalsNeeded(ticket: Ticket, totals: SaleTotals, limits: Limits, digits: number): readonly Need[] {
  const needs: Need[] = []
  const overLine = totals.lines.some((line) => line.discount > allowed(line.list, limits.discount))
  if (overLine || totals.discount > allowed(totals.list, limits.discount)) {
    needs.push({ action: 'discount', amount: totals.discount })
  }
  const changed = activeLines(ticket).reduce((sum, line) => sum + priceChange(line, limits.discount, digits), 0)
  if (changed > 0 && !limits.may_change_price) needs.push({ action: 'price', amount: changed })
  return needs.filter((need) => !isGiven(ticket, need))
}

function priceChange(line: TicketLine, limit: number, digits: number): number {
  if (line.list_price === null || line.origin === 'label' || line.unit_price === line.list_price || line.unit_price === line.shelf) return 0
  const list = lineAmount(line.quantity, line.list_price, digits)
  const change = lineAmount(line.quantity, line.unit_price, digits) - list
  return change < 0 && -change <= allowed(list, limit) ? 0 : Math.abs(change)
}

function isGiven(ticket: Ticket, need: Need): boolean {
  return ticket.approvals.some(({ action, amount }) => action === need.action && amount !== null && amount >= need.amount)
}
