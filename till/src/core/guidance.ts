/** What the server says a till may help with. Reads leniently: what is missing is not offered. */
import { asArray, asInteger, asList, asObject, asText, asWord } from './json.ts'
import type { Pick } from './promotion.ts'
import { NO_ADVICE, type Advice } from './recommend.ts'
import { readRight, type PaperRight } from './right.ts'

/** What somebody may have come for, in the owner's words, and the goods that may do the job; none: the shop has nothing for it. */
export interface NeedChip {
  readonly id: string
  readonly name: string
  readonly pick?: Pick
}

/** Where else somebody is well served. `fee`: what the shop gets for it, as the buyer reads it; `verified_on`: when somebody looked, ISO 8601. */
export interface OtherPlace {
  readonly id: string
  readonly name: string
  readonly good_for: string
  readonly why: 'they_specialise' | 'we_lack_it'
  readonly address: string
  readonly phone: string
  readonly url: string
  readonly fee: string
  readonly verified_on: string
}

/** Another store of the business. */
export interface OtherStore {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly phone: string
}

/** What the shop promises, in the owner's words, within so many days; `honest`: nine of ten of the store's own took no longer. */
export interface PromiseChip {
  readonly id: string
  readonly name: string
  readonly days: number
  readonly honest: boolean
}

/** What is said of a product in force: which version, and its points, the strengths first. */
export interface HonestSheet {
  readonly id: string
  readonly points: readonly { readonly id: string; readonly kind: 'strength' | 'limit'; readonly says: string }[]
}

/** What buyers ask of more than one product, in the owner's words. */
export interface ClaimTopic {
  readonly id: string
  readonly name: string
}

/** What is given to try, so much at once (thousandths of its unit). `allergens`: said before it is given, empty: nothing; `dayMax`: above so many a day it is said. */
export interface SampleGood {
  readonly product: string
  readonly quantity: number
  readonly allergens: string
  readonly dayMax: number | null
}

export interface Guidance {
  readonly needs: readonly NeedChip[]
  readonly samples: readonly SampleGood[]
  readonly promises: readonly PromiseChip[]
  /** When the store is closed: weekdays, Monday 0, and days (ISO 8601). */
  readonly closedWeekdays: readonly number[]
  readonly closedDates: readonly string[]
  /** What the owner took from the strip, by name. */
  readonly hidden: readonly string[]
  readonly places: readonly OtherPlace[]
  readonly stores: readonly OtherStore[]
  readonly advice: Advice
  /** By product. */
  readonly sheets: ReadonlyMap<string, HonestSheet>
  readonly topics: readonly ClaimTopic[]
  /** The promise of who did not know an answer, by id. */
  readonly findsOut: string | null
  readonly rights: readonly PaperRight[]
}

export const NO_GUIDANCE: Guidance = { needs: [], samples: [], promises: [], closedWeekdays: [], closedDates: [], hidden: [], places: [], stores: [], advice: NO_ADVICE, sheets: new Map(), topics: [], findsOut: null, rights: [] }

function texts(value: unknown): readonly string[] {
  return asList(value, asText) ?? []
}

function readPick(value: unknown): Pick | undefined {
  const row = asObject(value)
  return row && { everything: row['everything'] === true, categories: texts(row['categories']), products: texts(row['products']), without: texts(row['without']) }
}

function readNeed(value: unknown): NeedChip | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const name = asText(row?.['name'])
  const pick = readPick(row?.['pick'])
  return id === undefined || name === undefined ? undefined : { id, name, ...(pick === undefined ? {} : { pick }) }
}

function readStore(value: unknown): OtherStore | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const name = asText(row?.['name'])
  if (!row || id === undefined || name === undefined) return undefined
  return { id, name, address: asText(row['address']) ?? '', phone: asText(row['phone']) ?? '' }
}

function readPlace(value: unknown): OtherPlace | undefined {
  const row = asObject(value)
  const store = readStore(value)
  const why = asWord(row?.['why'], ['they_specialise', 'we_lack_it'] as const)
  const verified_on = asText(row?.['verified_on'])
  if (!row || !store || why === undefined || verified_on === undefined) return undefined
  return { ...store, why, verified_on, good_for: asText(row['good_for']) ?? '', url: asText(row['url']) ?? '', fee: asText(row['fee']) ?? '' }
}

function pairs<T>(value: unknown, second: (value: unknown) => T | undefined): ReadonlyMap<string, T> {
  const found = new Map<string, T>()
  for (const row of asArray(value) ?? []) {
    const pair = asArray(row)
    const [id, said] = [asText(pair?.[0]), second(pair?.[1])]
    if (id !== undefined && said !== undefined) found.set(id, said)
  }
  return found
}

function readAdvice(value: unknown): Advice {
  const row = asObject(value)
  const count = (one: unknown): number | undefined => asInteger(one, 0)
  return {
    returns: pairs(row?.['returns'], count), out: new Set(texts(row?.['out'])), incentives: pairs(row?.['incentives'], asText),
    undeclared: new Set(texts(row?.['undeclared'])), contradicted: pairs(row?.['contradicted'], count),
  }
}

function readSheet(value: unknown): readonly [string, HonestSheet] | undefined {
  const row = asObject(value)
  const [id, product] = [asText(row?.['id']), asText(row?.['product'])]
  const points = asList(row?.['points'], (one) => {
    const point = asObject(one)
    const [pointId, says, kind] = [asText(point?.['id']), asText(point?.['says']), asWord(point?.['kind'], ['strength', 'limit'] as const)]
    return pointId === undefined || says === undefined || kind === undefined ? undefined : { id: pointId, says, kind }
  })
  return id === undefined || product === undefined || points === undefined ? undefined : [product, { id, points }]
}

function readPromise(value: unknown): PromiseChip | undefined {
  const row = asObject(value)
  const chip = readNeed(value)
  const days = asInteger(row?.['days'], 0)
  return chip === undefined || days === undefined ? undefined : { ...chip, days, honest: row?.['honest'] === true }
}

function readSample(value: unknown): SampleGood | undefined {
  const row = asObject(value)
  const [product, quantity] = [asText(row?.['product']), asInteger(row?.['quantity'], 1)]
  if (!row || product === undefined || quantity === undefined) return undefined
  return { product, quantity, allergens: asText(row['allergens']) ?? '', dayMax: asInteger(row['day_max'], 1) ?? null }
}

/** Read the document of `GET guidance`; null when it is none. */
export function readGuidance(value: unknown): Guidance | null {
  const row = asObject(value)
  const needs = asList(row?.['needs'], readNeed)
  if (!row || !needs) return null
  return {
    needs, samples: asList(row['samples'], readSample) ?? [], promises: asList(row['promises'], readPromise) ?? [], closedWeekdays: asList(row['closed_weekdays'], (day) => asInteger(day, 0)) ?? [],
    closedDates: texts(row['closed_dates']), hidden: texts(row['hidden']), places: asList(row['places'], readPlace) ?? [], stores: asList(row['stores'], readStore) ?? [],
    advice: readAdvice(row['advice']), sheets: new Map(asList(row['sheets'], readSheet) ?? []), topics: asList(row['topics'], readNeed) ?? [],
    findsOut: asText(row['finds_out']) ?? null, rights: asList(row['rights'], readRight) ?? [],
  }
}
