/** Everything outside that the till's data touches, in one place: a browser has one, a test makes its own. */

import { nextFrame } from './frame.ts'

export interface Environment {
  readonly indexedDB: IDBFactory
  readonly subtle: SubtleCrypto | null
  readonly random: (count: number) => Uint8Array<ArrayBuffer>
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>
  /** Address of the server's API, with a slash at the end. */
  readonly api: string
  /** Milliseconds since 1970 UTC by the device's clock. */
  readonly now: () => number
  /** Milliseconds since some moment, never going back while the page lives. */
  readonly monotonic: () => number
  readonly locks: LockManager | null
  readonly storage: StorageManager | null
  readonly serviceWorker: ServiceWorkerContainer | null
  /** Keys and service workers are there: the origin is secure. */
  readonly secure: boolean
  readonly reload: () => void
  /** Call back when the device believes that it has a network again; returns how to stop. A hint to try, never a truth. */
  readonly onWake: (wake: () => void) => () => void
  /** So many milliseconds go by. */
  readonly wait: (ms: number) => Promise<void>
  /** Give the screen its turn. */
  readonly pause: () => Promise<void>
  /** Resolves when the screen has shown what it has to show now. */
  readonly frame: () => Promise<void>
  readonly rhythm: Rhythm
  /** Name and version, as `journal.opened` carries them. */
  readonly app: string
}

/** How long the loop waits, in milliseconds. */
export interface Rhythm {
  readonly round: number
  readonly answer: number
  readonly backoffFirst: number
  readonly backoffLast: number
  /** Who parked a ticket listens so often for whoever wants it. */
  readonly listen: number
}

export const RHYTHM: Rhythm = { round: 15_000, answer: 20_000, backoffFirst: 1_000, backoffLast: 60_000, listen: 2_500 }

const APP = 'mostrador-till 0.1.0'

/** Where the browser knows of priorities, work behind the scenes waits for keys, frames and the disk, and for nothing else. */
interface Scheduler {
  readonly postTask: <T>(task: () => T, options: { readonly priority: 'background' }) => Promise<T>
}

function pause(): Promise<void> {
  const { scheduler } = globalThis as { readonly scheduler?: Partial<Scheduler> }
  if (scheduler?.postTask) return scheduler.postTask(() => undefined, { priority: 'background' })
  return new Promise((resolve) => {
    setTimeout(resolve, 0)
  })
}

/** The environment of the page, or of Node where a part that is missing is null. */
export function pageEnvironment(): Environment {
  const here = globalThis as Partial<typeof globalThis>
  const navigator = here.navigator as Partial<Navigator> | undefined
  const isPage = here.document !== undefined
  const subtle = here.crypto?.subtle ?? null
  const serviceWorker = navigator?.serviceWorker ?? null
  return {
    indexedDB,
    subtle,
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    fetch: (url, options) => fetch(url, options),
    api: isPage ? new URL('/api/till/v1/', location.href).href : 'http://127.0.0.1:8000/api/till/v1/',
    now: () => Date.now(),
    monotonic: () => performance.now(),
    locks: isPage ? (navigator?.locks ?? null) : null,
    storage: navigator?.storage ?? null,
    serviceWorker,
    secure: subtle !== null && (!isPage || serviceWorker !== null),
    reload: () => {
      location.reload()
    },
    onWake: (wake) => {
      if (!isPage) return () => undefined
      addEventListener('online', wake)
      return () => {
        removeEventListener('online', wake)
      }
    },
    wait: (ms) => new Promise((resolve) => { setTimeout(resolve, ms) }),
    pause,
    frame: nextFrame,
    rhythm: RHYTHM,
    app: APP,
  }
}
