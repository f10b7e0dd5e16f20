// What the store has promised: asked of the server, kept in the browser; and what is said of it here, each a fact that needs no network and is taken back within ten seconds.
import { readPromised, withChanges, type Change, type Promised, type PromisedList } from '../../core/promising.ts'
import type { DraftBody, WritableKind } from '../../data/index.ts'
import { app, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { clockOffset } from './promise.ts'
import { takeBack, UNDO_MS } from './records.ts'

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
  /** What this till said since it was opened, by promise. */
  #changes = $state.raw<ReadonlyMap<string, Change>>(new Map())
  list = $derived(withChanges(this.#known?.list.promises ?? [], this.#changes))
  #said = $state.raw<{ readonly title: string; readonly until: number; readonly undo: () => void } | null>(null)
  /** What was just said, for ten seconds. */
  said = $derived(this.#said && this.#said.until > app.now ? this.#said : null)

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

  keep(one: Promised, title: string): void {
    this.#say(one, title, { ended: true, state: one.state === 'made' ? 'kept' : 'kept_late' }, 'promise.kept', (shift) => ({ promise: one.id, shift, evidence: 'done' as const, ...clockOffset() }))
  }

  /** Another day was agreed with whoever it was promised to, who knows. */
  move(one: Promised, due: string, told: 'present' | 'phone' | 'message', title: string): void {
    const { id: promise, revision } = one
    this.#say(one, title, { due, state: 'made', revision: revision + 1 }, 'promise.renegotiated', (shift) => ({ promise, shift, due, revision, told, ...clockOffset() }))
  }

  /** Nobody waits for it any more. */
  release(one: Promised, title: string): void {
    this.#say(one, title, null, 'promise.released', (shift) => ({ promise: one.id, shift, revision: one.revision, ...clockOffset() }))
  }

  /** It was said by mistake. */
  void(one: Promised, title: string): void {
    this.#say(one, title, null, 'promise.voided', (shift) => ({ promise: one.id, shift, reason: 'mistake', ...clockOffset() }))
  }

  #say<K extends WritableKind>({ id: promise, ended }: Promised, title: string, change: Change, kind: K, body: (shift: string) => DraftBody<K>): void {
    const { person, shift } = app
    if (person === null || shift === null || ended) return
    this.#put(promise, change)
    till().write(kind, body(shift.id), { staff: person.id }).then(({ id }) => {
      this.#said = { title, until: app.now + UNDO_MS, undo: () => { this.#undo(promise, id) } }
    }, fault)
  }

  #undo(promise: string, fact: string): void {
    this.#said = null
    this.#put(promise, undefined)
    takeBack('', fact)
  }

  #put(promise: string, change: Change | undefined): void {
    const others = [...this.#changes].filter(([id]) => id !== promise)
    this.#changes = new Map(change === undefined ? others : [...others, [promise, change]])
  }
}

export const promised = new PromisedHere()
