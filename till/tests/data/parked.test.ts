import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import type { Environment } from '../../src/data/environment.ts'
import { LiveDrafts } from '../../src/data/drafts.ts'
import { LiveParked } from '../../src/data/parked.ts'
import { writable } from '../../src/data/store.ts'
import type { Moved, ParkedElsewhere } from '../../src/data/types.ts'
import { ParkedServer, type RoundBody } from './parked_server.ts'
import { json } from './server.ts'
import { aDevice, anId } from './support.ts'

/** How the next calls fare: `cut` never leave, `deaf` have their effect and no answer, `late` have it when they are let go. */
type Wire = 'whole' | 'cut' | 'deaf' | 'late'

const AT = 1_764_032_400_000

/** A till as far as parked tickets go: its disk, what it knows, and which tickets somebody has open. */
class Desk {
  wire: Wire = 'whole'
  readonly late: (() => void)[] = []
  readonly working = new Set<string>()
  readonly sold = new Set<string>()
  readonly moved: Moved[] = []
  readonly elsewhere = writable<readonly ParkedElsewhere[]>([])
  /** What happens elsewhere while this till waits for a ticket that it asked for. */
  meanwhile: () => Promise<void> = () => Promise.resolve()
  /** What somebody does while an answer is on its way. */
  during: () => void = () => undefined
  drafts!: LiveDrafts
  live!: LiveParked
  readonly name: string
  readonly server: ParkedServer
  readonly #environment: Environment

  constructor(name: string, server: ParkedServer) {
    this.name = name
    this.server = server
    server.tills.push(name)
    this.#environment = aDevice(undefined, {
      indexedDB: new IDBFactory(), now: () => server.time, fetch: (url, options) => this.#fetch(url, options), wait: () => { server.time += 600; return this.meanwhile() },
    }).environment
  }

  #fetch(url: string, options: RequestInit): Promise<Response> {
    const body = JSON.parse(options.body as string) as RoundBody & { readonly ticket: string }
    const call = (): object => (url.endsWith('claim') ? this.server.claim(this.name, body.ticket) : this.server.round(this.name, body))
    if (this.wire === 'whole') {
      const answer = json(call())
      this.during()
      return Promise.resolve(answer)
    }
    if (this.wire === 'deaf') call()
    if (this.wire === 'late') this.late.push(call)
    return Promise.reject(new TypeError('fetch failed'))
  }

  async start(): Promise<this> {
    const isSold = (id: string): Promise<boolean> => Promise.resolve(this.sold.has(id))
    this.drafts = await LiveDrafts.open(this.#environment, isSold)
    this.live = new LiveParked({
      environment: this.#environment, drafts: this.drafts, token: () => 'token', isSold, elsewhere: this.elsewhere,
      moved: (moved) => { this.moved.push(moved) },
    })
    return this
  }

  async stop(): Promise<void> {
    await this.live.stop()
    this.drafts.close()
  }

  /** The page is loaded anew; what somebody had open is open again. */
  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  async begin(): Promise<string> {
    const id = anId()
    this.working.add(id)
    await this.drafts.save(id, { id, lines: 1 })
    return id
  }

  /** What was on its way all the time arrives. */
  deliver(): void {
    for (const call of this.late.splice(0)) call()
  }

  /** Wait with a ticket; what is written on it meanwhile goes with it. */
  async park(id: string, lines = 1): Promise<void> {
    this.working.delete(id)
    await this.drafts.save(id, { id, lines }, { staff: null, letter: 'A', lines, total: 100 * lines, at: this.server.time })
  }

  /** As the counter does: its own at once, another till's by asking. */
  async open(id: string): Promise<string> {
    const own = this.drafts.byId(id)
    if (own) this.drafts.resume(id)
    const taken = own ? { state: 'yours' as const, value: own.value } : await this.live.take(id)
    if (taken.state !== 'yours') return taken.state
    this.working.add(id)
    await this.drafts.save(id, taken.value)
    return 'yours'
  }

  async sell(id: string): Promise<void> {
    this.sold.add(id)
    await this.end(id)
  }

  async end(id: string): Promise<void> {
    this.working.delete(id)
    await this.drafts.remove(id)
  }

  /** A contact with the server: what was sold is sent, parked tickets have their round. */
  async contact(): Promise<void> {
    if (this.wire === 'whole') for (const id of this.sold) this.server.sold.add(id)
    await this.live.round()
  }
}

async function desks(count: number): Promise<{ server: ParkedServer; all: readonly Desk[] }> {
  const server = new ParkedServer()
  const all: Desk[] = []
  for (let n = 1; n <= count; n++) all.push(await new Desk(`Caja ${String(n)}`, server).start())
  for (const desk of all) await desk.contact()
  return { server, all }
}

/** Two tills of a store; the first has parked a ticket, and listens while the second waits for it. */
async function two(): Promise<{ server: ParkedServer; first: Desk; second: Desk; id: string }> {
  const { server, all: [first, second] } = await desks(2)
  if (!first || !second) throw new Error('no tills')
  const id = await first.begin()
  await first.park(id, 2)
  await first.contact()
  await second.contact()
  second.meanwhile = () => first.contact()
  return { server, first, second, id }
}

describe('a parked ticket', () => {
  it('is seen at another till of the store, and goes on there once its own has let go of it', async () => {
    const { server, first, second, id } = await two()
    expect(second.elsewhere.get()).toEqual([{ id, till: 'Caja 1', staff: null, letter: 'A', lines: 2, total: 200, at: AT, free: true }])
    expect(server.rows.get(id)?.content).toBe('')

    expect(await second.open(id)).toBe('yours')
    await second.contact()

    expect(first.moved).toEqual([{ gone: [{ id, till: 'Caja 2' }], come: [] }])
    expect([first.drafts.byId(id), first.drafts.left]).toEqual([undefined, []])
    expect(second.drafts.byId(id)?.value).toEqual({ id, lines: 2 })
    expect([server.rows.get(id)?.state, server.rows.get(id)?.content]).toEqual(['ended', ''])
  })

  it('is resumed where it was parked without asking anybody, and then no other till gets it', async () => {
    const { first, second, id } = await two()
    first.wire = 'cut'

    expect(await first.open(id)).toBe('yours')
    first.wire = 'whole'
    expect(await second.open(id)).not.toBe('yours')
    expect([...first.working]).toEqual([id])
  })

  it('does not leave when somebody goes on with it just then', async () => {
    const { first, second, id } = await two()
    first.during = () => { first.drafts.resume(id) }

    expect(await second.open(id)).not.toBe('yours')
    expect(first.drafts.byId(id)?.value).toEqual({ id, lines: 2 })
  })

  it('stays with a till that is out of reach', async () => {
    const { server, first, second, id } = await two()
    first.wire = 'cut'
    expect(await second.open(id)).toBe('silent')

    server.time += 41_000
    await second.contact()

    expect(second.elsewhere.get().map(({ free }) => free)).toEqual([false])
    expect(await second.open(id)).toBe('silent')
    expect(first.drafts.byId(id)?.parked?.total).toBe(200)
  })

  it('goes to one of two tills that want it', async () => {
    const { server, all: [first, second, third] } = await desks(3)
    const id = await first!.begin()
    await first!.park(id)
    for (const desk of [first!, second!, third!]) await desk.contact()
    let other = ''
    second!.meanwhile = async () => { other = other === '' ? await third!.open(id) : other; await first!.contact() }

    expect([await second!.open(id), other]).toEqual(['yours', 'taken'])
    expect(server.rows.get(id)?.till).toBe('Caja 2')
  })

  it('that was given when nobody waited any more is there with the next contact', async () => {
    const { first, second, id } = await two()
    second.wire = 'deaf'
    expect(await second.open(id)).toBe('no_answer')
    second.wire = 'whole'
    await first.contact()

    await second.contact()

    expect(second.moved).toEqual([{ gone: [], come: [{ id, lines: 2 }] }])
  })

  it('is with nobody else while its hand-over has no answer, and arrives when there is one', async () => {
    const { first, second, id } = await two()
    second.meanwhile = async () => { await first.contact(); first.wire = 'cut' }
    first.wire = 'whole'
    const ask = second.open(id)
    expect(await ask).toBe('yours')

    await second.park(id)
    first.wire = 'whole'
    await second.contact()
    await first.contact()
    expect(first.elsewhere.get().map((one) => one.id)).toEqual([id])
  })

  it('that nobody wants any more when it has left is its own till\'s again', async () => {
    const { server, first, second, id } = await two()
    second.meanwhile = () => Promise.resolve()
    await second.open(id)
    first.wire = 'deaf'
    await first.drafts.leave(first.drafts.byId(id)!, 'want-of-before')
    first.wire = 'whole'
    server.time += 60_000

    await first.contact()

    expect(first.moved).toEqual([{ gone: [], come: [{ id, lines: 2 }] }])
    expect(first.drafts.byId(id)?.parked?.total).toBe(200)
  })

  it('is not given a second time by a message of an earlier hand-over', async () => {
    const { first, second, id } = await two()
    first.wire = 'late'
    await second.live.take(id)
    first.wire = 'whole'
    second.meanwhile = () => first.contact()
    await second.open(id)
    await second.park(id, 3)
    await second.contact()
    first.meanwhile = () => second.contact()
    await first.contact()
    expect(await first.open(id)).toBe('yours')
    await first.contact()
    await first.park(id, 4)
    await first.contact()

    first.deliver()
    await first.open(id)
    await second.contact()

    expect([second.drafts.byId(id), second.moved.flatMap(({ come }) => come)]).toEqual([undefined, []])
    expect(first.drafts.byId(id)?.value).toEqual({ id, lines: 4 })
  })

  it('that was sold is no longer to be had', async () => {
    const { server, first, second, id } = await two()
    await first.open(id)
    await first.sell(id)
    server.sold.add(id)

    expect(await second.open(id)).toBe('gone')
    await second.contact()
    expect(second.elsewhere.get()).toEqual([])
  })

  it('is shown again by a server that was put back to a copy from before', async () => {
    const { server, first, second, id } = await two()
    server.rows.clear()

    await first.contact()
    await second.contact()

    expect(second.elsewhere.get().map((one) => one.id)).toEqual([id])
  })
})

describe('whatever happens to the network', () => {
  const acts = fc.record({
    till: fc.nat({ max: 2 }), ticket: fc.nat({ max: 2 }),
    kind: fc.constantFrom('park', 'park', 'open', 'open', 'race', 'race', 'contact', 'contact', 'sell', 'end', 'wire', 'wire', 'wait', 'restart', 'deliver' as const),
    wire: fc.constantFrom<Wire>('whole', 'whole', 'whole', 'cut', 'deaf', 'late'), wait: fc.constantFrom(1, 5_000, 31_000, 47_000),
  })

  it('one till has a ticket, with all that was written on it, none is lost and none is sold twice', async () => {
    await fc.assert(fc.asyncProperty(fc.array(acts, { minLength: 20, maxLength: 80 }), async (line) => {
      const { server, all } = await desks(3)
      const tickets = [await all[0]!.begin(), await all[1]!.begin(), await all[2]!.begin()]
      const written = new Map<string, number>()
      const ended = new Set<string>()
      const park = async (desk: Desk, id: string): Promise<void> => {
        if (!desk.working.has(id)) return
        written.set(id, (written.get(id) ?? 1) + 1)
        await desk.park(id, written.get(id))
        await desk.live.round()
      }
      const open = async (desk: Desk, id: string): Promise<void> => {
        await desk.contact()
        const isSeen = desk.drafts.byId(id) !== undefined || desk.elsewhere.get().some((one) => one.id === id)
        if (isSeen && !desk.working.has(id)) await desk.open(id)
      }
      for (const desk of all) desk.meanwhile = async () => { for (const other of all) if (other !== desk) await other.contact() }
      // Whoever has it parks it; another wants it while its network changes and somebody there goes on with it.
      const race = async (desk: Desk, id: string, wire: Wire): Promise<void> => {
        const holder = all.find(({ working }) => working.has(id)) ?? desk
        const other = all[(all.indexOf(holder) + 1) % all.length]!
        await park(holder, id)
        const { meanwhile } = other
        let looks = 0
        other.meanwhile = async () => {
          looks += 1
          if (looks === 1) { holder.wire = wire; await holder.contact() }
          if (looks === 2 && holder.drafts.byId(id)) await holder.open(id)
          if (looks > 3) { holder.wire = 'whole'; await holder.contact() }
        }
        await open(other, id)
        other.meanwhile = meanwhile
      }
      const finish = async (desk: Desk, id: string, act: 'sell' | 'end'): Promise<void> => {
        if (!desk.working.has(id)) return
        ended.add(id)
        await desk[act](id)
      }
      for (const { till, ticket, kind, wire, wait } of line) {
        const [desk, id] = [all[till]!, tickets[ticket]!]
        server.time += 1
        if (kind === 'park') await park(desk, id)
        else if (kind === 'open') await open(desk, id)
        else if (kind === 'race') await race(desk, id, wire)
        else if (kind === 'sell' || kind === 'end') await finish(desk, id, kind)
        else if (kind === 'wire') desk.wire = wire
        else if (kind === 'wait') server.time += wait
        else await desk[kind]()
        for (const one of tickets) expect(all.filter(({ drafts }) => drafts.byId(one) !== undefined).length).toBeLessThanOrEqual(1)
      }
      for (const desk of all) { desk.wire = 'whole'; desk.deliver() }
      for (let n = 0; n < 4; n++) for (const desk of all) { server.time += 1; await desk.contact() }
      for (const one of tickets) {
        expect(all.filter(({ sold }) => sold.has(one)).length).toBeLessThanOrEqual(1)
        const found = all.flatMap(({ drafts }) => drafts.byId(one)?.value ?? [])
        if (!ended.has(one)) expect(found).toEqual([{ id: one, lines: written.get(one) ?? 1 }])
      }
      for (const desk of all) await desk.stop()
    }), { numRuns: 200 })
  }, 60_000)
})
