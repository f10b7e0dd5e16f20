// What comes back of one ticket: how much of each line, why, where the goods go and how the money does. Nothing is stored until it is written.
import { asPaid, byMethod, documentOf, returnables, returnBody, type Chosen, type HowBack, type Returnable } from '../../core/returning.ts'
import type { Method } from '../../core/facts.ts'
import type { ReturnDocument, ReturnTotals } from '../../core/pricing/index.ts'
import type { Fact, FactDraft, Ticket } from '../../data/index.ts'
import { app, till, type GivenApproval } from '../app.svelte.ts'

export const REASONS = ['not_needed', 'not_as_said', 'defective', 'size', 'other'] as const
export type Reason = (typeof REASONS)[number]
/** `paid`: as the ticket was paid. */
export type Way = 'paid' | Extract<Method, 'cash' | 'card' | 'transfer'>

const PIECE = 1000

export class Returning {
  readonly ticket: Ticket
  readonly earlier: readonly Fact<'return.recorded'>[]
  readonly lines: readonly Returnable[]
  chosen = $state.raw<readonly Chosen[]>([])
  reason = $state<Reason | null>(null)
  goods = $state<HowBack['goods']>('shelf')
  way = $state<Way>('paid')

  constructor(ticket: Ticket, earlier: readonly Fact<'return.recorded'>[]) {
    this.ticket = ticket
    this.earlier = earlier
    this.lines = returnables(ticket.fact.body, earlier.map(({ body }) => body))
  }

  static async of(sale: string): Promise<Returning | null> {
    const ticket = await till().tickets.bySale(sale)
    return ticket === null ? null : new Returning(ticket, await till().tickets.returnsOf(sale))
  }

  /** Whether anything of the ticket is left to come back. */
  get hasLeft(): boolean {
    return this.lines.some(({ left }) => left > 0)
  }

  /** Choose a line with all that is left of it, or let it go. */
  toggle({ place, left }: Returnable): void {
    this.#set(place, this.taken(place) > 0 ? 0 : left)
  }

  /** A piece more or less, at least one and at most what is left. */
  step({ place, left }: Returnable, by: 1 | -1): void {
    this.#set(place, Math.min(left, Math.max(Math.min(PIECE, left), this.taken(place) + by * PIECE)))
  }

  /** How much of a line is chosen. */
  taken(place: number): number {
    return this.chosen.find((one) => one.place === place)?.quantity ?? 0
  }

  #set(place: number, quantity: number): void {
    const others = this.chosen.filter((one) => one.place !== place)
    this.chosen = quantity > 0 ? [...others, { place, quantity }] : others
  }

  all(): void {
    this.chosen = this.lines.filter(({ left }) => left > 0).map(({ place, left }) => ({ place, quantity: left }))
  }

  /** What is broken does not go back to where it is sold, unless somebody says so. */
  explain(reason: Reason): void {
    this.reason = reason
    this.goods = reason === 'defective' ? 'scrap' : 'shelf'
  }

  /** What would be written now, or null while nothing is chosen. */
  get settled(): { readonly document: ReturnDocument; readonly totals: ReturnTotals } | null {
    if (this.chosen.length === 0) return null
    const sale = this.ticket.fact.body
    const document = documentOf(sale, this.lines, this.chosen, { reason: this.reason ?? 'other', goods: this.goods }, [])
    return this.way === 'paid' ? asPaid(sale, this.earlier.map(({ body }) => body), document) : byMethod(document, this.way)
  }

  get isReady(): boolean {
    return this.chosen.length > 0 && this.reason !== null
  }

  /** Write the return in one strict transaction, with the approval that it needed; rejects when nothing was stored. */
  async write(given: GivenApproval | null): Promise<Fact<'return.recorded'>> {
    const { settled } = this
    if (settled === null || app.shift === null) throw new Error('there is nothing to take back')
    const staff = app.person?.id ?? null
    const approval = till().newId()
    const body = returnBody({
      id: till().newId(), shift: app.shift.id, sale: this.ticket.fact.body, earlier: this.earlier.map((one) => one.body),
      document: settled.document, totals: settled.totals, approvals: given ? [approval] : [],
    })
    const visit = { id: till().newId(), opened_at: till().now() }
    const drafts: FactDraft[] = [{ kind: 'return.recorded', staff, visit, body }]
    if (given) drafts.unshift({ kind: 'approval.given', id: approval, staff, body: given })
    const written = await till().writeAll(drafts)
    const fact = written.find((one): one is Fact<'return.recorded'> => one.kind === 'return.recorded')
    if (!fact) throw new Error('the return was not among what was written')
    return fact
  }
}
