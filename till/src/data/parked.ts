/**
 * Parked tickets and the tills of a store: one till holds a ticket at any moment (docs/adr/0024).
 *
 * A ticket stays with the till that parked it until that till has let go of it, on its own disk and for good, because the server said that
 * another wants it. So nobody here ever waits for the network to go on with a ticket, and nobody elsewhere gets one that is gone on with.
 */
import { asArray, asInteger, asObject, asText, asWord, type JsonObject } from '../core/json.ts'
import type { LiveDrafts, StoredDraft } from './drafts.ts'
import type { Environment } from './environment.ts'
import type { Writable } from './store.ts'
import { callServer, NoAnswer } from './sync/http.ts'
import type { Moved, ParkedElsewhere, Taken } from './types.ts'

const ANSWER_MS = 4000
const CONTENT_MAX = 250_000
const PARKED_MAX = 100
const GIVES_MAX = 20
/** Whoever asked looks so often whether it has come, and so many times. */
const LOOK_MS = 600
const LOOKS = 25

export interface ParkedParts {
  readonly environment: Environment
  readonly drafts: LiveDrafts
  readonly token: () => string | null
  /** Whether the journal has its sale. */
  readonly isSold: (id: string) => Promise<boolean>
  readonly elsewhere: Writable<readonly ParkedElsewhere[]>
  readonly moved: (moved: Moved) => void
}

type Asked = Taken | { readonly state: 'asked'; readonly till: string }

export class LiveParked {
  readonly #parts: ParkedParts
  #last: Promise<unknown> = Promise.resolve()
  #listening: ReturnType<typeof setTimeout> | undefined
  #isStopped = false

  constructor(parts: ParkedParts) {
    this.#parts = parts
  }

  /** Tell and hear; what another till wants leaves at once. Never rejects for want of an answer. */
  round(): Promise<void> {
    return this.#next(async () => { if (await this.#round()) await this.#round() })
  }

  /** Bring a ticket of another till here. */
  async take(id: string): Promise<Taken> {
    for (let n = 0; n < LOOKS && !this.#isStopped; n++) {
      if (n > 0) await this.#parts.environment.wait(LOOK_MS)
      const asked = await this.#next(() => this.#claim(id))
      if (asked.state === 'yours') void this.round()
      if (asked.state !== 'asked') return asked
    }
    return { state: 'silent', till: this.#parts.elsewhere.get().find((one) => one.id === id)?.till ?? '' }
  }

  stop(): Promise<unknown> {
    this.#isStopped = true
    clearTimeout(this.#listening)
    return this.#last
  }

  // One thing after the other: an answer that comes late must not speak of a ticket that was opened meanwhile.
  #next<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work)
    this.#last = next.catch(() => undefined)
    return next
  }

  /** One round; true when something must be said at once. */
  async #round(): Promise<boolean> {
    const { drafts } = this.#parts
    const parked = drafts.all.get().filter(isOffered).slice(0, PARKED_MAX)
    const gives = drafts.left.slice(0, GIVES_MAX)
    const { came } = drafts
    const answer = await this.#ask('parked', {
      parked: parked.map((draft) => ({ id: draft.id, ...draft.parked })),
      gives: gives.map(({ id, left, value }) => ({ id, want: left, content: JSON.stringify(value) })),
      has: came.map((draft) => ({ id: draft.id, want: draft.came })),
    })
    clearTimeout(this.#listening)
    if (answer === null) return false
    if (parked.length > 0 && (asInteger(answer['others'], 0) ?? 0) > 0 && !this.#isStopped) this.#listening = setTimeout(() => { void this.round() }, this.#parts.environment.rhythm.listen)
    await drafts.confirm(came)
    const kept = textsOf(answer['kept'])
    await drafts.forget(gives.map(({ id }) => id).filter((id) => !kept.includes(id)))
    const come = [...(await this.#back(kept)), ...(await this.#given(textsOf(answer['given'])))]
    const gone = await this.#leave(asArray(answer['asked']) ?? [])
    this.#parts.elsewhere.set((asArray(answer['waiting']) ?? []).flatMap((row) => readWaiting(row) ?? []))
    if (gone.length + come.length > 0) this.#parts.moved({ gone, come })
    return gone.length > 0
  }

  /** Let go of what another till wants, where nobody here has gone on with it. */
  async #leave(asked: readonly unknown[]): Promise<Moved['gone']> {
    const gone: { id: string; till: string }[] = []
    for (const row of asked.map(asObject)) {
      const [id, want, till] = [asText(row?.['id']), asText(row?.['want']), asText(row?.['till'])]
      const draft = id === undefined ? undefined : this.#parts.drafts.byId(id)
      if (want === undefined || till === undefined || draft === undefined || !isOffered(draft)) continue
      await this.#parts.drafts.leave(draft, want)
      gone.push({ id: draft.id, till })
    }
    return gone
  }

  async #back(kept: readonly string[]): Promise<readonly unknown[]> {
    const come: unknown[] = []
    for (const id of kept) {
      const draft = await this.#parts.drafts.comeBack(id)
      if (draft) come.push(draft.value)
    }
    return come
  }

  /** What was given when nobody waited for it any more, or the answer was lost: it waits here now. */
  async #given(ids: readonly string[]): Promise<readonly unknown[]> {
    const come: unknown[] = []
    for (const id of ids) {
      if (this.#parts.drafts.knows(id) || (await this.#parts.isSold(id))) continue
      const taken = await this.#claim(id)
      if (taken.state === 'yours') come.push(taken.value)
    }
    return come
  }

  /** Ask for a ticket, and keep it once it is given. */
  async #claim(id: string): Promise<Asked> {
    const answer = await this.#ask('claim', { ticket: id })
    const state = asWord(answer?.['state'], ['yours', 'asked', 'silent', 'taken', 'gone'])
    if (answer === null || state === undefined) return { state: 'no_answer' }
    if (state === 'gone') return { state }
    if (state !== 'yours') return { state, till: asText(answer['till']) ?? '' }
    const value = JSON.parse(asText(answer['content']) ?? 'null') as unknown
    await this.#parts.drafts.adopt(id, value, asText(answer['want']) ?? '')
    return { state, value }
  }

  async #ask(path: string, body: unknown): Promise<JsonObject | null> {
    const { environment, token } = this.#parts
    const bearer = token()
    if (bearer === null) return null
    try {
      const reply = await callServer({ ...environment, rhythm: { ...environment.rhythm, answer: ANSWER_MS } }, { path, token: bearer, body: JSON.stringify(body) })
      return (reply.status === 200 ? asObject(reply.json) : undefined) ?? null
    } catch (error) {
      if (error instanceof NoAnswer) return null
      throw error
    }
  }
}

function isOffered({ parked, value }: StoredDraft): boolean {
  return parked != null && JSON.stringify(value).length <= CONTENT_MAX
}

function textsOf(value: unknown): readonly string[] {
  return (asArray(value) ?? []).flatMap((one) => asText(one) ?? [])
}

function readWaiting(row: unknown): ParkedElsewhere | null {
  const said = asObject(row)
  const [id, till, letter] = [asText(said?.['id']), asText(said?.['till']), asText(said?.['letter'])]
  const [lines, total, at] = [asInteger(said?.['lines'], 0), asInteger(said?.['total']), asInteger(said?.['at'], 0)]
  if (id === undefined || till === undefined || letter === undefined || lines === undefined || total === undefined || at === undefined) return null
  return { id, till, letter, lines, total, at, staff: asText(said?.['staff']) ?? null, free: said?.['free'] === true }
}
