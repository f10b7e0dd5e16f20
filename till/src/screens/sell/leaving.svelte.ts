// «Atendido sin compra»: one tap ends the visit; for ten seconds one more takes it back, then the fact is written.
import { activeLines, newTicket } from '../../core/ticket.ts'
import { app, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { later } from '../shell/coming.ts'
import { counter } from './counter.svelte.ts'
import { fits, isFree, type OpenTicket } from './open_ticket.ts'

const UNDO_MS = 10_000
const NAME = 'leaving'

export interface Leaving {
  readonly kind: 'leaving'
  readonly open: OpenTicket
  readonly visit: { readonly id: string; readonly opened_at: number }
  readonly staff: string
  readonly shift: string
  readonly until: number
}

class Leave {
  now = $state.raw<Leaving | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Write what was waiting when the till was last closed. */
  async start(): Promise<void> {
    const kept = till().drafts.all.get().map((draft) => draft.value).find(isLeaving)
    if (!kept) return
    this.now = kept
    await this.flush()
  }

  /** End the visit on show without a sale; what stands on its ticket is taken off, which not everybody may do alone. */
  begin(): void {
    const amount = counter.totals.list
    counter.withVoidAllowed(activeLines(counter.ticket).length === 0 ? 0 : amount, () => { void this.#begin() })
  }

  async #begin(): Promise<void> {
    const open = counter.current
    // What came back lies on the counter: it is paid out or taken away first.
    if (open?.exchange) { counter.refuse('exchange_waits'); return }
    if (counter.cards.length > 0) { counter.refuse('card_waits'); return }
    if (!open || app.person === null || app.shift === null || counter.done) return
    const earlier = this.#take()
    const visit = open.ticket.visit ?? { id: till().newId(), opened_at: till().now() }
    const leaving: Leaving = { kind: 'leaving', open, visit, staff: app.person.id, shift: app.shift.id, until: app.now + UNDO_MS }
    this.now = leaving
    // Before anything is waited for: what is scanned from here on is the next person's.
    counter.finish(null)
    this.#timer = setTimeout(() => { void this.flush() }, UNDO_MS)
    if (earlier) await this.#write(earlier)
    if (this.now === leaving) await till().drafts.save(NAME, leaving)
  }

  /** Take it back: the ticket is on show again as it was. */
  async undo(): Promise<void> {
    const leaving = this.#take()
    if (!leaving) return
    await till().drafts.remove(NAME)
    const { ticket } = leaving.open
    if (isFree(leaving.open) && ticket.visit === null) return
    counter.bringBack({ ...leaving.open, ticket: { ...newTicket(ticket.id), ...ticket } })
  }

  /** Write it now: before a shift closes, before the next one begins. */
  async flush(): Promise<void> {
    const leaving = this.#take()
    if (leaving) await this.#write(leaving)
  }

  #take(): Leaving | null {
    const leaving = this.now
    clearTimeout(this.#timer)
    this.now = null
    return leaving
  }

  async #write(leaving: Leaving): Promise<void> {
    try {
      const { draftsOf } = await later()
      await till().writeAll(draftsOf(leaving))
      // Meanwhile the next one may be leaving: that one's is the draft to keep.
      if (this.now) await till().drafts.save(NAME, this.now)
      else await till().drafts.remove(NAME)
    } catch (problem) {
      fault(problem)
    }
  }
}

function isLeaving(value: unknown): value is Leaving {
  const leaving = value as Partial<Leaving> | null
  return typeof value === 'object' && leaving?.kind === 'leaving' && fits(leaving.open) && typeof leaving.shift === 'string'
}

export const leave = new Leave()
