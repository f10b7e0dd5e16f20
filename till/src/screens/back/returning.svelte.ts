// What comes back of one ticket: how much of each line, why, where the goods go and how the money does. Nothing is stored until it is written.
import { asPaid, byMethod, documentOf, returnables, returnBody, sourceOf, type Chosen, type HowBack, type Returnable, type Source } from '../../core/returning.ts'
import type { Method, ReturnRecorded } from '../../core/facts.ts'
import { backOf, type VoucherBack } from '../../core/voucher.ts'
import type { ReturnDocument, ReturnTotals } from '../../core/pricing/index.ts'
import type { Fact, FactDraft, SoldTicket } from '../../data/index.ts'
import { app, part, till, type GivenApproval, type Zone } from '../app.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'

export const REASONS = ['not_needed', 'not_as_said', 'defective', 'size', 'other'] as const
export type Reason = (typeof REASONS)[number]
/** `paid`: as the ticket was paid. */
export type Way = 'paid' | Extract<Method, 'cash' | 'card' | 'credit' | 'exchange'>

const PIECE = 1000

export class Returning {
  readonly source: Source
  /** What came back before, as far as this till knows: grows when the server says more. */
  earlier = $state.raw<readonly ReturnRecorded[]>([])
  lines = $state.raw<readonly Returnable[]>([])
  readonly #held: readonly Chosen[]
  chosen = $state.raw<readonly Chosen[]>([])
  reason = $state<Reason | null>(null)
  goods = $state<HowBack['goods']>('shelf')
  /** What was said of the goods and was not so, where somebody says which. */
  statement = $state.raw<HowBack['statement']>(undefined)
  way = $state<Way>('paid')
  /** The place of the line of which somebody types how much comes back. */
  typing = $state<number | null>(null)
  /** Whose account the money goes to: of the ticket, or chosen here. */
  buyer = $state<string | null>(null)

  /** Whether a gift ticket was shown: the money is whoever's brought it, and no price is shown that need not be. */
  readonly isGift: boolean

  /** `held`: what waits on open tickets to be exchanged; it cannot come back a second time. */
  constructor(source: Source, earlier: readonly ReturnRecorded[], held: readonly Chosen[] = [], isGift = false) {
    this.source = source
    this.#held = held
    this.isGift = isGift
    this.buyer = source.sale === null || isGift ? (counter.buyer?.id ?? null) : (source.sale.buyer ?? null)
    if (isGift) this.way = 'credit'
    this.#know(earlier)
  }

  /** How the money can go back. Of a gift never as it was paid: that would go to, and be seen by, whoever gave it. */
  get ways(): readonly Way[] {
    if (this.isGift) return ['credit', 'exchange', 'cash']
    return this.source.sale === null ? ['cash', 'card', 'credit'] : ['paid', 'cash', 'credit', 'exchange']
  }

  /** Whether the credit is somebody's whom the ticket names: then nobody else is asked for. */
  get isNamed(): boolean {
    return !this.isGift && this.source.sale?.buyer !== undefined
  }

  /** Whether it goes to an account of which nobody has said yet whose it is. */
  get lacksBuyer(): boolean {
    if (this.buyer !== null) return false
    return this.way === 'credit' || (this.settled?.document.refunds ?? []).some(({ method }) => method === 'credit')
  }

  /** Of the goods on the open ticket, as they are priced now: nobody has a ticket. All of it comes back. */
  static withoutTicket(): Returning {
    const made = new Returning({ basket: counter.basket([]), totals: counter.totals, sale: null }, [])
    made.all()
    made.way = 'cash'
    return made
  }

  /** Of a ticket of this till, with the returns that it wrote itself. */
  static async here(sale: string, isGift: boolean): Promise<Returning | null> {
    const ticket = await till().tickets.bySale(sale)
    if (ticket === null) return null
    return new Returning(sourceOf(ticket.fact.body), (await till().tickets.returnsOf(sale)).map(({ body }) => body), counter.heldOf(sale), isGift)
  }

  /** Of another till's ticket: what the server knows of it, and what this till has taken back and not sent yet. */
  static async elsewhere({ sale, returns }: SoldTicket, isGift: boolean): Promise<Returning> {
    const here = (await till().tickets.returnsOf(sale.sale)).map(({ body }) => body)
    const others = returns.filter((one) => !here.some((known) => known.return === one.return))
    return new Returning(sourceOf(sale), [...others, ...here], counter.heldOf(sale.sale), isGift)
  }

  /** Hear from the server what other tills took back. True when that left less than was chosen: then the choice is smaller now. */
  async hearNews(): Promise<boolean> {
    if (this.source.sale === null) return false
    const { series, number, sale } = this.source.sale
    const found = await till().findSold({ series, number, tail: sale.slice(-6) })
    if (typeof found === 'string') return false
    const news = found.returns.filter((one) => !this.earlier.some((known) => known.return === one.return))
    if (news.length === 0) return false
    this.#know([...this.earlier, ...news])
    const before = this.chosen
    this.chosen = before.flatMap(({ place, quantity }) => {
      const left = this.lines.find((row) => row.place === place)?.left ?? 0
      return left === 0 ? [] : [{ place, quantity: Math.min(quantity, left) }]
    })
    return before.some(({ place, quantity }) => this.taken(place) < quantity)
  }

  #know(earlier: readonly ReturnRecorded[]): void {
    const waiting = (place: number): number => this.#held.reduce((sum, one) => sum + (one.place === place ? one.quantity : 0), 0)
    this.earlier = earlier
    this.lines = returnables(this.source, earlier).map((row) => ({ ...row, left: Math.max(0, row.left - waiting(row.place)) }))
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

  /** So much of it: at most what is left. */
  take({ place, left }: Returnable, quantity: number): void {
    this.#set(place, Math.min(left, quantity))
  }

  /** The combo that begins with the line at a place; its name, and how much of it is chosen: nothing, some, or all that is left. */
  comboAt(place: number): { readonly name: string; readonly rows: readonly Returnable[]; readonly isAll: boolean; readonly isLeft: boolean } | null {
    const line = this.lines.find((row) => row.place === place)?.line.id
    const combo = (this.source.basket.combos ?? []).find(({ parts }) => parts[0]?.line === line)
    if (combo === undefined) return null
    const rows = this.lines.filter((row) => combo.parts.some((part) => part.line === row.line.id))
    return { name: combo.name ?? '', rows, isAll: rows.every(({ place: at, left }) => this.taken(at) === left), isLeft: rows.some(({ left }) => left > 0) }
  }

  /** Whether a line is part of a combo: then it comes back at its share of the combo's price. */
  isPart(line: string): boolean {
    return (this.source.basket.combos ?? []).some(({ parts }) => parts.some((part) => part.line === line))
  }

  /** Choose all that is left of these lines, or let them go. */
  toggleAll(rows: readonly Returnable[], isAll: boolean): void {
    for (const { place, left } of rows) this.#set(place, isAll ? 0 : left)
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
    this.statement = undefined
  }

  get #how(): HowBack {
    return { reason: this.reason ?? 'other', goods: this.goods, ...(this.statement === undefined ? {} : { statement: this.statement }) }
  }

  /** The products that come back. */
  get products(): readonly string[] {
    return this.lines.filter(({ place }) => this.taken(place) > 0).map(({ line }) => line.product_id).filter((id, at, all) => all.indexOf(id) === at)
  }

  /** What would be written now, or null while nothing is chosen. */
  get settled(): { readonly document: ReturnDocument; readonly totals: ReturnTotals } | null {
    if (this.chosen.length === 0) return null
    const { source, earlier } = this
    const document = documentOf(source, this.lines, this.chosen, this.#how, earlier)
    return this.way === 'paid' ? asPaid(source, earlier, document, 0, backOf(part().settings.vouchers, true)) : byMethod(document, this.way)
  }

  /** How what vouchers paid goes back, by their kinds, where it goes as it was paid. */
  get vouchersBack(): readonly { readonly name: string; readonly back: VoucherBack }[] {
    if (this.way !== 'paid') return []
    const backFor = backOf(part().settings.vouchers, true)
    const kinds = this.source.basket.payments.flatMap(({ voucher }) => (voucher === undefined ? [] : [voucher]))
    return kinds.filter(({ kind }, at) => kinds.findIndex((one) => one.kind === kind) === at).map(({ kind, name }) => ({ name, back: backFor(kind) }))
  }

  get isReady(): boolean {
    return this.chosen.length > 0 && this.reason !== null && this.typing === null
  }

  /** Let what comes back pay for the ticket on show, instead of writing it now. False where something waits there already. */
  exchange(given: GivenApproval | null): boolean {
    const { settled } = this
    if (settled === null) return false
    if (counter.exchange !== null) {
      counter.refuse('exchange_waits')
      return false
    }
    counter.setExchange({ source: this.source, earlier: this.earlier, chosen: this.chosen, how: this.#how, gross: settled.totals.gross, given, isGift: this.isGift })
    return true
  }

  /** Write the return in one strict transaction, with the approval that it needed; rejects when nothing was stored. */
  async write(given: GivenApproval | null): Promise<Fact<'return.recorded'>> {
    const { settled } = this
    if (settled === null || app.shift === null) throw new Error('there is nothing to take back')
    const staff = app.person?.id ?? null
    const approval = till().newId()
    const body = returnBody({
      // Without a ticket the open one becomes the return, and has its id: it cannot be written twice.
      id: this.source.sale === null ? counter.ticket.id : till().newId(), shift: app.shift.id, source: this.source, earlier: this.earlier,
      document: settled.document, totals: settled.totals, approvals: given ? [approval] : [], isGift: this.isGift,
      buyer: this.isGift && this.way !== 'credit' ? null : this.buyer,
    })
    const visit = (this.source.sale === null ? counter.ticket.visit : null) ?? { id: till().newId(), opened_at: till().now() }
    const drafts: FactDraft[] = [{ kind: 'return.recorded', staff, visit, body }]
    if (given) drafts.unshift({ kind: 'approval.given', id: approval, staff, body: given })
    const written = await till().writeAll(drafts)
    const fact = written.find((one): one is Fact<'return.recorded'> => one.kind === 'return.recorded')
    if (!fact) throw new Error('the return was not among what was written')
    if (this.source.sale === null) counter.finish(null)
    return fact
  }
}

/** What the window and the last key show while goods come back. */
class Desk {
  now = $state.raw<Returning | null>(null)
  writing = $state(false)
  /** What was chosen when somebody was asked for an approval: if it is not given, the choice stands as it was. */
  kept: Returning | null = null
  /** The room of the return that waits for somebody to be chosen, whose account the money goes to. */
  asking = $state.raw<Zone | null>(null)
  give: () => void = () => undefined

  /** Ask whose account it is; the choice stands as it was, whoever is chosen. */
  ask(): void {
    this.kept = this.now
    this.asking = app.zone
    app.go({ name: 'buyers' })
  }

  /** Go back to the return, with somebody or with nobody. */
  answer(buyer: string | null): void {
    const { kept, asking } = this
    this.asking = null
    if (kept === null || asking === null) return
    if (buyer !== null) kept.buyer = buyer
    app.go(asking)
  }

  /** What goes back, as coins can pay it. */
  get paid(): number {
    const totals = this.now?.settled?.totals
    return totals === undefined ? 0 : totals.gross + totals.rounding
  }
}

export const desk = new Desk()
