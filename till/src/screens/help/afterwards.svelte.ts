// Late entry: for a day, what somebody came for may still be written down from the ticket of their visit, and says that it was.
import type { Ticket, Visit } from '../../data/index.ts'
import { ticketNumber } from '../../core/sale.ts'
import { app } from '../app.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'
import { helping } from '../sell/helping.svelte.ts'
import { guidance } from './guidance.svelte.ts'

const WITHIN_MS = 24 * 60 * 60 * 1000

class Afterwards {
  /** The visit that is being written about; null: whoever stands here. */
  of = $state.raw<{ readonly visit: Visit; readonly number: string } | null>(null)

  /** Whether something may still be written down of a ticket's visit. */
  may({ fact }: Ticket): boolean {
    return fact.visit !== undefined && app.shift !== null && app.now - fact.at < WITHIN_MS && guidance.needs.length > 0
  }

  begin({ fact }: Ticket): void {
    if (fact.visit === undefined) return
    counter.leaveDone()
    app.home()
    this.of = { visit: fact.visit, number: ticketNumber(fact.body.series, fact.body.number) }
    helping.open = 'need'
  }
}

export const afterwards = new Afterwards()
