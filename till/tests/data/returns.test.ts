import { afterEach, describe, expect, it } from 'vitest'
import type { FactDraft, Till } from '../../src/data/index.ts'
import { openTill } from '../../src/data/index.ts'
import { IDS } from './server.ts'
import { aDevice, anId, aPairedTill, aSale, openShift } from './support.ts'
import type { Device } from './support.ts'

let device: Device
let till: Till
afterEach(() => till.close())

async function begin(): Promise<string> {
  device = aDevice()
  till = await aPairedTill(device)
  return openShift(till)
}

function aReturn(shift: string, sale: string | null, knew: readonly string[] = [], id = anId()): FactDraft {
  return {
    kind: 'return.recorded', staff: IDS.rosa, visit: { id: anId(), opened_at: 1_764_032_300_000 },
    body: {
      return: id, shift, sale: sale === null ? null : { id: sale, series: 'A1', number: 1 }, knew,
      document: { version: 1, currency: { code: 'MXN', digits: 2 }, lines: [], refunds: [] },
      totals: { version: 1, engine: 1, lines: [], net: 0, tax: 0, gross: 0, taxes: [], rounding: 0, paid: 0, change: 0, missing: 0 },
      references: [], approvals: [],
    },
  }
}

describe('what came back is written once', () => {
  it('takes the next number of the tickets and is found by its sale', async () => {
    const [shift, sale] = [await begin(), anId()]
    await till.writeAll([aSale(shift, 1000, sale)])
    await till.writeAll([aReturn(shift, sale)])
    await till.writeAll([aSale(shift)])

    const [back] = await till.tickets.returnsOf(sale)
    expect([back?.body.series, back?.body.number]).toEqual(['A1', 2])
    expect((await till.tickets.latest(1))[0]?.fact.body.number).toBe(3)
  })

  it('refuses a return that does not know of another one of the same sale, and stores nothing of its transaction', async () => {
    const [shift, sale, first] = [await begin(), anId(), anId()]
    await till.writeAll([aSale(shift, 1000, sale)])
    await till.writeAll([aReturn(shift, sale, [], first)])

    await expect(till.writeAll([aReturn(shift, sale), aSale(shift)])).rejects.toMatchObject({ code: 'more_came_back' })
    expect(await till.tickets.returnsOf(sale)).toHaveLength(1)
    expect((await till.tickets.latest(9)).map(({ fact }) => fact.body.number)).toEqual([1])
    await till.writeAll([aReturn(shift, sale, [first])])
    expect(await till.tickets.returnsOf(sale)).toHaveLength(2)
  })

  it('refuses the same return twice, with and without a ticket', async () => {
    const [shift, id] = [await begin(), anId()]
    await till.writeAll([aReturn(shift, null, [], id)])

    await expect(till.writeAll([aReturn(shift, null, [], id)])).rejects.toMatchObject({ code: 'return_already_recorded' })
  })

  it('puts an open ticket away that became a return before the till was stopped', async () => {
    const [shift, id] = [await begin(), anId()]
    await till.drafts.save(id, { lines: [1] })
    await till.writeAll([aReturn(shift, null, [], id)])
    await till.close()
    till = await openTill(device.environment)

    expect(till.drafts.all.get()).toEqual([])
  })
})

describe('a ticket by its paper', () => {
  it('is found by its secret and by that of a copy', async () => {
    const [shift, sale] = [await begin(), anId()]
    const [first, copy] = [till.newToken(), till.newToken()]
    const draft = aSale(shift, 1000, sale) as FactDraft & { readonly kind: 'sale.recorded' }
    await till.writeAll([{ ...draft, body: { ...draft.body, tokens: [{ kind: 'ticket', hash: first.hash }] } }])
    await till.write('ticket.reprinted', { sale, tokens: [{ kind: 'reprint', hash: copy.hash }] }, { staff: null })

    for (const { secret } of [first, copy]) expect((await till.tickets.byToken(till.hashOf(secret)))?.ticket.fact.body.sale).toBe(sale)
    expect(await till.tickets.byToken(till.hashOf('x'))).toBeNull()
  })

  it('is known as a gift by the secret of a gift ticket alone, which is no copy', async () => {
    const [shift, sale] = [await begin(), anId()]
    const [first, gift, copy] = [till.newToken(), till.newToken(), till.newToken()]
    const draft = aSale(shift, 1000, sale) as FactDraft & { readonly kind: 'sale.recorded' }
    await till.writeAll([{ ...draft, body: { ...draft.body, tokens: [{ kind: 'ticket', hash: first.hash }] } }])
    await till.write('ticket.reprinted', { sale, tokens: [{ kind: 'gift', hash: gift.hash }] }, { staff: null })
    await till.write('ticket.reprinted', { sale, tokens: [{ kind: 'reprint', hash: copy.hash }] }, { staff: null })

    const papers = await Promise.all([first, gift, copy].map(({ hash }) => till.tickets.byToken(hash)))
    expect(papers.map((found) => found?.paper)).toEqual(['ticket', 'gift', 'reprint'])
    expect(await till.tickets.reprints(sale)).toBe(1)
  })

  it('is found in a journal that an older till wrote', async () => {
    const [shift, sale] = [await begin(), anId()]
    const paper = till.newToken()
    const draft = aSale(shift, 1000, sale) as FactDraft & { readonly kind: 'sale.recorded' }
    await till.writeAll([{ ...draft, body: { ...draft.body, tokens: [{ kind: 'ticket', hash: paper.hash }] } }])
    await till.close()
    await asVersion1(device.environment.indexedDB)

    till = await openTill(device.environment)
    expect((await till.tickets.byToken(paper.hash))?.ticket.fact.body.sale).toBe(sale)
    await till.writeAll([aReturn(shift, sale)])
    expect(await till.tickets.returnsOf(sale)).toHaveLength(1)
  })
})

/** Write the journal's database anew as version 1 had it: without the newer indexes and their properties. */
async function asVersion1(factory: IDBFactory): Promise<void> {
  const NEWER = ['return_of', 'returned', 'opened_by']
  const open = (version?: number, upgrade?: (database: IDBDatabase) => void): Promise<IDBDatabase> =>
    new Promise((resolve, reject) => {
      const request = factory.open('mostrador-journal', version)
      request.onupgradeneeded = () => upgrade?.(request.result)
      request.onsuccess = () => { resolve(request.result) }
      request.onerror = () => { reject(new Error('the database did not open')) }
    })
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => { resolve(request.result) }
      request.onerror = () => { reject(new Error('the database did not answer')) }
    })
  const now = await open()
  const stores = [...now.objectStoreNames].map((name) => {
    const store = now.transaction(name).objectStore(name)
    const indexes = [...store.indexNames].filter((index) => !NEWER.includes(index)).map((index) => store.index(index))
    return { name, keyPath: store.keyPath, indexes: indexes.map(({ name: index, keyPath, unique }) => ({ index, keyPath, unique })) }
  })
  const rows = new Map<string, readonly (readonly [IDBValidKey, unknown])[]>()
  for (const { name } of stores) {
    const store = now.transaction(name).objectStore(name)
    const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())])
    rows.set(name, keys.map((key, at) => [key, values[at]] as const))
  }
  now.close()
  await settled(factory.deleteDatabase('mostrador-journal'))
  const old = await open(1, (database) => {
    for (const { name, keyPath, indexes } of stores) {
      const store = database.createObjectStore(name, keyPath === null ? {} : { keyPath })
      for (const { index, keyPath: path, unique } of indexes) store.createIndex(index, path, { unique })
    }
  })
  for (const { name, keyPath } of stores) {
    const store = old.transaction(name, 'readwrite').objectStore(name)
    for (const [key, value] of rows.get(name) ?? []) {
      const plain = typeof value === 'object' && value !== null && name === 'facts' ? Object.fromEntries(Object.entries(value).filter(([property]) => !NEWER.includes(property))) : value
      await settled(keyPath === null ? store.put(plain, key) : store.put(plain))
    }
  }
  old.close()
}
