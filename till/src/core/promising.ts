/** Promises at a till: the day that one falls on, and what the server says of those of the store. Read leniently: what cannot be read is not shown. */
import { asInteger, asList, asObject, asText, asWord } from './json.ts'
import { dayAfter } from './order.ts'

export const PROMISE_STATES = ['made', 'late', 'broken', 'kept', 'kept_late'] as const
export type PromiseState = (typeof PROMISE_STATES)[number]

/**
 * A promise of the store. `name`: the chip's; of an order's date its kind and number (`ticket`). `due`: the day that holds, `first` that was said;
 * `revision`: how often another one was agreed; `madeAt`: milliseconds.
 */
export interface Promised {
  readonly id: string
  readonly name: string
  readonly product: string
  readonly words: string
  readonly ticket: string
  readonly first: string
  readonly due: string
  readonly state: PromiseState
  readonly ended: boolean
  readonly revision: number
  readonly madeAt: number
  readonly order: string | null
  readonly orderKind: string
}

export interface Closed { readonly closedWeekdays: readonly number[]; readonly closedDates: readonly string[] }

const DAYS_LOOKED = 60

/** The day on which something promised within so many days falls due: one on which the store is open, where there is one. */
export function dueDay(today: string, days: number, { closedWeekdays, closedDates }: Closed): string {
  const wanted = dayAfter(today, days)
  for (let more = 0; more < DAYS_LOOKED; more++) {
    const day = dayAfter(wanted, more)
    if (!closedWeekdays.includes((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) && !closedDates.includes(day)) return day
  }
  return wanted
}

function readOne(value: unknown): Promised | undefined {
  const row = asObject(value)
  const [id, due, state] = [asText(row?.['id']), asText(row?.['due']), asWord(row?.['state'], PROMISE_STATES)]
  if (!row || id === undefined || due === undefined || state === undefined) return undefined
  const text = (name: string): string => asText(row[name]) ?? ''
  return {
    id, due, state, name: text('name'), product: text('product'), words: text('words'), ticket: text('ticket'), first: asText(row['first']) ?? due,
    ended: row['ended'] === true, revision: asInteger(row['revision'], 0) ?? 0, madeAt: asInteger(row['made_at'], 0) ?? 0, order: asText(row['order']) ?? null, orderKind: text('order_kind'),
  }
}

/** What the store has promised, and how many that stand are left out. */
export interface PromisedList { readonly promises: readonly Promised[]; readonly more: number }

/** Read the answer of `GET promises`; null when it is none. */
export function readPromised(value: unknown): PromisedList | null {
  const row = asObject(value)
  const promises = asList(row?.['promises'], readOne)
  return promises ? { promises, more: asInteger(row?.['more'], 0) ?? 0 } : null
}

/** How a promise stands on a day: what the server said may be days old when there is no network. */
export function stateOn({ state, due, ended }: Promised, today: string): PromiseState {
  return !ended && state === 'made' && due < today ? 'late' : state
}

/** A mistake is said within a quarter of an hour; after that a manager says so in the office. */
export const MISTAKE_MS = 15 * 60_000

/** The day that is offered when another one is agreed: the next on which the store is open, or the one before, never before today. */
export function otherDay(day: string, step: 1 | -1, today: string, closed: Closed): string {
  for (let n = 1; n < DAYS_LOOKED; n++) {
    const found = dayAfter(day, step * n)
    if (found < today) return day
    if (dueDay(found, 0, closed) === found) return found
  }
  return day
}

/** What this till said of a promise since the server was asked: null, it is none any more. */
export type Change = Partial<Pick<Promised, 'due' | 'state' | 'ended' | 'revision'>> | null

/** The list with what this till said of it; what the server has heard meanwhile holds. */
export function withChanges(promises: readonly Promised[], changes: ReadonlyMap<string, Change>): readonly Promised[] {
  return promises.flatMap((one) => {
    const change = changes.get(one.id)
    if (change === undefined || one.ended) return [one]
    if (change === null) return []
    return [change.revision !== undefined && change.revision <= one.revision ? one : { ...one, ...change }]
  })
}

/** Sorted for a till: what is late or falls due today, what was kept, and what comes within a week. */
export function sorted(promises: readonly Promised[], today: string): { readonly late: readonly Promised[]; readonly today: readonly Promised[]; readonly week: readonly Promised[] } {
  const open = promises.filter(({ ended }) => !ended)
  const week = dayAfter(today, 6)
  return {
    late: open.filter((one) => stateOn(one, today) !== 'made'),
    today: [...open.filter((one) => stateOn(one, today) === 'made' && one.due <= today), ...promises.filter(({ ended }) => ended)],
    week: open.filter(({ due }) => due > today && due <= week),
  }
}
