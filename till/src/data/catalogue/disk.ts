/** The catalogue on the disk: a cache, relaxed, that may vanish at any time and is then loaded again. */
import { openDatabase, read, StorageFailed, write } from '../database.ts'
import type { CodeIndex } from './codes.ts'
import type { Change, Manifest } from './rows.ts'
import type { WordIndex } from './search.ts'
import type { Breathe } from './slices.ts'

export const CATALOGUE_DATABASE = 'mostrador-catalogue'

export interface Cursor {
  readonly epoch: string
  readonly n: number
}

/** How far the changes of one snapshot were followed. */
interface StoredCursor extends Cursor {
  readonly version: string
}

/** What is on the disk at the start: the snapshot in use, how far its changes were followed, and those changes. */
export interface Kept {
  readonly manifest: Manifest
  readonly cursor: Cursor
  readonly changes: readonly Change[]
}

/** The words, a few thousand to a text: one text is read much faster than its words, and a run is short enough to split at once. */
interface StoredWords {
  readonly runs: readonly string[]
  readonly offsets: Uint32Array<ArrayBuffer>
  readonly postings: Uint32Array<ArrayBuffer>
}

const WORDS_A_RUN = 4_000
const STORES = ['meta', 'parts', 'changes', 'indexes'] as const

function build(database: IDBDatabase): void {
  database.createObjectStore('meta')
  database.createObjectStore('parts')
  database.createObjectStore('changes', { keyPath: ['kind', 'id'] })
  database.createObjectStore('indexes')
}

function versionRange(version: string): IDBKeyRange {
  // Arrays sort after every number and text.
  return IDBKeyRange.bound([version], [version, []])
}

export class CatalogueDisk {
  readonly #database: IDBDatabase

  private constructor(database: IDBDatabase) {
    this.#database = database
  }

  static async open(factory: IDBFactory): Promise<CatalogueDisk> {
    return new CatalogueDisk(await openDatabase(factory, CATALOGUE_DATABASE, 1, build))
  }

  async kept(): Promise<Kept | null> {
    const [manifest, cursor, changes] = await Promise.all([
      read(this.#database, 'meta', (store) => store.get('active') as IDBRequest<Manifest | undefined>),
      read(this.#database, 'meta', (store) => store.get('cursor') as IDBRequest<StoredCursor | undefined>),
      read(this.#database, 'changes', (store) => store.getAll() as IDBRequest<Change[]>),
    ])
    if (!manifest || cursor?.version !== manifest.version) return null
    return { manifest, cursor: { epoch: cursor.epoch, n: cursor.n }, changes }
  }

  part(version: string, k: number): Promise<string | undefined> {
    return read(this.#database, 'parts', (store) => store.get([version, k]) as IDBRequest<string | undefined>)
  }

  async putPart(version: string, k: number, text: string): Promise<void> {
    await write(this.#database, ['parts'], 'relaxed', (transaction) => {
      transaction.objectStore('parts').put(text, [version, k])
    })
  }

  codes(version: string): Promise<CodeIndex | undefined> {
    return read(this.#database, 'indexes', (store) => store.get([version, 'codes']) as IDBRequest<CodeIndex | undefined>)
  }

  async words(version: string, breathe: Breathe): Promise<WordIndex | undefined> {
    const stored = await read(
      this.#database, 'indexes', (store) => store.get([version, 'words']) as IDBRequest<StoredWords | undefined>,
    )
    if (!stored) return undefined
    const words: string[] = []
    for (const run of stored.runs) {
      for (const word of run.split('\n')) words.push(word)
      await breathe()
    }
    return { words, offsets: stored.offsets, postings: stored.postings }
  }

  async putIndexes(version: string, codes: CodeIndex, { words, offsets, postings }: WordIndex): Promise<void> {
    const runs: string[] = []
    for (let at = 0; at < words.length; at += WORDS_A_RUN) runs.push(words.slice(at, at + WORDS_A_RUN).join('\n'))
    await write(this.#database, ['indexes'], 'relaxed', (transaction) => {
      const store = transaction.objectStore('indexes')
      store.put(codes, [version, 'codes'])
      store.put({ runs, offsets, postings } satisfies StoredWords, [version, 'words'])
    })
  }

  /** Make a whole snapshot the one in use, and drop every other with its changes. */
  async activate(manifest: Manifest): Promise<void> {
    await write(this.#database, STORES, 'relaxed', (transaction) => {
      transaction.objectStore('meta').put(manifest, 'active')
      const { epoch, n, version } = manifest
      transaction.objectStore('meta').put({ epoch, n, version } satisfies StoredCursor, 'cursor')
      transaction.objectStore('changes').clear()
      for (const name of ['parts', 'indexes'] as const) {
        const store = transaction.objectStore(name)
        const range = versionRange(manifest.version)
        store.delete(IDBKeyRange.upperBound(range.lower, true))
        store.delete(IDBKeyRange.lowerBound(range.upper, true))
      }
    })
  }

  /** Store changes and how far they go, together. */
  async follow(changes: readonly Change[], cursor: Cursor, version: string): Promise<void> {
    await write(this.#database, ['meta', 'changes'], 'relaxed', (transaction) => {
      for (const change of changes) transaction.objectStore('changes').put(change)
      transaction.objectStore('meta').put({ ...cursor, version } satisfies StoredCursor, 'cursor')
    })
  }

  async clear(): Promise<void> {
    await write(this.#database, STORES, 'relaxed', (transaction) => {
      for (const store of STORES) transaction.objectStore(store).clear()
    })
  }

  close(): void {
    this.#database.close()
  }
}

/** Try to keep something in the cache: where the disk is full, the till goes on from memory. */
export async function keep(writing: Promise<void>): Promise<void> {
  try {
    await writing
  } catch (error) {
    if (!(error instanceof StorageFailed)) throw error
    console.warn(error)
  }
}
