/** The loop that speaks with the server. It never blocks a sale: the journal writes whether it runs or not. */
import type { Environment } from '../environment.ts'
import { forget, oldestUnsent, troubled, unsent } from '../journal/answers.ts'
import type { Journal } from '../journal/journal.ts'
import type { Readable, Writable } from '../store.ts'
import { writable } from '../store.ts'
import type { SyncState } from '../types.ts'
import { NoAnswer } from './http.ts'
import { pair } from './pair.ts'
import { ComeBackLater, enterEpoch, ping, pushAll, ServerRefuses } from './push.ts'
import type { Line, Seen } from './push.ts'

/** What comes down: done after facts have gone up, and apart from them. */
export interface Downward {
  /** Begin to take what has changed. Answers at once: a catalogue of any size never holds up a fact. */
  pull(seen: Seen): void
}

const FORGET_EVERY_MS = 6 * 60 * 60 * 1000

const QUIET: SyncState = {
  online: false, offlineSince: null, unsent: 0, oldestAt: null, parked: [], lastContactAt: null, offset: null, problem: null,
}

export class SyncLoop {
  readonly #line: Line
  readonly #downward: Downward
  readonly #state: Writable<SyncState> = writable(QUIET)
  #running: Promise<void> | null = null
  #failures = 0
  #isStopped = false
  #again = false
  #wait: { readonly end: () => void; readonly isBackoff: boolean } | null = null
  #forgotAt = Number.NEGATIVE_INFINITY
  #unwatch: (() => void)[] = []

  constructor(line: Line, downward: Downward) {
    this.#line = line
    this.#downward = downward
  }

  get state(): Readable<SyncState> {
    return this.#state
  }

  get #environment(): Environment {
    return this.#line.environment
  }

  get #journal(): Journal {
    return this.#line.journal
  }

  /** Begin. What is unsent and parked is shown before the first call. */
  async start(): Promise<void> {
    const { at, offset } = this.#line.contacts.get()
    this.#state.update((state) => ({ ...state, lastContactAt: at, offset, offlineSince: this.#environment.now() }))
    await this.refresh()
    this.#unwatch.push(
      this.#environment.onWake(() => {
        this.#wait?.end()
      }),
    )
    void this.#run()
  }

  stop(): Promise<void> {
    this.#isStopped = true
    for (const unwatch of this.#unwatch.splice(0)) unwatch()
    this.#wait?.end()
    return this.#running ?? Promise.resolve()
  }

  /** Facts were written: no screen may say for even a moment that all is sent. */
  wrote(firstAt: number): void {
    this.#state.update((state) => ({ ...state, unsent: unsent(this.#journal), oldestAt: state.oldestAt ?? firstAt }))
  }

  /** Something was written: send it soon. After a failure the wait goes on, so that a dead network is not hammered. */
  kick(): void {
    void this.refresh()
    this.#again = true
    if (this.#wait && !this.#wait.isBackoff) this.#wait.end()
  }

  /** One round now; resolves when it ends. When it comes through, nothing waits any longer for a network that was dead before. */
  async now(): Promise<void> {
    await this.#round()
    if (this.#failures === 0 && this.#wait?.isBackoff === true) this.#wait.end()
  }

  async #run(): Promise<void> {
    while (!this.#hasEnded()) {
      this.#again = false
      const asked = await this.#round()
      if (!this.#hasEnded() && !this.#hurries()) await this.#pause(asked)
    }
  }

  #hasEnded(): boolean {
    return this.#isStopped
  }

  #hurries(): boolean {
    return this.#again && this.#failures === 0
  }

  #pause(asked: number | null): Promise<void> {
    const isBackoff = this.#failures > 0
    const wait = asked ?? (isBackoff ? this.#backoff() : this.#environment.rhythm.round)
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        this.#wait = null
        resolve()
      }
      const timer = setTimeout(end, wait)
      this.#wait = { end, isBackoff }
    })
  }

  // Tills that lost the same server must not all come back in the same moment: between half and all of the time.
  #backoff(): number {
    const { backoffFirst, backoffLast } = this.#environment.rhythm
    const most = Math.min(backoffFirst * 2 ** (this.#failures - 1), backoffLast)
    return most / 2 + (most / 2) * ((this.#environment.random(1)[0] ?? 0) / 255)
  }

  /** One round at a time; returns how long the server asked to wait, or null. */
  #round(): Promise<number | null> {
    const next = (this.#running ?? Promise.resolve()).then(() => this.#speak())
    const settled = next.then(() => undefined)
    this.#running = settled
    void settled.then(() => {
      if (this.#running === settled) this.#running = null
    })
    return next
  }

  async #speak(): Promise<number | null> {
    const current = this.#journal.current.get()
    if (!current) return null
    let asked: number | null = null
    try {
      const sent = await pushAll(this.#line)
      const seen = sent ?? (await ping(this.#line, this.#journal.current.get() ?? current))
      await this.#follow(seen)
      await this.#succeed()
      this.#downward.pull(seen)
    } catch (error) {
      asked = error instanceof ComeBackLater ? error.wait : null
      this.#fail(error)
    }
    await this.refresh()
    return asked
  }

  /** Do what an answer asks for: a new epoch, a new journal. */
  async #follow(seen: Seen): Promise<void> {
    const known = this.#line.contacts.get().epoch
    const isNew = known !== null && known !== seen.epoch
    if (isNew) await enterEpoch(this.#line, seen.epoch)
    else await this.#line.contacts.enter(seen.epoch)
    if (this.#journal.current.get()?.status === 'reopen') {
      const paired = await pair(this.#environment, this.#journal, null)
      if (!paired.ok && paired.reason !== 'no_server') throw new ServerRefuses('reopen')
      this.#again = true
    }
    if (isNew) this.#again = true
  }

  async #succeed(): Promise<void> {
    this.#failures = 0
    const { at, offset, serverTime } = this.#line.contacts.get()
    this.#state.update((state) => ({
      ...state, online: true, offlineSince: null, problem: null, lastContactAt: at, offset,
    }))
    if (serverTime !== null && this.#environment.monotonic() - this.#forgotAt > FORGET_EVERY_MS) {
      this.#forgotAt = this.#environment.monotonic()
      await forget(this.#journal, serverTime)
    }
  }

  #fail(error: unknown): void {
    this.#failures += 1
    const problem = error instanceof ServerRefuses ? error.problem : null
    const isSilent = error instanceof NoAnswer || error instanceof ComeBackLater || problem !== null
    this.#state.update((state) => ({
      ...state,
      // A refusal is an answer too.
      online: problem !== null,
      offlineSince: problem === null ? (state.offlineSince ?? this.#environment.now()) : null,
      problem: problem ?? state.problem,
    }))
    // Anything else is a fault of ours: the loop goes on, and the console says what it was.
    if (!isSilent) console.error(error)
  }

  /** Count anew what is unsent and what is parked. */
  async refresh(): Promise<void> {
    try {
      const [oldestAt, parked] = [await oldestUnsent(this.#journal), await troubled(this.#journal)]
      this.#state.update((state) => ({ ...state, unsent: unsent(this.#journal), oldestAt, parked }))
    } catch (error) {
      // While the till closes, its database may be gone.
      if (!this.#isStopped) console.error(error)
    }
  }
}
