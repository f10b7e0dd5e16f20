// What a person says of a charge at the terminal whose outcome was not seen, and how the payment goes on.
import { doubtful, type CardCharge } from '../../core/card.ts'
import { app } from '../app.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'
import { charge, openPay } from './charge.ts'
import { paying } from './payment.svelte.ts'

/** `charged`: it pays the ticket, or its part of it. null: it did not go through, and may be tried again. `unknown`: it waits. */
export function decideCard(state: CardCharge['state'] | null): void {
  const asked = doubtful(counter.cards)
  if (asked === null) return
  counter.endCard(asked.reference, state)
  if (state === 'unknown') { app.home(); return }
  openPay()
  if (state === 'charged' && app.zone.name === 'pay' && paying.isPaid) void charge(paying.tenders)
}

/** The charge that is on the terminal: nobody saw how it ended. */
export function doubtCard(): void {
  counter.endCard(counter.cardReference, 'unknown')
  app.home()
}
