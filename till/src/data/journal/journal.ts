/** The journal of this till: opened once, added to by one writer, answered by the server. */
import { EMPTY_HEAD, nextLink } from '../../core/chain.ts'
import type { AnyFact } from '../../core/facts.ts'
import { done, read, write } from '../database.ts'
import type { Environment } from '../environment.ts'
import type { Readable, Writable } from '../store.ts'
import { writable } from '../store.ts'
import type { FactDraft, OpenShift } from '../types.ts'
import { appendAll, putFirst, refuseSecondReturn, soldBefore, WriteRefused } from './append.ts'
import type { JournalRecord } from './records.ts'
import { openJournalDatabase } from './records.ts'
import { readShift, shiftAfter } from './shift.ts'

/** What pairing learned, and the key it made. */
export interface Opening {
  readonly id: string
  readonly organization: string
  readonly store: string
  readonly till: string
  readonly series: string
  readonly token: string
  readonly public_key: string
  readonly private_key: CryptoKey
  readonly replaces: string | null
  readonly server_head: { readonly seq: number; readonly hash: string } | null
}

export class Journal {
  readonly database: IDBDatabase
  readonly newId: () => string
  readonly #environment: Environment
  readonly #current: Writable<JournalRecord | null>
  readonly #shift: Writable<OpenShift | null>
  readonly #revision = writable(0)
  /** Every journal that this browser ever held, as it is on the disk. */
  readonly records = new Map<string, JournalRecord>()
  /** The till has compared its clock with the server's at least once. */
  clockIsKnown = false

  private constructor(database: IDBDatabase, environment: Environment, newId: () => string) {
    this.database = database
    this.#environment = environment
    this.newId = newId
    this.#current = writable<JournalRecord | null>(null)
    this.#shift = writable<OpenShift | null>(null)
  }

  static async open(environment: Environment, newId: () => string, onClosed: () => void): Promise<Journal> {
    const journal = new Journal(await openJournalDatabase(environment.indexedDB, onClosed), environment, newId)
    const records = await read(journal.database, 'journals', (store) => store.getAll() as IDBRequest<JournalRecord[]>)
    for (const record of records) journal.records.set(record.id, record)
    const id = await journal.meta<string>('current')
    const current = id === undefined ? undefined : journal.records.get(id)
    if (current) journal.#shift.set(await readShift(journal.database, records, current))
    journal.#current.set(current ?? null)
    return journal
  }

  get current(): Readable<JournalRecord | null> {
    return this.#current
  }

  get openShift(): Readable<OpenShift | null> {
    return this.#shift
  }

  /** Rises with every write and every answer. */
  get revision(): Readable<number> {
    return this.#revision
  }

  /** A small thing that is kept beside the journal. */
  meta<T>(key: string): Promise<T | undefined> {
    return read(this.database, 'meta', (store) => store.get(key) as IDBRequest<T | undefined>)
  }

  async setMeta(key: string, value: unknown): Promise<void> {
    await write(this.database, ['meta'], 'strict', (transaction) => {
      if (value === undefined) transaction.objectStore('meta').delete(key)
      else transaction.objectStore('meta').put(value, key)
    })
  }

  /**
   * Write facts in one strict transaction; resolves after `complete` with the facts as they are on the disk.
   * Refuses (WriteRefused) what contradicts the journal, and fails (StorageFailed) when the disk does: then nothing is stored.
   */
  async append(drafts: readonly FactDraft[]): Promise<readonly AnyFact[]> {
    const clock = { now: this.#environment.now(), unknown: !this.clockIsKnown }
    const appended = await write(this.database, ['meta', 'journals', 'facts', 'annexes'], 'strict', async (transaction) => {
      // The record is read again here: what counts is the disk, not what this tab remembers.
      const [record, twins] = await Promise.all([this.#currentIn(transaction), soldBefore(transaction, drafts)])
      await refuseSecondReturn(transaction, drafts)
      return appendAll(transaction, { record, twins }, drafts, clock, this.newId)
    })
    this.#shift.set(shiftAfter(this.#shift.get(), appended.facts))
    this.remember(appended.record)
    return appended.facts
  }

  // Asked for in one go: the disk answers each question in a turn of its own, and a person waits for the last.
  async #currentIn(transaction: IDBTransaction): Promise<JournalRecord> {
    const journals = transaction.objectStore('journals')
    const [id, likely] = await Promise.all([
      done(transaction.objectStore('meta').get('current') as IDBRequest<string | undefined>),
      done(journals.get(this.#current.get()?.id ?? '') as IDBRequest<JournalRecord | undefined>),
    ])
    if (id === undefined) throw new WriteRefused('not_paired')
    return likely?.id === id ? likely : done(journals.get(id) as IDBRequest<JournalRecord>)
  }

  /** Begin a journal with its first fact and make it the current one; an open shift goes on in it. */
  async begin(opening: Opening): Promise<JournalRecord> {
    const { server_head, token, private_key, id, ...body } = opening
    const now = this.#environment.now()
    const first = { ...body, server_head, protocol: 1, app: this.#environment.app } as const
    const input = { id: this.newId(), kind: 'journal.opened', staff: null, body: first } as const
    const link = nextLink(id, EMPTY_HEAD, input, { now, unknown: !this.clockIsKnown })
    const fresh: JournalRecord = {
      ...body, id, token, private_key, opened_at: now, head: link.head, watermark: 0, offered: 0,
      status: 'open', number: 0, z: 0, perpetual: 0, shift: null, saved: 0,
    }
    const record = await write(this.database, ['meta', 'journals', 'facts'], 'strict', async (transaction) => {
      const journals = transaction.objectStore('journals')
      const before = await done(journals.get(opening.replaces ?? '') as IDBRequest<JournalRecord | undefined>)
      const next = before?.till === fresh.till ? { ...fresh, shift: before.shift } : fresh
      putFirst(transaction, next, link)
      transaction.objectStore('meta').put(id, 'current')
      transaction.objectStore('meta').delete('pairing')
      return next
    })
    if (!record.shift) this.#shift.set(null)
    this.remember(record, true)
    return record
  }

  /** Forget which journal is this till's. The journals stay. */
  async leave(): Promise<void> {
    await write(this.database, ['meta'], 'strict', (transaction) => {
      for (const key of ['current', 'pairing', 'part']) transaction.objectStore('meta').delete(key)
    })
    this.#current.set(null)
    this.#shift.set(null)
  }

  /** Take over a record as it now is on the disk. */
  remember(record: JournalRecord, isCurrent = record.id === this.#current.get()?.id): void {
    this.records.set(record.id, record)
    if (isCurrent) this.#current.set(record)
    this.#revision.update((n) => n + 1)
  }

  close(): void {
    this.database.close()
  }
}
