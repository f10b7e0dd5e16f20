/**
 * The orders of this store: a copy in a database of its own, kept up with the server's changes, answering at once from memory, with what this till
 * wrote and the server has not told yet on top. A cache like the catalogue: what vanishes is loaded again.
 */
import { hasEnded, orderOf, readOrder, searchedOrder, withFact, type Order } from '../core/order.ts'
import type { AnyFact } from '../core/facts.ts'
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

export const ORDER_DATABASE = 'mostrador-orders'

/** What the screens ask of the orders. */
export interface Orders {
  /** Rises with every change of what is on show. */
  readonly revision: Readable<number>
  byId(id: string): Order | null
  /** Those that wait, due first at the top; `words` among number, buyer's name, goods and what is to be done. `nameOf`: of a buyer. */
  waiting(words: string, nameOf: (buyer: string) => string): readonly Order[]
  /** Those that ended lately, newest first. */
  ended(): readonly Order[]
}

/** What this till wrote of an order, kept until rows of the server know of it. */
interface Own {
  readonly fact: AnyFact
  readonly order: string
  readonly details: string
}

// A journal before the one that the server answers by was given up: the server tells of it what it ever will.
function isIn({ fact }: Own, known: Known | null): boolean {
  return known !== null && (fact.journal !== known.journal || fact.seq <= known.seq)
}

export class LiveOrders implements Orders {
  readonly revision: Writable<number> = writable(0)
  readonly #database: IDBDatabase
  readonly #environment: Environment
  readonly #token: () => string | null
  readonly #all = new Map<string, Order>()
  #own: readonly Own[] = []
  #epoch: string | null = null
  #loading: Promise<void> | null = null

  private constructor(database: IDBDatabase, environment: Environment, token: () => string | null) {
    this.#database = database
    this.#environment = environment
    this.#token = token
  }

  static async open(environment: Environment, token: () => string | null): Promise<LiveOrders> {
    const database = await openDatabase(environment.indexedDB, ORDER_DATABASE, 1, (fresh) => {
      fresh.createObjectStore('orders', { keyPath: 'id' })
      fresh.createObjectStore('meta')
    })
    const orders = new LiveOrders(database, environment, token)
    const [rows, epoch] = await Promise.all([
      read(database, 'orders', (store) => store.getAll() as IDBRequest<Order[]>),
      read(database, 'meta', (store) => store.get('epoch') as IDBRequest<string | undefined>),
    ])
    for (const row of rows) orders.#all.set(row.id, row)
    orders.#epoch = epoch ?? null
    return orders
  }

  byId(id: string): Order | null {
    return this.#own.filter(({ order }) => order === id).reduce((order, { fact, details }) => withFact(order, fact, details), this.#all.get(id) ?? null)
  }

  #every(): readonly Order[] {
    const ids = new Set([...this.#all.keys(), ...this.#own.map(({ order }) => order)])
    return [...ids].flatMap((id) => this.byId(id) ?? [])
  }

  waiting(words: string, nameOf: (buyer: string) => string): readonly Order[] {
    const wanted = fold(words).split(/\s+/u).filter((word) => word !== '')
    return this.#every()
      .filter((order) => !hasEnded(order))
      .filter((order) => {
        if (wanted.length === 0) return true
        const text = searchedOrder(order, order.buyer === null ? '' : nameOf(order.buyer))
        return wanted.every((word) => text.startsWith(word) || text.includes(` ${word}`))
      })
      .sort((one, other) => one.due.by.localeCompare(other.due.by) || one.at - other.at)
  }

  ended(): readonly Order[] {
    return this.#every().filter(hasEnded).sort((one, other) => other.at - one.at)
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
    const token = this.#token()
    if (token === null) return
    const reply = await callServer(this.#environment, { path: 'orders', token })
    refuseStatus(reply)
    const document = asObject(reply.json)
    const rows = (asArray(document?.['orders']) ?? []).map(readOrder).filter((row) => row !== undefined)
    const known = readKnown(document?.['known'])
    this.#all.clear()
    for (const row of rows) this.#all.set(row.id, row)
    this.#own = this.#own.filter((own) => !isIn(own, known))
    this.#epoch = epoch
    this.#tell()
    await keep(write(this.#database, ['orders', 'meta'], 'relaxed', (transaction) => {
      const store = transaction.objectStore('orders')
      store.clear()
      for (const row of rows) store.put(row)
      transaction.objectStore('meta').put(epoch, 'epoch')
    }))
  }

  /** Take in a change: a whole row, or null when it is none of this store's any more, that knows so much of what this till wrote. */
  async apply(id: string, value: unknown, known: Known): Promise<void> {
    const order = value === null ? undefined : readOrder(value)
    if (value !== null && order === undefined) return
    this.#own = this.#own.filter((own) => own.order !== id || !isIn(own, known))
    if (order) this.#all.set(id, order)
    else this.#all.delete(id)
    this.#tell()
    await keep(write(this.#database, ['orders'], 'relaxed', (transaction) => {
      if (order) transaction.objectStore('orders').put(order)
      else transaction.objectStore('orders').delete(id)
    }))
  }

  /** What a fact of this till says of an order, at once. `texts`: of its annexes, by id. */
  wrote(fact: AnyFact, texts: ReadonlyMap<string, string>): void {
    const order = orderOf(fact)
    if (order === null) return
    const details = fact.kind === 'order.opened' && fact.body.details !== null ? (texts.get(fact.body.details) ?? '') : ''
    this.#own = [...this.#own, { fact, order, details }]
    this.#tell()
  }

  #tell(): void {
    this.revision.update((revision) => revision + 1)
  }

  close(): void {
    this.#database.close()
  }
}
