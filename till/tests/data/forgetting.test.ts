import { afterEach, describe, expect, it } from 'vitest'
import { walk, write } from '../../src/data/database.ts'
import type { Till } from '../../src/data/index.ts'
import { openTill } from '../../src/data/index.ts'
import { openJournalDatabase, type StoredFact } from '../../src/data/journal/records.ts'
import { aDevice, aPairedTill, closeShift, openShift, sell } from './support.ts'
import type { Device } from './support.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let device: Device
let till: Till
afterEach(() => till.close())

async function begin(skew = 0): Promise<string> {
  device = aDevice()
  device.skew = skew
  till = await aPairedTill(device)
  const shift = await openShift(till)
  await till.sync.now()
  return shift
}

/** Let time pass for till and server, and the till speak with it. */
async function aWhileLater(ms: number): Promise<void> {
  device.server.time += ms
  device.running += DAY_MS
  await till.sync.now()
}

/** The facts that the till still has, as the header of its saved journal tells. */
async function held(): Promise<{ readonly from: number; readonly to: number } | null> {
  const [header] = (await (await till.saveJournal()).text()).split('\n')
  if (header === '') return null
  const { from, to } = JSON.parse(header!) as { readonly from: number; readonly to: number }
  return { from, to }
}

/** Make the journal's database that of an older till. */
async function forgetTheTimesOfAnswers(): Promise<void> {
  const database = await openJournalDatabase(device.environment.indexedDB, () => undefined)
  await write(database, ['facts', 'meta'], 'strict', (transaction) => {
    transaction.objectStore('meta').delete('unnoted_since')
    return walk(transaction.objectStore('facts'), null, 'next', (value, cursor) => {
      const { answered_at: _, ...older } = value as StoredFact
      cursor.update(older)
      return true
    })
  })
  database.close()
}

describe('forgetting', () => {
  it('takes answered facts after 35 days, and never the open shift', async () => {
    const shift = await begin()
    await sell(till, shift, 2)
    await till.sync.now()
    await aWhileLater(40 * DAY_MS)

    // journal.opened is gone; the shift that is still open stays whole.
    expect((await till.tickets.latest(9)).length).toBe(2)
    expect(await held()).toEqual({ from: 2, to: 4 })
  })

  it.each([
    ['by a clock that is far behind', -40 * DAY_MS, 0, 1],
    ['by a till that was alone for longer', 0, 40 * DAY_MS, 3],
  ])('counts from the answer what was written %s', async (_, skew, alone, from) => {
    const shift = await begin(skew)
    device.server.disturb = (path) => (path === 'push' ? { when: 'before' } : null)
    await sell(till, shift, 2)
    await closeShift(till, shift)
    device.server.time += alone
    device.server.disturb = null
    await till.sync.now()
    await aWhileLater(1)

    // All are answered; the sales and the end of their shift are still there.
    expect([till.sync.get().unsent, await held()]).toEqual([0, { from, to: 5 }])
    await aWhileLater(34 * DAY_MS)
    expect(await held()).toEqual({ from, to: 5 })
    await aWhileLater(2 * DAY_MS)
    expect(await held()).toBeNull()
  })

  it('counts from its own first day what an older till left, which noted no answer\'s time', async () => {
    const shift = await begin()
    await sell(till, shift, 2)
    await closeShift(till, shift)
    await till.sync.now()
    await till.close()
    await forgetTheTimesOfAnswers()
    device.server.time += 40 * DAY_MS
    till = await openTill(device.environment)
    await till.sync.now()
    expect(await held()).toEqual({ from: 1, to: 5 })

    await aWhileLater(34 * DAY_MS)
    expect(await held()).toEqual({ from: 1, to: 5 })
    await aWhileLater(2 * DAY_MS)
    expect(await held()).toBeNull()
  })

  it('does not believe a clock that jumped ahead', async () => {
    await begin()
    device.skew = 4000 * DAY_MS
    await aWhileLater(0)

    expect(await held()).toEqual({ from: 1, to: 2 })
  })

  it('keeps what was not answered, however old', async () => {
    const shift = await begin()
    device.server.disturb = (path) => (path === 'push' ? { when: 'before' } : null)
    await sell(till, shift, 2)
    await aWhileLater(40 * DAY_MS)

    expect((await till.tickets.latest(9)).length).toBe(2)
    expect(till.sync.get().unsent).toBe(2)
  })
})
