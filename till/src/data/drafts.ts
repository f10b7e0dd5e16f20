/** Open tickets: in a database of their own, beside the journal and apart from the catalogue's cache (ruling 19). */
import { openDatabase, read, write } from './database.ts'
import type { Environment } from './environment.ts'
import type { Drafts } from './index.ts'
import type { Readable, Writable } from './store.ts'
import { writable } from './store.ts'
import type { Draft } from './types.ts'

export const DRAFT_DATABASE = 'mostrador-drafts'

interface StoredDraft extends Draft {
  readonly made_at: number
}

export class LiveDrafts implements Drafts {
  readonly #database: IDBDatabase
  readonly #environment: Environment
  readonly #all: Writable<readonly StoredDraft[]> = writable<readonly StoredDraft[]>([])

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
    drafts.#all.set(found.sort((a, b) => a.made_at - b.made_at))
    for (const { id } of found) if (await isDone(id)) await drafts.remove(id)
    return drafts
  }

  get all(): Readable<readonly Draft[]> {
    return this.#all
  }

  async save(id: string, value: unknown): Promise<void> {
    const now = this.#environment.now()
    const before = this.#all.get().find((draft) => draft.id === id)
    // A copy, so that what is on show cannot change under the reader; it also strips what cannot be stored.
    const draft: StoredDraft = { id, made_at: before?.made_at ?? now, saved_at: now, value: JSON.parse(JSON.stringify(value)) as unknown }
    this.#all.update((all) => (before ? all.map((one) => (one.id === id ? draft : one)) : [...all, draft]))
    await write(this.#database, ['drafts'], 'relaxed', (transaction) => {
      transaction.objectStore('drafts').put(draft)
    })
  }

  async remove(id: string): Promise<void> {
    this.#all.update((all) => all.filter((draft) => draft.id !== id))
    await write(this.#database, ['drafts'], 'relaxed', (transaction) => {
      transaction.objectStore('drafts').delete(id)
    })
  }

  close(): void {
    this.#database.close()
  }
}
