/**
 * The gift cards that the owner lets a till spend without asking the server: a copy in a database of its own, as of buyers. Where the owner
 * allows nothing, as at first, there is none.
 */
import { cardMovesOf } from '../core/gift_card.ts'
import type { AnyFact } from '../core/facts.ts'
import { asArray, asInteger, asObject, asText } from '../core/json.ts'
import { keep } from './catalogue/disk.ts'
import { readKnown, type Known } from './catalogue/rows.ts'
import { openDatabase, read, write } from './database.ts'
import type { Environment } from './environment.ts'
import { callServer } from './sync/http.ts'
import { refuseStatus } from './sync/push.ts'

export const GIFT_CARD_DATABASE = 'mostrador-gift-cards'

/** A card as the server told it: `code` is the hash of what spends it. */
interface CardRow {
  readonly id: string
  readonly code: string
  readonly balance: number
}

interface OwnMove {
  readonly card: string
  readonly amount: number
  readonly journal: string
  readonly seq: number
}

/** What the screens ask of the cards that are known here. */
export interface GiftCards {
  /** What a card holds as far as this till knows, by the hash of its code; null where it is not known. */
  byCode(code: string): { readonly id: string; readonly balance: number } | null
  balanceOf(id: string): number
  /** What this till spent of a card that the server has not received yet. */
  spent(id: string): number
}

function readCard(value: unknown): CardRow | undefined {
  const row = asObject(value)
  const [id, code, balance] = [asText(row?.['id']), asText(row?.['code']), asInteger(row?.['balance'])]
  return id === undefined || code === undefined || balance === undefined ? undefined : { id, code, balance }
}

export class LiveGiftCards implements GiftCards {
  readonly #database: IDBDatabase
  readonly #environment: Environment
  readonly #token: () => string | null
  readonly #hasReceived: (journal: string, seq: number) => boolean
  readonly #all = new Map<string, CardRow>()
  #moves: readonly OwnMove[] = []
  #epoch: string | null = null
  #loading: Promise<void> | null = null

  private constructor(database: IDBDatabase, environment: Environment, token: () => string | null, hasReceived: (journal: string, seq: number) => boolean) {
    this.#database = database
    this.#environment = environment
    this.#token = token
    this.#hasReceived = hasReceived
  }

  static async open(environment: Environment, token: () => string | null, hasReceived: (journal: string, seq: number) => boolean): Promise<LiveGiftCards> {
    const database = await openDatabase(environment.indexedDB, GIFT_CARD_DATABASE, 1, (fresh) => {
      fresh.createObjectStore('cards', { keyPath: 'id' })
      fresh.createObjectStore('meta')
    })
    const cards = new LiveGiftCards(database, environment, token, hasReceived)
    for (const row of await read(database, 'cards', (store) => store.getAll() as IDBRequest<CardRow[]>)) cards.#all.set(row.id, row)
    cards.#epoch = await read(database, 'meta', (store) => store.get('epoch') as IDBRequest<string | undefined>) ?? null
    return cards
  }

  byCode(code: string): { readonly id: string; readonly balance: number } | null {
    for (const row of this.#all.values()) if (row.code === code) return { id: row.id, balance: this.balanceOf(row.id) }
    return null
  }

  balanceOf(id: string): number {
    return this.#moves.reduce((sum, move) => (move.card === id ? sum + move.amount : sum), this.#all.get(id)?.balance ?? 0)
  }

  spent(id: string): number {
    return this.#moves.reduce((sum, { card, amount, journal, seq }) => (card === id && amount < 0 && !this.#hasReceived(journal, seq) ? sum - amount : sum), 0)
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
    const rows: CardRow[] = []
    let [after, more] = ['', epoch !== null]
    while (more) {
      const token = this.#token()
      if (token === null) return
      const reply = await callServer(this.#environment, { path: `gift_cards?after=${after}`, token })
      refuseStatus(reply)
      const document = asObject(reply.json)
      rows.push(...(asArray(document?.['gift_cards']) ?? []).map(readCard).filter((row) => row !== undefined))
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
    this.#moves = this.#moves.filter((move) => (id !== null && move.card !== id) || (move.journal === known.journal && move.seq > known.seq))
  }

  /** Take in a change: a whole row, or null where the card is not to be spent here, that knows so much of what this till wrote. */
  async apply(id: string, value: unknown, known: Known): Promise<void> {
    const row = readCard(value)
    this.#forget(known, id)
    if (row) this.#all.set(id, row)
    else this.#all.delete(id)
    await keep(write(this.#database, ['cards'], 'relaxed', (transaction) => {
      if (row) transaction.objectStore('cards').put(row)
      else transaction.objectStore('cards').delete(id)
    }))
  }

  /** What a fact of this till did to cards, at once. */
  wrote(fact: AnyFact): void {
    const moves = cardMovesOf(fact).map((move) => ({ ...move, journal: fact.journal, seq: fact.seq }))
    if (moves.length === 0) return
    // Where no card is kept here, no row will ever tell that it knows of them: what has arrived is done with.
    const before = this.#epoch === null ? this.#moves.filter(({ journal, seq }) => !this.#hasReceived(journal, seq)) : this.#moves
    this.#moves = [...before, ...moves]
  }

  close(): void {
    this.#database.close()
  }
}
