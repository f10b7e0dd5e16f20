/** One till of a shop: a device with a disk, the till's own data on it, and a network. */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import type { Environment } from '../../src/data/environment.ts'
import type { AnyFact, FactDraft, StaffMember, Till, TillPart } from '../../src/data/index.ts'
import { openTill } from '../../src/data/index.ts'
import { fits, parkedAs, type OpenTicket } from '../../src/screens/sell/open_ticket.ts'
import { openJournalDatabase, type JournalRecord } from '../../src/data/journal/records.ts'
import { read } from '../../src/data/database.ts'
import { copyDisk } from '../data/disk.ts'
import type { Dice } from './dice.ts'
import type { Shop } from './shop.ts'
import { Wire } from './wire.ts'

// Rounds happen when a history asks for one.
const NEVER_MS = 3_600_000

export class Desk {
  readonly shop: Shop
  readonly place: number
  readonly wire: Wire
  /** Milliseconds that its clock adds to the server's. */
  skew: number
  disk: IDBFactory
  copies: IDBFactory[] = []
  /** What happens elsewhere while this till waits for a ticket that it asked for. */
  meanwhile: () => Promise<void> = () => Promise.resolve()
  #till: Till | null = null
  #keeping: Promise<void> = Promise.resolve()
  readonly #dice: Dice

  constructor(shop: Shop, place: number, dice: Dice) {
    this.shop = shop
    this.place = place
    this.#dice = dice
    this.skew = dice.between(-120_000, 120_000)
    this.wire = new Wire(shop.story, () => shop.now)
    this.disk = new IDBFactory()
  }

  get name(): string {
    return `till ${this.place + 1}`
  }

  get till(): Till {
    if (this.#till === null) throw new Error('the till is closed')
    return this.#till
  }

  get isOpen(): boolean {
    return this.#till !== null
  }

  get part(): TillPart {
    const part = this.till.part.get()
    if (part === null) throw new Error('the till has no part')
    return part
  }

  get cashier(): StaffMember {
    return this.#person((person) => !person.limits.may_approve)
  }

  get manager(): StaffMember {
    return this.#person((person) => person.limits.may_approve)
  }

  #person(is: (person: StaffMember) => boolean): StaffMember {
    const found = this.part.staff.find(is)
    if (!found) throw new Error('nobody works there')
    return found
  }

  /** `how`: as the true till, or as one to practise with. */
  async open(how: (environment: Environment) => Promise<Till> = openTill): Promise<void> {
    const till = await how(this.environment)
    this.#till = till
    // What came when nobody waited for it waits here from now on, as the screens have it.
    till.parked.onMoved(({ come }) => { for (const open of come.filter(fits)) this.#keeping = this.#keeping.then(() => this.keep(open)) })
    const state = this.#till.state.get()
    if (state.name === 'broken') throw new Error(`the till is broken: ${String(state.reason)}`)
    // The loop's first round, and what it brings.
    await this.#till.sync.now()
  }

  async close(): Promise<void> {
    await this.#keeping
    await this.#till?.close()
    this.#till = null
  }

  /** Pair what lies on the disk with this code. */
  async pair(code: string): Promise<void> {
    const paired = await this.till.pair(code)
    if (!paired.ok) throw new Error(`not paired: ${paired.reason}`)
  }

  /** Speak with the server once, and wait for all that follows: after a silence the loop makes a round of its own. */
  async sync(): Promise<void> {
    const wasSilent = !this.till.sync.get().online
    await this.till.sync.now()
    if (wasSilent && this.till.sync.get().online) await this.till.sync.now()
    await this.#keeping
  }

  /** Tell and hear of tickets that wait, as a till does every few seconds while one does. */
  async look(): Promise<void> {
    await this.till.parked.look()
    await this.#keeping
  }

  /** What a copied profile is. */
  async copy(): Promise<IDBFactory> {
    await this.close()
    const copy = new IDBFactory()
    await copyDisk(this.disk, copy)
    await this.open()
    return copy
  }

  /** Another disk is put in. */
  async exchange(disk: IDBFactory): Promise<void> {
    await this.close()
    this.disk = disk
    await this.open()
  }

  async write(drafts: readonly FactDraft[]): Promise<readonly AnyFact[]> {
    const buyer = drafts.map(({ body }) => ('buyer' in body ? body.buyer : undefined)).find((name) => name !== undefined)
    const before = this.#shown(buyer)
    const facts = await this.till.writeAll(drafts)
    const after = this.#shown(buyer)
    for (const fact of facts) {
      this.shop.noted(fact)
      const named = 'buyer' in fact.body ? fact.body.buyer : undefined
      if (named !== undefined && before !== null && after !== null) this.shop.story.shown(fact.id, named, before, after)
    }
    return facts
  }

  #shown(buyer: string | undefined): readonly [number, number, number] | null {
    const row = buyer === undefined ? null : this.till.buyers.byId(buyer)
    return row === null ? null : [row.fiado.balance, row.credit, row.points]
  }

  /** Keep an open ticket on the disk; one that is parked the other tills of the store hear of. */
  async keep(open: OpenTicket): Promise<void> {
    await this.till.drafts.save(open.ticket.id, open, parkedAs(open))
  }

  /** The tickets that wait here. */
  get waiting(): readonly OpenTicket[] {
    return this.till.drafts.all.get().map(({ value }) => value).filter(fits)
  }

  /** The journals that lie on its disk. */
  async journals(): Promise<readonly JournalRecord[]> {
    const database = await openJournalDatabase(this.disk, () => undefined)
    try {
      return await read(database, 'journals', (store) => store.getAll() as IDBRequest<JournalRecord[]>)
    } finally {
      database.close()
    }
  }

  get environment(): Environment {
    return {
      indexedDB: this.disk,
      subtle: crypto.subtle,
      random: this.#dice.bytes,
      fetch: this.wire.fetch,
      api: `${this.shop.address}/api/till/v1/`,
      now: () => this.shop.now + this.skew,
      monotonic: () => this.shop.now,
      locks: null,
      storage: null,
      serviceWorker: null,
      secure: true,
      onWake: () => () => undefined,
      reload: () => undefined,
      wait: () => this.meanwhile(),
      pause: () => Promise.resolve(),
      // The loop is kicked by the next frame, and none comes: when a till speaks with the server is the history's to say.
      frame: () => new Promise(() => undefined),
      rhythm: { round: NEVER_MS, answer: 20_000, backoffFirst: NEVER_MS, backoffLast: NEVER_MS, listen: NEVER_MS },
      app: 'mostrador-till histories',
    }
  }
}
