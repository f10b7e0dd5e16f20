// The rooms that nobody needs to sell come in a file of their own, right after the start: the till opens sooner, and its first file stays small.
import { fault } from '../fault.ts'
import { later } from './coming.ts'

type RoomsView = typeof import('./later.ts')['Rooms']

const PATIENCE_MS = 2000

class Rooms {
  /** What shows a room by the name of the zone; null until its file is here. */
  view = $state.raw<RoomsView | null>(null)
  #coming: Promise<void> | null = null

  /** Fetch the file unless it is here or coming. What failed is tried again with the next room that is asked for. */
  load(): Promise<void> {
    this.#coming ??= later().then(
      ({ Rooms: view }) => { this.view = view },
      (problem: unknown) => { this.#coming = null; fault(problem) },
    )
    return this.#coming
  }

  /** Fetch it once the till has nothing else to do: from then on every room opens without a network. */
  loadWhenIdle(): void {
    const load = (): void => { void this.load() }
    if ('requestIdleCallback' in window) window.requestIdleCallback(load, { timeout: PATIENCE_MS })
    else setTimeout(load, PATIENCE_MS)
  }
}

export const rooms = new Rooms()
