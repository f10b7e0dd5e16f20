/** What a seed decides. The same seed throws the same numbers, on every machine. */

/** Throws a number in [0, below). */
export type Throw = (below: number) => number

/** Numbers from a seed: mulberry32. */
export function thrown(seed: number): Throw {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

export class Dice {
  readonly below: Throw

  constructor(seed: number) {
    this.below = thrown(seed)
  }

  /** True once in so many throws. */
  once(of: number): boolean {
    return this.below(of) === 0
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  /** One of them, or null of none. */
  one<T>(of: readonly T[]): T | null {
    return of.length === 0 ? null : (of[this.below(of.length)] ?? null)
  }

  /** One of them, each as often as its weight says. */
  weighed<T extends { readonly weight: number }>(of: readonly T[]): T {
    let left = this.below(of.reduce((sum, { weight }) => sum + weight, 0))
    for (const one of of) {
      left -= one.weight
      if (left < 0) return one
    }
    throw new RangeError('nothing to choose from')
  }

  /** A seed for somebody else's dice. */
  seed(): number {
    return this.below(0x7fffffff)
  }

  readonly bytes = (count: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: count }, () => this.below(256))
}
