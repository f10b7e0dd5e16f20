/** Promotions as the catalogue says them, and which are in force. Source: contracts/README.md, "Promotions"; rules: docs/algorithms/promotions.md. */
import { divDown } from './integer.ts'
import type { Reward } from './pricing/index.ts'
import { sha256Hex } from './sha256.ts'
import { fold } from './words.ts'

/** Which products: all, or those of categories and those named; never those of `without`. */
export interface Pick {
  readonly everything: boolean
  readonly categories: readonly string[]
  readonly products: readonly string[]
  readonly without: readonly string[]
}

export interface PickedPart {
  readonly pick: Pick
  readonly count: number
}

/** When and where something is in force; `since` and `until` in milliseconds. */
export interface Conditions {
  readonly since: number | null
  readonly until: number | null
  /** 1 is Monday; none means every day. */
  readonly days: readonly number[]
  /** Of the store's day; over midnight when they turn round. */
  readonly from_minute: number | null
  readonly to_minute: number | null
  /** None means all. */
  readonly stores: readonly string[]
  /** Groups of buyers that it is for; none means everybody. */
  readonly groups: readonly string[]
}

/** Quantities in thousandths, amounts in minor units, a price in ten-thousandths. */
export interface Terms extends Conditions {
  readonly kind: 'each' | 'total' | 'set'
  readonly reward: Reward
  readonly pick: Pick | null
  readonly parts: readonly PickedPart[]
  readonly least_quantity: number | null
  readonly least_amount: number | null
  readonly most: number | null
  readonly cheapest: number | null
  readonly times: number | null
  readonly stack: boolean
  /** SHA-256 of the code that the buyer must bring, hex. */
  readonly coupon: string | null
}

export interface Promotion {
  readonly id: string
  /** What a sale names: it never changes. */
  readonly version: string
  readonly name: string
  readonly position: number
  readonly terms: Terms
}

/** When and where a ticket is. */
export interface Moment {
  readonly at: number
  readonly zone: string
  readonly store: string
  /** The group of the buyer, where one is known. */
  readonly group: string | null
  /** Hashes of the coupons that the buyer brought. */
  readonly coupons: readonly string[]
}

/** The hash by which a coupon is known, of its code as typed or scanned: letters and digits count, accents and case do not; null without any. */
export function couponHash(text: string): string | null {
  const code = fold(text).toUpperCase().replaceAll(/[^A-Z0-9]/gu, '')
  return code === '' ? null : sha256Hex(`mostrador-coupon-v1|${code}`)
}

interface LocalTime {
  /** 1 is Monday. */
  readonly day: number
  readonly minute: number
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MINUTE_MS = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()
let last: { readonly zone: string; readonly minute: number; readonly time: LocalTime } | null = null

/** Day of the week and minute of the day of an instant in a zone. Hundreds of promotions ask within one minute: it is worked out once. */
export function localTime(at: number, zone: string): LocalTime {
  const minute = divDown(at, MINUTE_MS)
  if (last?.zone !== zone || last.minute !== minute) last = { zone, minute, time: worked(minute * MINUTE_MS, zone) }
  return last.time
}

function worked(at: number, zone: string): LocalTime {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', { timeZone: zone, hourCycle: 'h23', weekday: 'short', hour: '2-digit', minute: '2-digit' })
    formats.set(zone, format)
  }
  const parts = format.formatToParts(at)
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  return { day: DAYS.indexOf(of('weekday')) + 1, minute: Number(of('hour')) * 60 + Number(of('minute')) }
}

/** Return the promotions in force, in the order in which they lower: stated by the owner, ties by id. */
export function inForce(promotions: readonly Promotion[], moment: Moment): readonly Promotion[] {
  return promotions
    .filter(({ terms }) => isInForce(terms, moment) && (terms.coupon === null || moment.coupons.includes(terms.coupon)))
    .sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1))
}

/** Whether conditions hold at a moment; of coupons they know nothing. */
export function isInForce(conditions: Conditions, moment: Moment): boolean {
  const isHere = conditions.stores.length === 0 || conditions.stores.includes(moment.store)
  const isTheirs = conditions.groups.length === 0 || (moment.group !== null && conditions.groups.includes(moment.group))
  return isHere && isTheirs && isNow(conditions, moment.at, localTime(moment.at, moment.zone))
}

function isNow(terms: Conditions, at: number, { day, minute }: LocalTime): boolean {
  if ((terms.since !== null && at < terms.since) || (terms.until !== null && at >= terms.until)) return false
  const { from_minute: from, to_minute: to } = terms
  if (from === null || to === null) return isDay(terms, day)
  if (from < to) return minute >= from && minute < to && isDay(terms, day)
  // Over midnight: the small hours belong to the day before.
  if (minute >= from) return isDay(terms, day)
  return minute < to && isDay(terms, day === 1 ? 7 : day - 1)
}

function isDay(terms: Conditions, day: number): boolean {
  return terms.days.length === 0 || terms.days.includes(day)
}

/** Whether a pick is about a product. */
export function isPicked(pick: Pick, product: string, category: string | null): boolean {
  if (isAmong(pick.without, product)) return false
  return pick.everything || isAmong(pick.products, product) || (category !== null && isAmong(pick.categories, category))
}

const FEW = 4
const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

// Every line of a ticket asks every promotion after each scan: longer lists are looked up and not walked.
function isAmong(ids: readonly string[], id: string): boolean {
  if (ids.length <= FEW) return ids.includes(id)
  let known = sets.get(ids)
  if (known === undefined) {
    known = new Set(ids)
    sets.set(ids, known)
  }
  return known.has(id)
}
