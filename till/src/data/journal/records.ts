/** What lies in the journal's database. Nothing here is a cache: a reset never touches it. */
import type { Head } from '../../core/chain.ts'
import type { JournalStatus } from '../../core/push.ts'
import { openDatabase } from '../database.ts'
import type { FactAnswer } from '../types.ts'
import { readFact } from '../../core/chain.ts'
import type { Fact, Kind } from '../../core/facts.ts'

export const JOURNAL_DATABASE = 'mostrador-journal'

/** One journal: a pairing, its key, its chain's end and what the server has of it. */
export interface JournalRecord {
  readonly id: string
  readonly organization: string
  readonly store: string
  readonly till: string
  readonly series: string
  readonly token: string
  readonly public_key: string
  readonly private_key: CryptoKey
  readonly replaces: string | null
  readonly opened_at: number
  readonly head: Head
  /** Last seq that the server has received and stored without a gap. */
  readonly watermark: number
  /** Last seq that a server which refuses this chain has answered: nothing above it was seen, nothing below is sent again. */
  readonly offered: number
  /** `unknown`: a restored server does not know this journal; only a saved file brings its facts there. */
  readonly status: JournalStatus | 'unknown'
  /** Last ticket number, last Z and the sum of the gross of all sales. */
  readonly number: number
  readonly z: number
  readonly perpetual: number
  readonly shift: ShiftPlace | null
  /** Last seq that stands in a saved file. */
  readonly saved: number
}

/** Where the open shift begins: it may have begun in a journal that this one replaced. */
export interface ShiftPlace {
  readonly id: string
  readonly journal: string
  readonly seq: number
}

/** A fact as it lies in the journal. The optional properties exist only where an index needs them. */
export interface StoredFact {
  readonly journal: string
  readonly seq: number
  readonly id: string
  readonly kind: Kind
  readonly at: number
  readonly bytes: string
  readonly hash: string
  readonly answer: FactAnswer | null
  /** When the server last answered it, by the latest time that a server told; facts of an older till lack it. */
  readonly answered_at?: number
  /** Of a sale: its id, `[at, seq]` and `[series, number]`. */
  readonly sale?: string
  readonly sold?: readonly [number, number]
  readonly ticket?: readonly [string, number]
  /** Of a reprint: the sale it copies. */
  readonly copy_of?: string
  /** Of a sale or a reprint: the hashes of the secrets on its papers. */
  readonly opened_by?: readonly string[]
  /** Of a return: its id, and the sale that goods came back from. */
  readonly returned?: string
  readonly return_of?: string
  /** 1 when the server parked or refused it. */
  readonly trouble?: 1
}

export interface StoredAnnex {
  readonly id: string
  readonly fact: string
  readonly journal: string
  readonly seq: number
  readonly hash: string
  readonly salt: string
  readonly text: string
}

export function openJournalDatabase(factory: IDBFactory, onClosed: () => void): Promise<IDBDatabase> {
  return openDatabase(factory, JOURNAL_DATABASE, 2, build, onClosed)
}

// Each step adds what the version before lacks; nothing that stands is touched.
function build(database: IDBDatabase, from: number, transaction: IDBTransaction): void {
  if (from < 1) begin(database)
  if (from < 2) {
    const facts = transaction.objectStore('facts')
    facts.createIndex('return_of', 'return_of')
    facts.createIndex('returned', 'returned')
    facts.createIndex('opened_by', 'opened_by', { multiEntry: true })
    if (from > 0) nameTokens(facts)
  }
}

function begin(database: IDBDatabase): void {
  database.createObjectStore('meta')
  database.createObjectStore('journals', { keyPath: 'id' })
  const facts = database.createObjectStore('facts', { keyPath: ['journal', 'seq'] })
  facts.createIndex('id', 'id', { unique: true })
  facts.createIndex('sale', 'sale')
  facts.createIndex('sold', 'sold')
  facts.createIndex('ticket', 'ticket')
  facts.createIndex('copy_of', 'copy_of')
  facts.createIndex('trouble', 'trouble')
  const annexes = database.createObjectStore('annexes', { keyPath: 'id' })
  annexes.createIndex('fact', 'fact')
}

// What an older till wrote is found by its papers too: the hashes stand in the bytes.
function nameTokens(facts: IDBObjectStore): void {
  const request = facts.openCursor()
  request.onsuccess = () => {
    const cursor = request.result
    if (!cursor) return
    const stored = cursor.value as StoredFact
    if (stored.kind === 'sale.recorded' || stored.kind === 'ticket.reprinted') {
      const { body } = readFact(stored.bytes) as Fact<'sale.recorded' | 'ticket.reprinted'>
      cursor.update({ ...stored, opened_by: body.tokens.map(({ hash }) => hash) })
    }
    cursor.continue()
  }
}

/** The facts of a journal from one seq to another, both included. */
export function seqRange(journal: string, from: number, to = Number.MAX_SAFE_INTEGER): IDBKeyRange {
  return IDBKeyRange.bound([journal, from], [journal, to])
}

/** The last seq that need not be sent: the server has it, or has refused the chain and seen it, or a file holds it. */
export function sentThrough(record: JournalRecord): number {
  if (record.status === 'unknown') return record.saved
  return record.status === 'reopen' ? Math.max(record.watermark, record.offered) : record.watermark
}
