import { afterEach, describe, expect, it } from 'vitest'
import type { Till } from '../../src/data/index.ts'
import { aDevice, aPairedTill, openShift, sell } from './support.ts'

let till: Till
afterEach(() => till.close())

describe('a till that the office let go of', () => {
  it('is told what became of its facts, and is so as another till too', async () => {
    const device = aDevice()
    till = await aPairedTill(device)
    const shift = await openShift(till)
    const [id] = [...device.server.journals.keys()] as [string]
    const parked = (): readonly number[] => till.sync.get().parked.map(({ seq }) => seq)
    device.server.journals.get(id)!.status = 'revoked'
    await sell(till, shift, 2)
    await till.sync.now()
    await till.sync.now()
    expect(parked()).toEqual([2, 3, 4])

    device.server.waiting = [{ journal: id, watermark: 4, seqs: [4] }]
    await till.sync.now()
    expect(parked()).toEqual([4])
    expect(await till.pair('123456')).toEqual({ ok: true })
    device.server.waiting = [{ journal: id, watermark: 4, seqs: [] }]
    device.running += 2 * 60 * 60 * 1000
    await till.sync.now()
    expect([till.state.get().name, parked()]).toEqual(['ready', []])
  })
})
