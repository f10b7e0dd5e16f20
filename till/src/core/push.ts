/**
 * What is sent to the server and what its answer means. Source: contracts/README.md, "Push".
 * Pure: the loop in data/sync sends, waits and stores.
 */
import { utf8 } from './bytes.ts'
import { canonical } from './canonical.ts'
import type { Annex } from './facts.ts'
import { asInteger, asList, asObject, asText, asWord } from './json.ts'

export const PROTOCOL = 1

/** A batch stays below the server's limits (500 facts, 4 MB), so that a bad network has less to repeat. */
export const BATCH_FACTS = 500
export const BATCH_BYTES = 1_000_000

export interface SentFact {
  readonly seq: number
  readonly id: string
  readonly bytes: string
  readonly hash: string
}

export interface SignedHead {
  readonly seq: number
  readonly hash: string
  readonly signature: string
}

export type SentAnnex = Omit<Annex, 'hash'> & { readonly fact: string }

/** How many of the facts fit one batch: at least one. Lengths in UTF-8 bytes. */
export function batchLength(sizes: readonly number[], most = BATCH_FACTS, bytes = BATCH_BYTES): number {
  let total = 0
  for (const [index, size] of sizes.entries()) {
    total += size
    if (index > 0 && (index >= most || total > bytes)) return index
  }
  return Math.min(sizes.length, most)
}

export function byteLength(bytes: string): number {
  // Facts are nearly all ASCII, and three bytes a character is what they can be at most.
  return bytes.length * 3 < 1024 ? bytes.length * 3 : utf8(bytes).length
}

/** The body of a push. The facts stand in it as their own bytes. */
export function pushBody(journal: string, facts: readonly SentFact[], head: SignedHead, annexes: readonly SentAnnex[]): string {
  const sent = facts.map(({ bytes }) => bytes).join(',')
  const frame = `"protocol":${String(PROTOCOL)},"journal":${canonical(journal)}`
  return `{${frame},"facts":[${sent}],"head":${canonical(head)},"annexes":${canonical(annexes)}}`
}

const STATES = ['accepted', 'known', 'parked', 'early', 'refused'] as const
const JOURNALS = ['open', 'revoked', 'reopen'] as const

export type AnswerState = (typeof STATES)[number]
export type JournalStatus = (typeof JOURNALS)[number]

export interface Answer {
  readonly seq: number
  readonly id: string
  readonly state: AnswerState
  readonly reason: string | null
}

export interface PushAnswer {
  readonly epoch: string
  readonly watermark: number
  readonly head: string | null
  readonly journal: JournalStatus
  readonly time: number
  readonly answers: readonly Answer[]
}

function readAnswer(value: unknown): Answer | undefined {
  const row = asObject(value)
  const seq = asInteger(row?.['seq'], 1)
  const id = asText(row?.['id'])
  const state = asWord(row?.['state'], STATES)
  if (seq === undefined || id === undefined || state === undefined) return undefined
  return { seq, id, state, reason: asText(row?.['reason']) ?? null }
}

/** Read the answer to a push. Null for anything that is not this document: a captive portal's page is no answer. */
export function readPushAnswer(value: unknown): PushAnswer | null {
  const document = asObject(value)
  const epoch = asText(document?.['epoch'])
  const watermark = asInteger(document?.['watermark'], 0)
  const journal = asWord(document?.['journal'], JOURNALS)
  const time = asInteger(document?.['time'], 1)
  const answers = asList(document?.['answers'], readAnswer)
  if (document?.['protocol'] !== PROTOCOL || epoch === undefined || watermark === undefined) return null
  if (journal === undefined || time === undefined || answers === undefined) return null
  return { epoch, watermark, head: asText(document['head']) ?? null, journal, time, answers }
}

export interface Ping {
  readonly epoch: string
  readonly n: number
  readonly time: number
  readonly journal: JournalStatus
  readonly watermark: number
}

/** Read the answer to a ping, or null. */
export function readPing(value: unknown): Ping | null {
  const document = asObject(value)
  const epoch = asText(document?.['epoch'])
  const n = asInteger(document?.['n'], 0)
  const time = asInteger(document?.['time'], 1)
  const journal = asWord(document?.['journal'], JOURNALS)
  const watermark = asInteger(document?.['watermark'], 0)
  if (epoch === undefined || n === undefined || time === undefined) return null
  if (journal === undefined || watermark === undefined) return null
  return { epoch, n, time, journal, watermark }
}

/** What the till held when the answer came. `hashOf` knows the facts that were just sent. */
export interface Held {
  readonly epoch: string | null
  readonly watermark: number
  readonly headSeq: number
  readonly isBroken: boolean
  readonly hashOf: (seq: number) => string | undefined
}

export interface Verdict {
  /** The server lives in another epoch: it was restored, and all above the watermark is sent again. */
  readonly epochChanged: boolean
  readonly watermark: number
  readonly status: JournalStatus
}

/**
 * Say what an answer changes. Within an epoch a watermark never goes back, so an old answer that comes late does no harm;
 * in a new epoch it may. A server that knows more than this till wrote, or something else at the same place, has met a copy
 * of this till: then a new journal is needed, whatever it says itself.
 */
export function judge(held: Held, said: { epoch: string; watermark: number; journal: JournalStatus; head?: string | null }): Verdict {
  const epochChanged = held.epoch !== null && held.epoch !== said.epoch
  const watermark = epochChanged ? said.watermark : Math.max(held.watermark, said.watermark)
  const ours = said.head ? held.hashOf(said.watermark) : undefined
  const isForked = said.watermark > held.headSeq || (ours !== undefined && ours !== said.head)
  const status = isForked && said.journal === 'open' ? 'reopen' : said.journal
  // A broken chain stays broken: a server that was restored may not remember it.
  return { epochChanged, watermark: Math.min(watermark, held.headSeq), status: held.isBroken ? 'reopen' : status }
}

/** The answer that a fact keeps: `known` says nothing new of what was already answered. */
export function keptAnswer(before: AnswerState | null, now: AnswerState): AnswerState {
  return now === 'known' && before !== null && before !== 'early' ? before : now
}
