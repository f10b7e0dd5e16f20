/**
 * Charges at a card terminal that this till cannot ask: what was begun there is kept beside the ticket until it is known how it ended, so
 * that nobody is charged twice. Each has a reference of its own, which the sale that it pays bears (docs/adr/0019).
 */
import type { Tender } from './pay.ts'

/** `begun`: the amount is on the terminal. `unknown`: nobody saw how it ended. `charged`: it went through, and the ticket is not paid in full yet. */
export interface CardCharge {
  readonly reference: string
  /** Minor units. */
  readonly amount: number
  readonly state: 'begun' | 'unknown' | 'charged'
}

/** The reference of the next charge of a ticket: always the same for the same one, whatever happens to the till meanwhile. */
export function cardReference(ticket: string, before: number): string {
  return `T${ticket.slice(-8).toUpperCase()}-${String(before + 1)}`
}

/** The charge of whose outcome somebody must be asked before anything else is charged, or null. */
export function doubtful(charges: readonly CardCharge[]): CardCharge | null {
  return charges.find(({ state }) => state !== 'charged') ?? null
}

/** What went through already, as tenders. */
export function chargedTenders(charges: readonly CardCharge[]): readonly Tender[] {
  return charges.flatMap(({ reference, amount, state }) => (state === 'charged' ? [{ method: 'card' as const, amount, reference }] : []))
}

/** The charge that is on the terminal now. */
export function begunIn(charges: readonly CardCharge[]): CardCharge | undefined {
  return charges.find(({ state }) => state === 'begun')
}

/** The charges once it is known how one ended; null: it did not go through, or somebody has chosen otherwise. */
export function endedIn(charges: readonly CardCharge[], reference: string, state: CardCharge['state'] | null): readonly CardCharge[] {
  return charges.flatMap((one) => (one.reference !== reference ? [one] : state === null ? [] : [{ ...one, state }]))
}
