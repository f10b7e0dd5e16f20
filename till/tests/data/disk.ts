/** Copies all databases of one browser to another: what a copied profile is. */

function opened(request: IDBOpenDBRequest): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('not opened'))
  })
}

function got<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('not read'))
  })
}

export async function copyDisk(from: IDBFactory, to: IDBFactory): Promise<void> {
  for (const { name = '', version = 1 } of await from.databases()) {
    const source = await opened(from.open(name))
    const request = to.open(name, version)
    request.onupgradeneeded = () => {
      for (const storeName of source.objectStoreNames) copyShape(source.transaction(storeName).objectStore(storeName), request.result)
    }
    const target = await opened(request)
    for (const storeName of source.objectStoreNames) await copyRows(source, target, storeName)
    source.close()
    target.close()
  }
}

function copyShape(store: IDBObjectStore, target: IDBDatabase): void {
  const made = target.createObjectStore(store.name, { keyPath: store.keyPath })
  for (const name of store.indexNames) {
    const { keyPath, unique } = store.index(name)
    made.createIndex(name, keyPath, { unique })
  }
}

async function copyRows(source: IDBDatabase, target: IDBDatabase, name: string): Promise<void> {
  const store = source.transaction(name).objectStore(name)
  const [keys, values] = await Promise.all([got(store.getAllKeys()), got(store.getAll() as IDBRequest<unknown[]>)])
  const transaction = target.transaction(name, 'readwrite')
  const into = transaction.objectStore(name)
  for (const [at, value] of values.entries()) {
    if (into.keyPath === null) into.put(value, keys[at])
    else into.put(value)
  }
  await new Promise((resolve) => {
    transaction.oncomplete = resolve
  })
}
