// The open tickets of this till and which one is on show. Every change is kept beside the journal at once, so that no crash costs a line.
import type { Visit } from '../../core/facts.ts'
import { newTicket, park, resume, type Ticket } from '../../core/ticket.ts'
import { app, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import type { Done } from '../pay/done.ts'
import { choosing } from './choosing.svelte.ts'
import { elsewhere } from './elsewhere.svelte.ts'
import { firstFree, fits, isFree, parkedAs, type OpenTicket, type VisitRecord } from './open_ticket.ts'

export class OpenTickets {
  all = $state.raw<readonly OpenTicket[]>([])
  currentId = $state('')
  /** The sale just written, shown until the next one begins. */
  done = $state.raw<Done | null>(null)

  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nobody watches what is about to be written
  readonly #unsaved = new Map<string, OpenTicket>()

  current = $derived(this.all.find((open) => open.ticket.id === this.currentId) ?? null)
  ticket = $derived(this.current?.ticket ?? newTicket(''))
  parked = $derived(this.all.filter((open) => open.ticket.id !== this.currentId && !isFree(open)))

  /** Take over the tickets that were open when the till was last closed; begin one if there is none. */
  start(): void {
    const drafts = till().drafts.all.get()
    const kept = drafts.map((draft) => draft.value).filter(fits)
    this.all = kept
    // What was given to this till before anybody stood here waits here now, for the other tills too.
    this.moved([], kept.filter((open) => parkedAs(open) !== null && drafts.some(({ id, parked }) => id === open.ticket.id && !parked)))
    elsewhere.follow()
    this.currentId = kept.find((open) => open.ticket.parked_at === null)?.ticket.id ?? ''
    if (this.currentId === '') this.begin()
  }

  /** Show an open ticket; one that is left behind empty disappears. */
  open(id: string): void {
    this.leaveDone()
    till().parked.resume(id)
    const left = this.current
    if (left && left.ticket.id !== id) {
      if (isFree(left) && left.ticket.visit === null && !left.unknown?.length) this.#drop(left.ticket.id)
      else this.#park(left)
    }
    this.currentId = id
    const opened = this.current
    if (opened?.ticket.parked_at != null) this.keep(resume(opened.ticket))
    app.home()
  }

  /** Begin one more ticket; the one on show waits. */
  add(): void {
    if (this.done || (this.#isFree && this.ticket.visit === null)) { this.leaveDone(); return }
    if (this.current) this.#park(this.current)
    this.begin()
    app.home()
  }

  #park(open: OpenTicket): void {
    this.set({ ...open, ticket: park(open.ticket, till().now()), parked: { staff: app.person?.id ?? null, total: this.owed } })
  }

  /** What is due on the ticket on show, minor units. */
  protected get owed(): number { return 0 }

  /** Tickets left this till, and others came to wait here. */
  moved(gone: readonly string[], come: readonly OpenTicket[]): void {
    for (const id of gone) this.#unsaved.delete(id)
    this.all = this.all.filter(({ ticket }) => !gone.includes(ticket.id))
    for (const open of come) {
      const others = this.all.filter(({ ticket }) => ticket.id !== open.ticket.id)
      this.all = [...others, open]
      this.set(others.some(({ letter }) => letter === open.letter) ? { ...open, letter: firstFree(others) } : open)
    }
  }

  /** One key: a ticket with lines waits; from an empty one, the ticket that waited last comes back. */
  parkOrResume(): void {
    this.leaveDone()
    if (!this.#isFree) { this.add(); return }
    const last = [...this.parked].sort((a, b) => (b.ticket.parked_at ?? 0) - (a.ticket.parked_at ?? 0))[0]
    if (last) this.open(last.ticket.id)
  }

  next(step: 1 | -1): void {
    const place = this.all.findIndex((open) => open.ticket.id === this.currentId)
    const other = this.all[(place + step + this.all.length) % this.all.length]
    if (other && other.ticket.id !== this.currentId) this.open(other.ticket.id)
  }

  /** Begin an empty ticket and show it. */
  begin(): void {
    const fresh: OpenTicket = { kind: 'ticket', letter: firstFree(this.all), ticket: newTicket(till().newId()), misread: [] }
    this.all = [...this.all, fresh]
    this.currentId = fresh.ticket.id
  }

  /** The ticket on show is finished: take it away and begin the next. */
  finish(done: Done | null): void {
    this.#drop(this.currentId)
    const waiting = this.all.find(isFree)
    if (waiting) this.currentId = waiting.ticket.id
    else this.begin()
    this.done = done
    app.home()
  }

  /** Put a ticket that was let go back on show. */
  bringBack(open: OpenTicket): void {
    const left = this.current
    if (left && isFree(left)) this.#drop(left.ticket.id)
    this.all = [...this.all, open]
    this.currentId = open.ticket.id
    this.keep(open.ticket)
  }

  /** Something was written down of the visit of a ticket; that may be another by now, or paid. */
  noteRecord(ticket: string, record: VisitRecord): void {
    this.#records(ticket, (records) => [...records, record])
  }

  /** It was taken back. */
  dropRecord(ticket: string, fact: string): void {
    this.#records(ticket, (records) => records.filter((one) => one.fact !== fact))
  }

  #records(ticket: string, change: (records: readonly VisitRecord[]) => readonly VisitRecord[]): void {
    const open = this.all.find((one) => one.ticket.id === ticket)
    if (open) this.set({ ...open, records: change(open.records ?? []) })
  }

  newVisit(): Visit {
    return { id: till().newId(), opened_at: till().now() }
  }

  /** The visit of the ticket on show; it begins here where nothing has begun it. */
  beginVisit(): Visit {
    const visit = this.ticket.visit ?? this.newVisit()
    if (this.current && this.ticket.visit === null) this.set({ ...this.current, ticket: { ...this.ticket, visit } })
    return visit
  }

  leaveDone(): void {
    // What was being chosen belongs to this ticket: whatever comes next takes it as it stands.
    choosing.settle()
    this.done = null
  }

  /** Keep what became of an open ticket. */
  keep(ticket: Ticket): void {
    const open = this.all.find((other) => other.ticket.id === ticket.id)
    if (open) this.set({ ...open, ticket })
  }

  get #isFree(): boolean {
    return this.current === null || isFree(this.current)
  }

  set(open: OpenTicket): void {
    this.all = this.all.map((other) => (other.ticket.id === open.ticket.id ? open : other))
    this.#store(open)
  }

  // Kept right after the line is painted: the person sees it first, and many changes at once are one write.
  #store(open: OpenTicket): void {
    const { id } = open.ticket
    const isWaiting = this.#unsaved.has(id)
    this.#unsaved.set(id, open)
    if (isWaiting) return
    setTimeout(() => {
      const latest = this.#unsaved.get(id)
      this.#unsaved.delete(id)
      if (latest) till().drafts.save(id, latest, parkedAs(latest)).catch((problem: unknown) => { fault(problem) })
    })
  }

  #drop(id: string): void {
    this.#unsaved.delete(id)
    this.all = this.all.filter((open) => open.ticket.id !== id)
    till().drafts.remove(id).catch((problem: unknown) => { fault(problem) })
  }
}
