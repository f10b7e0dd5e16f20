// What the strip for the buyer shows of a visit. What it does comes with the later file (help/): nothing here is needed to sell.
import { app } from '../app.svelte.ts'

/** What somebody at the counter can do for a buyer beside selling. */
export type Piece = 'need' | 'recommend' | 'sample' | 'promise' | 'hold' | 'handoff' | 'said'

/** What was just written down, and what takes it back. */
export interface JustSaid {
  readonly title: string
  readonly detail?: string
  readonly until: number
  readonly undo: () => void
  /** One more press that it leads to. */
  readonly offer?: { readonly label: string; readonly press: () => void } | undefined
}

class Helping {
  /** Whose sheet lies over the ticket. */
  open = $state.raw<Piece | null>(null)
  /** Whether the strip waits for a digit. */
  isArmed = $state.raw(false)
  /** Whether the strip has no room for «Atendido sin compra»: then it stands on the empty ticket. */
  isFull = $state.raw(false)
  /** Whether the shop has something that may be asked of its goods. */
  answers = $state.raw(false)
  #said = $state.raw<JustSaid | null>(null)
  /** For ten seconds. */
  said = $derived(this.#said && this.#said.until > app.now ? this.#said : null)

  /** The strip's own key: the digits are its chips, until one of them or anything else is pressed. */
  arm(): void {
    const wasOn = this.isArmed || this.open !== null
    this.open = null
    this.isArmed = !wasOn && app.shift !== null
  }

  /** What they asked about the line that was touched rises over the ticket. */
  ask(): void {
    app.go({ name: 'ticket' })
    this.open = 'said'
  }

  say(said: JustSaid | null): void {
    this.#said = said
  }
}

export const helping = new Helping()
