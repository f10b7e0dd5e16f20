/** What a product costs here, now, for so many: the price lists in force, and lines of a ticket priced by them. Source: contracts/README.md, "Price lists". */
import type { ListPrice, Product } from './catalogue.ts'
import { extraOf } from './modifier.ts'
import { isInForce, type Conditions, type Moment } from './promotion.ts'
import { activeLines, type Ticket, type TicketCombo, type TicketLine } from './ticket.ts'

export interface PriceList {
  readonly id: string
  readonly name: string
  readonly position: number
  readonly conditions: Conditions
}

/** A price in ten-thousandths, and the entry of a list that says it; null: the usual one. */
export interface Priced {
  readonly price: number | null
  readonly entry: string | null
  /** What the list is called. */
  readonly list: string | null
}

/** Return the lists in force, in the order in which they decide. */
export function listsInForce(lists: readonly PriceList[], moment: Moment): readonly PriceList[] {
  return lists.filter(({ conditions }) => isInForce(conditions, moment)).sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1))
}

/** Return what so much of a product (thousandths) costs: the first list with an entry that this quantity reaches decides, else the usual price. */
export function pricedBy(product: Pick<Product, 'price' | 'prices'>, quantity: number, lists: readonly PriceList[]): Priced {
  for (const list of lists) {
    const best = reached(product.prices ?? [], list.id, quantity)
    if (best !== null) return { price: best.price, entry: best.entry, list: list.name }
  }
  return { price: product.price, entry: null, list: null }
}

/** The entry of a list with the largest quantity that is reached. */
function reached(prices: readonly ListPrice[], list: string, quantity: number): ListPrice | null {
  let best: ListPrice | null = null
  for (const one of prices) {
    if (one.list === list && one.from <= quantity && (best === null || one.from > best.from)) best = one
  }
  return best
}

/** How much of a product a ticket holds in its own unit, thousandths: a box has a price of its own, and no list says another. */
export function amountOf(ticket: Ticket, product: string): number {
  return activeLines(ticket).reduce((sum, line) => (line.product_id === product && isOfList(line) ? sum + line.quantity : sum), 0)
}

/** What a product costs for so much of it: null where it is not known any more. */
export type PriceOf = (product: string, quantity: number) => Priced | null

/**
 * Return the ticket with each line at the price of its quantity. What a person typed, what a label says and what the catalogue has no price for stay; a line
 * that no list prices keeps the usual price that it was put down with.
 */
export function repriced(ticket: Ticket, priceOf: PriceOf): Ticket {
  const amounts = new Map<string, number>()
  for (const line of activeLines(ticket)) if (isOfList(line)) amounts.set(line.product_id, (amounts.get(line.product_id) ?? 0) + line.quantity)
  const lines = ticket.lines.map((line) => {
    const found = isListed(line) ? priceOf(line.product_id, amounts.get(line.product_id) ?? 0) : null
    if (found === null) return line
    const price = found.entry === null ? (line.base_price ?? line.list_price) : found.price === null ? null : found.price + extraOf(line.modifiers)
    if (price === null || (price === line.unit_price && found.entry === (line.price_entry ?? null))) return line
    return { ...line, unit_price: price, list_price: price, price_entry: found.entry, price_list: found.list }
  })
  const combos = (ticket.combos ?? []).map((combo) => repricedCombo(combo, priceOf(combo.product_id, combo.quantity)))
  if (combos.some((combo, place) => combo !== ticket.combos?.[place])) return { ...ticket, lines, combos }
  return lines.some((line, place) => line !== ticket.lines[place]) ? { ...ticket, lines } : ticket
}

// A list may say another price of the combo; what its parts would cost alone is what they are weighed by, and stays.
function repricedCombo(combo: TicketCombo, found: Priced | null): TicketCombo {
  const price = found === null || found.entry === null ? combo.base_price : found.price
  if (found === null || price === null || (price + combo.extra === combo.unit_price && found.entry === combo.price_entry)) return combo
  return { ...combo, unit_price: price + combo.extra, price_entry: found.entry, price_list: found.list }
}

// A box has a price of its own, and so has what is part of a combo.
function isOfList(line: TicketLine): boolean {
  return line.factor === undefined && line.combo === undefined
}

function isListed(line: TicketLine): boolean {
  return isOfList(line) && line.removed_at === null && line.origin === 'typed' && line.list_price !== null && line.unit_price === line.list_price
}
