/** Goods that not everybody may buy: the till asks once a ticket, and writes only that somebody looked, how, and who. */
import { activeLines, type AgeCheck, type Ticket, type TicketLine } from './ticket.ts'

/** How old the buyer of this ticket has to be; null: nothing on it asks. */
export function ageOf(ticket: Ticket): number | null {
  return activeLines(ticket).reduce<number | null>((oldest, { age }) => (age == null ? oldest : Math.max(oldest ?? 0, age)), null)
}

/** The age that still has to be asked for; null: there is nothing to ask. */
export function ageToAsk(ticket: Ticket): number | null {
  const age = ageOf(ticket)
  return age === null || (ticket.age_check?.minimum ?? 0) >= age ? null : age
}

/** Somebody looked: the ticket asks no more, unless something comes that wants an older buyer. */
export function checkAge(ticket: Ticket, how: AgeCheck['how'], by: string): Ticket {
  const minimum = ageOf(ticket)
  return minimum === null ? ticket : { ...ticket, age_check: { minimum, how, by } }
}

/** Take away what this buyer may not have: nothing that anybody has to allow. As other lines, it can be brought back for ten seconds. */
export function withoutAged(ticket: Ticket, at: number): Ticket {
  const allowed = ticket.age_check?.minimum ?? 0
  const isOver = (line: TicketLine): boolean => line.removed_at === null && (line.age ?? 0) > allowed
  // Without one of its parts a combo is none.
  const combos = new Set(ticket.lines.filter((line) => line.combo !== undefined && isOver(line)).map(({ combo }) => combo))
  const lines = ticket.lines.map((line) => (isOver(line) || (combos.has(line.combo) && line.removed_at === null) ? { ...line, removed_at: at, not_sold: true } : line))
  const selected = lines.findLast((line) => line.removed_at === null)?.id ?? null
  return { ...ticket, lines, selected }
}
