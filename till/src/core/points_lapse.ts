/** How a buyer's points run out, as the server last said, and what of that this till's own facts have changed since. The rule: docs/algorithms/points.md, 5. */
import { asArray, asInteger, asObject, asWord } from './json.ts'

export interface PointsLot {
  /** Milliseconds; then they have run out. */
  readonly until: number
  readonly points: number
}

/** `moved`: all of them so many months after the last movement; `earned`: each so many months after it was earned, the oldest spent first. */
export interface Lapses {
  readonly by: 'moved' | 'earned'
  readonly months: number
  /** The next ones, the soonest first. */
  readonly next: readonly PointsLot[]
}

/** Read how points run out; null where they do not. */
export function readLapses(value: unknown): Lapses | null {
  const row = asObject(value)
  const [by, months] = [asWord(row?.['by'], ['moved', 'earned'] as const), asInteger(row?.['months'], 1)]
  if (by === undefined || months === undefined) return null
  const next = (asArray(row?.['next']) ?? []).flatMap((one) => {
    const lot = asObject(one)
    const [until, points] = [asInteger(lot?.['until'], 0), asInteger(lot?.['points'], 0)]
    return until === undefined || points === undefined ? [] : [{ until, points }]
  })
  return { by, months, next }
}

/** A movement that the server has not told of: when it was, and how many points went with it. */
export interface OwnPoints {
  readonly at: number
  readonly gone: number
}

/**
 * What of the lots is left by now after own movements, and how many have run out: what had when something moved no movement brings back. Any
 * movement lets an account that had rested begin anew; what went took the oldest along.
 */
export function afterOwn({ by, next }: Lapses, own: readonly OwnPoints[], now: number): { readonly next: readonly PointsLot[]; readonly lapsed: number } {
  let lots = next
  let lapsed = 0
  const age = (at: number): void => {
    lapsed += lots.reduce((sum, { until, points }) => (until <= at ? sum + points : sum), 0)
    lots = lots.filter(({ until }) => until > at)
  }
  for (const move of own) {
    age(move.at)
    let gone = by === 'moved' ? Infinity : move.gone
    lots = lots.flatMap(({ until, points }) => {
      const taken = Math.min(gone, points)
      gone -= taken
      return points > taken ? [{ until, points: points - taken }] : []
    })
  }
  age(now)
  return { next: lots, lapsed }
}

/** The next that run out, of a balance; null where there is nothing that could. */
export function nextLapse({ months, next }: Lapses, balance: number, now: number): PointsLot | null {
  if (balance <= 0) return null
  const first = next.find(({ until }) => until > now)
  return first === undefined ? { until: monthsLater(now, months), points: balance } : { until: first.until, points: Math.min(first.points, balance) }
}

/** The same moment so many months later, or that of the last day of a shorter month. */
function monthsLater(now: number, months: number): number {
  const then = new Date(now)
  const day = then.getUTCDate()
  then.setUTCDate(1)
  then.setUTCMonth(then.getUTCMonth() + months)
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate()
  then.setUTCDate(Math.min(day, last))
  return then.getTime()
}
