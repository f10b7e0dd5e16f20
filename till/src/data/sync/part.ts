/** The till part: the last one is kept beside the journal, and asked for anew when the server says that it changed. */
import type { TillPart } from '../../core/part.ts'
import { readPart, readReviews } from '../../core/part-reader.ts'
import type { Environment } from '../environment.ts'
import { settle, troubled } from '../journal/answers.ts'
import type { Journal } from '../journal/journal.ts'
import type { Readable, Writable } from '../store.ts'
import type { TroubledFact } from '../types.ts'
import { writable } from '../store.ts'
import { callServer, NoAnswer } from './http.ts'
import { refuseStatus } from './push.ts'

const STALE_MS = 60 * 60 * 1000

export class LivePart {
  readonly #environment: Environment
  readonly #journal: Journal
  readonly #part: Writable<TillPart | null> = writable<TillPart | null>(null)
  /** The office dealt with facts that were parked or refused. */
  onSettled: () => Promise<void> = () => Promise.resolve()
  #askedAt = Number.NEGATIVE_INFINITY
  #expiries = 0
  #fetching: Promise<void> | null = null

  private constructor(environment: Environment, journal: Journal) {
    this.#environment = environment
    this.#journal = journal
  }

  static async open(environment: Environment, journal: Journal): Promise<LivePart> {
    const part = new LivePart(environment, journal)
    part.#part.set((await journal.meta<TillPart>('part')) ?? null)
    return part
  }

  get store(): Readable<TillPart | null> {
    return this.#part
  }

  /** What is held is old: the next pull asks. */
  expire(): void {
    this.#askedAt = Number.NEGATIVE_INFINITY
    this.#expiries += 1
  }

  forget(): void {
    this.expire()
    this.#part.set(null)
  }

  /** Ask, if what is held is old. */
  pull(): Promise<void> {
    if (this.#fetching) return this.#fetching
    const now = this.#environment.monotonic()
    // Who was let go of is told by nobody that something changed.
    if (now - this.#askedAt < STALE_MS && !this.#isRevoked) return Promise.resolve()
    this.#fetching = this.#fetch(now).finally(() => {
      this.#fetching = null
    })
    return this.#fetching
  }

  get #isRevoked(): boolean {
    return this.#journal.current.get()?.status === 'revoked'
  }

  async #fetch(now: number): Promise<void> {
    const token = this.#journal.current.get()?.token
    if (token === undefined) return
    const expiries = this.#expiries
    const asked = await troubled(this.#journal)
    if (this.#isRevoked) {
      await this.#hearOf(new Set(asked.map(({ journal }) => journal)), asked)
      return
    }
    const reply = await callServer(this.#environment, { path: 'till', token })
    refuseStatus(reply)
    const part = readPart(reply.json)
    if (!part) throw new NoAnswer('not a till part')
    // What was said to be old while this answer was on its way stays old: the next pull asks again.
    if (expiries === this.#expiries) this.#askedAt = now
    await this.#journal.setMeta('part', part)
    this.#part.set(part)
    await this.#settle(reply.json, asked)
    const here = new Set(readReviews(reply.json).map(({ journal }) => journal))
    await this.#hearOf(new Set(asked.map(({ journal }) => journal).filter((id) => !here.has(id))), asked)
  }

  /** Ask by their own tokens what became of journals that are of no till here any more. */
  async #hearOf(journals: ReadonlySet<string>, asked: readonly TroubledFact[]): Promise<void> {
    for (const id of journals) {
      const token = this.#journal.records.get(id)?.token
      if (token !== undefined) await this.#settle((await callServer(this.#environment, { path: 'ping?parked', token })).json, asked)
    }
  }

  async #settle(document: unknown, asked: readonly TroubledFact[]): Promise<void> {
    if ((await settle(this.#journal, readReviews(document), asked)) > 0) await this.onSettled()
  }
}
