/** What the till knows of its server from the last time they spoke: epoch, clock and when. */
import type { Environment } from '../environment.ts'
import type { Journal } from '../journal/journal.ts'

export interface Contact {
  readonly epoch: string | null
  /** By the till's clock. */
  readonly at: number | null
  /** Server's clock minus the till's. */
  readonly offset: number | null
  /** The latest time that a server told. */
  readonly serverTime: number | null
}

const NONE: Contact = { epoch: null, at: null, offset: null, serverTime: null }
const STORE_EVERY_MS = 5 * 60_000
const OFFSET_STEP_MS = 1_000

/** Keeps the last contact in memory, and on the disk when it says something new. */
export class Contacts {
  readonly #journal: Journal
  readonly #environment: Environment
  #now: Contact = NONE
  #stored: Contact = NONE

  private constructor(journal: Journal, environment: Environment) {
    this.#journal = journal
    this.#environment = environment
  }

  static async open(journal: Journal, environment: Environment): Promise<Contacts> {
    const contacts = new Contacts(journal, environment)
    contacts.#now = (await journal.meta<Contact>('contact')) ?? NONE
    contacts.#stored = contacts.#now
    journal.clockIsKnown = contacts.#now.offset !== null
    return contacts
  }

  get(): Contact {
    return this.#now
  }

  /** An answer came that was asked for at `askedAt` (till's clock) and carries the server's `time`. */
  async met(time: number, askedAt: number): Promise<void> {
    const at = this.#environment.now()
    // Half of the way there and back; a clock that was set meanwhile spoils one measure, not the next.
    const offset = Math.round(time - (askedAt + at) / 2)
    const serverTime = Math.max(time, this.#now.serverTime ?? 0)
    this.#now = { ...this.#now, at, offset, serverTime }
    this.#journal.clockIsKnown = true
    const old = this.#stored
    const isNew =
      old.offset === null || Math.abs(old.offset - offset) > OFFSET_STEP_MS || Math.abs(at - (old.at ?? 0)) > STORE_EVERY_MS
    if (isNew) await this.#store()
  }

  /** Take over the server's epoch, once everything that hangs on it was done. */
  async enter(epoch: string): Promise<void> {
    if (this.#now.epoch === epoch) return
    this.#now = { ...this.#now, epoch }
    await this.#store()
  }

  async #store(): Promise<void> {
    this.#stored = this.#now
    await this.#journal.setMeta('contact', this.#now)
  }
}
