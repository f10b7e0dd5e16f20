/** IndexedDB with promises, and with the one difference that matters said at every call: strict, or relaxed durability. */

export type Durability = 'strict' | 'relaxed'

/** The browser would not open, read or write a database. `cause` is its own error. */
export class StorageFailed extends Error {
  readonly code: 'storage_full' | 'storage_failed'

  constructor(cause: unknown) {
    const name = cause instanceof Error ? cause.name : 'unknown'
    super(`the browser's storage failed: ${name}`, { cause })
    this.code = name === 'QuotaExceededError' ? 'storage_full' : 'storage_failed'
  }
}

/** Wait for one request of a transaction. */
export function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(new StorageFailed(request.error))
    }
  })
}

/**
 * Open a database; `upgrade` builds what the version before lacks, inside the upgrade's own transaction.
 * A newer page in another tab asks this one to let go: then `onClosed` tells.
 */
export function openDatabase(
  factory: IDBFactory,
  name: string,
  version: number,
  upgrade: (database: IDBDatabase, from: number, transaction: IDBTransaction) => void,
  onClosed: () => void = () => undefined,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, version)
    request.onupgradeneeded = (event) => {
      // An upgrade has a transaction always.
      if (request.transaction) upgrade(request.result, event.oldVersion, request.transaction)
    }
    request.onerror = () => {
      reject(new StorageFailed(request.error))
    }
    request.onsuccess = () => {
      const database = request.result
      database.onversionchange = () => {
        database.close()
        onClosed()
      }
      database.onclose = onClosed
      resolve(database)
    }
  })
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve()
    }
    transaction.onabort = () => {
      reject(new StorageFailed(transaction.error))
    }
  })
}

/**
 * Read and write in one transaction; resolves after `complete`. If `work` throws, nothing of it is stored.
 * `work` may wait for requests of this transaction and for nothing else: a transaction ends when it is left alone.
 */
export async function write<T>(
  database: IDBDatabase,
  stores: readonly string[],
  durability: Durability,
  work: (transaction: IDBTransaction) => Promise<T> | T,
): Promise<T> {
  let transaction: IDBTransaction
  try {
    transaction = database.transaction([...stores], 'readwrite', { durability })
  } catch (cause) {
    throw new StorageFailed(cause)
  }
  const end = ended(transaction)
  let result: T
  try {
    result = await work(transaction)
  } catch (error) {
    await abort(transaction, end)
    // Its requests only say that they were given up; why, the transaction says.
    throw transaction.error ? new StorageFailed(transaction.error) : error
  }
  finish(transaction)
  await end
  return result
}

// Nothing more will be asked: the browser need not wait for the answers to what was, before it writes. `complete` means the same.
function finish(transaction: IDBTransaction): void {
  try {
    transaction.commit()
  } catch {
    // It has ended by itself; how, the caller learns from its end.
  }
}

async function abort(transaction: IDBTransaction, end: Promise<void>): Promise<void> {
  try {
    transaction.abort()
  } catch {
    // It has aborted by itself, which is what is wanted.
  }
  await end.catch(() => undefined)
}

/** Read from one store in a transaction of its own. */
export function read<T>(database: IDBDatabase, store: string, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  try {
    return done(work(database.transaction(store, 'readonly').objectStore(store)))
  } catch (cause) {
    return Promise.reject(new StorageFailed(cause))
  }
}

/** Walk over a store or an index, calling `visit` for each value until it answers false. */
export function walk(
  source: IDBObjectStore | IDBIndex,
  range: IDBKeyRange | null,
  direction: IDBCursorDirection,
  visit: (value: unknown, cursor: IDBCursorWithValue) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = source.openCursor(range, direction)
    request.onerror = () => {
      reject(new StorageFailed(request.error))
    }
    request.onsuccess = () => {
      const cursor = request.result
      if (!cursor || !visit(cursor.value, cursor)) {
        resolve()
        return
      }
      cursor.continue()
    }
  })
}
