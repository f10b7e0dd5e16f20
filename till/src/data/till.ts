/** Puts the till's data together: opens the databases, leads or waits, and hands the screens one face. */
import { toBase64Url } from '../core/bytes.ts'
import { makeAnnex } from '../core/chain.ts'
import type { Annex, AnyFact, Fact } from '../core/facts.ts'
import { idMaker } from '../core/ids.ts'
import type { TillPart } from '../core/part.ts'
import type { PaperCode } from '../core/sale.ts'
import { sha256Hex } from '../core/sha256.ts'
import { moveOf } from '../core/account.ts'
import { CODE_BYTES, giftCode } from '../core/gift_card.ts'
import { pointsMoveOf } from '../core/points.ts'
import type { Buyer, Contact } from '../core/buyer.ts'
import { LiveBuyers } from './buyers.ts'
import { LiveBearers } from './bearers.ts'
import { COUPONS, GIFT_CARDS } from './bearing.ts'
import { LiveOrders } from './orders.ts'
import { LiveCatalogue } from './catalogue/catalogue.ts'
import { CatalogueDisk } from './catalogue/disk.ts'
import { StorageFailed } from './database.ts'
import { LiveDrafts } from './drafts.ts'
import { pageEnvironment } from './environment.ts'
import type { Environment } from './environment.ts'
import type { Parked, Till } from './index.ts'
import { annexesOf, factsAfter, forget, unsentFacts } from './journal/answers.ts'
import { Journal } from './journal/journal.ts'
import { isWritten, ticketsOf } from './journal/tickets.ts'
import { lead } from './leader.ts'
import type { Leadership } from './leader.ts'
import type { LiveParked } from './parked.ts'
import { Pins } from './pins.ts'
import { saveJournal } from './saved.ts'
import { stillTill } from './still.ts'
import { Room } from './storage.ts'
import { writable } from './store.ts'
import type { Readable, Writable } from './store.ts'
import { Contacts } from './sync/contact.ts'
import { SyncLoop } from './sync/loop.ts'
import { pair } from './sync/pair.ts'
import { LivePart } from './sync/part.ts'
import { askServer, type Said } from './sync/http.ts'
import { askSold, type SoldFound } from './sync/sold.ts'
import { askCard, askSpend, askWaiting, type CardRoom, type CardWish, type Spending } from './sync/spend.ts'
import type { DraftBody, FactDraft, Moved, PairResult, ParkedElsewhere, PinResult, SaleGate, SyncState, TillState, WritableKind, WriteOptions } from './types.ts'
import { Updates } from './update.ts'

const SALT_BYTES = 16
const TOKEN_BYTES = 16
const ROUND_WAIT_MS = 3000

/** Open this browser's till. Never rejects: what stands in its way is its state. */
export async function openTill(environment: Environment = pageEnvironment()): Promise<Till> {
  if (!environment.secure) return stillTill(writable<TillState>({ name: 'insecure', reason: null }))
  try {
    const leadership = await lead(environment.locks)
    if (!leadership.isLeader) {
      // The other tab closed: this page begins anew, as the one that writes.
      void leadership.granted.then(() => {
        environment.reload()
      })
      return stillTill(writable<TillState>({ name: 'second_tab', reason: null }), leadership.release)
    }
    return await LiveTill.open(environment, leadership)
  } catch (error) {
    console.error(error)
    const reason = error instanceof StorageFailed ? error.code : 'unknown'
    return stillTill(writable<TillState>({ name: 'broken', reason }))
  }
}

/** The parts that are opened before the till can be shown. */
interface Parts {
  readonly journal: Journal
  readonly contacts: Contacts
  readonly part: LivePart
  readonly pins: Pins
  readonly drafts: LiveDrafts
  readonly catalogue: LiveCatalogue
  readonly buyers: LiveBuyers
  readonly orders: LiveOrders
  readonly giftCards: LiveBearers
  readonly coupons: LiveBearers
}

async function openParts(environment: Environment, onClosed: () => void): Promise<Parts> {
  const journal = await Journal.open(environment, idMaker(environment.now, environment.random), onClosed)
  const contacts = await Contacts.open(journal, environment)
  const part = await LivePart.open(environment, journal)
  const pins = await Pins.open(journal, environment)
  const drafts = await LiveDrafts.open(environment, (id) => isWritten(journal, id))
  const disk = await CatalogueDisk.open(environment.indexedDB)
  const token = (): string | null => journal.current.get()?.token ?? null
  const hasReceived = (id: string, seq: number): boolean => seq <= (journal.records.get(id)?.watermark ?? 0)
  const buyers = await LiveBuyers.open(environment, token, hasReceived)
  const giftCards = await LiveBearers.open(GIFT_CARDS, environment, token, hasReceived)
  const coupons = await LiveBearers.open(COUPONS, environment, token, hasReceived)
  const orders = await LiveOrders.open(environment, token)
  const catalogue = new LiveCatalogue(environment, disk, token, {
    till: () => {
      part.expire()
      part.pull().catch(() => undefined)
    },
    buyer: (id, row, known) => buyers.apply(id, row, known),
    order: (id, row, known) => orders.apply(id, row, known),
    giftCard: (id, row, known) => giftCards.apply(id, row, known),
    coupon: (id, row, known) => coupons.apply(id, row, known),
  })
  await catalogue.open()
  // What was written before the till stopped and is not sent yet: the server cannot have told of it.
  for (const fact of await unsentFacts(journal, '"buyer":')) note(buyers, fact)
  for (const fact of await unsentFacts(journal, '"order":')) orders.wrote(fact, new Map((await annexesOf(journal, fact.id)).map(({ id, text }) => [id, text])))
  for (const fact of await unsentFacts(journal, '"gift_card')) giftCards.wrote(fact)
  for (const fact of await unsentFacts(journal, '"coupons":')) coupons.wrote(fact)
  return { journal, contacts, part, pins, drafts, catalogue, buyers, orders, giftCards, coupons }
}

function note(buyers: LiveBuyers, fact: AnyFact): void {
  for (const move of [moveOf(fact), pointsMoveOf(fact)]) if (move !== null) buyers.moved(move, fact)
}

class LiveTill implements Till {
  readonly #environment: Environment
  readonly #leadership: Leadership
  readonly #parts: Parts
  readonly #loop: SyncLoop
  readonly #room: Room
  readonly #updates: Updates
  readonly #state: Writable<TillState>
  readonly #elsewhere = writable<readonly ParkedElsewhere[]>([])
  readonly #live: Promise<LiveParked>
  #moved: (moved: Moved) => void = () => undefined
  readonly parked: Parked
  readonly tickets: Till['tickets']
  readonly sync: Till['sync']

  private constructor(environment: Environment, leadership: Leadership, parts: Parts, state: Writable<TillState>) {
    this.#state = state
    this.#environment = environment
    this.#leadership = leadership
    this.#parts = parts
    this.#room = new Room(environment)
    this.#updates = new Updates(environment)
    const { journal, contacts, part, catalogue, buyers, orders, giftCards, coupons } = parts
    this.#loop = new SyncLoop({ environment, journal, contacts }, {
      pull: (seen) => {
        part.pull().catch(() => undefined)
        catalogue.pull(seen)
        buyers.pull(seen.epoch)
        orders.pull(seen.epoch)
        void this.parked.look()
        const { gift_card, coupon } = part.store.get()?.settings.offline ?? {}
        giftCards.pull(seen.epoch, gift_card !== 0)
        coupons.pull(seen.epoch, coupon !== 0)
      },
    })
    this.#live = this.#sharing()
    this.parked = {
      elsewhere: this.#elsewhere,
      resume: (id) => { parts.drafts.resume(id) },
      take: async (id) => (await this.#live).take(id),
      look: async () => (await this.#live).round().catch(console.error),
      onMoved: (hear) => { this.#moved = hear },
    }
    this.tickets = ticketsOf(journal)
    const loop = this.#loop
    part.onSettled = () => loop.refresh()
    this.sync = {
      get: () => loop.state.get(),
      subscribe: (run) => loop.state.subscribe(run),
      now: async () => {
        await loop.now()
        await Promise.all([part.pull().catch(() => undefined), catalogue.settled(), buyers.settled(), orders.settled(), giftCards.settled(), coupons.settled(), this.parked.look()])
      },
    }
  }

  static async open(environment: Environment, leadership: Leadership): Promise<Till> {
    const state = writable<TillState>({ name: 'starting', reason: null })
    const parts = await openParts(environment, () => {
      state.set({ name: 'broken', reason: 'storage_closed' })
    })
    const till = new LiveTill(environment, leadership, parts, state)
    await till.#start()
    return till
  }

  async #start(): Promise<void> {
    await this.#loop.start()
    const tell = (): void => {
      this.#tell(this.#loop.state.get())
    }
    this.#parts.journal.current.subscribe(tell)
    this.#loop.state.subscribe(tell)
    // Neither holds up the first sale.
    void this.#room.askToKeep().catch(console.warn)
    void this.#updates.watch()
  }

  #tell({ problem }: SyncState): void {
    const before = this.#state.get()
    if (before.name === 'broken') return
    const name = this.#name(problem)
    if (name !== before.name) this.#state.set({ name, reason: null })
  }

  #name(problem: SyncState['problem']): TillState['name'] {
    const current = this.#parts.journal.current.get()
    if (!current) return 'unpaired'
    if (current.status === 'revoked') return 'revoked'
    return problem === 'reopen' ? 'reopen' : 'ready'
  }

  get state(): Readable<TillState> {
    return this.#state
  }

  get part(): Readable<TillPart | null> {
    return this.#parts.part.store
  }

  get storage(): Till['storage'] {
    return this.#room.state
  }

  get openShift(): Till['openShift'] {
    return this.#parts.journal.openShift
  }

  get catalogue(): Till['catalogue'] {
    return this.#parts.catalogue
  }

  get buyers(): Till['buyers'] {
    return this.#parts.buyers
  }

  get orders(): Till['orders'] {
    return this.#parts.orders
  }

  get coupons(): Till['coupons'] {
    return this.#parts.coupons
  }

  get giftCards(): Till['giftCards'] {
    return this.#parts.giftCards
  }

  async meet(contact: Contact, staff: string | null): Promise<Buyer> {
    const { name, phone, tax_id = '' } = contact
    const buyer: Buyer = { id: this.newId(), name, phone, tax_id, fiado: { limit: 0, balance: 0 }, credit: 0, points: 0, lapses: null, group: null, authorised: [], others: [] }
    const annex = this.annex(JSON.stringify(contact))
    await this.write('buyer.met', { buyer: buyer.id, contact: annex.id }, { staff, annexes: [annex] })
    await this.#parts.buyers.met(buyer)
    return buyer
  }

  get drafts(): Till['drafts'] {
    const { drafts } = this.#parts
    return {
      all: drafts.all,
      save: async (id, value, parked) => {
        const saved = drafts.save(id, value, parked)
        // Another till may be waiting for it already.
        if (parked && this.#loop.state.get().online) void this.parked.look()
        await saved
      },
      remove: (id) => drafts.remove(id),
    }
  }

  /** What speaks of parked tickets comes in a file of its own: nothing on show waits for it. */
  async #sharing(): Promise<LiveParked> {
    const { LiveParked } = await import('./parked.ts')
    const { drafts, journal } = this.#parts
    const token = (): string | null => journal.current.get()?.token ?? null
    return new LiveParked({
      environment: this.#environment, drafts, token, isSold: (id) => isWritten(journal, id), elsewhere: this.#elsewhere, moved: (moved) => { this.#moved(moved) },
    })
  }

  get updateReady(): Readable<boolean> {
    return this.#updates.ready
  }

  async pair(code: string): Promise<PairResult> {
    const paired = await pair(this.#environment, this.#parts.journal, code.replaceAll(/[\s-]/g, ''))
    if (!paired.ok) return paired
    this.#parts.part.expire()
    await this.#parts.part.pull().catch(() => undefined)
    this.#loop.kick()
    return { ok: true }
  }

  async unpair(): ReturnType<Till['unpair']> {
    const { journal, part } = this.#parts
    let left = 0
    for (const { head, watermark, saved } of journal.records.values()) left += Math.max(0, head.seq - Math.max(watermark, saved))
    if (left > 0) return { ok: false, reason: 'unsent', unsent: left }
    await journal.leave()
    part.forget()
    return { ok: true }
  }

  checkPin(staffId: string, pin: string): Promise<PinResult> {
    return this.#parts.pins.check(this.part.get(), staffId, pin)
  }

  async write<K extends WritableKind>(kind: K, body: DraftBody<K>, options: WriteOptions): Promise<Fact<K>> {
    const [fact] = await this.writeAll([{ kind, body, ...options } as unknown as FactDraft])
    return fact as Fact<K>
  }

  async writeAll(drafts: readonly FactDraft[]): Promise<readonly AnyFact[]> {
    const facts = await this.#parts.journal.append(drafts)
    const texts = new Map(drafts.flatMap(({ annexes }) => annexes ?? []).map(({ id, text }) => [id, text]))
    for (const fact of facts) {
      note(this.#parts.buyers, fact)
      this.#parts.orders.wrote(fact, texts)
      this.#parts.giftCards.wrote(fact)
      this.#parts.coupons.wrote(fact)
    }
    this.#loop.wrote(facts[0]?.at ?? this.now())
    // The screen first: the person waits for it, the server does not.
    void this.#environment.frame().then(() => {
      this.#loop.kick()
      return this.#room.measure()
    }).catch(console.warn)
    return facts
  }

  annex(text: string): Annex {
    return makeAnnex(this.newId(), this.#environment.random(SALT_BYTES), text)
  }

  newId(): string {
    return this.#parts.journal.newId()
  }

  newToken(): { readonly secret: string; readonly hash: string } {
    const secret = toBase64Url(this.#environment.random(TOKEN_BYTES))
    return { secret, hash: sha256Hex(secret) }
  }

  hashOf(secret: string): string {
    return sha256Hex(secret)
  }

  findSold(paper: PaperCode): Promise<SoldFound> {
    const token = this.#parts.journal.current.get()?.token ?? null
    return askSold(this.#environment, token, paper, sha256Hex)
  }

  async roomFor(wish: Spending): Promise<number | null> {
    const answer = await this.#asked((token) => askSpend(this.#environment, token, wish))
    if (answer === null) return null
    if (answer.row !== null) await this.#parts.buyers.apply(wish.buyer, answer.row, answer.known)
    return answer.room
  }

  cardRoom(wish: CardWish): Promise<CardRoom> {
    return this.#asked((token) => askCard(this.#environment, token, wish))
  }

  askToSpend(door: string, wish: object): Promise<Said | null> {
    return this.#asked((token) => askWaiting(this.#environment, token, door, wish))
  }

  /** Ask the server what may be spent, while it can be asked. */
  async #asked<T>(ask: (token: string) => Promise<T | null>): Promise<T | null> {
    const { online, unsent } = this.#loop.state.get()
    const token = this.#parts.journal.current.get()?.token
    if (token === undefined || !online) return null
    // What this till spent a moment ago the server must have heard of, or its answer would count that money as there.
    if (unsent > 0) await Promise.race([this.#loop.now(), new Promise((resolve) => { setTimeout(resolve, ROUND_WAIT_MS) })])
    return this.#loop.state.get().unsent > 0 ? null : ask(token)
  }

  newGiftCode(): string {
    return giftCode(this.#environment.random(CODE_BYTES))
  }

  async ask(door: string, body?: object): Promise<Said | null> {
    const token = this.#parts.journal.current.get()?.token
    return token === undefined ? null : askServer(this.#environment, { path: door, token, ...(body ? { body: JSON.stringify(body) } : {}) })
  }

  async pullPart(): Promise<void> {
    this.#parts.part.expire()
    await this.#parts.part.pull().catch(() => undefined)
  }

  async writtenAfter(seq: number, text: string): Promise<readonly AnyFact[]> {
    const { journal } = this.#parts
    const { id } = journal.current.get() ?? {}
    return id === undefined ? [] : factsAfter(journal, id, seq, text)
  }

  now(): number {
    return this.#environment.now()
  }

  serverNow(): number {
    return this.#environment.now() + (this.#parts.contacts.get().offset ?? 0)
  }

  async canSell(): Promise<SaleGate> {
    const { name } = this.#state.get()
    if ((name !== 'ready' && name !== 'reopen') || !this.part.get()) return { ok: false, reason: 'not_ready' }
    const isEnough = await this.#room.isEnough(() => this.#makeRoom())
    return isEnough ? { ok: true } : { ok: false, reason: 'storage_full' }
  }

  async #makeRoom(): Promise<void> {
    const { serverTime } = this.#parts.contacts.get()
    if (serverTime !== null) await forget(this.#parts.journal, serverTime)
    await this.#parts.catalogue.makeRoom()
  }

  async keepData(): Promise<boolean | null> {
    await this.#room.askToKeep()
    return this.#room.state.get().persisted
  }

  async saveJournal(): Promise<Blob> {
    const blob = await saveJournal(this.#environment, this.#parts.journal)
    await this.#loop.refresh()
    return blob
  }

  applyUpdate(): void {
    this.#updates.apply()
  }

  async close(): Promise<void> {
    this.#updates.stop()
    await this.#loop.stop()
    await this.#parts.catalogue.stop()
    await this.#parts.buyers.settled()
    this.#parts.buyers.close()
    await this.#parts.orders.settled()
    this.#parts.orders.close()
    await (await this.#live).stop()
    for (const bearers of [this.#parts.giftCards, this.#parts.coupons]) {
      await bearers.settled()
      bearers.close()
    }
    this.#parts.drafts.close()
    this.#parts.journal.close()
    this.#leadership.release()
  }
}
