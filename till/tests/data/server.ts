/** A server for tests: keeps the protocol of contracts/README.md in memory, and fails on purpose when a test says so. */
import { factHash, headMessage, readFact } from '../../src/core/chain.ts'
import { fromBase64Url } from '../../src/core/bytes.ts'
import type { AnyFact } from '../../src/core/facts.ts'

export interface ServedJournal {
  token: string
  readonly series: string
  readonly publicKey: string
  readonly replaces: string | null
  readonly facts: string[]
  readonly refused: string[]
  status: 'open' | 'revoked' | 'reopen'
}

interface PushDocument {
  readonly journal: string
  readonly facts: readonly AnyFact[]
  readonly head: { readonly seq: number; readonly hash: string; readonly signature: string }
  readonly annexes: readonly { readonly id: string; readonly fact: string; readonly text: string }[]
}

export const IDS = {
  organization: '0199b2a4-7000-7b00-8b00-000000000501',
  store: '0199b2a4-7000-7b00-8b00-000000000502',
  till: '0199b2a4-7000-7b00-8b00-000000000503',
  rosa: '0199b2a4-7000-7b00-8b00-000000000901',
} as const

export class TestServer {
  epoch = '0199b2a4-7000-7b00-8b00-0000000000e1'
  time = 1_764_032_400_000
  n = 1
  readonly journals = new Map<string, ServedJournal>()
  readonly codes = new Set<string>(['123456'])
  readonly annexes: PushDocument['annexes'][number][] = []
  readonly calls: string[] = []
  /** Ids of facts to park, with the reason. */
  readonly park = new Map<string, string>()
  /** Takes the place of the answer to a call; the call itself has had its effect unless `before`. */
  disturb: ((path: string) => { readonly when: 'before' | 'after'; readonly response?: Response } | null) | null = null
  part: unknown = null
  /** What `ping?parked` says. */
  waiting: readonly unknown[] = []
  guidance: object | null = null
  manifest: unknown = null
  readonly parts = new Map<string, string>()
  changes: { n: number; kind: string; id: string; row: unknown }[] = []
  lookups: unknown[] = []
  buyers: readonly ({ readonly id: string; readonly others?: readonly { readonly id: string }[] } & Record<string, unknown>)[] = []
  orders: readonly { readonly id: string }[] = []
  /** What it says at any other door, by path and query. */
  readonly said = new Map<string, unknown>()
  giftCards: readonly { readonly id: string; readonly code: string; readonly balance: number }[] = []
  /** Single-use codes as a till may hold them, how those stand that are not free, and what was asked of them. */
  coupons: readonly { readonly id: string; readonly code: string; readonly coupon: string; readonly until: number | null }[] = []
  readonly couponStates = new Map<string, { readonly state: 'used' | 'void' | 'over' | 'taken'; readonly used?: { readonly ticket: string; readonly at: number } }>()
  readonly couponWishes: Readonly<Record<string, string | boolean>>[] = []
  #tokens = 0

  readonly fetch = async (url: string, options: RequestInit): Promise<Response> => {
    const path = url.replace(/^.*\/api\/till\/v1\//, '')
    this.calls.push(path)
    const fault = this.disturb?.(path) ?? null
    if (fault?.when === 'before') return this.#fail(fault.response)
    const response = await this.#answer(path, options)
    return fault ? this.#fail(fault.response) : response
  }

  #fail(response: Response | undefined): Response {
    if (response) return response
    throw new TypeError('fetch failed')
  }

  #answer(path: string, options: RequestInit): Promise<Response> | Response {
    const token = new Headers(options.headers).get('Authorization')?.replace('Bearer ', '') ?? null
    const body: unknown = typeof options.body === 'string' ? JSON.parse(options.body) : null
    if (path === 'pair') return this.#pair(body as Record<string, string | null>, token)
    const found = [...this.journals].find(([, journal]) => journal.token === token)
    if (!found) return json({ detail: 'unknown token' }, 401)
    const [id, journal] = found
    if (path === 'push') return this.#push(id, journal, body as PushDocument, options.body as string)
    if (path.startsWith('ping')) return json({ epoch: this.epoch, n: this.n, time: this.time, journal: journal.status, watermark: journal.facts.length, parked: path === 'ping' ? undefined : this.waiting })
    if (path === 'till') return this.#part(journal.status)
    const documents: Record<string, unknown> = { catalogue: this.manifest, guidance: this.guidance }
    if (path in documents) return documents[path] ? json(documents[path]) : json({}, 404)
    if (path.startsWith('changes')) return this.#changes(path)
    if (path === 'orders') return json({ orders: this.orders, known: this.known() })
    const answer = this.#holder(path, body)
    if (answer !== null) return answer
    if (path.startsWith('lookup')) return json(this.lookups)
    const said = this.said.get(path)
    if (said !== undefined) return json(said)
    const part = this.parts.get(path)
    return part === undefined ? json({}, 404) : new Response(part)
  }

  #part(status: string): Response {
    if (status === 'revoked') return json({}, 401)
    return this.part ? json(this.part) : json({}, 404)
  }

  // Buyers, and what whoever bears a code may spend.
  #holder(path: string, body: unknown): Response | null {
    if (path.startsWith('gift_cards')) return json({ gift_cards: this.giftCards, more: false, known: this.known() })
    if (path.startsWith('coupons')) return json({ coupons: this.coupons, more: false, known: this.known() })
    if (path === 'coupon') return this.#coupon(body as Record<string, string | boolean>)
    if (path.startsWith('buyers')) return this.#buyers(path)
    return path === 'spend' ? this.#spend(body as Record<string, string | number>) : null
  }

  /** What other tills left of each account: by buyer and account, minor units. */
  readonly rooms = new Map<string, number>()
  readonly wishes: Readonly<Record<string, string | number>>[] = []

  #spend(wish: Readonly<Record<string, string | number>>): Response {
    this.wishes.push(wish)
    if (wish['account'] === 'gift_card') return this.#spendOfCard(wish)
    const room = this.rooms.get(`${String(wish['buyer'])} ${String(wish['account'])}`)
    if (room === undefined) return json({}, 404)
    const buyer = this.buyers.find(({ id, others = [] }) => [id, ...others.map((other) => other.id)].includes(String(wish['buyer']))) ?? null
    return json({ room, reserved: Number(wish['amount']) <= room ? wish['amount'] : 0, buyer, known: this.known() })
  }

  #spendOfCard(wish: Readonly<Record<string, string | number>>): Response {
    const card = this.giftCards.find(({ id, code }) => id === wish['gift_card'] || code === wish['code'])
    if (card === undefined) return json({}, 404)
    const room = this.rooms.get(card.id) ?? card.balance
    const found = { id: card.id, balance: card.balance, blocked: false, unspent: true }
    return json({ room, reserved: Number(wish['amount']) <= room ? wish['amount'] : 0, buyer: null, gift_card: found, known: this.known() })
  }

  #coupon(wish: Readonly<Record<string, string | boolean>>): Response {
    this.couponWishes.push(wish)
    const found = this.coupons.find(({ id, code }) => id === wish['coupon'] || code === wish['code'])
    if (found === undefined) return json({}, 404)
    const { state = 'free', used = null } = this.couponStates.get(found.id) ?? {}
    const { id, coupon, until } = found
    return json({ coupon: { id, coupon, until, state: state === 'taken' ? 'free' : state, used }, kept: wish['keep'] === true && state === 'free' })
  }

  #pair(body: Record<string, string | null>, token: string | null): Response {
    const { code, journal, public_key, replaces } = body
    const isKnown = code === null ? [...this.journals.values()].some((one) => one.token === token) : this.codes.has(code ?? '')
    if (!isKnown) return json({}, code === null ? 401 : 404)
    const before = replaces === null ? undefined : this.journals.get(replaces ?? '')
    const known = this.journals.get(journal ?? '')
    const opened: ServedJournal = known ?? {
      token: `token-${String(++this.#tokens)}`, series: `A${String(this.journals.size + 1)}`, publicKey: public_key ?? '',
      replaces: replaces ?? null, facts: [], refused: [], status: 'open',
    }
    this.journals.set(journal ?? '', opened)
    const last = before?.facts.at(-1)
    const server_head = before ? { seq: before.facts.length, hash: last === undefined ? '0'.repeat(64) : factHash(last) } : null
    return json({ ...IDS, token: opened.token, series: opened.series, epoch: this.epoch, server_head }, 201)
  }

  async #push(id: string, journal: ServedJournal, body: PushDocument, text: string): Promise<Response> {
    if (body.journal !== id) return json({}, 400)
    const facts = splitFacts(text)
    const last = facts.at(-1) ?? ''
    const key = await crypto.subtle.importKey(
      'raw', fromBase64Url(journal.publicKey), { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify'],
    )
    const isSigned = await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' }, key, fromBase64Url(body.head.signature), headMessage(id, body.head.seq, body.head.hash),
    )
    if (!isSigned || factHash(last) !== body.head.hash) return json({}, 400)
    for (const annex of body.annexes) if (!this.annexes.some((known) => known.id === annex.id)) this.annexes.push(annex)
    const answers = facts.map((bytes) => this.#take(journal, bytes))
    const head = journal.facts.at(-1)
    return json({
      protocol: 1, epoch: this.epoch, watermark: journal.facts.length, head: head === undefined ? null : factHash(head),
      journal: journal.status, time: this.time, answers,
    })
  }

  #take(journal: ServedJournal, bytes: string): { seq: number; id: string; state: string; reason: string | null } {
    const { seq, id, prev } = readFact(bytes)
    const known = journal.facts[seq - 1]
    if (known === bytes) return { seq, id, state: 'known', reason: null }
    const before = seq === 1 ? '0'.repeat(64) : factHash(journal.facts[seq - 2] ?? '')
    if (known !== undefined || (seq === journal.facts.length + 1 && prev !== before)) {
      journal.refused.push(bytes)
      journal.status = 'reopen'
      return { seq, id, state: 'refused', reason: 'fork' }
    }
    if (seq > journal.facts.length + 1) return { seq, id, state: journal.status === 'reopen' ? 'refused' : 'early', reason: null }
    journal.facts.push(bytes)
    const reason = this.park.get(id) ?? (journal.status === 'revoked' ? 'revoked' : null)
    return { seq, id, state: reason === null ? 'accepted' : 'parked', reason }
  }

  /** Two at a time, so that a till has to ask again. */
  #buyers(path: string): Response {
    const after = new URLSearchParams(path.split('?')[1]).get('after') ?? ''
    const rest = this.buyers.filter(({ id }) => id > after)
    return json({ buyers: rest.slice(0, 2), more: rest.length > 2, known: this.known() })
  }

  /** How far the journal of the last pairing has come in; a test can hold it back. */
  known: () => { journal: string; seq: number } = () => {
    const [id, journal] = [...this.journals].at(-1) ?? ['', null]
    return { journal: id, seq: journal?.facts.length ?? 0 }
  }

  #changes(path: string): Response {
    const query = new URLSearchParams(path.split('?')[1])
    if (query.get('epoch') !== this.epoch) return json({ epoch: this.epoch }, 409)
    const from = Number(query.get('n'))
    return json({ epoch: this.epoch, n: this.n, more: false, known: this.known(), changes: this.changes.filter(({ n }) => n > from) })
  }

  /** What the database of a backup has: the first facts of each journal, under another epoch. */
  restore(facts: number): void {
    this.epoch = this.epoch.replace(/.$/, (digit) => String(Number(digit) + 1))
    for (const journal of this.journals.values()) journal.facts.length = Math.min(journal.facts.length, facts)
  }

  /** The facts of the only journal, or of the one given, as documents. */
  facts(id?: string): readonly AnyFact[] {
    const journal = id === undefined ? [...this.journals.values()][0] : this.journals.get(id)
    return (journal?.facts ?? []).map(readFact)
  }
}

/** The facts of a push as the bytes that travelled. */
function splitFacts(text: string): readonly string[] {
  const { facts } = JSON.parse(text) as { facts: readonly unknown[] }
  const bytes = facts.map((fact) => JSON.stringify(fact))
  // JSON.parse keeps the order of properties, so each must stand in the body as it was written.
  for (const one of bytes) if (!text.includes(one)) throw new Error('a fact was re-encoded')
  return bytes
}

export function json(document: unknown, status = 200): Response {
  return new Response(JSON.stringify(document), { status, headers: { 'Content-Type': 'application/json' } })
}
