/** A business with one store and three tills, on a real server; its clock is the history's. */
import type { AnyFact, Fact } from '../../src/core/facts.ts'
import { Desk } from './desk.ts'
import { Dice } from './dice.ts'
import { Story } from './story.ts'
import { viewOf, type View } from './view.ts'

export interface Opened {
  readonly organization: string
  readonly tills: readonly string[]
  readonly buyers: readonly { readonly buyer: string; readonly limit: number }[]
  readonly scheme: Readonly<Record<string, unknown>>
  readonly combo: Readonly<Record<string, unknown>>
  readonly codes: readonly Code[]
}

/** A single-use code as it is printed. `until`: when it ends (ms). */
export interface Code {
  readonly id: string
  readonly code: string
  readonly until: number | null
}

// A Monday, 08:00 in Mexico City.
const BEGINS = Date.UTC(2026, 2, 2, 14)
const TILLS = 3
const ROUNDS_MOST = 8
/** Mexico City is so far behind UTC. */
const ZONE_MS = 6 * 3_600_000
const DAY_MS = 24 * 3_600_000
/** More than any till's clock is ahead. */
const SKEW_MS = 3 * 60_000
// A little less than the server keeps it for: an act takes time too.
const KEPT_MS = 9 * 60_000

export class Shop {
  readonly address: string
  readonly story = new Story()
  readonly desks: readonly Desk[]
  now = BEGINS
  organization = ''
  tills: readonly string[] = []
  /** The tickets that buyers went home with. */
  readonly papers: Fact<'sale.recorded'>[] = []
  /** The gift cards that people carry, with the codes on their papers. */
  readonly cards: { readonly id: string; readonly code: string }[] = []
  /** The single-use codes that people carry. */
  readonly codes: Code[] = []
  /** Who is joined to another, as far as the office said. */
  joined: readonly string[] = []
  /** What tills asked the server to keep for a sale that may not have reached it yet. */
  #asked: { readonly desk: Desk; readonly at: number; readonly lapsed: () => void }[] = []
  #day = 0
  /** A till was put back to what it was: some of what it writes may fit no chain. */
  wasPutBack = false

  constructor(address: string, seed: number) {
    this.address = address
    const dice = new Dice(seed)
    this.desks = Array.from({ length: TILLS }, (_, place) => new Desk(this, place, new Dice(dice.seed())))
  }

  /** Begin the business and pair its tills. */
  async open(): Promise<void> {
    const { organization, tills, buyers, scheme, combo, codes } = (await this.office('open', { tills: TILLS })) as Opened
    this.organization = organization
    this.tills = tills
    for (const buyer of buyers) this.story.wrote('buyer', buyer)
    this.story.wrote('scheme', scheme)
    this.story.wrote('combo', combo)
    this.issued(codes)
    await this.office('settle', {})
    for (const desk of this.desks) {
      await desk.open()
      await desk.pair(await this.code(desk))
      await desk.sync()
    }
  }

  async close(): Promise<void> {
    for (const desk of this.desks) await desk.close()
  }

  /** A code that pairs a device with the till of a desk. */
  async code(desk: Desk): Promise<string> {
    const { code } = (await this.office('code', { till: this.tills[desk.place] ?? '' })) as { readonly code: string }
    return code
  }

  /** Ask the office for something, past all tills. */
  async office(what: string, more: Readonly<Record<string, unknown>>): Promise<unknown> {
    const response = await fetch(`${this.address}/histories/${what}`, {
      method: 'POST', body: JSON.stringify({ organization: this.organization, ...more }), headers: { 'X-Histories-Now': String(this.now) },
    })
    if (!response.ok) throw new Error(`the office refuses ${what}: ${await response.text()}`)
    return response.json()
  }

  /** Let the server's worker do what waits for it. */
  async settle(): Promise<void> {
    this.story.wrote('settle', { now: this.now })
    await this.office('settle', {})
  }

  /** A till has spent what the server keeps for its sale: ten minutes, or until the sale comes. `lapsed`: notes that it did not come in time. */
  kept(desk: Desk, lapsed: () => void): void {
    this.#asked.push({ desk, at: this.now, lapsed })
  }

  /** Time has gone by: what was kept for a sale that still waits at its till may be given to another. */
  lapse(): void {
    this.#asked = this.#asked.filter(({ desk, at, lapsed }) => {
      if (desk.isOpen && desk.till.sync.get().unsent === 0) return false
      if (this.now - at < KEPT_MS) return true
      lapsed()
      return false
    })
  }

  /** A day is over, or several are: the worker looks what of points has run out, whatever else waits for it. */
  async night(): Promise<void> {
    const day = Math.floor((this.now - ZONE_MS) / DAY_MS)
    if (day === this.#day) return
    this.#day = day
    this.story.wrote('lapse', { now: this.now })
    await this.office('lapse', {})
  }

  /** A till has another disk: what waited on the old one may be gone, and what waits on this one nobody goes on with, for it may have gone on elsewhere. */
  async exchanged(desk: Desk): Promise<void> {
    this.story.ticket('lost')
    for (const { ticket } of desk.waiting) await desk.till.drafts.remove(ticket.id)
  }

  issued(codes: readonly Code[]): void {
    this.codes.push(...codes)
    this.story.wrote('coupons', { codes: codes.map(({ id, until }) => ({ id, until })) })
  }

  noted(fact: AnyFact): void {
    if (fact.kind === 'sale.recorded') this.papers.push(fact)
  }

  /** A till hears of everything, and all that waits for the worker is done. */
  async hear(desk: Desk): Promise<void> {
    await desk.sync()
    await this.settle()
  }

  async #admit(): Promise<void> {
    const dealt = (await this.office('admit', {})) as { readonly admitted: readonly string[]; readonly left: readonly string[] }
    if (dealt.admitted.length + dealt.left.length === 0) return
    this.story.wrote('admit', dealt)
    await this.settle()
    // The first round hears that the till's part is old and asks for it; the second waits for the answer.
    for (const desk of [...this.desks, ...this.desks]) await desk.sync()
  }

  /**
   * The end of a history: whatever was cut is healed, what waits goes up, and what it changed comes down to everybody. `isAdmitted`: somebody in the
   * office lets in what fitted no chain.
   */
  async heal(isAdmitted: boolean): Promise<readonly View[]> {
    for (const desk of this.desks) desk.wire.heal()
    // No day ends between the worker's look and the tills'.
    if ((this.now - ZONE_MS) % DAY_MS > DAY_MS - SKEW_MS) this.now += SKEW_MS
    await this.night()
    for (let round = 0; round < ROUNDS_MOST; round++) {
      for (const desk of this.desks) if (!isQuiet(desk)) await desk.sync()
      await this.settle()
      for (const desk of this.desks) await desk.sync()
      if (this.desks.every(isQuiet)) break
    }
    // What one till parked, another hears of when both have spoken; what was let go of is where it goes after that.
    if (this.desks.some(({ waiting }) => waiting.length > 0)) for (const desk of [...this.desks, ...this.desks]) await desk.look()
    if (isAdmitted && this.wasPutBack) await this.#admit()
    return Promise.all(this.desks.map(viewOf))
  }
}

function isQuiet({ till }: Desk): boolean {
  return till.sync.get().unsent === 0 && till.state.get().name === 'ready'
}
