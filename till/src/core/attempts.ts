/**
 * How often a PIN may be tried. Five tries are free; from the fifth failure on each costs a wait: 30 s, doubling up to 15 minutes.
 *
 * A wait is counted only while the till runs, by a clock that cannot be set (monotonic milliseconds of the page), and what is left of it
 * is stored: neither a reload nor the device's clock shortens it.
 */

export const FREE_TRIES = 5
/** All persons of a device together: who tries one PIN for each person is slowed down too. */
export const FREE_TRIES_DEVICE = 20

const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 15 * 60_000

export interface Attempts {
  readonly failures: number
  /** Milliseconds still to wait. */
  readonly wait: number
}

export const NO_ATTEMPTS: Attempts = { failures: 0, wait: 0 }

/** The same after some time of running, in milliseconds; time that went back counts as none. */
export function afterTime(attempts: Attempts, elapsed: number): Attempts {
  if (attempts.wait === 0 || elapsed <= 0) return attempts
  return { ...attempts, wait: Math.max(0, attempts.wait - Math.trunc(elapsed)) }
}

/** Count a try as failed. It is counted before the PIN is checked, so that a till that is switched off gains nothing. */
export function afterFailure(attempts: Attempts, free = FREE_TRIES): Attempts {
  const failures = attempts.failures + 1
  if (failures < free) return { failures, wait: 0 }
  const doublings = Math.min(failures - free, 5)
  return { failures, wait: Math.min(FIRST_WAIT_MS * 2 ** doublings, LONGEST_WAIT_MS) }
}

/** Tries left before the next wait: after a wait there is one. */
export function triesLeft(attempts: Attempts): number {
  return attempts.wait > 0 ? 0 : Math.max(1, FREE_TRIES - attempts.failures)
}
