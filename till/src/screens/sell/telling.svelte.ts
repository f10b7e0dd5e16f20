// What is told of reduced prices on the ticket. What works it out comes with the later file (help/prices): until then, and where nothing is known, nothing is told.
import type { SaleRecorded } from '../../core/facts.ts'

export interface Telling {
  /** By line. */
  readonly texts: ReadonlyMap<string, string>
  /** What the buyer truly saves, minor units; null: as the promotions say. */
  readonly saved: number | null
  readonly priors: SaleRecorded['priors']
}

class Teller {
  work = $state.raw<() => Telling>(() => ({ texts: new Map(), saved: null, priors: [] }))
  now = $derived(this.work())
}

export const telling = new Teller()
