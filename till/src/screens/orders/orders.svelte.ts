// What screens of orders share: the day in the store, the order as it is now, and its papers.
import { app, part, till } from '../app.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'
import { orderPaper, type Told } from '../../core/order_paper.ts'
import type { OrderKind } from '../../core/facts.ts'
import type { Order } from '../../core/order.ts'
import { businessDate } from '../../core/shift.ts'
import { paperHead, paperWords, printPaper, taxNames } from '../records/printing.svelte.ts'
import { storeFormats } from '../texts.svelte.ts'

interface OrderDraft { readonly ticket: string; kind: OrderKind; by: string | null; details: string }

class Board {
  /** Rises when what is known of orders changes. */
  revision = $state.raw(0)
  /** The order just written down, until its paper is printed: `secret` opens its page and is kept nowhere else. */
  fresh: { readonly order: string; readonly secret: string; readonly at: number } | null = null
  #draft: OrderDraft = $state({ ticket: '', kind: 'layaway', by: null, details: '' })
  #isFollowing = false

  /** What is being said of a ticket that becomes an order: it stands while somebody is chosen. */
  draftOf(ticket: string): OrderDraft {
    if (this.#draft.ticket !== ticket) this.#draft = { ticket, kind: 'layaway', by: null, details: '' }
    return this.#draft
  }

  /** Follow the till's orders; as often as it is asked. */
  follow(): void {
    if (this.#isFollowing) return
    this.#isFollowing = true
    till().orders.revision.subscribe((revision) => { this.revision = revision })
  }

  byId(id: string): Order | null {
    void this.revision
    return till().orders.byId(id)
  }
}

export const board = new Board()

/** The day that it is in the store. */
export function today(): string {
  void app.now
  return businessDate(till().serverNow(), part().store.zone, 0)
}

/** Print a paper of an order that is on the disk. */
export async function printOrder(order: Order, told: Told, at: number, how: { readonly secret: string | null; readonly isCopy: boolean }): Promise<void> {
  const buyer = order.buyer === null ? '' : (till().buyers.byId(order.buyer)?.name ?? '')
  await printPaper(orderPaper(order, told, {
    head: paperHead(), formats: storeFormats(), words: paperWords, taxNames: taxNames(), at, buyer, publicUrl: part().settings.public_url, ...how,
  }))
}

/** The visit in which an order is dealt with: that of the open ticket, or a new one. */
export function visitHere(): { readonly id: string; readonly opened_at: number } {
  return counter.ticket.visit ?? { id: till().newId(), opened_at: till().now() }
}
