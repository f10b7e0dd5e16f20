/** Checks PINs and counts tries, on the disk. */
import type { Attempts } from '../core/attempts.ts'
import { afterFailure, afterTime, FREE_TRIES_DEVICE, NO_ATTEMPTS, triesLeft } from '../core/attempts.ts'
import type { TillPart } from '../core/part.ts'
import type { Environment } from './environment.ts'
import { pinHolds } from './keys.ts'
import type { PinResult } from './types.ts'

/** Where the tries are kept: beside the journal, which no reset clears. */
export interface PinMemory {
  meta<T>(key: string): Promise<T | undefined>
  setMeta(key: string, value: unknown): Promise<void>
}

type Tries = Readonly<Record<string, Attempts>>

const DEVICE = 'device'
const KEY = 'tries'

export class Pins {
  readonly #memory: PinMemory
  readonly #environment: Environment
  #tries: Tries = {}
  #countedAt: number
  #queue: Promise<unknown> = Promise.resolve()

  private constructor(memory: PinMemory, environment: Environment) {
    this.#memory = memory
    this.#environment = environment
    this.#countedAt = environment.monotonic()
  }

  static async open(memory: PinMemory, environment: Environment): Promise<Pins> {
    const pins = new Pins(memory, environment)
    pins.#tries = (await memory.meta<Tries>(KEY)) ?? {}
    return pins
  }

  /** Check a PIN. One check after the other, so that many at once are still counted. */
  check(part: TillPart | null, staffId: string, pin: string): Promise<PinResult> {
    const result = this.#queue.then(() => this.#check(part, staffId, pin))
    this.#queue = result.catch(() => undefined)
    return result
  }

  async #check(part: TillPart | null, staffId: string, pin: string): Promise<PinResult> {
    const verifier = part?.staff.find(({ id }) => id === staffId)?.pin
    if (!verifier || !this.#environment.subtle) return { ok: false, reason: 'no_pin' }
    this.#countTime()
    const before = this.#tries
    const wait_ms = Math.max(this.#of(staffId).wait, this.#of(DEVICE).wait)
    if (wait_ms > 0) {
      await this.#memory.setMeta(KEY, this.#tries)
      return { ok: false, reason: 'wait', wait_ms }
    }
    await this.#keep({
      ...before,
      [staffId]: afterFailure(this.#of(staffId)),
      [DEVICE]: afterFailure(this.#of(DEVICE), FREE_TRIES_DEVICE),
    })
    if (await pinHolds(this.#environment.subtle, pin, verifier)) {
      await this.#keep({ ...before, [staffId]: NO_ATTEMPTS, [DEVICE]: NO_ATTEMPTS })
      return { ok: true }
    }
    return { ok: false, reason: 'wrong', left: triesLeft(this.#of(staffId)) }
  }

  #of(key: string): Attempts {
    return this.#tries[key] ?? NO_ATTEMPTS
  }

  #countTime(): void {
    const now = this.#environment.monotonic()
    const elapsed = now - this.#countedAt
    this.#countedAt = now
    this.#tries = Object.fromEntries(Object.entries(this.#tries).map(([key, one]) => [key, afterTime(one, elapsed)]))
  }

  async #keep(tries: Tries): Promise<void> {
    this.#tries = tries
    await this.#memory.setMeta(KEY, tries)
  }
}
