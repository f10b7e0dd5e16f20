// What may be said of prices: asked of the server now and then and whenever goods changed, and kept in the browser. What is older than the catalogue is not said.
import { NO_PRICES, readPrices, withShelf, type Prices } from '../../core/prior.ts'
import { app, till } from '../app.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'
import { telling } from '../sell/telling.svelte.ts'
import { tellOf } from './told.ts'

const NAME = 'mostrador-prices'
const STALE_MS = 10 * 60 * 1000
const SOON_MS = 5_000

class KnownPrices {
  #said = $state.raw<Prices>(NO_PRICES)
  /** The number of the change that it was asked after. */
  #n = $state.raw(-1)
  #askedAt = Number.NEGATIVE_INFINITY

  /** What may be said; nothing, where goods have changed since it was asked. */
  get now(): Prices {
    void app.catalogue.revision
    return this.#n >= till().catalogue.changedAt() ? this.#said : { ...NO_PRICES, shelves: this.#said.shelves }
  }

  get shelves(): Prices['shelves'] {
    return this.#said.shelves
  }

  start(): void {
    try {
      const kept = JSON.parse(localStorage.getItem(NAME) ?? 'null') as { readonly n?: unknown; readonly said?: unknown } | null
      const said = readPrices(kept?.said)
      if (said && typeof kept?.n === 'number') [this.#said, this.#n] = [said, kept.n]
    } catch {
      // Asked for anew.
    }
  }

  /** Ask, if what is known is old, or older than the goods. */
  async refresh(): Promise<void> {
    const isBehind = this.#n < till().catalogue.changedAt()
    if (app.sync?.online !== true || Date.now() - this.#askedAt < (isBehind ? SOON_MS : STALE_MS)) return
    this.#askedAt = Date.now()
    const n = till().catalogue.cursor()?.n ?? 0
    const answer = await till().ask('prices').catch(() => null)
    const said = answer?.status === 200 ? readPrices(answer.json) : null
    if (!said) return
    this.#said = said
    this.#n = n
    try {
      localStorage.setItem(NAME, JSON.stringify({ n, said: answer?.json }))
    } catch {
      // Asked again at the next start.
    }
  }

  /** A shelf was just seen to say otherwise: known here before the server says so. */
  noteShelf(product: string, price: number | null): void {
    this.#said = withShelf(this.#said, product, price)
  }
}

export const prices = new KnownPrices()

/** Keep it up to date, and have the ticket told by it, from now on. */
export function watchPrices(): void {
  prices.start()
  telling.work = () => tellOf(counter.ticket, counter.totals, prices.now)
  $effect.root(() => {
    $effect(() => {
      void Math.floor(app.now / SOON_MS)
      void app.catalogue.revision
      if (app.sync?.online === true && app.state.name === 'ready') void prices.refresh()
    })
  })
}
