/** The journal as a file that the office takes in. Source: contracts/README.md, "Saved journal". */
import { canonical } from '../core/canonical.ts'
import { done, read, walk, write } from './database.ts'
import type { Environment } from './environment.ts'
import type { Journal } from './journal/journal.ts'
import type { JournalRecord, StoredAnnex, StoredFact } from './journal/records.ts'
import { seqRange } from './journal/records.ts'
import { signHead } from './keys.ts'

export const SAVED_FORMAT = 'mostrador-journal-v1'
export const SAVED_TYPE = 'application/x-ndjson'

const FACTS_AT_ONCE = 500

interface Written {
  readonly pieces: string[]
  readonly facts: number
  readonly from: number
  readonly last: StoredFact | null
}

async function factLines(journal: Journal, record: JournalRecord): Promise<Written> {
  const pieces: string[] = []
  let facts = 0
  let from = 0
  let last: StoredFact | null = null
  for (let next = 1; next <= record.head.seq; next = last.seq + 1) {
    const range = seqRange(record.id, next, record.head.seq)
    const found = await read(journal.database, 'facts', (store) => store.getAll(range, FACTS_AT_ONCE) as IDBRequest<StoredFact[]>)
    const end = found.at(-1)
    if (!end) break
    if (from === 0) from = found[0]?.seq ?? 0
    pieces.push(found.map(({ bytes }) => `${bytes}\n`).join(''))
    facts += found.length
    last = end
  }
  return { pieces, facts, from, last }
}

async function annexLines(journal: Journal, record: JournalRecord): Promise<readonly string[]> {
  const lines: string[] = []
  const store = journal.database.transaction('annexes', 'readonly').objectStore('annexes')
  await walk(store, null, 'next', (value) => {
    const { id, fact, salt, text, journal: of } = value as StoredAnnex
    if (of === record.id) lines.push(`${canonical({ annex: { id, fact, salt, text } })}\n`)
    return true
  })
  return lines
}

async function journalLines(environment: Environment, journal: Journal, record: JournalRecord): Promise<readonly string[]> {
  const { pieces, facts, from, last } = await factLines(journal, record)
  if (!last || !environment.subtle) return []
  const annexes = await annexLines(journal, record)
  const { id, organization, till, series, public_key } = record
  const header = {
    format: SAVED_FORMAT, journal: id, organization, till, series, public_key, from, to: last.seq, facts,
    annexes: annexes.length, saved_at: environment.now(),
  }
  const head = await signHead(environment.subtle, record.private_key, id, last)
  return [`${JSON.stringify(header)}\n`, ...pieces, ...annexes, `${JSON.stringify({ head })}\n`]
}

/** Write every journal of this browser, oldest first. What stands in the file counts as brought to safety. */
export async function saveJournal(environment: Environment, journal: Journal): Promise<Blob> {
  const records = [...journal.records.values()].sort((a, b) => a.opened_at - b.opened_at)
  const lines: string[] = []
  for (const record of records) {
    lines.push(...(await journalLines(environment, journal, record)))
    const next = await markSaved(journal, record)
    journal.remember(next)
  }
  return new Blob(lines, { type: SAVED_TYPE })
}

function markSaved(journal: Journal, record: JournalRecord): Promise<JournalRecord> {
  return write(journal.database, ['journals'], 'relaxed', async (transaction) => {
    const store = transaction.objectStore('journals')
    const held = await done(store.get(record.id) as IDBRequest<JournalRecord>)
    const next: JournalRecord = { ...held, saved: Math.max(held.saved, record.head.seq) }
    store.put(next)
    return next
  })
}
