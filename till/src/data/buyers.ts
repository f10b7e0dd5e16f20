/**
 * The buyers of the business: a copy in a database of its own, kept up with the server's changes, answering at once from memory.
 * A cache like the catalogue: what vanishes is loaded again.
 */
import type { AccountName } from '../core/account.ts'
import { afterOwn } from '../core/points_lapse.ts'
import { matches, readBuyer, searched, withMoves, type Buyer } from '../core/buyer.ts'
import { asArray, asObject } from '../core/json.ts'
import { fold } from '../core/words.ts'
import { keep } from './catalogue/disk.ts'
import { readKnown, type Known } from './catalogue/rows.ts'
import { openDatabase, read, write } from './database.ts'
import type { Environment } from './environment.ts'
import type { Readable, Writable } from './store.ts'
import { writable } from './store.ts'
import { callServer } from './sync/http.ts'
import { refuseStatus } from './sync/push.ts'

export const BUYER_DATABASE = 'mostrador-buyers'

/** What the screens ask of the buyers. */
export interface Buyers {
  /** Rises with every change of what is on show. */
  readonly revision: Readable<number>
  readonly count: number
  /** Whom an id stands for: of people who are one whoever is kept. */
  byId(id: string): Buyer | null
  /** What this till spent of an account that the server has not received yet. */
  spent(id: string, account: AccountName): number
  /** Accent-free, any order of words; by name. */
  search(text: string, limit?: number): readonly Buyer[]
}

/** What a fact of this till did to an account, kept until rows of the server know of it. */
interface OwnMove {
  readonly buyer: string
  readonly fiado: number
  readonly credit: number
  readonly points: number
  /** Of the points: how many were paid with, and how many went with that or were taken back. */
  readonly spent: number
  readonly gone: number
  readonly at: number
  readonly journal: string
  readonly seq: number
}

// A journal before the one that the server answers by was given up: the server tells of it what it ever will.
function isIn(move: OwnMove, known: Known | null): boolean {
  return known !== null && (move.journal !== known.journal || move.seq <= known.seq)
}

function isOf(move: OwnMove, { id, others }: Buyer): boolean {
  return move.buyer === id || others.some((other) => other.id === move.buyer)
}

export class LiveBuyers implements Buyers {
  readonly revision: Writable<number> = writable(0)
  readonly #database: IDBDatabase
  readonly #environment: Environment
  readonly #token: () => string | null
  readonly #hasReceived: (journal: string, seq: number) => boolean
  readonly #all = new Map<string, Buyer>()
  readonly #texts = new Map<string, string>()
  #moves: readonly OwnMove[] = []
  #epoch: string | null = null
  #loading: Promise<void> | null = null

  private constructor(
    database: IDBDatabase, environment: Environment, token: () => string | null, hasReceived: (journal: string, seq: number) => boolean,
  ) {
    this.#database = database
    this.#environment = environment
    this.#token = token
    this.#hasReceived = hasReceived
  }

  /** `hasReceived`: whether the server has this fact of this till. */
  static async open(
    environment: Environment, token: () => string | null, hasReceived: (journal: string, seq: number) => boolean,
  ): Promise<LiveBuyers> {
    const database = await openDatabase(environment.indexedDB, BUYER_DATABASE, 1, (fresh) => {
      fresh.createObjectStore('buyers', { keyPath: 'id' })
      fresh.createObjectStore('meta')
    })
    const buyers = new LiveBuyers(database, environment, token, hasReceived)
    const [rows, epoch] = await Promise.all([
      read(database, 'buyers', (store) => store.getAll() as IDBRequest<Buyer[]>),
      read(database, 'meta', (store) => store.get('epoch') as IDBRequest<string | undefined>),
    ])
    // Kept by an older till, a row may lack what this one reads.
    for (const row of rows) buyers.#put(readBuyer(row) ?? row)
    buyers.#epoch = epoch ?? null
    return buyers
  }

  get count(): number {
    return this.#all.size
  }

  byId(id: string): Buyer | null {
    const buyer = this.#standsFor(id)
    if (buyer === undefined) return null
    const own = this.#moves.filter((move) => isOf(move, buyer))
    const sum = (of: 'fiado' | 'credit' | 'points'): number => own.reduce((total, move) => total + move[of], 0)
    const { lapses } = buyer
    if (lapses == null) return withMoves(buyer, sum('fiado'), sum('credit'), sum('points'))
    const { next, lapsed } = afterOwn(lapses, own.filter(({ points, gone }) => points !== 0 || gone !== 0), this.#environment.now())
    return { ...withMoves(buyer, sum('fiado'), sum('credit'), sum('points') - lapsed), lapses: { ...lapses, next } }
  }

  spent(id: string, account: AccountName): number {
    const spent = (move: OwnMove): number => (account === 'fiado' ? move.fiado : account === 'points' ? move.spent : 0 - move.credit)
    const buyer = this.#standsFor(id)
    return this.#moves.reduce((sum, move) => (buyer !== undefined && isOf(move, buyer) && !this.#hasReceived(move.journal, move.seq) ? sum + Math.max(0, spent(move)) : sum), 0)
  }

  search(text: string, limit = 50): readonly Buyer[] {
    const words = fold(text).split(/\s+/u).filter((word) => word !== '')
    const found: Buyer[] = []
    for (const [id, known] of this.#texts) {
      const buyer = matches(known, words) ? this.byId(id) : null
      if (buyer !== null) found.push(buyer)
    }
    return found.sort((one, other) => one.name.localeCompare(other.name)).slice(0, limit)
  }

  /** Load them all where this epoch's have not come yet. Never in anybody's way: a failure is tried again with the next contact. */
  pull(epoch: string): void {
    if (this.#epoch === epoch || this.#loading) return
    this.#loading = this.#load(epoch)
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

  async #load(epoch: string): Promise<void> {
    const rows: Buyer[] = []
    let known: Known | null = null
    let after = ''
    for (;;) {
      const token = this.#token()
      if (token === null) return
      const reply = await callServer(this.#environment, { path: `buyers?after=${after}`, token })
      refuseStatus(reply)
      const document = asObject(reply.json)
      const page = (asArray(document?.['buyers']) ?? []).map(readBuyer).filter((row) => row !== undefined)
      rows.push(...page)
      known ??= readKnown(document?.['known'])
      const last = page.at(-1)
      if (document?.['more'] !== true || last === undefined) break
      after = last.id
    }
    this.#all.clear()
    this.#texts.clear()
    for (const row of rows) this.#put(row)
    this.#moves = this.#moves.filter((move) => !isIn(move, known))
    this.#epoch = epoch
    this.#tell()
    await keep(write(this.#database, ['buyers', 'meta'], 'relaxed', (transaction) => {
      const store = transaction.objectStore('buyers')
      store.clear()
      for (const row of rows) store.put(row)
      transaction.objectStore('meta').put(epoch, 'epoch')
    }))
  }

  /** Take in a change: a whole row, or null when they are put away, that knows so much of what this till wrote. */
  async apply(id: string, value: unknown, known: Known): Promise<void> {
    const buyer = value === null ? undefined : readBuyer(value)
    if (value !== null && buyer === undefined) return
    this.#moves = this.#moves.filter((move) => !(buyer ? isOf(move, buyer) : move.buyer === id) || !isIn(move, known))
    // Who was joined to another is found by that one's row from now on.
    const gone = buyer ? buyer.others.map((other) => other.id) : [id]
    for (const one of gone) {
      this.#all.delete(one)
      this.#texts.delete(one)
    }
    if (buyer) this.#put(buyer)
    this.#tell()
    await keep(write(this.#database, ['buyers'], 'relaxed', (transaction) => {
      const store = transaction.objectStore('buyers')
      for (const one of gone) store.delete(one)
      if (buyer) store.put(buyer)
    }))
  }

  /** Somebody whom this till met, or what it moved on an account, before the server tells of it. */
  async met(buyer: Buyer): Promise<void> {
    this.#put(buyer)
    this.#tell()
    await keep(write(this.#database, ['buyers'], 'relaxed', (transaction) => {
      transaction.objectStore('buyers').put(buyer)
    }))
  }

  /** What a fact of this till did to an account, at once. */
  moved(move: { readonly buyer: string } & Partial<OwnMove>, { journal, seq, at }: Pick<OwnMove, 'journal' | 'seq' | 'at'>): void {
    const own = { fiado: 0, credit: 0, points: 0, spent: 0, gone: 0, ...move, journal, seq, at }
    if (own.fiado === 0 && own.credit === 0 && own.points === 0 && own.gone === 0) return
    this.#moves = [...this.#moves, own]
    this.#tell()
  }

  // Of people who are one whoever is kept, by the id of any of them.
  #standsFor(id: string): Buyer | undefined {
    return this.#all.get(id) ?? [...this.#all.values()].find(({ others }) => others.some((other) => other.id === id))
  }

  #put(buyer: Buyer): void {
    this.#all.set(buyer.id, buyer)
    this.#texts.set(buyer.id, searched(buyer))
  }

  #tell(): void {
    this.revision.update((revision) => revision + 1)
  }

  close(): void {
    this.#database.close()
  }
}
