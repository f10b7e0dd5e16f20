/** What a paper says of its buyer's points: earned, spent, taken back, and what they have now, as far as this till knows. */
import type { Formats } from './format.ts'
import type { PointsLot } from './points_lapse.ts'
import { pair, text, type Row } from './paper.ts'

/** What the buyer has, whole points; `knownAt`: when the server said so last, where it cannot be asked now. */
export interface PointsNow {
  readonly balance: number
  readonly knownAt: number | null
  /** The next that run out, where they do. */
  readonly lapse?: PointsLot | null
}

type Words = (key: string, params?: Readonly<Record<string, string | number>>) => string

/** Rows of what a fact did, by the end of their words (`receipt.points_earned`), nothing where it did nothing; and of what there is now. */
export function pointsRows(did: Readonly<Record<string, number>>, now: PointsNow | null | undefined, formats: Formats, words: Words): readonly Row[] {
  const count = (points: number): string => formats.quantity(points * 1000)
  const rows: Row[] = Object.entries(did).filter(([, points]) => points !== 0).map(([what, points]) => pair(words(`receipt.points_${what}`), count(points)))
  if (now == null) return rows
  rows.push(pair(words('receipt.points_balance'), count(now.balance), { strong: true }))
  // They are good until the day before they are not.
  if (now.lapse != null) rows.push(text(words('receipt.points_lapse', { points: count(now.lapse.points), date: formats.date(now.lapse.until - 1) })))
  return now.knownAt === null ? rows : [...rows, text(words('receipt.points_known', { time: formats.time(now.knownAt) }))]
}
