// An order on a ticket: its lines as they were priced, paid first with what was paid of it before and is not used yet.
import type { Payment, SaleBasket } from '../../core/basket.ts'
import type { Visit } from '../../core/facts.ts'
import { unspentOf, type Order } from '../../core/order.ts'
import { price } from '../../core/pricing/index.ts'
import { newTicket, type Ticket, type TicketCombo, type TicketLine } from '../../core/ticket.ts'

/** The basket of its delivery: the very lines and prices of the order, its deposits, and what is paid now. */
export function delivered(order: Order, payments: readonly Payment[]): SaleBasket {
  const plain: SaleBasket = { ...order.basket, payments: [] }
  const deposits = Math.min(unspentOf(order), price(plain).due)
  return { ...plain, payments: deposits === 0 ? payments : [{ method: 'deposit', amount: deposits }, ...payments] }
}

/** The ticket on which it shows. */
export function ticketOf(order: Order, id: string, visit: Visit): Ticket {
  const lines = order.basket.lines.map((line): TicketLine => ({
    id: line.id, product_id: line.product_id, name: line.name, unit: line.unit, by: line.quantity % 1000 === 0 ? 'piece' : 'weight', quantity: line.quantity,
    unit_price: line.unit_price, list_price: line.unit_price, discount: line.discount, taxes: line.taxes, tax_units: line.tax_units ?? null, note: '',
    ...(line.modifiers === undefined ? {} : { modifiers: line.modifiers }), ...(line.factor === undefined ? {} : { factor: line.factor }),
    origin: 'typed', lot: line.lot ?? null, expires: line.expires ?? null, serial: line.serial ?? null, removed_at: null,
  }))
  return { ...newTicket(id), visit, ...combosOf(order, lines), discount: order.basket.discount, next_line: 1 + lines.reduce((last, { id: line }) => Math.max(last, Number(line) || 0), 0) }
}

/** Its lines, those of combos held together as they were. A combo is known by its first line. */
function combosOf(order: Order, lines: readonly TicketLine[]): Pick<Ticket, 'lines' | 'combos'> {
  const combos = (order.basket.combos ?? []).map((combo): TicketCombo => ({
    id: combo.parts[0]?.line ?? combo.id, product_id: combo.product_id ?? '', name: combo.name ?? '', quantity: combo.quantity, unit_price: combo.unit_price,
    extra: 0, base_price: combo.unit_price, price_entry: combo.price_entry ?? null, price_list: null, discount: (combo.discount ?? null) as TicketCombo['discount'],
    parts: combo.parts.map(({ line, extra = 0 }) => ({ line, extra, each: 0 })),
  }))
  const owner = new Map(combos.flatMap(({ id, parts }) => parts.map(({ line }) => [line, id] as const)))
  return { combos, lines: lines.map((line) => ({ ...line, ...(owner.has(line.id) ? { combo: owner.get(line.id) ?? '' } : {}) })) }
}
