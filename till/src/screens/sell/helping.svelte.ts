// What the strip shows of the visit. What it does comes with the later file (help/records.ts): nothing here is needed to sell.
import { app } from '../app.svelte.ts'

/** What was just written down, and what takes it back. */
export interface JustSaid { readonly text: string; readonly until: number; readonly undo: () => void }

class Helping {
  /** Whether the shop has said what people come for. */
  offers = $state.raw(false)
  /** Whether the sheet of needs lies over the ticket. */
  isOpen = $state.raw(false)
  #said = $state.raw<JustSaid | null>(null)
  /** For ten seconds. */
  said = $derived(this.#said && this.#said.until > app.now ? this.#said : null)

  toggle(): void {
    if (this.offers && app.shift !== null) this.isOpen = !this.isOpen
  }

  say(said: JustSaid | null): void {
    this.#said = said
  }
}

export const helping = new Helping()
