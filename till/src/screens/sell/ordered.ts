// An order on a ticket of its own: to be handed over as it was agreed, or to agree another price of it.
import type { Order } from '../../core/order.ts'
import { app, till } from '../app.svelte.ts'
import { ticketOf } from './delivery.ts'
import type { OpenTicket } from './open_ticket.ts'
import type { OpenTickets } from './open_tickets.svelte.ts'

export function showOrder(open: OpenTickets, order: Order, as: { readonly order?: OpenTicket['order']; readonly reprices?: Order }): void {
  const other = open.all.find((one) => (one.order ?? one.reprices)?.id === order.id)
  if (other) open.open(other.ticket.id)
  else open.add()
  // What a card has paid of it already stands.
  if (!open.current || (open.current.cards ?? []).length > 0) return
  const ticket = ticketOf(order, open.ticket.id, { id: till().newId(), opened_at: till().now() })
  const lines = ticket.lines.map((line) => {
    const product = till().catalogue.byId(line.product_id)
    // Whoever fetches it is looked at then. And what the catalogue has no price for may cost whatever is agreed.
    return as.reprices ? { ...line, ...(product?.price === null ? { list_price: null } : {}) } : { ...line, age: product?.age ?? null }
  })
  open.set({ ...open.current, order: as.order ?? null, reprices: as.reprices ?? null, buyer: order.buyer, ticket: { ...ticket, lines } })
  app.home()
}
