// An order on a ticket: its lines as they were priced, paid first with what was paid of it before.
import type { Payment, SaleBasket } from '../../core/basket.ts'
import type { Visit } from '../../core/facts.ts'
import { paidOf, type Order } from '../../core/order.ts'
import { price } from '../../core/pricing/index.ts'
import { newTicket, type Ticket, type TicketLine } from '../../core/ticket.ts'

/** The basket of its delivery: the very lines and prices of the order, its deposits, and what is paid now. */
export function delivered(order: Order, payments: readonly Payment[]): SaleBasket {
  const plain: SaleBasket = { ...order.basket, payments: [] }
  const deposits = Math.min(paidOf(order), price(plain).due)
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
  return { ...newTicket(id), visit, lines, discount: order.basket.discount, next_line: lines.length + 1 }
}
