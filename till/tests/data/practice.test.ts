import { describe, expect, it } from 'vitest'
import type { Environment } from '../../src/data/environment.ts'
import { openTill } from '../../src/data/index.ts'
import { beginPractice, dropPractice, openPractice, PRACTICE_SERIES } from '../../src/data/practice.ts'
import { aDevice, aPairedTill, anId, aSale, closeShift, openShift, PART, sell, type Device } from './support.ts'
import { readPart } from '../../src/core/part-reader.ts'

const part = readPart(PART)!

async function names(environment: Environment): Promise<readonly (string | undefined)[]> {
  return (await environment.indexedDB.databases()).map(({ name }) => name).sort()
}

/** A till with an open shift, a fact that is not sent, and a ticket that waits. */
async function working(): Promise<{ device: Device; shift: string; draft: string }> {
  const device = aDevice()
  const till = await aPairedTill(device)
  const shift = await openShift(till)
  await till.sync.now()
  device.server.disturb = () => ({ when: 'before' })
  await sell(till, shift, 1)
  const draft = anId()
  await till.drafts.save(draft, { lines: [1] })
  await till.close()
  device.server.calls.length = 0
  return { device, shift, draft }
}

describe('practice', () => {
  it('sells, opens and closes shifts on a journal of its own, and speaks with nobody', async () => {
    const { device } = await working()
    device.server.disturb = null
    await beginPractice(part, device.environment)
    const till = await openPractice(device.environment)
    expect([till.state.get().name, till.openShift.get(), till.drafts.all.get()]).toEqual(['ready', null, []])
    expect([till.part.get()?.till.series, till.part.get()?.settings.public_url, till.part.get()?.staff.length]).toEqual([PRACTICE_SERIES, null, 1])

    const shift = await openShift(till)
    const [fact] = await till.writeAll([aSale(shift)])
    await closeShift(till, shift)
    await till.sync.now()

    expect(fact?.body).toMatchObject({ series: PRACTICE_SERIES, number: 1 })
    expect(till.sync.get().unsent).toBe(4)
    expect(device.server.calls).toEqual([])
    await till.close()
  })

  it('goes on where it was when the page is loaded anew, and is gone when one leaves', async () => {
    const { device } = await working()
    await beginPractice(part, device.environment)
    const first = await openPractice(device.environment)
    const shift = await openShift(first)
    await first.close()

    const again = await openPractice(device.environment)
    expect([again.openShift.get()?.id, again.part.get()?.till.name]).toEqual([shift, 'Caja 1'])
    await again.close()
    await dropPractice(device.environment)

    expect((await names(device.environment)).filter((name) => name?.startsWith('practice-'))).toEqual([])
  })

  it('begins fresh each time', async () => {
    const { device } = await working()
    for (let n = 0; n < 2; n++) {
      await beginPractice(part, device.environment)
      const till = await openPractice(device.environment)
      expect(till.openShift.get()).toBeNull()
      await openShift(till)
      await till.close()
    }
  })

  it('leaves the true shift, what is not sent, and open tickets as they were', async () => {
    const { device, shift, draft } = await working()
    await beginPractice(part, device.environment)
    const practice = await openPractice(device.environment)
    const other = await openShift(practice)
    await sell(practice, other, 3)
    await practice.drafts.save(anId(), { lines: [2] })
    await practice.close()
    await dropPractice(device.environment)

    const till = await openTill(device.environment)
    expect([till.openShift.get()?.id, till.sync.get().unsent, till.part.get()?.till.series]).toEqual([shift, 1, 'A1'])
    expect(till.drafts.all.get().map(({ id }) => id)).toEqual([draft])
    device.server.disturb = null
    await till.sync.now()
    expect(till.sync.get().unsent).toBe(0)
    expect(device.server.facts().map(({ kind }) => kind)).toEqual(['journal.opened', 'shift.opened', 'sale.recorded'])
    await till.close()
  })
})
