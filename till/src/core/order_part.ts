/**
 * An order handed over in parts: the part as an order of its own, at its share of what each line is charged at, so that all parts come to the order to
 * the cent (docs/algorithms/orders.md). Amounts: minor units; quantities: thousandths of the unit sold.
 */
import type { BasketLine, LineTotals } from './basket.ts'
import { mulDivRound } from './integer.ts'
import { componentsBack } from './kit.ts'
import { chargedOf, handedOf, type Order } from './order.ts'
import { price } from './pricing/index.ts'
import { lineAmount } from './ticket.ts'

/** A line of which something is still to be handed over. */
export interface Open {
  readonly line: BasketLine
  readonly left: number
  readonly handed: number
}

/** What is still to be handed over, line by line. */
export function openLines(order: Order): readonly Open[] {
  return order.basket.lines.flatMap((line) => {
    const handed = handedOf(order, line.id).quantity
    return handed < line.quantity ? [{ line, handed, left: line.quantity - handed }] : []
  })
}

/** An order of which only this much is handed over now; the ticket of its sale shows it. */
export type OrderPart = Order & { readonly part: true }

/**
 * Return the part that hands this much over of each line (by id; what is not named stays). Each line carries its share of all discounts, promotions and
 * combos as a discount of its own: the share of all that was handed over with it, less what was charged before, so that the last part brings the rest.
 */
export function partOf(order: Order, chosen: ReadonlyMap<string, number>): OrderPart {
  const totals = new Map(order.totals.lines.map((line) => [line.id, line]))
  const lines = openLines(order).flatMap(({ line, left }) => {
    const quantity = Math.min(chosen.get(line.id) ?? 0, left)
    const total = totals.get(line.id)
    return quantity <= 0 || !total ? [] : [shareOf(order, line, total, quantity)]
  })
  const { combos: _combos, promotions: _promotions, ...plain } = order.basket
  const used = new Set(lines.flatMap(({ taxes }) => taxes))
  const basket = { ...plain, lines, taxes: plain.taxes.filter(({ code }) => used.has(code)), discount: null, payments: [] }
  return { ...order, basket, totals: price(basket), part: true }
}

function shareOf({ handovers, basket }: Order, line: BasketLine, total: LineTotals, quantity: number): BasketLine {
  const before = handedOf({ handovers }, line.id)
  const sofar = before.quantity + quantity
  const charge = Math.max(0, mulDivRound(chargedOf(total), sofar, line.quantity) - before.amount)
  const { digits } = basket.currency
  const unit_price = lineAmount(quantity, line.unit_price, digits) >= charge ? line.unit_price : dearer(quantity, charge, digits)
  const off = lineAmount(quantity, unit_price, digits) - charge
  const { price_entry, components = [], ...rest } = line
  const parts = componentsBack(components, line.quantity, quantity, before.quantity)
  return {
    ...rest, quantity, unit_price, discount: off === 0 ? null : { amount: off },
    ...(price_entry === undefined || unit_price !== line.unit_price ? {} : { price_entry }), ...(parts.length === 0 ? {} : { components: parts }),
  }
}

/** The lowest unit price at which so much comes to at least this: rounding, or a combo that is dearer than its parts, may ask for more than the line's own. */
function dearer(quantity: number, charge: number, digits: number): number {
  let unit_price = Math.max(0, mulDivRound(charge, 10_000_000, quantity * 10 ** digits) - 1)
  while (lineAmount(quantity, unit_price, digits) < charge) unit_price++
  return unit_price
}
