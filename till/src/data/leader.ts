/** One writer: the tab that holds the lock. A second tab waits and takes over when the first closes. */

export const LOCK = 'mostrador-till'

export interface Leadership {
  /** True from the start, or false when another tab writes. */
  readonly isLeader: boolean
  /** Resolves when this tab may write. */
  readonly granted: Promise<void>
  readonly release: () => void
}

/** Ask for the lock. Where a browser has none, there is one writer only. */
export async function lead(locks: LockManager | null): Promise<Leadership> {
  if (!locks) return { isLeader: true, granted: Promise.resolve(), release: () => undefined }
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const first = await hold(locks, { ifAvailable: true }, held)
  if (first) return { isLeader: true, granted: Promise.resolve(), release }
  const granted = hold(locks, {}, held).then(() => undefined)
  return { isLeader: false, granted, release }
}

/** Resolves with whether the lock was given; it is then held until `held` resolves. */
function hold(locks: LockManager, options: LockOptions, held: Promise<void>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    locks
      .request(LOCK, options, (lock) => {
        resolve(lock !== null)
        return lock === null ? undefined : held
      })
      .catch(reject)
  })
}
