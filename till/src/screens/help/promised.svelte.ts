// What the store has promised: asked of the server, kept in the browser, and «Ya quedó» as a fact that needs no network.
import { readPromised, type Promised, type PromisedList } from '../../core/promising.ts'
import { app, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { clockOffset } from './promise.ts'

const NAME = 'mostrador-promised'
interface Known { readonly list: PromisedList; readonly at: number }

function stored(): Known | null {
  try {
    const { said, at } = JSON.parse(localStorage.getItem(NAME) ?? '{}') as { said?: unknown; at?: unknown }
    const list = readPromised(said)
    return list && typeof at === 'number' ? { list, at } : null
  } catch {
    return null
  }
}

class PromisedHere {
  #known = $state.raw<Known | null>(stored())
  /** Kept at this till since the server was asked. */
  #kept = $state.raw<ReadonlySet<string>>(new Set())
  list = $derived((this.#known?.list.promises ?? []).map((one): Promised => (this.#kept.has(one.id) && !one.ended ? { ...one, ended: true, state: one.state === 'made' ? 'kept' : 'kept_late' } : one)))

  get more(): number {
    return this.#known?.list.more ?? 0
  }

  /** When the server said it; null: never. */
  get at(): number | null {
    return this.#known?.at ?? null
  }

  async refresh(): Promise<void> {
    if (app.sync?.online !== true) return
    const said = await till().ask('promises').catch(() => null)
    const list = said?.status === 200 ? readPromised(said.json) : null
    if (!list) return
    this.#known = { list, at: till().now() }
    try {
      localStorage.setItem(NAME, JSON.stringify({ said: said?.json, at: this.#known.at }))
    } catch {
      // Asked again the next time.
    }
  }

  keep({ id: promise }: Promised): void {
    const { person, shift } = app
    if (person === null || shift === null || this.#kept.has(promise)) return
    this.#kept = new Set([...this.#kept, promise])
    till().write('promise.kept', { promise, shift: shift.id, evidence: 'done', ...clockOffset() }, { staff: person.id }).catch(fault)
  }
}

export const promised = new PromisedHere()
