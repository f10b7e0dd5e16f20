// The card charges of an open ticket: each has a reference of its own, so that the same money is never asked for twice.
import { begunIn, cardReference, type CardCharge } from '../../core/card.ts'
import type { OpenTicket } from './open_ticket.ts'

/** The reference of the charge that is on the terminal, or of the next one. */
export function referenceOf(open: OpenTicket | null, ticket: string): string {
  return begunIn(open?.cards ?? [])?.reference ?? cardReference(ticket, open?.cardsBefore ?? 0)
}

/** The ticket with so much on the terminal, in the place of what was there; null where that is there already. */
export function withBegun(open: OpenTicket, amount: number): OpenTicket | null {
  const cards = open.cards ?? []
  const begun = begunIn(cards)
  if (begun?.amount === amount) return null
  const charge: CardCharge = { reference: referenceOf(open, open.ticket.id), amount, state: 'begun' }
  return { ...open, cards: [...cards.filter((one) => one !== begun), charge], cardsBefore: (open.cardsBefore ?? 0) + (begun ? 0 : 1) }
}
