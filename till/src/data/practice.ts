/**
 * A till to practise with: the same program on a journal, drafts, buyers and orders of its own, which no server ever hears of (docs/adr/0027).
 *
 * It reads the catalogue of the true till and writes nothing there. Its facts bear a series that no till has, and the server takes no journal with it.
 */
import type { TillPart } from '../core/part.ts'
import { BUYER_DATABASE } from './buyers.ts'
import { CATALOGUE_DATABASE } from './catalogue/disk.ts'
import { DRAFT_DATABASE } from './drafts.ts'
import { pageEnvironment, type Environment } from './environment.ts'
import { COUPONS, GIFT_CARDS } from './bearing.ts'
import type { Till } from './index.ts'
import { JOURNAL_DATABASE } from './journal/records.ts'
import { ORDER_DATABASE } from './orders.ts'
import { openTill } from './till.ts'

export const PRACTICE_SERIES = 'PRACTICA'
const PREFIX = 'practice-'
const DATABASES = [JOURNAL_DATABASE, DRAFT_DATABASE, BUYER_DATABASE, ORDER_DATABASE, GIFT_CARDS.database, COUPONS.database]
const NEVER_MS = 24 * 3_600_000

/** Databases of its own, and nobody to speak with. */
export function practiceEnvironment(base: Environment): Environment {
  const name = (asked: string): string => (asked === CATALOGUE_DATABASE ? asked : PREFIX + asked)
  const factory = base.indexedDB
  return {
    ...base,
    indexedDB: {
      open: (asked: string, version?: number) => factory.open(name(asked), version),
      deleteDatabase: (asked: string) => factory.deleteDatabase(name(asked)),
      databases: () => factory.databases(),
      cmp: (first: unknown, second: unknown) => factory.cmp(first, second),
    },
    fetch: () => Promise.reject(new TypeError('practice speaks with nobody')),
    rhythm: { ...base.rhythm, round: NEVER_MS, backoffFirst: NEVER_MS, backoffLast: NEVER_MS },
  }
}

/** Open the till to practise with, as it was left. */
export function openPractice(base: Environment = pageEnvironment()): Promise<Till> {
  return openTill(practiceEnvironment(base))
}

/** Make a fresh till to practise with, of the people and settings of the true one. */
export async function beginPractice(part: TillPart, base: Environment = pageEnvironment()): Promise<void> {
  await dropPractice(base)
  // The true till holds the lock and goes on doing so: nobody else writes here meanwhile.
  const till = await openTill({ ...practiceEnvironment(base), locks: null, fetch: (url) => Promise.resolve(answer(url, part)) })
  const paired = await till.pair(PRACTICE_SERIES)
  const isReady = paired.ok && till.part.get() !== null
  await till.close()
  if (!isReady) throw new Error('the practice till could not be made')
}

/** Drop all that was practised. */
export async function dropPractice(base: Environment = pageEnvironment()): Promise<void> {
  for (const name of DATABASES) {
    await new Promise<void>((resolve, reject) => {
      const request = base.indexedDB.deleteDatabase(PREFIX + name)
      request.onsuccess = () => { resolve() }
      request.onerror = () => { reject(request.error ?? new Error(name)) }
    })
  }
}

// What a server would say when a till is paired, said by the page itself.
function answer(url: string, part: TillPart): Response {
  const { organization, store, till, epoch } = { epoch: PRACTICE_SERIES, ...part }
  if (url.endsWith('/pair')) {
    return Response.json({ token: PRACTICE_SERIES, organization: organization.id, store: store.id, till: till.id, series: PRACTICE_SERIES, epoch, server_head: null })
  }
  if (!url.endsWith('/till')) return new Response('', { status: 503 })
  // No page of the buyer knows of what is practised, so no paper promises one.
  return Response.json({ ...part, till: { ...till, series: PRACTICE_SERIES }, settings: { ...part.settings, public_url: null }, parked: [] })
}
