/**
 * What whoever brings its code may spend, where the owner lets a till take it without asking the server: gift cards, and single-use coupons.
 * A copy in a database of its own, as of buyers. Where the owner allows nothing, as at first, there is none.
 */
import type { AnyFact } from '../core/facts.ts'
import { asArray, asInteger, asObject, asText } from '../core/json.ts'
import { keep } from './catalogue/disk.ts'
import { readKnown, type Known } from './catalogue/rows.ts'
import { openDatabase, read, write } from './database.ts'
import type { Environment } from './environment.ts'
import { callServer } from './sync/http.ts'
import { refuseStatus } from './sync/push.ts'

/** Of which kind: its database, the door that tells of it, which is what its rows stand under as well, and what a fact does to each. */
export interface BearerKind {
  readonly database: string
  readonly door: 'gift_cards' | 'coupons'
  readonly movesOf: (fact: AnyFact) => readonly { readonly id: string; readonly amount: number }[]
}

/** As the server told it: `code` is the hash of what spends it, `balance` what it holds. Of a coupon, which is good once: what stands in its promotion's terms, and when it ends (ms). */
export interface Bearer {
  readonly id: string
  readonly code: string
  readonly balance: number
  readonly coupon: string | null
  readonly until: number | null
}

interface OwnMove {
  readonly id: string
  readonly amount: number
  readonly journal: string
  readonly seq: number
}

/** What the screens ask of those that are known here. */
export interface Bearers {
  /** What one holds as far as this till knows, by the hash of its code; null where it is not known. */
  byCode(code: string): Bearer | null
  balanceOf(id: string): number
  /** What this till spent, of one or of all, that the server has not received yet. */
  spent(id?: string): number
}

function readRow(value: unknown): Bearer | undefined {
  const row = asObject(value)
  const [id, code, coupon = null] = [asText(row?.['id']), asText(row?.['code']), asText(row?.['coupon'])]
  const balance = asInteger(row?.['balance']) ?? (coupon === null ? undefined : 1)
  return id === undefined || code === undefined || balance === undefined ? undefined : { id, code, balance, coupon, until: asInteger(row?.['until']) ?? null }
}

export class LiveBearers implements Bearers {
  readonly #kind: BearerKind
  readonly #database: IDBDatabase
  readonly #environment: Environment
  readonly #token: () => string | null
  readonly #hasReceived: (journal: string, seq: number) => boolean
  readonly #all = new Map<string, Bearer>()
  #moves: readonly OwnMove[] = []
  #epoch: string | null = null
  #loading: Promise<void> | null = null

  private constructor(kind: BearerKind, database: IDBDatabase, environment: Environment, token: () => string | null, hasReceived: (journal: string, seq: number) => boolean) {
    this.#kind = kind
    this.#database = database
    this.#environment = environment
    this.#token = token
    this.#hasReceived = hasReceived
  }

  static async open(kind: BearerKind, environment: Environment, token: () => string | null, hasReceived: (journal: string, seq: number) => boolean): Promise<LiveBearers> {
    const database = await openDatabase(environment.indexedDB, kind.database, 1, (fresh) => {
      fresh.createObjectStore('cards', { keyPath: 'id' })
      fresh.createObjectStore('meta')
    })
    const found = new LiveBearers(kind, database, environment, token, hasReceived)
    for (const row of await read(database, 'cards', (store) => store.getAll() as IDBRequest<Bearer[]>)) found.#all.set(row.id, row)
    found.#epoch = await read(database, 'meta', (store) => store.get('epoch') as IDBRequest<string | undefined>) ?? null
    return found
  }

  byCode(code: string): Bearer | null {
    for (const row of this.#all.values()) if (row.code === code) return { ...row, balance: this.balanceOf(row.id) }
    return null
  }

  balanceOf(id: string): number {
    return this.#moves.reduce((sum, move) => (move.id === id ? sum + move.amount : sum), this.#all.get(id)?.balance ?? 0)
  }

  spent(id?: string): number {
    return this.#moves.reduce((sum, { id: moved, amount, journal, seq }) => ((id ?? moved) === moved && amount < 0 && !this.#hasReceived(journal, seq) ? sum - amount : sum), 0)
  }

  /** Load them where the owner lets them be spent and this epoch's have not come yet; forget them where not. */
  pull(epoch: string, isAllowed: boolean): void {
    const wanted = isAllowed ? epoch : null
    if (this.#epoch === wanted || this.#loading) return
    this.#loading = this.#load(wanted)
      .catch((error: unknown) => {
        if (!(error instanceof Error)) throw error
      })
      .finally(() => {
        this.#loading = null
      })
  }

  /** Resolves when nothing is being loaded. */
  async settled(): Promise<void> {
    await this.#loading
  }

  async #load(epoch: string | null): Promise<void> {
    const { door } = this.#kind
    const rows: Bearer[] = []
    let [after, more] = ['', epoch !== null]
    while (more) {
      const token = this.#token()
      if (token === null) return
      const reply = await callServer(this.#environment, { path: `${door}?after=${after}`, token })
      refuseStatus(reply)
      const document = asObject(reply.json)
      rows.push(...(asArray(document?.[door]) ?? []).map(readRow).filter((row) => row !== undefined))
      if (after === '') this.#forget(readKnown(document?.['known']))
      after = rows.at(-1)?.id ?? ''
      more = document?.['more'] === true && after !== ''
    }
    this.#all.clear()
    for (const row of rows) this.#all.set(row.id, row)
    this.#epoch = epoch
    await keep(write(this.#database, ['cards', 'meta'], 'relaxed', (transaction) => {
      const store = transaction.objectStore('cards')
      store.clear()
      for (const row of rows) store.put(row)
      transaction.objectStore('meta').put(epoch, 'epoch')
    }))
  }

  // A journal before the one that the server answers by was given up: the server tells of it what it ever will.
  #forget(known: Known, id: string | null = null): void {
    this.#moves = this.#moves.filter((move) => (id !== null && move.id !== id) || (move.journal === known.journal && move.seq > known.seq))
  }

  /** Take in a change: a whole row, or null where it is not to be spent here, that knows so much of what this till wrote. */
  async apply(id: string, value: unknown, known: Known): Promise<void> {
    const row = readRow(value)
    this.#forget(known, id)
    if (row) this.#all.set(id, row)
    else this.#all.delete(id)
    await keep(write(this.#database, ['cards'], 'relaxed', (transaction) => {
      if (row) transaction.objectStore('cards').put(row)
      else transaction.objectStore('cards').delete(id)
    }))
  }

  /** What a fact of this till did to them, at once. */
  wrote(fact: AnyFact): void {
    const moves = this.#kind.movesOf(fact).map((move) => ({ ...move, journal: fact.journal, seq: fact.seq }))
    if (moves.length === 0) return
    // Where none is kept here, no row will ever tell that it knows of them: what has arrived is done with.
    const before = this.#epoch === null ? this.#moves.filter(({ journal, seq }) => !this.#hasReceived(journal, seq)) : this.#moves
    this.#moves = [...before, ...moves]
  }

  close(): void {
    this.#database.close()
  }
}
