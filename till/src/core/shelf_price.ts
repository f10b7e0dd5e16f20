/** «En el anaquel dice…»: the shelf's price, where it is less than what the till charges (ruling 39). */
import { mulDivDown } from './integer.ts'
import { setPrice, type Changed, type Ticket, type TicketLine } from './ticket.ts'

const PRICE_DIGITS = 4
const PRICE_MAX = 10 ** 12
const CENTS_FROM = 5

/** Charge a line what its shelf says, ten-thousandths; promotions lower it no more. */
export function atShelf(ticket: Ticket, id: string, price: number, digits: number): Changed {
  const changed = setPrice(ticket, id, price, digits)
  if (!changed.ok) return changed
  return { ok: true, ticket: { ...changed.ticket, lines: changed.ticket.lines.map((line) => (line.id === id ? { ...line, shelf: price } : line)) } }
}

/** The line at the price of the list again. */
export function notAtShelf(ticket: Ticket, id: string): Ticket {
  return { ...ticket, lines: ticket.lines.map((line) => (line.id === id && line.shelf !== undefined ? atList(line) : line)) }
}

function atList({ shelf, ...line }: TicketLine): TicketLine {
  return line.unit_price === shelf && line.list_price !== null ? { ...line, unit_price: line.list_price } : line
}

/** Whether a shelf can say another price of a line: it has one of its own, and nobody typed another. */
export function mayDiffer(line: TicketLine): boolean {
  return line.list_price !== null && line.origin !== 'label' && line.combo === undefined && line.removed_at === null && line.unit_price === line.list_price
}

/**
 * Read what was typed as what the shelf says: below what is charged, whole units or with the cents as they stand ("2850" is 28.50). Null for what is
 * no lower price. `charged`: ten-thousandths.
 */
export function shelfPriceOf(text: string, charged: number, digits: number): number | null {
  const found = /^(\d+)(?:[.,](\d{0,4}))?$/u.exec(text)
  if (found === null) return null
  const typed = Number(found[1]) * 10 ** PRICE_DIGITS + Number((found[2] ?? '').padEnd(PRICE_DIGITS, '0'))
  const isWhole = found[2] === undefined
  const asCents = isWhole ? Number(found[1]) * 10 ** (PRICE_DIGITS - digits) : typed
  // The till's own price, typed by habit, is no shelf that asks a hundredth.
  const price = typed < charged ? typed : asCents > mulDivDown(charged, 1, CENTS_FROM) ? asCents : charged
  return Number.isSafeInteger(price) && price > 0 && price < charged && price <= PRICE_MAX ? price : null
}
