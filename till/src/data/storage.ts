/** How much room the browser gives, and whether it promised to keep it. */
import type { Environment } from './environment.ts'
import type { Readable, Writable } from './store.ts'
import { writable } from './store.ts'
import type { StorageState } from './types.ts'

/** Below this many free bytes no sale is begun: it is what a day of selling without a server needs. */
export const RESERVE_BYTES = 8 * 1024 * 1024
/** With so many free bytes less than a minute ago, no shop fills the disk by its next sale. */
const PLENTY_BYTES = 8 * RESERVE_BYTES
const GOOD_FOR_MS = 60_000

export class Room {
  readonly #environment: Environment
  readonly #state: Writable<StorageState> = writable<StorageState>({ persisted: null, usage: null, quota: null })

  /** Free bytes when they were last measured, and when that was on the running clock. */
  #last: { readonly free: number; readonly at: number } | null = null

  constructor(environment: Environment) {
    this.#environment = environment
  }

  get state(): Readable<StorageState> {
    return this.#state
  }

  /** Ask the browser to keep the data; its answer is shown, whatever it is. */
  async askToKeep(): Promise<void> {
    const { storage } = this.#environment
    if (typeof storage?.persist !== 'function') return
    const persisted = (await storage.persisted()) || (await storage.persist())
    this.#state.update((state) => ({ ...state, persisted }))
    await this.measure()
  }

  /** Free bytes, or null where the browser does not tell. */
  async measure(): Promise<number | null> {
    const { storage } = this.#environment
    if (typeof storage?.estimate !== 'function') return null
    const { usage, quota } = await storage.estimate()
    if (usage === undefined || quota === undefined) return null
    this.#state.update((state) => ({ ...state, usage, quota }))
    this.#last = { free: quota - usage, at: this.#environment.monotonic() }
    return quota - usage
  }

  // The browser takes its time to measure, and a person waits. With this much left a moment ago, it is measured when the sale is on
  // the screen. Not even a frame may be asked for now: the one that shows the sale would have to wait for the next.
  #isPlenty(): boolean {
    const last = this.#last
    return last !== null && last.free >= PLENTY_BYTES && this.#environment.monotonic() - last.at <= GOOD_FOR_MS
  }

  /** Say whether there is room for more sales; `makeRoom` is called when there is not, and it is measured again. */
  async isEnough(makeRoom: () => Promise<unknown>): Promise<boolean> {
    if (this.#isPlenty()) return true
    const free = await this.measure()
    if (free === null || free >= RESERVE_BYTES) return true
    await makeRoom()
    return ((await this.measure()) ?? RESERVE_BYTES) >= RESERVE_BYTES
  }
}
