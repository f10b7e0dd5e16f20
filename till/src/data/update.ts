/** A newer version of the till: it waits, and takes over only when the screens say that nothing is open. */
import type { Environment } from './environment.ts'
import type { Readable, Writable } from './store.ts'
import { writable } from './store.ts'

const WORKER = '/till/sw.js'
const SCOPE = '/till/'
const LOOK_EVERY_MS = 60 * 60 * 1000

export class Updates {
  readonly #environment: Environment
  readonly #ready: Writable<boolean> = writable(false)
  #registration: ServiceWorkerRegistration | null = null
  #timer: ReturnType<typeof setInterval> | null = null
  #isApplying = false
  #hasTakenOver = false

  constructor(environment: Environment) {
    this.#environment = environment
  }

  get ready(): Readable<boolean> {
    return this.#ready
  }

  /** Register the service worker and watch for a newer one. A failure costs only the cold offline start. */
  async watch(): Promise<void> {
    const { serviceWorker } = this.#environment
    if (!serviceWorker) return
    try {
      const registration = await serviceWorker.register(WORKER, { scope: SCOPE })
      this.#registration = registration
      this.#look()
      registration.addEventListener('updatefound', () => {
        registration.installing?.addEventListener('statechange', () => {
          this.#look()
        })
      })
      serviceWorker.addEventListener('controllerchange', () => {
        // The browser may hand over minutes after it was asked, in the middle of a ticket: the page still changes only when the screens say so.
        this.#hasTakenOver = this.#isApplying
        this.#look()
      })
      this.#timer = setInterval(() => {
        registration.update().catch(() => undefined)
      }, LOOK_EVERY_MS)
    } catch (error) {
      console.warn(error)
    }
  }

  #look(): void {
    // Without a controller this is the first installation, not an update.
    const isUpdate = Boolean(this.#registration?.waiting) && Boolean(this.#environment.serviceWorker?.controller)
    this.#ready.set(this.#hasTakenOver || isUpdate)
  }

  /** Called again and again while the moment is right: asks the newer version to take over, and once it has, loads its page. */
  apply(): void {
    if (this.#hasTakenOver) {
      this.#environment.reload()
      return
    }
    const waiting = this.#registration?.waiting
    if (!waiting) return
    this.#isApplying = true
    waiting.postMessage({ type: 'activate' })
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
  }
}
