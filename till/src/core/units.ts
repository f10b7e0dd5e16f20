/**
 * A product in another unit than its own: a box of twelve, a sack of 25 kg (docs/adr/0021). On the ticket it is counted in boxes at the price of a
 * box, so that the engines of prices know nothing of it; `factor` says how much of the product a box is, for the shelf.
 */
import type { Product, SellingUnit } from './catalogue.ts'
import { mulDivRound } from './integer.ts'
import type { Sellable } from './adding.ts'
import type { Changed, Ticket, TicketLine } from './ticket.ts'

const ONE = 1000

/** The unit that a code of so much (thousandths) stands for; null: so many of the product's own. */
export function unitOf(product: Pick<Product, 'units'>, quantity: number): SellingUnit | null {
  return product.units?.find(({ factor }) => factor === quantity) ?? null
}

/** The product in that unit, under a name that says so; its fixed taxes are those of all that the unit holds. */
export function inUnit(product: Sellable, { unit, factor, price, entry }: SellingUnit, name: string): Sellable {
  const taxes = Object.entries(product.tax_units ?? {}).map(([code, amount]) => [code, mulDivRound(amount, factor, ONE)] as const)
  return {
    ...product, name, variant: null, unit, by: 'piece', price, factor, listed: { base: price, entry, list: null },
    tax_units: Object.fromEntries(taxes),
  }
}

/** Put a line into another unit, or back into the product's own: as many of it, at its price. What is weighed begins with one. */
export function changeUnit(ticket: Ticket, id: string, product: Sellable): Changed {
  const line = ticket.lines.find((other) => other.id === id)
  if (line === undefined || line.removed_at !== null || product.price === null) return { ok: false, refused: 'no_line' }
  const { factor: _, ...rest } = line
  const changed: TicketLine = {
    ...rest,
    name: product.variant === null || product.variant === '' ? product.name : `${product.name} ${product.variant}`,
    unit: product.unit, by: product.by, quantity: line.by === 'weight' || product.by === 'weight' ? ONE : line.quantity, unit_price: product.price,
    list_price: product.price, base_price: product.listed == null ? product.price : product.listed.base, price_entry: product.listed?.entry ?? null,
    price_list: product.listed?.list ?? null, tax_units: product.tax_units ?? null, origin: 'typed',
    ...(product.factor === undefined ? {} : { factor: product.factor }),
  }
  return { ok: true, ticket: { ...ticket, lines: ticket.lines.map((other) => (other === line ? changed : other)), selected: id } }
}

/** How much of the product a line holds, thousandths of its own unit. */
export function heldBy(line: TicketLine): number {
  return line.factor === undefined ? line.quantity : mulDivRound(line.quantity, line.factor, ONE)
}
