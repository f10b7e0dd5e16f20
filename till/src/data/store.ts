/** A value that can be watched, with the shape Svelte calls a store: `subscribe` answers at once and at every change. */
export interface Readable<T> {
  readonly get: () => T
  readonly subscribe: (run: (value: T) => void) => () => void
}

export interface Writable<T> extends Readable<T> {
  readonly set: (value: T) => void
  readonly update: (change: (value: T) => T) => void
}

/** Make a store. Setting the very same value tells nobody. */
export function writable<T>(initial: T): Writable<T> {
  let value = initial
  const watchers = new Set<(value: T) => void>()
  const set = (next: T): void => {
    if (Object.is(next, value)) return
    value = next
    for (const watcher of [...watchers]) watcher(value)
  }
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(run) {
      const watcher = (next: T): void => run(next)
      watchers.add(watcher)
      run(value)
      return () => watchers.delete(watcher)
    },
  }
}
