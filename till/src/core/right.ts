/** The one right that a receipt says: of those that the server names, the first that every line has. Dates as whole days, by the calendar. */
import { asInteger, asList, asObject, asText, asWord } from './json.ts'

/** A right that a paper may say: what it is called there, how long it lasts from the sale on, until when it may be said, and which goods have it. */
export interface PaperRight {
  readonly es: string
  readonly en: string
  readonly amount: number
  readonly unit: 'days' | 'months' | 'years'
  /** ISO 8601; null: what the shop gives of its own needs no check. */
  readonly stale_after: string | null
  /** Of goods that nothing else is said of. */
  readonly usual: boolean
  readonly categories: ReadonlyMap<string, boolean>
  readonly products: ReadonlyMap<string, boolean>
}

export interface Goods {
  readonly product: string
  readonly category: string | null
}

/** Return the last day (ISO 8601) of so many days, months or years from a day on; of a month too short its last. */
export function lastDay(from: string, amount: number, unit: PaperRight['unit']): string {
  const day = new Date(`${from}T00:00:00Z`)
  if (unit === 'days') day.setUTCDate(day.getUTCDate() + amount)
  else {
    const date = day.getUTCDate()
    day.setUTCDate(1)
    day.setUTCMonth(day.getUTCMonth() + (unit === 'years' ? 12 * amount : amount))
    day.setUTCDate(Math.min(date, new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()))
  }
  return day.toISOString().slice(0, 10)
}

/** Return the right that all these goods have, sold on a day, and its last day; null where there is none that may be said. */
export function rightOf(rights: readonly PaperRight[], goods: readonly Goods[], day: string): { readonly right: PaperRight; readonly until: string } | null {
  const has = ({ products, categories, usual }: PaperRight) => ({ product, category }: Goods): boolean =>
    products.get(product) ?? (category === null ? undefined : categories.get(category)) ?? usual
  const right = goods.length === 0 ? undefined : rights.find((one) => (one.stale_after === null || day <= one.stale_after) && goods.every(has(one)))
  return right === undefined ? null : { right, until: lastDay(day, right.amount, right.unit) }
}

/** Read a right of `GET guidance`. */
export function readRight(value: unknown): PaperRight | undefined {
  const row = asObject(value)
  const [es, en, amount] = [asText(row?.['es']), asText(row?.['en']), asInteger(row?.['amount'], 1)]
  const unit = asWord(row?.['unit'], ['days', 'months', 'years'] as const)
  if (!row || es === undefined || en === undefined || amount === undefined || unit === undefined) return undefined
  return {
    es, en, amount, unit, stale_after: asText(row['stale_after']) ?? null, usual: row['usual'] === true,
    categories: said(row['categories']), products: said(row['products']),
  }
}

function said(value: unknown): ReadonlyMap<string, boolean> {
  const rows = asList(value, (one) => {
    const row = asObject(one)
    const [id, has] = [asText(row?.['id']), row?.['has'] === true]
    return id === undefined ? undefined : ([id, has] as const)
  })
  return new Map(rows ?? [])
}
