/**
 * Putting a product on an open ticket: what it still lacks, which line it joins, what it costs there. Pure, like the ticket itself.
 */
import type { Product } from './catalogue.ts'
import type { Visit } from './facts.ts'
import { mulDivRound } from './integer.ts'
import { extraOf, isSame, type Modifier } from './modifier.ts'
import type { Component } from './pricing/index.ts'
import {
  activeLines, amountProblem, lineAmount, MAX_LINE_AMOUNT, MAX_LINES, MAX_QUANTITY, ONE, priceProblem, quantityProblem, type Refusal, type Ticket, type TicketLine,
} from './ticket.ts'

/** What the ticket needs to know of a product. */
export type Sellable = Pick<Product, 'id' | 'name' | 'variant' | 'unit' | 'by' | 'price' | 'age' | 'trace'> & {
  /** Where a price list said the price: the usual one, the entry, and what the list is called. */
  readonly listed?: { readonly base: number | null; readonly entry: string; readonly list: string | null } | null
  /** Sold in another unit than its own: thousandths of its own in one of it (core/units.ts). */
  readonly factor?: number
  /** Of a fixed tax: thousandths of its unit in one unit sold. */
  readonly tax_units?: Readonly<Record<string, number>> | null
}

export type Added =
  | { readonly ok: true; readonly ticket: Ticket; readonly line: string; readonly merged: boolean }
  | { readonly ok: false; readonly needs: Needed }
  | { readonly ok: false; readonly refused: Refusal }

/** What a product lacks before it can stand on a ticket. */
export type Needed = 'price' | 'weight' | 'serial' | 'lot'

export interface Adding {
  /** Codes of the product's taxes, in order. */
  readonly taxes: readonly string[]
  /** What a code stands for, thousandths: 12000 for a case of twelve. Default one. */
  readonly pack?: number
  /** Thousandths from a scale or a label. */
  readonly weight?: number | null
  /** Minor units of the whole package, from a label. */
  readonly label_price?: number | null
  /** What was chosen beside it. */
  readonly modifiers?: readonly Modifier[]
  /** Of a kit: what goes with one unit of it. */
  readonly components?: readonly Component[]
  /** Typed for a product without a price, ten-thousandths. */
  readonly unit_price?: number
  readonly lot?: string | null
  readonly expires?: string | null
  readonly serial?: string | null
  /** Decimals of the currency. */
  readonly digits: number
  /** The visit to begin if none is open. */
  readonly visit: Visit
}

/**
 * Add a product. Equal lines of pieces become one; each weighing stays its own line.
 * A product without a price asks for one, a weighed product without a weight asks for it: call again with what was typed.
 */
export function add(ticket: Ticket, plain: Sellable, adding: Adding): Added {
  const product = withExtra(plain, extraOf(adding.modifiers))
  const measured = measure(ticket, product, adding)
  if ('needs' in measured || 'refused' in measured) return { ok: false, ...measured }
  const { quantity, unit_price } = measured
  const traced = traceOf(ticket, product, adding, quantity)
  if (traced !== null) return { ok: false, ...traced }
  const fresh = freshLine(ticket, product, adding, quantity, unit_price)
  const twin = ticket.lines.find((line) => isTwin(line, fresh))
  const total = twin === undefined ? quantity : twin.quantity + quantity
  const refused = problemOf(ticket, twin !== undefined, total, unit_price, fresh.by, adding.digits)
  if (refused !== null) return { ok: false, refused }
  const line: TicketLine = twin === undefined ? fresh : { ...twin, quantity: total }
  const lines = twin === undefined ? [...ticket.lines, line] : ticket.lines.map((other) => (other === twin ? line : other))
  const next_line = twin === undefined ? ticket.next_line + 1 : ticket.next_line
  const visit = ticket.visit ?? adding.visit
  const changed: Ticket = { ...ticket, visit, lines, next_line, selected: line.id, multiplier: null, parked_at: null }
  return { ok: true, ticket: changed, line: line.id, merged: twin !== undefined }
}

/** The product at what it costs with what was chosen beside it. */
function withExtra(product: Sellable, extra: number): Sellable {
  if (extra === 0) return product
  const more = (price: number | null): number | null => (price === null ? null : price + extra)
  const listed = product.listed == null ? null : { ...product.listed, base: more(product.listed.base) }
  return { ...product, price: more(product.price), listed }
}

type Measured =
  | { readonly quantity: number; readonly unit_price: number }
  | { readonly needs: Needed }
  | { readonly refused: Refusal }

// A product that is asked for its serial number or its lot cannot stand without it; a serial number is one thing, once.
function traceOf(ticket: Ticket, product: Sellable, adding: Adding, quantity: number): { readonly needs: Needed } | { readonly refused: Refusal } | null {
  const { serial = null, lot = null } = adding
  if (product.trace === 'lot') return lot === null ? { needs: 'lot' } : null
  if (product.trace !== 'serial') return null
  if (quantity !== ONE) return { refused: 'serial_one' }
  if (serial === null) return { needs: 'serial' }
  return activeLines(ticket).some((line) => line.product_id === product.id && line.serial === serial) ? { refused: 'serial_twice' } : null
}

function measure(ticket: Ticket, product: Sellable, adding: Adding): Measured {
  const times = ticket.multiplier ?? ONE
  const price = adding.unit_price === undefined ? product.price : adding.unit_price + extraOf(adding.modifiers)
  const label = adding.label_price ?? null
  if (product.by === 'piece' && times % ONE !== 0) return { refused: 'quantity_whole' }
  if ((adding.weight ?? 0) > MAX_QUANTITY || (adding.pack ?? 0) > MAX_QUANTITY) return { refused: 'quantity_max' }
  if ((label ?? 0) > MAX_LINE_AMOUNT) return { refused: 'amount_max' }
  if (label !== null) return fromLabel(product, price, label, times, adding.digits)
  if (price === null) return { needs: 'price' }
  if (product.by === 'piece') return { quantity: mulDivRound(times, adding.pack ?? ONE, ONE), unit_price: price }
  if (adding.weight !== undefined && adding.weight !== null) {
    return { quantity: mulDivRound(times, adding.weight, ONE), unit_price: price }
  }
  return ticket.multiplier === null ? { needs: 'weight' } : { quantity: times, unit_price: price }
}

/**
 * The label's price is charged to the cent. A weighed product gets the weight that this price buys, so that stock is right; where that weight at the
 * list price would round to another amount, the unit price moves by the few ten-thousandths that make it exact.
 */
function fromLabel(product: Sellable, price: number | null, label: number, times: number, digits: number): Measured {
  const perPiece = mulDivRound(label, 10_000, 10 ** digits)
  if (product.by === 'piece' || price === null || price === 0) return { quantity: times, unit_price: perPiece }
  const weight = mulDivRound(label, 10_000_000, price * 10 ** digits)
  if (weight === 0) return { quantity: times, unit_price: perPiece }
  const quantity = mulDivRound(times, weight, ONE)
  const amount = mulDivRound(label, times, ONE)
  if (lineAmount(quantity, price, digits) === amount) return { quantity, unit_price: price }
  return { quantity, unit_price: mulDivRound(amount, 10_000_000, quantity * 10 ** digits) }
}

/** The line that a product becomes. */
export function freshLine(ticket: Ticket, product: Sellable, adding: Adding, quantity: number, unitPrice: number): TicketLine {
  const isLabel = (adding.label_price ?? adding.weight ?? null) !== null
  return {
    id: String(ticket.next_line),
    product_id: product.id,
    name: product.variant === null || product.variant === '' ? product.name : `${product.name} ${product.variant}`,
    unit: product.unit,
    by: product.by,
    quantity,
    unit_price: unitPrice,
    list_price: product.price,
    base_price: product.listed == null ? product.price : product.listed.base,
    price_entry: product.listed?.entry ?? null,
    price_list: product.listed?.list ?? null,
    ...madeOf(adding),
    discount: null,
    taxes: adding.taxes,
    tax_units: product.tax_units ?? null,
    note: '',
    origin: isLabel ? 'label' : 'typed',
    lot: adding.lot ?? null,
    expires: adding.expires ?? null,
    serial: adding.serial ?? null,
    ...(product.factor === undefined ? {} : { factor: product.factor }),
    age: product.age ?? null,
    removed_at: null,
  }
}

function madeOf({ modifiers = [], components = [] }: Adding): Pick<TicketLine, 'modifiers' | 'components'> {
  return { ...(modifiers.length > 0 ? { modifiers } : {}), ...(components.length > 0 ? { components } : {}) }
}

function isTwin(line: TicketLine, fresh: TicketLine): boolean {
  return (
    line.product_id === fresh.product_id &&
    line.combo === undefined &&
    line.by === 'piece' &&
    fresh.by === 'piece' &&
    (line.unit_price === fresh.unit_price || isOfOneCatalogue(line, fresh)) &&
    line.discount === null &&
    line.note === '' &&
    line.removed_at === null &&
    line.lot === fresh.lot &&
    (line.serial ?? null) === (fresh.serial ?? null) &&
    line.factor === fresh.factor &&
    line.expires === fresh.expires &&
    line.taxes.join() === fresh.taxes.join() &&
    isSame(line.modifiers, fresh.modifiers) &&
    JSON.stringify(line.components) === JSON.stringify(fresh.components)
  )
}

/** Both at the catalogue's price, which a list may change with the quantity: then the usual price tells whether they are alike. */
function isOfOneCatalogue(line: TicketLine, fresh: TicketLine): boolean {
  const isListed = ({ origin, unit_price, list_price }: TicketLine): boolean => origin === 'typed' && unit_price === list_price
  return isListed(line) && isListed(fresh) && (line.base_price ?? line.list_price) === fresh.base_price
}

function problemOf(
  ticket: Ticket, isMerge: boolean, quantity: number, unitPrice: number, by: TicketLine['by'], digits: number,
): Refusal | null {
  if (!isMerge && activeLines(ticket).length >= MAX_LINES) return 'lines_full'
  return quantityProblem(quantity, by) ?? priceProblem(unitPrice) ?? amountProblem(quantity, unitPrice, digits)
}
