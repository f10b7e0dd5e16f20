import { afterEach, describe, expect, it } from 'vitest'
import { findChainFault } from '../../src/core/chain.ts'
import type { Fact, Till } from '../../src/data/index.ts'
import { openTill } from '../../src/data/index.ts'
import { IDS } from './server.ts'
import { aDevice, anId, aPairedTill, aSale, openShift, sell } from './support.ts'
import type { Device } from './support.ts'

let device: Device
let till: Till
afterEach(() => till.close())

async function begin(): Promise<string> {
  device = aDevice()
  till = await aPairedTill(device)
  return openShift(till)
}

async function reopen(): Promise<void> {
  await till.close()
  till = await openTill(device.environment)
}

async function numbers(): Promise<readonly number[]> {
  const tickets = await till.tickets.latest(1000)
  return tickets.map(({ fact }) => fact.body.number).reverse()
}

describe('a new till', () => {
  it('waits for a code', async () => {
    device = aDevice()
    till = await openTill(device.environment)

    expect(till.state.get().name).toBe('unpaired')
    await expect(till.writeAll([aSale(anId())])).rejects.toMatchObject({ code: 'not_paired' })
  })

  it('becomes one with a code of the office, and its journal begins', async () => {
    device = aDevice()
    till = await aPairedTill(device)

    expect(till.state.get().name).toBe('ready')
    expect(till.part.get()?.store.name).toBe('Centro')
    const [opened] = device.server.facts() as Fact<'journal.opened'>[]
    expect(opened).toMatchObject({ seq: 1, kind: 'journal.opened', body: { series: 'A1', till: IDS.till, replaces: null, server_head: null } })
  })

  it('says why it was not paired, and stays unpaired', async () => {
    device = aDevice()
    till = await openTill(device.environment)

    expect(await till.pair('999999')).toEqual({ ok: false, reason: 'unknown_code' })
    expect(till.state.get().name).toBe('unpaired')
  })

  it('asks for the same journal again when the answer to pairing was lost', async () => {
    device = aDevice()
    device.server.disturb = (path) => (path === 'pair' ? { when: 'after' } : null)
    till = await openTill(device.environment)
    expect(await till.pair('123456')).toEqual({ ok: false, reason: 'no_server' })

    device.server.disturb = null
    expect(await till.pair('123456')).toEqual({ ok: true })
    expect(device.server.journals.size).toBe(1)
  })
})

describe('ticket numbers', () => {
  it('have no gap after a write that was aborted half-way', async () => {
    const shift = await begin()
    await sell(till, shift, 2)
    const twice = aSale(shift)

    // The first of the three is fine, the third repeats it: nothing of the whole may be stored.
    await expect(till.writeAll([twice, aSale(shift), twice])).rejects.toMatchObject({ code: 'sale_already_recorded' })
    await sell(till, shift, 1)

    expect(await numbers()).toEqual([1, 2, 3])
    await till.sync.now()
    expect(device.server.facts().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
  })

  it('go on after a restart', async () => {
    const shift = await begin()
    await sell(till, shift, 3)
    await reopen()
    await sell(till, shift, 2)

    expect(await numbers()).toEqual([1, 2, 3, 4, 5])
  })

  it('are taken one by one when sales are written at the same moment', async () => {
    const shift = await begin()
    await Promise.all(Array.from({ length: 20 }, () => till.writeAll([aSale(shift)])))

    expect(await numbers()).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  })
})

describe('the journal', () => {
  it('writes an approval and the sale that names it together', async () => {
    const shift = await begin()
    const approval = till.newId()
    const sale = aSale(shift)
    const facts = await till.writeAll([
      { kind: 'approval.given', id: approval, staff: IDS.rosa, body: { approver: anId(), action: 'discount', reason: 'damaged', amount: 100 } },
      sale,
    ])

    expect(facts.map(({ kind, seq, id }) => [kind, seq, id === approval])).toEqual([
      ['approval.given', 3, true], ['sale.recorded', 4, false],
    ])
  })

  it('does not sell the same ticket twice', async () => {
    const shift = await begin()
    const sale = aSale(shift)
    await till.writeAll([sale])

    await expect(till.writeAll([sale])).rejects.toMatchObject({ code: 'sale_already_recorded' })
    expect(await numbers()).toEqual([1])
  })

  it('sells only in the shift that is open', async () => {
    const shift = await begin()

    await expect(till.writeAll([aSale(anId())])).rejects.toMatchObject({ code: 'other_shift' })
    await expect(openShift(till)).rejects.toMatchObject({ code: 'shift_already_open' })
    expect(till.openShift.get()?.id).toBe(shift)
    expect(till.openShift.get()?.facts).toHaveLength(1)
  })

  it('stores nothing when a body holds a fraction', async () => {
    const shift = await begin()

    await expect(till.writeAll([aSale(shift, 10.5)])).rejects.toMatchObject({ code: 'not_canonical' })
    expect(await numbers()).toEqual([])
  })

  it('is a chain that verifies', async () => {
    const shift = await begin()
    await sell(till, shift, 5)
    await till.sync.now()
    const [id, journal] = [...device.server.journals][0]!

    expect(findChainFault(id, journal.facts)).toBeNull()
    expect(journal.facts).toHaveLength(7)
  })

  it('never goes back in time', async () => {
    const shift = await begin()
    const [before] = await till.writeAll([aSale(shift)])
    device.skew = -7_200_000
    const [after] = await till.writeAll([aSale(shift)])

    expect(after!.at).toBe(before!.at + 1000)
    expect(after!.flags).toEqual(['clock_back'])
  })

  it('keeps the texts beside a fact out of it, and sends them', async () => {
    const shift = await begin()
    const annex = till.annex('sin azúcar')
    const [fact] = await till.writeAll([{ ...aSale(shift), annexes: [annex] }])
    await till.sync.now()

    expect(JSON.stringify(fact)).not.toContain('azúcar')
    expect(await till.tickets.annexesOf(fact!.id)).toEqual([annex])
    expect(device.server.annexes).toMatchObject([{ id: annex.id, fact: fact!.id, text: 'sin azúcar' }])
  })
})

describe('the open shift', () => {
  it('is there again after a restart, with all its facts', async () => {
    const shift = await begin()
    await sell(till, shift, 2)
    const before = till.openShift.get()
    await reopen()

    expect(till.openShift.get()).toEqual(before)
    expect(before?.facts.map(({ kind }) => kind)).toEqual(['shift.opened', 'sale.recorded', 'sale.recorded'])
  })

  it('ends with a Z that has the next number and the perpetual total', async () => {
    const shift = await begin()
    await till.writeAll([aSale(shift, 1500), aSale(shift, 250)])
    const amounts = [{ method: 'cash' as const, amount: 51750 }]
    const figures = {
      sales: 2, visits_without_sale: 0, first_number: 1, last_number: 2, gross: 1750, net: 1750, tax: 0, discount: 0, rounding: 0, tips: 0,
      taxes: [], payments: [{ method: 'cash' as const, amount: 1750 }], float: 50000, cash_in: 0, cash_out: 0, drawer_openings: 0, reprints: 0,
    }
    const z = await till.write('shift.closed', {
      shift, business_date: '2025-11-24', currency: 'MXN', expected: amounts, counted: amounts,
      difference: [{ method: 'cash', amount: 0 }], denominations: [], figures,
    }, { staff: IDS.rosa })

    expect([z.body.z, z.body.perpetual]).toEqual([1, 1750])
    expect(till.openShift.get()).toBeNull()
    await expect(till.writeAll([aSale(shift)])).rejects.toMatchObject({ code: 'no_open_shift' })
  })
})

describe('tickets', () => {
  it('are listed newest first, in pages, and found by number and by sale', async () => {
    const shift = await begin()
    for (let i = 0; i < 5; i++) {
      device.server.time += 1000
      await till.writeAll([aSale(shift, 100 + i)])
    }
    const first = await till.tickets.latest(2)
    const second = await till.tickets.latest(2, first.at(-1))

    expect([...first, ...second].map(({ fact }) => fact.body.number)).toEqual([5, 4, 3, 2])
    const found = await till.tickets.byNumber(3)
    expect(found?.fact.body.totals.gross).toBe(102)
    expect((await till.tickets.bySale(found!.fact.body.sale))?.fact.id).toBe(found?.fact.id)
    expect(await till.tickets.byNumber(9)).toBeNull()
  })

  it('count their copies', async () => {
    const shift = await begin()
    const sale = anId()
    await till.writeAll([aSale(shift, 100, sale)])
    await till.write('ticket.reprinted', { sale, tokens: [] }, { staff: IDS.rosa })

    expect(await till.tickets.reprints(sale)).toBe(1)
  })
})

describe('open tickets', () => {
  it('survive a restart in the order in which they were begun', async () => {
    await begin()
    await till.drafts.save('b', { lines: [1] })
    device.server.time += 5
    await till.drafts.save('a', { lines: [2] })
    await till.drafts.save('b', { lines: [3] })
    await reopen()

    expect(till.drafts.all.get().map(({ id, value }) => [id, value])).toEqual([['b', { lines: [3] }], ['a', { lines: [2] }]])
  })

  it('are gone after a restart when their sale is in the journal', async () => {
    const shift = await begin()
    const sale = anId()
    await till.drafts.save(sale, { lines: [1] })
    await till.writeAll([aSale(shift, 100, sale)])
    await reopen()

    expect(till.drafts.all.get()).toEqual([])
  })
})
