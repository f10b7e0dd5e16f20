/** What is still to be sent, what the server said of it, and what may be forgotten. */
import { BATCH_FACTS, batchLength, byteLength, keptAnswer } from '../../core/push.ts'
import { readFact } from '../../core/chain.ts'
import type { AnyFact } from '../../core/facts.ts'
import type { Answer, SentAnnex, SentFact, Verdict } from '../../core/push.ts'
import type { Review } from '../../core/part.ts'
import { done, read, walk, write } from '../database.ts'
import type { TroubledFact } from '../types.ts'
import type { Journal } from './journal.ts'
import type { JournalRecord, StoredAnnex, StoredFact } from './records.ts'
import { sentThrough, seqRange } from './records.ts'

/** Tills keep what was answered this long, for a server that is restored from a backup (ruling 11). */
export const KEEP_MS = 35 * 24 * 60 * 60 * 1000

export interface Batch {
  readonly record: JournalRecord
  readonly facts: readonly SentFact[]
  readonly annexes: readonly SentAnnex[]
}

/** How many facts no answer covers yet: told by what is remembered, so it is true in the moment that it is asked. */
export function unsent(journal: Journal): number {
  let count = 0
  for (const record of journal.records.values()) count += Math.max(0, record.head.seq - sentThrough(record))
  return count
}

/** When the oldest fact was written that no answer covers yet; null when all are covered. */
export async function oldestUnsent(journal: Journal): Promise<number | null> {
  let oldestAt: number | null = null
  for (const record of journal.records.values()) {
    const from = sentThrough(record)
    if (from >= record.head.seq) continue
    const first = await factAt(journal, record.id, from + 1)
    if (first && (oldestAt === null || first.at < oldestAt)) oldestAt = first.at
  }
  return oldestAt
}

/** The facts that no answer covers yet and whose bytes hold a text, journal by journal, oldest first: what has it not is not even read. */
export async function unsentFacts(journal: Journal, text: string): Promise<readonly AnyFact[]> {
  const facts: AnyFact[] = []
  for (const record of journal.records.values()) {
    const through = sentThrough(record)
    if (through < record.head.seq) facts.push(...(await factsAfter(journal, record.id, through, text)))
  }
  return facts
}

/** The facts of a journal above a seq whose bytes hold a text, oldest first. */
export async function factsAfter(journal: Journal, id: string, seq: number, text: string): Promise<readonly AnyFact[]> {
  const facts: AnyFact[] = []
  const store = journal.database.transaction('facts', 'readonly').objectStore('facts')
  await walk(store, seqRange(id, seq + 1), 'next', (stored) => {
    const { bytes } = stored as StoredFact
    if (bytes.includes(text)) facts.push(readFact(bytes))
    return true
  })
  return facts
}

function factAt(journal: Journal, id: string, seq: number): Promise<StoredFact | undefined> {
  return read(journal.database, 'facts', (store) => store.get([id, seq]) as IDBRequest<StoredFact | undefined>)
}

/** The next facts to send of one journal, in order, with the texts that travel beside them; null when nothing waits. */
export async function nextBatch(journal: Journal, record: JournalRecord): Promise<Batch | null> {
  const from = sentThrough(record) + 1
  const range = seqRange(record.id, from)
  const found = await read(journal.database, 'facts', (store) => store.getAll(range, BATCH_FACTS) as IDBRequest<StoredFact[]>)
  if (found.length === 0) return null
  const facts = found.slice(0, batchLength(found.map(({ bytes }) => byteLength(bytes))))
  const annexes: SentAnnex[] = []
  for (const { id, bytes } of facts) {
    if (!bytes.includes('"annexes":')) continue
    const texts = await annexesOf(journal, id)
    annexes.push(...texts.map(({ id: annex, fact, salt, text }) => ({ id: annex, fact, salt, text })))
  }
  return { record, facts, annexes }
}

export function annexesOf(journal: Journal, fact: string): Promise<readonly StoredAnnex[]> {
  return read(journal.database, 'annexes', (store) => store.index('fact').getAll(fact) as IDBRequest<StoredAnnex[]>)
}

/** Answers to facts, and when they came: by the latest time that a server told. */
export interface Said {
  readonly at: number
  readonly answers: readonly Answer[]
}

/** Store what the server said of a journal and, where it did, of some of its facts. */
export async function takeAnswers(
  journal: Journal,
  id: string,
  verdict: Pick<Verdict, 'watermark'> & { readonly status: JournalRecord['status'] },
  said: Said = { at: 0, answers: [] },
): Promise<void> {
  // Relaxed: an answer that is lost in a power cut is asked for again, and a later strict write makes it last.
  const record = await write(journal.database, ['journals', 'facts'], 'relaxed', async (transaction) => {
    const facts = transaction.objectStore('facts')
    let offered = 0
    for (const answer of said.answers) {
      const fact = await done(facts.get([id, answer.seq]) as IDBRequest<StoredFact | undefined>)
      if (fact?.id !== answer.id) continue
      offered = Math.max(offered, answer.seq)
      facts.put(answered(fact, answer, said.at))
    }
    const journals = transaction.objectStore('journals')
    const held = await done(journals.get(id) as IDBRequest<JournalRecord>)
    const next: JournalRecord = {
      ...held,
      watermark: verdict.watermark,
      status: verdict.status,
      offered: verdict.status === 'reopen' ? Math.max(held.offered, offered) : held.offered,
    }
    journals.put(next)
    return next
  })
  journal.remember(record)
}

function answered(fact: StoredFact, answer: Answer, answered_at: number): StoredFact {
  const state = keptAnswer(fact.answer?.state ?? null, answer.state)
  const reason = state === answer.state ? answer.reason : (fact.answer?.reason ?? null)
  const { trouble: _, ...rest } = fact
  const next: StoredFact = { ...rest, answer: { state, reason }, answered_at }
  return state === 'parked' || state === 'refused' ? { ...next, trouble: 1 } : next
}

/** The facts that a person must look at, oldest first. */
export async function troubled(journal: Journal): Promise<readonly TroubledFact[]> {
  const found = await read(journal.database, 'facts', (store) => store.index('trouble').getAll() as IDBRequest<StoredFact[]>)
  return found
    .map(({ journal: of, seq, id, kind, at, answer }) => ({
      journal: of, seq, id, kind, at, state: answer?.state === 'refused' ? ('refused' as const) : ('parked' as const),
      reason: answer?.reason ?? null,
    }))
    .sort((a, b) => a.at - b.at || a.seq - b.seq)
}

/**
 * A person in the office dealt with what was parked or refused: it is a matter of this till no more. `asked` are the facts that stood so when the
 * office was asked: of those that came meanwhile its answer cannot speak. Returns how many facts that were.
 */
export async function settle(journal: Journal, reviews: readonly Review[], asked: readonly TroubledFact[]): Promise<number> {
  const told = new Map(reviews.map((review) => [review.journal, review]))
  const known = new Set(asked.map(({ id }) => id))
  const isSettled = ({ id, journal: of, seq, answer }: StoredFact): boolean => {
    const review = told.get(of)
    return review !== undefined && known.has(id) && isReviewed(review, seq, answer?.state === 'refused')
  }
  const settled = new Set<string>()
  await write(journal.database, ['facts'], 'relaxed', (transaction) =>
    walk(transaction.objectStore('facts').index('trouble'), null, 'next', (value, cursor) => {
      const { trouble: _, ...fact } = value as StoredFact
      if (!isSettled(fact)) return true
      cursor.update({ ...fact, answer: { state: 'accepted', reason: null } })
      settled.add(fact.id)
      return true
    }))
  const record = journal.current.get()
  if (record && settled.size > 0) journal.remember(record)
  return settled.size
}

function isReviewed({ watermark, seqs, refused }: Review, seq: number, isRefused: boolean): boolean {
  if (isRefused) return refused !== null && !refused.includes(seq)
  return seq <= watermark && !seqs.includes(seq)
}

/**
 * Forget facts that happened and were answered more than 35 days before `serverTime`, the latest time that a server told. Both count: a clock
 * that is far behind, or a till that was long alone, has facts that look old in the moment that they are answered; and a clock that jumped
 * ahead must not empty the journal. Stops at the first fact of a journal that must stay. Returns how many went.
 */
export async function forget(journal: Journal, serverTime: number): Promise<number> {
  const before = serverTime - KEEP_MS
  const unnoted = await unnotedSince(journal, serverTime)
  const openFrom = journal.current.get()?.shift
  let gone = 0
  for (const { id, watermark } of journal.records.values()) {
    if (watermark < 1) continue
    gone += await write(journal.database, ['facts', 'annexes'], 'relaxed', async (transaction) => {
      let count = 0
      await walk(transaction.objectStore('facts'), seqRange(id, 1, watermark), 'next', (value, cursor) => {
        const fact = value as StoredFact
        if (fact.answer === null || Math.max(fact.at, fact.answered_at ?? unnoted) >= before) return false
        if (openFrom?.journal === id && fact.seq >= openFrom.seq) return false
        cursor.delete()
        deleteAnnexes(transaction, fact)
        count += 1
        return true
      })
      return count
    })
  }
  return gone
}

// An older till did not note when an answer came. What it left behind counts from the first round of one that does.
async function unnotedSince(journal: Journal, serverTime: number): Promise<number> {
  const since = await journal.meta<number>('unnoted_since')
  if (since !== undefined) return since
  await journal.setMeta('unnoted_since', serverTime)
  return serverTime
}

function deleteAnnexes(transaction: IDBTransaction, fact: StoredFact): void {
  if (!fact.bytes.includes('"annexes":')) return
  void walk(transaction.objectStore('annexes').index('fact'), IDBKeyRange.only(fact.id), 'next', (_, cursor) => {
    cursor.delete()
    return true
  })
}
