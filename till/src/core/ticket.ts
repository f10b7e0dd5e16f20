/**
 * An open ticket as an immutable value, and what may happen to it. Pure: time and ids come in, a new ticket comes out.
 * The order is free until payment; what cannot be done says why instead of throwing.
 */
import type { PriceChange, Visit } from './facts.ts'
import { mulDivRound } from './integer.ts'
import { extraOf, type Modifier } from './modifier.ts'
import type { Component } from './pricing/index.ts'

export const MAX_LINES = 1000
/** Thousandths: 99,999.999 of a thing. */
export const MAX_QUANTITY = 99_999_999
/** Ten-thousandths of the major unit. */
export const MAX_UNIT_PRICE = 999_999_999_999
/** Minor units of one line; a thousand of them still fit a safe integer. */
export const MAX_LINE_AMOUNT = 1_000_000_000_000
export const MAX_NOTE = 280
/** How long a removed line can be brought back, in milliseconds. */
export const UNDO_MS = 10_000

/** Thousandths of one thing. */
export const ONE = 1000

/** Parts per million of the list amount, or minor units. */
export type Discount = { readonly percent: number } | { readonly amount: number }

export interface TicketLine {
  /** Within the ticket, from "1"; never used twice. */
  readonly id: string
  readonly product_id: string
  readonly name: string
  readonly unit: string
  readonly by: 'piece' | 'weight'
  /** Thousandths of the unit, above zero. */
  readonly quantity: number
  /** What is charged, ten-thousandths of the major unit. */
  readonly unit_price: number
  /** What the catalogue says; null where it has no price. */
  readonly list_price: number | null
  /** What the shelf says, which is less: charged as long as nobody types another. */
  readonly shelf?: number
  /** The usual price when it was put down: a price list may say another. */
  readonly base_price?: number | null
  /** The entry of a price list that priced it, and what the list is called. */
  readonly price_entry?: string | null
  readonly price_list?: string | null
  /** What was chosen beside it; the prices above include it. Left out when there is nothing. */
  readonly modifiers?: readonly Modifier[]
  /** Of a kit: what goes with one unit of the product (thousandths). Left out of every other line. */
  readonly components?: readonly Component[]
  /** The combo that it is part of (core/combo.ts); its unit price is then what it would cost alone. */
  readonly combo?: string
  readonly discount: Discount | null
  readonly taxes: readonly string[]
  readonly tax_units: Readonly<Record<string, number>> | null
  /** Kept in the draft; in the fact it is the hash of an annex. */
  readonly note: string
  /** Where quantity and price come from: the shop's own, or a label printed elsewhere. */
  readonly origin: 'typed' | 'label'
  readonly lot: string | null
  readonly expires: string | null
  /** Which one it is: then the line is this one and no other. */
  readonly serial?: string | null
  /** Thousandths of the product's own unit in one of the line's; left out: its own. */
  readonly factor?: number
  /** Whoever buys it has to be so old. */
  readonly age?: number | null
  /** When it was taken away; it can come back for ten seconds. */
  readonly removed_at: number | null
  /** It was taken away for the buyer's age. */
  readonly not_sold?: boolean
}

/** Lines at one price together. */
export interface TicketCombo {
  /** Of its first line. */
  readonly id: string
  readonly product_id: string
  readonly name: string
  /** Thousandths; whole combos. */
  readonly quantity: number
  /** What one costs, ten-thousandths: what is usual or a list says, and `extra`, what choices and options add. */
  readonly unit_price: number
  readonly extra: number
  readonly base_price: number | null
  readonly price_entry: string | null
  readonly price_list: string | null
  readonly discount: Discount | null
  /** Its lines: what this choice adds to one combo, and how much of it one holds (thousandths). */
  readonly parts: readonly { readonly line: string; readonly extra: number; readonly each: number }[]
}

export interface GivenApproval {
  readonly action: 'discount' | 'price' | 'void'
  readonly amount: number | null
  readonly approver: string
  readonly reason: string
}

/** What stood on a ticket and was taken away again, as often and for so many minor units. */
export interface Voided { readonly times: number; readonly amount: number }

/** What left a ticket: taken away by somebody, or because this buyer is too young for it. */
export interface Gone { readonly voided?: Voided; readonly not_sold?: Voided }

/** That a buyer is so old: seen, or shown by a document, of which nothing is written. `by`: who looked. */
export interface AgeCheck {
  readonly minimum: number
  readonly how: 'looks' | 'document'
  readonly by: string
}

/** A single-use code that the buyer brought: its id, what stands in the terms of its promotion, and until when the server keeps it for this ticket (ms). */
export interface CodeOnTicket {
  readonly id: string
  readonly coupon: string
  readonly kept: number
}

export interface Ticket {
  readonly id: string
  /** Born with the first line, in silence; every fact of the visit carries it. */
  readonly visit: Visit | null
  readonly lines: readonly TicketLine[]
  readonly combos?: readonly TicketCombo[]
  readonly discount: Discount | null
  readonly note: string
  readonly approvals: readonly GivenApproval[]
  /** Somebody saw that the buyer is old enough. */
  readonly age_check?: AgeCheck | null
  /** Hashes of the coupons that the buyer brought. */
  readonly coupons?: readonly string[]
  /** Which of them are of codes that are good once. */
  readonly codes?: readonly CodeOnTicket[]
  /** What was taken away for good; lines that may still come back are not in it. */
  readonly voided?: Voided
  /** The same of what this buyer is too young for. */
  readonly not_sold?: Voided
  /** The line that keys act on. */
  readonly selected: string | null
  /** Thousandths typed before `*`, for the next product only. */
  readonly multiplier: number | null
  readonly parked_at: number | null
  readonly next_line: number
}

/** Why a ticket refused what was asked of it. */
export type Refusal =
  | 'lines_full'
  | 'quantity_zero'
  | 'quantity_whole'
  | 'quantity_max'
  | 'price_negative'
  | 'price_max'
  | 'amount_max'
  | 'discount_negative'
  | 'percent_max'
  | 'note_long'
  | 'no_line'
  | 'serial_one'
  | 'serial_twice'
  | 'combo_price'
  | 'combo_trace'
  | 'combo_gone'

export type Changed = { readonly ok: true; readonly ticket: Ticket } | { readonly ok: false; readonly refused: Refusal }

/** An empty ticket; its visit begins with the first line. */
export function newTicket(id: string): Ticket {
  return {
    id, visit: null, lines: [], discount: null, note: '', approvals: [], selected: null, multiplier: null, parked_at: null, next_line: 1,
  }
}

/** The lines that will be charged. */
export function activeLines(ticket: Ticket): readonly TicketLine[] {
  return ticket.lines.filter((line) => line.removed_at === null)
}

export function lineOf(ticket: Ticket, id: string): TicketLine | null {
  return ticket.lines.find((line) => line.id === id) ?? null
}

export function isEmpty(ticket: Ticket): boolean {
  return activeLines(ticket).length === 0
}

/** Minor units of a quantity (thousandths) at a unit price (ten-thousandths), rounded half away from zero. */
export function lineAmount(quantity: number, unitPrice: number, digits: number): number {
  return mulDivRound(quantity * 10 ** digits, unitPrice, 10_000_000)
}

/** How many of a product the ticket holds, in thousandths: the rivet on its key. */
export function countOf(ticket: Ticket, productId: string): number {
  return activeLines(ticket).reduce((sum, line) => (line.product_id === productId ? sum + line.quantity : sum), 0)
}

/** Keep a quantity (thousandths) for the next product: `3*`. Null takes it back. */
export function multiply(ticket: Ticket, quantity: number | null): Changed {
  const refused = quantity === null ? null : quantityProblem(quantity, 'weight')
  return refused === null ? { ok: true, ticket: { ...ticket, multiplier: quantity } } : { ok: false, refused }
}

/** Why a line cannot hold so much (thousandths); null when it can. */
export function quantityProblem(quantity: number, by: TicketLine['by']): Refusal | null {
  if (quantity <= 0) return 'quantity_zero'
  if (quantity > MAX_QUANTITY) return 'quantity_max'
  return by === 'piece' && quantity % ONE !== 0 ? 'quantity_whole' : null
}

/** Why a line cannot cost so much (ten-thousandths); null when it can. */
export function priceProblem(unitPrice: number): Refusal | null {
  if (unitPrice < 0) return 'price_negative'
  return unitPrice > MAX_UNIT_PRICE ? 'price_max' : null
}

/** Why a line cannot come to so much; null when it can. */
export function amountProblem(quantity: number, unitPrice: number, digits: number): Refusal | null {
  return lineAmount(quantity, unitPrice, digits) > MAX_LINE_AMOUNT ? 'amount_max' : null
}

// With `digits`, what a lower quantity took away is counted.
function withLine(ticket: Ticket, id: string, change: (line: TicketLine) => TicketLine | Refusal, digits: number | null = null): Changed {
  const line = lineOf(ticket, id)
  if (line === null || line.removed_at !== null) return { ok: false, refused: 'no_line' }
  const changed = change(line)
  if (typeof changed === 'string') return { ok: false, refused: changed }
  const lines = ticket.lines.map((other) => (other === line ? changed : other))
  const counted = digits === null || changed.quantity >= line.quantity ? ticket : voided(ticket, [lineAmount(line.quantity - changed.quantity, line.unit_price, digits)])
  return { ok: true, ticket: { ...counted, lines, selected: id } }
}

/** Change the quantity of a line, thousandths. */
export function setQuantity(ticket: Ticket, id: string, quantity: number, digits: number): Changed {
  return withLine(ticket, id, (line) => {
    if ((line.serial ?? null) !== null && quantity !== ONE) return 'serial_one'
    return quantityProblem(quantity, line.by) ?? amountProblem(quantity, line.unit_price, digits) ?? { ...line, quantity }
  }, digits)
}

/** Change the unit price of a line, ten-thousandths; what the catalogue says stays known as `list_price`. */
export function setPrice(ticket: Ticket, id: string, unitPrice: number, digits: number): Changed {
  return withLine(ticket, id, (line) => {
    return priceProblem(unitPrice) ?? amountProblem(line.quantity, unitPrice, digits) ?? { ...line, unit_price: unitPrice }
  })
}

/** Choose something else beside the product of a line: its prices go up or down by the difference. */
export function setModifiers(ticket: Ticket, id: string, modifiers: readonly Modifier[], digits: number): Changed {
  return withLine(ticket, id, ({ modifiers: before, ...line }) => {
    const more = extraOf(modifiers) - extraOf(before)
    const unit_price = line.unit_price + more
    const base_price = line.base_price == null ? line.base_price : line.base_price + more
    const list_price = line.list_price === null ? null : line.list_price + more
    const chosen = modifiers.length > 0 ? { modifiers } : {}
    const refused = priceProblem(unit_price) ?? amountProblem(line.quantity, unit_price, digits)
    return refused ?? { ...line, ...chosen, unit_price, list_price, ...(base_price === undefined ? {} : { base_price }) }
  })
}

/** Why there cannot be such a discount; null when there can. */
export function discountProblem(discount: Discount | null): Refusal | null {
  if (discount === null) return null
  const value = 'percent' in discount ? discount.percent : discount.amount
  if (value < 0) return 'discount_negative'
  if ('percent' in discount && value > 1_000_000) return 'percent_max'
  return 'amount' in discount && value > MAX_LINE_AMOUNT * MAX_LINES ? 'amount_max' : null
}

/** A discount of nothing is none. */
export function orNone(discount: Discount | null): Discount | null {
  if (discount === null) return null
  return ('percent' in discount ? discount.percent : discount.amount) === 0 ? null : discount
}

/** Give a line a discount; null or zero takes it away. An amount above the line's is capped by the engine of prices. */
export function setLineDiscount(ticket: Ticket, id: string, discount: Discount | null): Changed {
  return withLine(ticket, id, (line) => discountProblem(discount) ?? { ...line, discount: orNone(discount) })
}

/** Give the whole ticket a discount; null or zero takes it away. */
export function setTicketDiscount(ticket: Ticket, discount: Discount | null): Changed {
  const refused = discountProblem(discount)
  return refused === null ? { ok: true, ticket: { ...ticket, discount: orNone(discount) } } : { ok: false, refused }
}

/** Write a note on a line. It never enters a fact: an annex carries it. */
export function setLineNote(ticket: Ticket, id: string, note: string): Changed {
  const text = note.trim()
  return withLine(ticket, id, (line) => (text.length > MAX_NOTE ? 'note_long' : { ...line, note: text }))
}

export function setNote(ticket: Ticket, note: string): Changed {
  const text = note.trim()
  return text.length > MAX_NOTE ? { ok: false, refused: 'note_long' } : { ok: true, ticket: { ...ticket, note: text } }
}

/** Take a line away; it stays in its place for ten seconds, to be brought back. */
export function remove(ticket: Ticket, id: string, at: number): Changed {
  const line = lineOf(ticket, id)
  if (line === null || line.removed_at !== null) return { ok: false, refused: 'no_line' }
  const changed = withTwins(ticket, line, at)
  const rest = activeLines(changed)
  const selected = rest.find((other) => Number(other.id) > Number(id))?.id ?? rest.at(-1)?.id ?? null
  return { ok: true, ticket: { ...changed, selected } }
}

// The parts of a combo go and come back together.
function withTwins(ticket: Ticket, line: TicketLine, removed_at: number | null): Ticket {
  const isMeant = (other: TicketLine): boolean => other === line || (line.combo !== undefined && other.combo === line.combo)
  return { ...ticket, lines: ticket.lines.map((other) => (isMeant(other) ? { ...other, removed_at, ...(other.not_sold ? { not_sold: false } : {}) } : other)) }
}

/** Bring a removed line back, if ten seconds have not passed. */
export function restore(ticket: Ticket, id: string, at: number): Changed {
  const line = lineOf(ticket, id)
  if (line?.removed_at == null || at - line.removed_at > UNDO_MS) return { ok: false, refused: 'no_line' }
  const back = withTwins(ticket, line, null)
  return activeLines(back).length > MAX_LINES ? { ok: false, refused: 'lines_full' } : { ok: true, ticket: { ...back, selected: id } }
}

/** Let go of lines that were removed more than ten seconds ago. Returns the same ticket when there are none. */
export function sweep(ticket: Ticket, at: number, digits: number): Ticket {
  const isOver = (line: TicketLine): boolean => line.removed_at !== null && at - line.removed_at > UNDO_MS
  const gone = ticket.lines.filter(isOver)
  if (gone.length === 0) return ticket
  const lines = ticket.lines.filter((line) => !isOver(line))
  const combos = (ticket.combos ?? []).filter(({ id }) => lines.some((line) => line.combo === id))
  return { ...voiding(ticket, gone, digits), lines, ...(ticket.combos === undefined ? {} : { combos }) }
}

/** Count what was taken away: its amounts, minor units. */
export function voided(ticket: Ticket, amounts: readonly number[], as: keyof Gone = 'voided'): Ticket {
  if (amounts.length === 0) return ticket
  const { times, amount } = ticket[as] ?? { times: 0, amount: 0 }
  return { ...ticket, [as]: { times: times + amounts.length, amount: amounts.reduce((sum, one) => sum + one, amount) } }
}

// A combo is taken away once, at its price.
function voiding(ticket: Ticket, gone: readonly TicketLine[], digits: number): Ticket {
  const count = (counted: Ticket, as: keyof Gone): Ticket => {
    const lines = gone.filter((line) => (line.not_sold === true) === (as === 'not_sold'))
    const combos = (ticket.combos ?? []).filter(({ id }) => lines.some((line) => line.combo === id))
    return voided(counted, [...lines.filter((line) => line.combo === undefined), ...combos].map(({ quantity, unit_price }) => lineAmount(quantity, unit_price, digits)), as)
  }
  return count(count(ticket, 'voided'), 'not_sold')
}

/** What was taken off this ticket so far, for the fact that ends it; what nothing was is left out. `isLeft`: nothing of it was sold. */
export function goneOf(ticket: Ticket, digits: number, isLeft = false): Gone {
  const { voided: taken, not_sold } = voiding(ticket, ticket.lines.filter((line) => isLeft || line.removed_at !== null), digits)
  return { ...(taken && { voided: taken }), ...(not_sold && { not_sold }) }
}

/** Lines whose price a person typed, and the price that each would have had, ten-thousandths. */
export function priceChangesOf(ticket: Ticket): readonly PriceChange[] {
  return activeLines(ticket).flatMap(({ id, origin, unit_price, list_price, shelf }) => {
    return list_price === null || origin === 'label' || unit_price === list_price ? [] : [{ line: id, list_price, ...(shelf === unit_price ? { shelf: true } : {}) }]
  })
}

export function select(ticket: Ticket, id: string | null): Ticket {
  return { ...ticket, selected: id }
}

export function park(ticket: Ticket, at: number): Ticket {
  return { ...ticket, parked_at: at, multiplier: null }
}

export function resume(ticket: Ticket): Ticket {
  return { ...ticket, parked_at: null }
}

/** The buyer brought a coupon; twice is once. */
export function bringCoupon(ticket: Ticket, coupon: string): Ticket {
  const coupons = ticket.coupons ?? []
  return coupons.includes(coupon) ? ticket : { ...ticket, coupons: [...coupons, coupon] }
}

/** The same of a code that is good once; what stands of its promotion already is as it is now. */
export function bringCode(ticket: Ticket, code: CodeOnTicket): Ticket {
  return { ...bringCoupon(ticket, code.coupon), codes: [...(ticket.codes ?? []).filter(({ coupon }) => coupon !== code.coupon), code] }
}

/** Without that coupon. */
export function leaveCoupon(ticket: Ticket, coupon: string): Ticket {
  const left = { ...ticket, coupons: (ticket.coupons ?? []).filter((other) => other !== coupon) }
  return ticket.codes === undefined ? left : { ...left, codes: ticket.codes.filter((code) => code.coupon !== coupon) }
}

export function approve(ticket: Ticket, approval: GivenApproval): Ticket {
  return { ...ticket, approvals: [...ticket.approvals, approval] }
}
