/** Open tickets: in a database of their own, beside the journal and apart from the catalogue's cache (ruling 19). */
import { openDatabase, read, write } from './database.ts'
import type { Environment } from './environment.ts'
import type { Drafts } from './index.ts'
import type { Readable, Writable } from './store.ts'
import { writable } from './store.ts'
import type { Draft, ParkedAs } from './types.ts'

export const DRAFT_DATABASE = 'mostrador-drafts'

/**
 * `came`: by this asking it came from another till, and the server has not heard that it is here. `gone`: it has ended here since.
 * `left`: this asking wanted it, so it is this till's no more; kept until it has been handed over.
 */
export interface StoredDraft extends Draft {
  readonly made_at: number
  readonly came?: string
  readonly gone?: true
  readonly left?: string
}

export class LiveDrafts implements Drafts {
  readonly #database: IDBDatabase
  readonly #environment: Environment
  readonly #all: Writable<readonly StoredDraft[]> = writable<readonly StoredDraft[]>([])
  /** Those that are not on show: they ended here, or left. */
  readonly #aside = new Map<string, StoredDraft>()

  private constructor(database: IDBDatabase, environment: Environment) {
    this.#database = database
    this.#environment = environment
  }

  /** Open, and drop what `isDone` says was sold: the till was stopped between the sale and the end of its draft. */
  static async open(environment: Environment, isDone: (id: string) => Promise<boolean>): Promise<LiveDrafts> {
    const database = await openDatabase(environment.indexedDB, DRAFT_DATABASE, 1, (fresh) => {
      fresh.createObjectStore('drafts', { keyPath: 'id' })
    })
    const drafts = new LiveDrafts(database, environment)
    const found = await read(database, 'drafts', (store) => store.getAll() as IDBRequest<StoredDraft[]>)
    for (const draft of found) if (draft.gone || draft.left !== undefined) drafts.#aside.set(draft.id, draft)
    drafts.#all.set(found.filter(({ id }) => !drafts.#aside.has(id)).sort((a, b) => a.made_at - b.made_at))
    for (const { id } of drafts.#all.get()) if (await isDone(id)) await drafts.remove(id)
    return drafts
  }

  get all(): Readable<readonly StoredDraft[]> {
    return this.#all
  }

  byId(id: string): StoredDraft | undefined {
    return this.#all.get().find((draft) => draft.id === id)
  }

  /** Whether it is here, or ended here a moment ago. */
  knows(id: string): boolean {
    return this.byId(id) !== undefined || this.#aside.get(id)?.gone === true
  }

  /** Those that came, of which the server has not heard that they are here. */
  get came(): readonly StoredDraft[] {
    return [...this.#all.get(), ...this.#aside.values()].filter((draft) => draft.came !== undefined && draft.left === undefined)
  }

  /** Those that left, and were not handed over yet. */
  get left(): readonly StoredDraft[] {
    return [...this.#aside.values()].filter((draft) => draft.left !== undefined)
  }

  save(id: string, value: unknown, parked: ParkedAs | null = null): Promise<void> {
    const came = this.byId(id)?.came ?? this.#aside.get(id)?.came
    return this.#keep(this.#made(id, value, { ...(parked ? { parked } : {}), ...(came === undefined ? {} : { came }) }), 'relaxed')
  }

  /** Keep a ticket that came from another till: on the disk before anybody hears that it is here. */
  adopt(id: string, value: unknown, came: string): Promise<void> {
    return this.#keep(this.#made(id, value, { came }), 'strict')
  }

  #made(id: string, value: unknown, more: Partial<StoredDraft>): StoredDraft {
    const now = this.#environment.now()
    // A copy, so that what is on show cannot change under the reader; it also strips what cannot be stored.
    return { id, made_at: this.byId(id)?.made_at ?? now, saved_at: now, value: JSON.parse(JSON.stringify(value)) as unknown, ...more }
  }

  #keep(draft: StoredDraft, durability: 'strict' | 'relaxed'): Promise<void> {
    const isNew = this.byId(draft.id) === undefined
    this.#aside.delete(draft.id)
    this.#all.update((all) => (isNew ? [...all, draft] : all.map((one) => (one.id === draft.id ? draft : one))))
    return this.#write([draft], durability)
  }

  async remove(id: string): Promise<void> {
    const before = this.byId(id)
    if (before?.came === undefined) { await this.forget([id]); return }
    await this.#setAside({ ...before, value: null, gone: true }, 'relaxed')
  }

  /** Somebody here goes on with it: from now on it is not given away. The disk hears with the next save. */
  resume(id: string): void {
    this.#all.update((all) => all.map((draft) => (draft.id === id ? { ...draft, parked: null } : draft)))
  }

  /** It is this till's no more, from this moment and for good. */
  leave(draft: StoredDraft, want: string): Promise<void> {
    return this.#setAside({ ...draft, left: want }, 'strict')
  }

  /** Nobody wanted it any more: it is this till's again. */
  async comeBack(id: string): Promise<StoredDraft | undefined> {
    const found = this.#aside.get(id)
    if (found?.left === undefined) return undefined
    const { left: _left, ...draft } = found
    await this.#keep(draft, 'strict')
    return draft
  }

  /** The server has heard that these are here. */
  async confirm(came: readonly StoredDraft[]): Promise<void> {
    const heard = new Map(came.map((draft) => [draft.id, draft.came]))
    await this.forget([...this.#aside.values()].filter((draft) => draft.gone && heard.get(draft.id) === draft.came).map(({ id }) => id))
    const plain = this.#all.get().filter((draft) => draft.came !== undefined && heard.get(draft.id) === draft.came).map(({ came: _came, ...draft }): StoredDraft => draft)
    this.#all.update((all) => all.map((draft) => plain.find(({ id }) => id === draft.id) ?? draft))
    await this.#write(plain, 'relaxed')
  }

  /** Nothing of them is needed here any more. */
  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#aside.delete(id)
    this.#all.update((all) => all.filter(({ id }) => !ids.includes(id)))
    await write(this.#database, ['drafts'], 'relaxed', (transaction) => {
      for (const id of ids) transaction.objectStore('drafts').delete(id)
    })
  }

  // In memory at once: between two steps of the loop nobody can open what leaves.
  #setAside(draft: StoredDraft, durability: 'strict' | 'relaxed'): Promise<void> {
    this.#all.update((all) => all.filter(({ id }) => id !== draft.id))
    this.#aside.set(draft.id, draft)
    return this.#write([draft], durability)
  }

  #write(drafts: readonly StoredDraft[], durability: 'strict' | 'relaxed'): Promise<void> {
    return write(this.#database, ['drafts'], durability, (transaction) => {
      for (const draft of drafts) transaction.objectStore('drafts').put(draft)
    })
  }

  close(): void {
    this.#database.close()
  }
}
