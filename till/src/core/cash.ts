/** Coins and notes: what a drawer holds, what change is handed over, and which amounts a buyer is likely to give. */
import { rescale } from './decimal.ts'
import type { Currency } from './format.ts'
import { divDown } from './integer.ts'

export interface Denomination {
  /** Minor units. */
  readonly value: number
  readonly kind: 'note' | 'coin'
}

export interface Piece extends Denomination {
  readonly count: number
}

export interface Change {
  readonly pieces: readonly Piece[]
  /** What no coin can give, in minor units: 0 wherever amounts are rounded to the smallest coin. */
  readonly rest: number
}

interface Money {
  /** Hundredths of the major unit, largest first. */
  readonly notes: readonly number[]
  readonly coins: readonly number[]
  /** The smallest piece that buyers round up to, in hundredths. */
  readonly step: number
}

const UNIT = 100
const of = (...values: readonly number[]): readonly number[] => values.map((value) => value * UNIT)

// Pieces in use, by central bank; coins that are legal tender but gone from the drawers are left out.
// Sources, general knowledge of November 2026, to be confirmed by each shop: Banxico, BCE, Federal Reserve, BCCh, BanRep, BCRP, BCRA, Banguat, BCU,
// BCB, BCCR, BCRD, BCP, BCV, BCB (Brazil).
const MONEY: Readonly<Record<string, Money>> = {
  MXN: { notes: of(1000, 500, 200, 100, 50, 20), coins: [...of(10, 5, 2, 1), 50, 20, 10], step: 500 },
  EUR: { notes: of(200, 100, 50, 20, 10, 5), coins: [...of(2, 1), 50, 20, 10, 5, 2, 1], step: 100 },
  USD: { notes: of(100, 50, 20, 10, 5, 1), coins: [25, 10, 5, 1], step: 100 },
  CLP: { notes: of(20_000, 10_000, 5000, 2000, 1000), coins: of(500, 100, 50, 10), step: 10_000 },
  COP: { notes: of(100_000, 50_000, 20_000, 10_000, 5000, 2000), coins: of(1000, 500, 200, 100, 50), step: 100_000 },
  PEN: { notes: of(200, 100, 50, 20, 10), coins: [...of(5, 2, 1), 50, 20, 10], step: 100 },
  ARS: { notes: of(20_000, 10_000, 2000, 1000, 500, 200, 100), coins: of(50, 20, 10), step: 10_000 },
  GTQ: { notes: of(200, 100, 50, 20, 10, 5), coins: [...of(1), 50, 25, 10, 5], step: 500 },
  UYU: { notes: of(2000, 1000, 500, 200, 100, 50, 20), coins: of(50, 10, 5, 2, 1), step: 1000 },
  BOB: { notes: of(200, 100, 50, 20, 10), coins: [...of(5, 2, 1), 50, 20, 10], step: 500 },
  CRC: { notes: of(20_000, 10_000, 5000, 2000, 1000), coins: of(500, 100, 50, 25, 10, 5), step: 50_000 },
  DOP: { notes: of(2000, 1000, 500, 200, 100, 50), coins: of(25, 10, 5, 1), step: 2500 },
  PYG: { notes: of(100_000, 50_000, 20_000, 10_000, 5000, 2000), coins: of(1000, 500, 100, 50), step: 100_000 },
  BRL: { notes: of(200, 100, 50, 20, 10, 5, 2), coins: [...of(1), 50, 25, 10, 5], step: 500 },
}

/** For a currency without a table of its own: the series 1-2-5 that most currencies follow. */
const SERIES: Money = { notes: of(1000, 500, 200, 100, 50, 20, 10), coins: [...of(5, 2, 1), 50, 20, 10, 5, 2, 1], step: 100 }

const SUGGESTIONS = 6

function pieces(values: readonly number[], kind: Denomination['kind'], digits: number): readonly Denomination[] {
  const minor = values.map((value) => ({ value: rescale(value, 2, digits), whole: rescale(rescale(value, 2, digits), digits, 2) === value, kind }))
  return minor.filter(({ value, whole }) => whole && value > 0).map(({ value }) => ({ value, kind }))
}

/** The pieces of a currency that its decimals can express, notes first, largest first. */
export function denominationsOf(currency: Currency): readonly Denomination[] {
  const money = MONEY[currency.code] ?? SERIES
  return [...pieces(money.notes, 'note', currency.digits), ...pieces(money.coins, 'coin', currency.digits)]
}

/** Return the fewest notes and coins that make `amount` (minor units, not negative), largest first. */
export function changeFor(amount: number, currency: Currency): Change {
  const given: Piece[] = []
  let rest = amount
  const largestFirst = [...denominationsOf(currency)].sort((one, other) => other.value - one.value)
  for (const piece of largestFirst) {
    const count = divDown(rest, piece.value)
    if (count === 0) continue
    given.push({ ...piece, count })
    rest -= count * piece.value
  }
  return { pieces: given, rest }
}

/**
 * Return amounts that a buyer is likely to hand over for `due`, all above it, rising, at most six: `due` rounded up to each piece from the
 * currency's step on. 462.50 MXN gives 465, 470, 480, 500, 600, 1000. Empty when nothing is due.
 */
export function suggestionsFor(due: number, currency: Currency): readonly number[] {
  if (due <= 0) return []
  const step = rescale((MONEY[currency.code] ?? SERIES).step, 2, currency.digits)
  const steps = denominationsOf(currency).filter(({ value }) => value >= step).map(({ value }) => value)
  const amounts = steps.map((value) => divDown(due + value - 1, value) * value).filter((amount) => amount > due && Number.isSafeInteger(amount))
  return [...new Set(amounts)].sort((one, other) => one - other).slice(0, SUGGESTIONS)
}

/** Sum a count of pieces in minor units; counts are whole and not negative. */
export function sumOf(counts: readonly { readonly value: number; readonly count: number }[]): number {
  return counts.reduce((sum, { value, count }) => sum + value * count, 0)
}
