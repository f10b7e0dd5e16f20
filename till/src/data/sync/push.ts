/** Sends what the journal holds and stores what the server says of it. */
import type { Verdict } from '../../core/push.ts'
import { judge, pushBody, readPing, readPushAnswer } from '../../core/push.ts'
import type { Environment } from '../environment.ts'
import type { Batch } from '../journal/answers.ts'
import { nextBatch, takeAnswers } from '../journal/answers.ts'
import type { Journal } from '../journal/journal.ts'
import type { JournalRecord } from '../journal/records.ts'
import { sentThrough } from '../journal/records.ts'
import { signHead } from '../keys.ts'
import type { SyncState } from '../types.ts'
import type { Contacts } from './contact.ts'
import { callServer, NoAnswer } from './http.ts'
import type { Reply } from './http.ts'

/** The server asks to come back later. */
export class ComeBackLater extends Error {
  readonly wait: number

  constructor(wait: number) {
    super('the server asks to wait')
    this.wait = wait
  }
}

/** The server understood and does not want this till to go on so; a person must do something. */
export class ServerRefuses extends Error {
  readonly problem: Exclude<SyncState['problem'], null>

  constructor(problem: Exclude<SyncState['problem'], null>) {
    super(`the server refuses: ${problem}`)
    this.problem = problem
  }
}

const BUSY_WAIT_MS = 5_000

/** Throw what a status other than success means. */
export function refuseStatus(reply: Reply): void {
  if (reply.status === 401) throw new ServerRefuses('unknown_token')
  if (reply.status === 426) throw new ServerRefuses('protocol')
  if (reply.status === 503) throw new ComeBackLater(reply.retryAfter ?? BUSY_WAIT_MS)
  if (reply.status !== 200) throw new NoAnswer(`status ${String(reply.status)}`)
}

export interface Line {
  readonly environment: Environment
  readonly journal: Journal
  readonly contacts: Contacts
}

/** What a call to the server showed beside its own purpose. */
export interface Seen {
  readonly epoch: string
  /** Number of the last change, where the answer told. */
  readonly n: number | null
}

/** Send all that waits, the oldest journal first. Returns what was seen last, or null when there was nothing to send. */
export async function pushAll(line: Line): Promise<Seen | null> {
  const { journal } = line
  let seen: Seen | null = null
  const ids = [...journal.records.values()].sort((a, b) => a.opened_at - b.opened_at).map(({ id }) => id)
  for (const id of ids) {
    const isCurrent = id === journal.current.get()?.id
    try {
      seen = (await pushJournal(line, id)) ?? seen
    } catch (error) {
      // An old journal that the server does not know must not hold back the one that sells.
      if (isCurrent || !(error instanceof ServerRefuses)) throw error
    }
    if (seen && seen.epoch !== line.contacts.get().epoch) break
  }
  return seen
}

async function pushJournal(line: Line, id: string): Promise<Seen | null> {
  let seen: Seen | null = null
  for (;;) {
    const record = line.journal.records.get(id)
    const batch = record && record.status !== 'unknown' ? await nextBatch(line.journal, record) : null
    if (!record || !batch) return seen
    seen = await pushBatch(line, batch)
    const now = line.journal.records.get(id)
    // Without progress the same batch would be sent again at once: it waits for the next round.
    if (!now || sentThrough(now) <= sentThrough(record) || seen.epoch !== line.contacts.get().epoch) return seen
  }
}

async function pushBatch(line: Line, batch: Batch): Promise<Seen> {
  const { environment, journal } = line
  const { record, facts, annexes } = batch
  const last = facts.at(-1)
  if (!last || !environment.subtle) throw new Error('nothing to send, or nothing to sign with')
  const head = await signHead(environment.subtle, record.private_key, record.id, last)
  const askedAt = environment.now()
  const body = pushBody(record.id, facts, head, annexes)
  const reply = await callServer(environment, { path: 'push', token: record.token, body })
  refuseStatus(reply)
  const answer = readPushAnswer(reply.json)
  if (!answer) throw new NoAnswer('not an answer to a push')
  const hashes = new Map(facts.map(({ seq, hash }) => [seq, hash]))
  // On the scale by which the journal forgets: a server whose clock was once ahead has told a later time than this.
  const at = Math.max(answer.time, line.contacts.get().serverTime ?? 0)
  await takeAnswers(journal, record.id, verdictOf(line, record.id, answer, (seq) => hashes.get(seq)), { at, answers: answer.answers })
  await line.contacts.met(answer.time, askedAt)
  return { epoch: answer.epoch, n: null }
}

function verdictOf(
  line: Line,
  id: string,
  said: Parameters<typeof judge>[1],
  hashOf: (seq: number) => string | undefined,
): Verdict {
  const record = line.journal.records.get(id)
  if (!record) throw new Error('an answer for a journal that is not here')
  const held = {
    epoch: line.contacts.get().epoch, watermark: record.watermark, headSeq: record.head.seq,
    isBroken: record.status === 'reopen', hashOf,
  }
  return judge(held, said)
}

/** Ask the server whether it is there, what it has of a journal and what has changed. */
export async function ping(line: Line, record: JournalRecord): Promise<Seen> {
  const askedAt = line.environment.now()
  const reply = await callServer(line.environment, { path: 'ping', token: record.token })
  refuseStatus(reply)
  const answer = readPing(reply.json)
  if (!answer) throw new NoAnswer('not an answer to a ping')
  const verdict = verdictOf(line, record.id, answer, () => undefined)
  const held = line.journal.records.get(record.id) ?? record
  if (verdict.watermark !== held.watermark || verdict.status !== held.status) {
    await takeAnswers(line.journal, record.id, verdict)
  }
  await line.contacts.met(answer.time, askedAt)
  return { epoch: answer.epoch, n: answer.n }
}

/**
 * The server was restored: ask for each journal what it still has, so that all above is sent again. One that it does not know
 * at all is sent by a saved file only.
 */
export async function enterEpoch(line: Line, epoch: string): Promise<void> {
  for (const record of [...line.journal.records.values()]) {
    try {
      await ping(line, record)
    } catch (error) {
      if (!(error instanceof ServerRefuses) || error.problem !== 'unknown_token') throw error
      await takeAnswers(line.journal, record.id, { watermark: 0, status: 'unknown' })
    }
  }
  await line.contacts.enter(epoch)
}
