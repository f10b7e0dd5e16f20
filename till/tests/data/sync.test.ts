import { afterEach, describe, expect, it, vi } from 'vitest'
import { findChainFault, NO_HASH } from '../../src/core/chain.ts'
import type { Till } from '../../src/data/index.ts'
import { openTill } from '../../src/data/index.ts'
import { json, TestServer } from './server.ts'
import { aDevice, anId, aPairedTill, aSale, openShift, PART, sell } from './support.ts'
import type { Device } from './support.ts'

let device: Device
let till: Till
afterEach(() => till.close())

async function begin(): Promise<string> {
  device = aDevice()
  till = await aPairedTill(device)
  const shift = await openShift(till)
  await till.sync.now()
  return shift
}

/** Let the till take its part anew, in which the server speaks so of parked facts. */
async function hear(parked: unknown): Promise<void> {
  device.server.part = { ...PART, parked }
  device.running += 2 * 60 * 60 * 1000
  await till.sync.now()
}

function sequences(): readonly number[] {
  return device.server.facts().map(({ seq }) => seq)
}

function current(): { readonly id: string; readonly status: string } {
  const [id, journal] = [...device.server.journals].at(-1)!
  return { id, status: journal.status }
}

describe('sending', () => {
  it('brings every fact once, in order', async () => {
    const shift = await begin()
    await sell(till, shift, 4)
    await till.sync.now()

    expect(sequences()).toEqual([1, 2, 3, 4, 5, 6])
    expect(till.sync.get()).toMatchObject({ online: true, unsent: 0, oldestAt: null, parked: [], problem: null, offset: 0 })
  })

  it('takes as many batches as it needs', async () => {
    const shift = await begin()
    device.server.disturb = () => ({ when: 'before' })
    await till.writeAll(Array.from({ length: 1100 }, () => aSale(shift)))
    device.server.disturb = null
    device.server.calls.length = 0
    await till.sync.now()

    expect(device.server.calls.filter((path) => path === 'push')).toHaveLength(3)
    expect(sequences()).toEqual(Array.from({ length: 1102 }, (_, i) => i + 1))
  })

  it('counts what is unsent, and the age of the oldest, while there is no server', async () => {
    const shift = await begin()
    device.server.disturb = () => ({ when: 'before' })
    device.server.time += 1000
    const [first] = await till.writeAll([aSale(shift)])
    device.server.time += 60_000
    await till.writeAll([aSale(shift)])
    await till.sync.now()

    expect(till.sync.get()).toMatchObject({ online: false, unsent: 2, oldestAt: first!.at, offlineSince: first!.at + 60_000 })
    expect(till.state.get().name).toBe('ready')
  })

  it('sends what is written after a person tried again, though the wait from before has not ended', async () => {
    const shift = await begin()
    device.server.disturb = () => ({ when: 'before' })
    await sell(till, shift, 1)
    await till.sync.now()
    await expect.poll(() => till.sync.get().online).toBe(false)

    device.server.disturb = null
    await till.sync.now()
    await expect.poll(() => till.sync.get().unsent).toBe(0)
    await sell(till, shift, 1)

    await expect.poll(() => till.sync.get().unsent).toBe(0)
  })

  it('never says that all is sent of a fact that is just written', async () => {
    const shift = await begin()
    expect(till.sync.get()).toMatchObject({ online: true, unsent: 0 })
    const [written] = await till.writeAll([aSale(shift)])

    expect(till.sync.get()).toMatchObject({ unsent: 1, oldestAt: written!.at })
  })

  it('has one effect when the answer was lost', async () => {
    const shift = await begin()
    device.server.disturb = (path) => (path === 'push' ? { when: 'after' } : null)
    await sell(till, shift, 2)
    await till.sync.now()
    expect(till.sync.get()).toMatchObject({ unsent: 2, online: false })
    expect(sequences()).toEqual([1, 2, 3, 4])

    device.server.disturb = null
    await till.sync.now()
    expect(till.sync.get()).toMatchObject({ unsent: 0, online: true })
    expect(sequences()).toEqual([1, 2, 3, 4])
  })

  it.each([
    ['a page of a captive portal', () => new Response('<html>Welcome</html>', { status: 200 })],
    ['JSON of another kind', () => json({ ok: true })],
    ['an answer without a watermark', () => json({ protocol: 1, epoch: 'e', journal: 'open', time: 1, answers: [] })],
    ['an answer of another protocol', () => json({ protocol: 2, epoch: 'e', watermark: 99, head: null, journal: 'open', time: 1, answers: [] })],
    ['a server error', () => json({}, 500)],
  ])('does not take %s for an answer', async (_, response) => {
    const shift = await begin()
    device.server.disturb = () => ({ when: 'before', response: response() })
    await sell(till, shift, 1)
    await till.sync.now()

    expect(till.sync.get()).toMatchObject({ unsent: 1, online: false })
  })

  it('goes on selling whatever the server does', async () => {
    const shift = await begin()
    device.server.disturb = () => ({ when: 'before', response: json({}, 401) })
    await till.sync.now()
    await sell(till, shift, 3)

    expect(till.sync.get().problem).toBe('unknown_token')
    expect(till.state.get().name).toBe('ready')
    expect((await till.tickets.latest(9)).map(({ fact }) => fact.body.number)).toEqual([3, 2, 1])
    expect(await till.canSell()).toEqual({ ok: true })
  })

  it('comes back when the server says so', async () => {
    const shift = await begin()
    await till.close()
    const calm = { ...device.environment, rhythm: { ...device.environment.rhythm, backoffFirst: 3_600_000 } }
    till = await openTill(calm)
    await till.sync.now()
    let refusals = 1
    device.server.disturb = (path) => (path === 'push' && refusals-- > 0
      ? { when: 'before', response: new Response('{}', { status: 503, headers: { 'Retry-After': '1' } }) } : null)
    await sell(till, shift, 1)
    await vi.waitFor(() => { expect(till.sync.get().online).toBe(false) })

    // One second, although the till's own wait after a failure would be an hour.
    await vi.waitFor(() => { expect(till.sync.get()).toMatchObject({ online: true, unsent: 0 }) }, 5_000)
  })

  it('measures how far its clock is from the server', async () => {
    await begin()
    device.skew = 90_000
    await till.sync.now()

    expect(till.sync.get().offset).toBe(-90_000)
    expect(till.serverNow()).toBe(device.server.time)
  })
})

describe('answers', () => {
  it('park one fact without holding back the others, and it is listed with its reason', async () => {
    const shift = await begin()
    const bad = { ...aSale(shift), id: anId() }
    device.server.park.set(bad.id, 'totals')
    await till.writeAll([aSale(shift), bad, aSale(shift)])
    await till.sync.now()

    const { unsent, parked } = till.sync.get()
    expect(unsent).toBe(0)
    expect(parked).toMatchObject([{ seq: 4, id: bad.id, kind: 'sale.recorded', state: 'parked', reason: 'totals' }])
    expect((await till.tickets.byNumber(2))?.answer).toEqual({ state: 'parked', reason: 'totals' })
  })

  it('of parked facts give way to what the office did with them, and to nothing else', async () => {
    const shift = await begin()
    const [first, second, third] = [1, 2, 3].map(() => ({ ...aSale(shift), id: anId() }))
    for (const { id } of [first!, second!, third!]) device.server.park.set(id, 'totals')
    await till.writeAll([first!, second!, third!])
    await till.sync.now()
    const { id } = current()
    const revision = till.tickets.revision.get()

    // 3, 4 and 5 are parked. One waits still, one was dealt with, and of the last the server had not read when it spoke.
    await hear([{ journal: id, watermark: 4, seqs: [3] }])

    expect(till.sync.get().parked.map(({ seq }) => seq)).toEqual([3, 5])
    expect((await till.tickets.byNumber(2))?.answer).toEqual({ state: 'accepted', reason: null })
    expect((await till.tickets.byNumber(1))?.answer).toEqual({ state: 'parked', reason: 'totals' })
    expect(till.tickets.revision.get()).toBeGreaterThan(revision)
    await hear(undefined)
    await hear([{ journal: anId(), watermark: 9, seqs: [] }])
    await hear([{ journal: id, watermark: 9, seqs: 'none' }])
    expect(till.sync.get().parked.map(({ seq }) => seq)).toEqual([3, 5])
    await hear([{ journal: id, watermark: 5, seqs: [] }])
    expect(till.sync.get().parked).toEqual([])
  })

  it('of a restored server take the place of those of its former life', async () => {
    const shift = await begin()
    const bad = { ...aSale(shift), id: anId() }
    device.server.park.set(bad.id, 'totals')
    await till.writeAll([bad])
    await till.sync.now()
    device.server.restore(2)
    device.server.park.clear()
    await till.sync.now()
    await till.sync.now()

    // A new life of the server judges anew, and it accepted.
    expect(till.sync.get().parked).toEqual([])
    device.server.restore(9)
    await till.sync.now()
    expect((await till.tickets.byNumber(1))?.answer?.state).toBe('accepted')
  })

  it('of a revoked till are all parked, and it sells no more', async () => {
    const shift = await begin()
    await sell(till, shift, 1)
    device.server.journals.get(current().id)!.status = 'revoked'
    await sell(till, shift, 1)
    await till.sync.now()
    await till.sync.now()

    expect(till.state.get().name).toBe('revoked')
    expect(await till.canSell()).toEqual({ ok: false, reason: 'not_ready' })
    expect(till.sync.get().unsent).toBe(0)
  })
})

describe('a restored server', () => {
  it('gets again all that its backup lacks', async () => {
    const shift = await begin()
    await sell(till, shift, 5)
    await till.sync.now()
    device.server.restore(3)
    await till.sync.now()
    await till.sync.now()

    expect(sequences()).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(till.sync.get().unsent).toBe(0)
  })

  it('gets it when the new epoch shows in the answer to a push', async () => {
    const shift = await begin()
    await sell(till, shift, 3)
    await till.sync.now()
    device.server.restore(2)
    await sell(till, shift, 1)
    await till.sync.now()
    await till.sync.now()

    expect(sequences()).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('that does not know the till any more leaves it selling, and its facts go into the saved file', async () => {
    const shift = await begin()
    await sell(till, shift, 2)
    await till.sync.now()
    const old = current().id
    device.server.restore(0)
    device.server.journals.delete(old)
    await till.sync.now()
    expect(till.sync.get().problem).toBe('unknown_token')
    await sell(till, shift, 1)

    expect(await till.pair('123456')).toEqual({ ok: true })
    await till.sync.now()
    expect(till.sync.get()).toMatchObject({ problem: null, unsent: 5 })
    await till.saveJournal()
    expect(till.sync.get().unsent).toBe(0)
    await sell(till, shift, 1)
    await till.sync.now()
    expect(device.server.facts(current().id).map(({ kind }) => kind)).toEqual(['journal.opened', 'sale.recorded'])
  })
})

describe('a chain that the server refuses', () => {
  async function fork(): Promise<string> {
    const shift = await begin()
    await sell(till, shift, 1)
    await till.sync.now()
    fake()
    return shift
  }

  /** Another device with the same profile has sent another fact at the next place. Returns the journal. */
  function fake(): string {
    const { id } = current()
    const { facts } = device.server.journals.get(id)!
    facts.push(facts.at(-1)!.replace('"seq":3', '"seq":4'))
    return id
  }

  /** The server takes its time with the next till part. */
  function holdTheNextPart(): { readonly isAskedFor: () => boolean; readonly give: (part: unknown) => void } {
    const { fetch } = device.environment
    let give: ((response: Response) => void) | null = null
    const held = (url: string, options: RequestInit): Promise<Response> =>
      url.endsWith('/till') ? new Promise((resolve) => { give = resolve }) : fetch(url, options)
    Object.assign(device.environment, { fetch: held })
    return { isAskedFor: () => give !== null, give: (part) => give?.(json(part)) }
  }

  it('is ended, and a new journal goes on that names it', async () => {
    const shift = await fork()
    const old = current().id
    await sell(till, shift, 2)
    await till.sync.now()
    await till.sync.now()
    await sell(till, shift, 1)
    await till.sync.now()

    const { id, status } = current()
    expect([id === old, status]).toEqual([false, 'open'])
    const facts = device.server.facts(id)
    expect(facts[0]).toMatchObject({ kind: 'journal.opened', body: { replaces: old, series: 'A2', server_head: { seq: 4 } } })
    expect(facts[1]).toMatchObject({ kind: 'sale.recorded', seq: 2, body: { series: 'A2', number: 1, shift } })
    expect(findChainFault(id, device.server.journals.get(id)!.facts)).toBeNull()
  })

  it('leaves its facts with the server as evidence, listed as refused', async () => {
    const shift = await fork()
    const old = current().id
    await sell(till, shift, 2)
    await till.sync.now()
    await till.sync.now()

    expect(device.server.journals.get(old)?.refused).toHaveLength(2)
    expect(till.sync.get()).toMatchObject({ unsent: 0 })
    const listed = [[4, 'refused'], [5, 'refused']]
    expect(till.sync.get().parked.map(({ seq, state }) => [seq, state])).toEqual(listed)
    // What the office settles of parked facts says nothing of a chain that does not hold.
    await hear([{ journal: old, watermark: 9, seqs: [] }])
    expect(till.sync.get().parked.map(({ seq, state }) => [seq, state])).toEqual(listed)
  })

  it('leaves them listed until the office has decided them, one by one, wherever its watermark stands', async () => {
    const shift = await fork()
    const old = current().id
    await sell(till, shift, 2)
    await till.sync.now()
    await till.sync.now()
    const seqs = (): readonly number[] => till.sync.get().parked.map(({ seq }) => seq)

    await hear([{ journal: old, watermark: 3, seqs: [], waiting_refused: [4, 5] }])
    expect(seqs()).toEqual([4, 5])
    await hear([{ journal: current().id, watermark: 9, seqs: [], waiting_refused: [] }])
    expect(seqs()).toEqual([4, 5])
    await hear([{ journal: old, watermark: 3, seqs: [], waiting_refused: [5] }])
    expect(seqs()).toEqual([5])
    await hear([{ journal: old, watermark: 3, seqs: [], waiting_refused: [] }])
    expect(seqs()).toEqual([])
  })

  it('keeps on the list what was refused while the office was answering', async () => {
    const shift = await begin()
    await sell(till, shift, 1)
    await till.sync.now()
    const answer = holdTheNextPart()
    device.running += 2 * 60 * 60 * 1000
    const asking = till.sync.now()
    await vi.waitFor(() => { expect(answer.isAskedFor()).toBe(true) })
    const old = fake()
    await sell(till, shift, 1)
    await vi.waitFor(() => { expect(till.sync.get().parked).toHaveLength(1) })

    answer.give({ ...PART, parked: [{ journal: old, watermark: 3, seqs: [], waiting_refused: [] }] })
    await asking
    expect(till.sync.get().parked).toMatchObject([{ journal: old, seq: 4, state: 'refused' }])
  })

  it('is noticed by the till itself when the server knows more than it wrote', async () => {
    const shift = await begin()
    const old = device.server.journals.get(current().id)!
    old.facts.push(...['x', 'y', 'z'])
    await till.sync.now()
    await till.sync.now()

    expect(device.server.journals.size).toBe(2)
    expect(till.openShift.get()?.id).toBe(shift)
  })

  it('asks for a new pairing when the server gives no new journal by itself', async () => {
    await begin()
    device.server.journals.get(current().id)!.status = 'reopen'
    device.server.disturb = (path) => (path === 'pair' ? { when: 'before', response: json({}, 404) } : null)
    await till.sync.now()

    expect(till.state.get().name).toBe('reopen')
    expect(till.sync.get().problem).toBe('reopen')
  })

  it('does not end an open shift', async () => {
    const shift = await fork()
    await sell(till, shift, 1)
    await till.sync.now()
    await till.sync.now()
    await sell(till, shift, 1)
    const before = till.openShift.get()
    await till.close()
    till = await openTill(device.environment)

    expect(before?.facts.map(({ kind }) => kind)).toEqual(['shift.opened', 'sale.recorded', 'sale.recorded', 'sale.recorded'])
    expect(till.openShift.get()).toEqual(before)
  })
})

describe('the saved journal', () => {
  it('holds header, facts as their bytes, annexes and the signed head', async () => {
    const shift = await begin()
    const annex = till.annex('nota')
    await till.writeAll([{ ...aSale(shift), annexes: [annex] }])
    await till.sync.now()
    const lines = (await (await till.saveJournal()).text()).split('\n')
    const { id } = current()

    expect(JSON.parse(lines[0]!)).toMatchObject({ format: 'mostrador-journal-v1', journal: id, series: 'A1', from: 1, to: 3, facts: 3, annexes: 1 })
    expect(lines.slice(1, 4)).toEqual(device.server.journals.get(id)?.facts)
    expect(JSON.parse(lines[4]!)).toEqual({ annex: { id: annex.id, fact: expect.any(String) as string, salt: annex.salt, text: 'nota' } })
    expect(JSON.parse(lines[5]!)).toMatchObject({ head: { seq: 3, signature: expect.stringMatching(/^[A-Za-z0-9_-]{86}$/) as string } })
    expect(lines.slice(6)).toEqual([''])
  })

  it('opens the way out of a till with unsent facts', async () => {
    const shift = await begin()
    device.server.disturb = () => ({ when: 'before' })
    await sell(till, shift, 2)
    expect(await till.unpair()).toEqual({ ok: false, reason: 'unsent', unsent: 2 })
    expect(till.state.get().name).toBe('ready')

    await till.saveJournal()
    expect(await till.unpair()).toEqual({ ok: true })
    expect(till.state.get().name).toBe('unpaired')
    expect((await till.tickets.latest(9)).length).toBe(2)
  })
})

describe('a copied profile', () => {
  it('is found out by its chain: both copies go on in journals of their own', async () => {
    const shift = await begin()
    const server = device.server
    const twin = aDevice(server)
    // The copy has the same key and token, and an older state of the disk.
    const { copyDisk } = await import('./disk.ts')
    await copyDisk(device.environment.indexedDB, twin.environment.indexedDB)
    const other = await openTill(twin.environment)
    await sell(till, shift, 1)
    await till.sync.now()
    await sell(other, shift, 1)
    await other.sync.now()
    await other.sync.now()
    await till.sync.now()
    await till.sync.now()
    await sell(till, shift, 1)
    await sell(other, shift, 1)
    await till.sync.now()
    await other.sync.now()
    await other.close()

    const journals = [...server.journals.values()]
    expect(journals.map(({ series }) => series)).toEqual(['A1', 'A2', 'A3'])
    expect(journals[0]?.refused).toHaveLength(1)
    expect(journals.slice(1).map(({ facts }) => facts.length)).toEqual([2, 2])
    expect(server.facts([...server.journals.keys()][1])[0]).toMatchObject({ prev: NO_HASH })
  })
})

it('a server that is shared by two tills keeps their journals apart', async () => {
  const server = new TestServer()
  server.codes.add('222222')
  device = aDevice(server)
  till = await aPairedTill(device)
  const other = await openTill(aDevice(server).environment)
  expect(await other.pair('222222')).toEqual({ ok: true })
  await sell(till, await openShift(till), 2)
  await sell(other, await openShift(other), 3)
  await till.sync.now()
  await other.sync.now()
  await other.close()

  expect([...server.journals.values()].map(({ facts }) => facts.length)).toEqual([4, 5])
})
