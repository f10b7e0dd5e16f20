// What the till may help with: asked of the server now and then, and kept in the browser. Without it the strip offers less, and nothing else changes.
import { NO_GUIDANCE, readGuidance, type Guidance } from '../../core/guidance.ts'
import { app, till } from '../app.svelte.ts'
import { helping } from '../sell/helping.svelte.ts'
import { watchPrices } from './prices.svelte.ts'

const NAME = 'mostrador-guidance'
const STALE_MS = 10 * 60 * 1000

function stored(): Guidance {
  try {
    return readGuidance(JSON.parse(localStorage.getItem(NAME) ?? 'null')) ?? NO_GUIDANCE
  } catch {
    return NO_GUIDANCE
  }
}

class KnownGuidance {
  #now = $state.raw<Guidance>(NO_GUIDANCE)
  #askedAt = Number.NEGATIVE_INFINITY

  get needs(): Guidance['needs'] {
    return this.#now.needs
  }

  get samples(): Guidance['samples'] {
    return this.#now.samples
  }

  get promises(): Guidance['promises'] {
    return this.#now.promises
  }

  /** When the store is closed. */
  get closed(): Pick<Guidance, 'closedWeekdays' | 'closedDates'> {
    return this.#now
  }

  get places(): Guidance['places'] {
    return this.#now.places
  }

  get stores(): Guidance['stores'] {
    return this.#now.stores
  }

  get advice(): Guidance['advice'] {
    return this.#now.advice
  }

  get sheets(): Guidance['sheets'] {
    return this.#now.sheets
  }

  get topics(): Guidance['topics'] {
    return this.#now.topics
  }

  /** The promise of who did not know an answer. */
  get finder(): Guidance['promises'][number] | null {
    return this.promises.find(({ id }) => id === this.#now.findsOut) ?? null
  }

  /** What a receipt may say that its buyer can ask for. */
  get rights(): Guidance['rights'] {
    return this.#now.rights
  }

  get hidden(): Guidance['hidden'] {
    return this.#now.hidden
  }

  start(): void {
    this.#take(stored())
  }

  /** Ask, if what is known is old. `anew`: the office has changed something. */
  async refresh(anew = false): Promise<void> {
    if (app.sync?.online !== true || (!anew && Date.now() - this.#askedAt < STALE_MS)) return
    this.#askedAt = Date.now()
    const said = await till().ask('guidance').catch(() => null)
    const known = said?.status === 200 ? readGuidance(said.json) : null
    if (!known) return
    this.#take(known)
    try {
      // As it came, and read again at the next start.
      localStorage.setItem(NAME, JSON.stringify(said?.json))
    } catch {
      // Asked again at the next start.
    }
  }

  #take(known: Guidance): void {
    this.#now = known
    helping.answers = known.topics.length > 0 || known.sheets.size > 0
  }
}

export const guidance = new KnownGuidance()

/** Keep what the till may help with up to date, from now on. The till part comes anew when the office has changed something. */
export function watchGuidance(): void {
  guidance.start()
  watchPrices()
  let seen = app.part
  $effect.root(() => {
    $effect(() => {
      void Math.floor(app.now / 60_000)
      if (app.sync?.online !== true || app.state.name !== 'ready') return
      const isNew = app.part !== seen
      seen = app.part
      void guidance.refresh(isNew)
    })
  })
}
