import { createHmac, pbkdf2Sync } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { lead } from '../../src/data/leader.ts'
import { RESERVE_BYTES } from '../../src/data/storage.ts'
import type { Till } from '../../src/data/index.ts'
import { openTill } from '../../src/data/index.ts'
import { IDS } from './server.ts'
import { aDevice, aPairedTill, openShift, PART, sell } from './support.ts'
import type { Device } from './support.ts'

let device: Device
let till: Till
afterEach(() => till.close())

const SALT = 'c2FsdC1vZi1yb3Nh'
const DEVICE_SALT = 'c2FsdC1vZi1kZXZpY2U'

/** A verifier as the server makes it, by another implementation (ruling 13). */
function pinOf(pin: string): object {
  const base = pbkdf2Sync(pin, Buffer.from(SALT, 'base64url'), 1000, 32, 'sha256')
  const verifier = createHmac('sha256', Buffer.from(DEVICE_SALT, 'base64url')).update(base).digest('base64url')
  return { salt: SALT, iterations: 1000, device_salt: DEVICE_SALT, verifier }
}

describe('a PIN', () => {
  async function begin(): Promise<void> {
    device = aDevice()
    const second = { ...PART.staff[0], id: 'luis', name: 'Luis', pin: pinOf('2580') }
    device.server.part = { ...PART, staff: [{ ...PART.staff[0], pin: pinOf('1470') }, second, { ...PART.staff[0], id: 'nadie' }] }
    till = await aPairedTill(device)
  }

  async function fail(times: number, who: string = IDS.rosa): Promise<unknown> {
    let last: unknown = null
    for (let i = 0; i < times; i++) last = await till.checkPin(who, '0000')
    return last
  }

  it('is checked without the server', async () => {
    await begin()
    device.server.disturb = () => ({ when: 'before' })

    expect(await till.checkPin(IDS.rosa, '1470')).toEqual({ ok: true })
    expect(await till.checkPin(IDS.rosa, '1471')).toEqual({ ok: false, reason: 'wrong', left: 4 })
    expect(await till.checkPin('luis', '1470')).toEqual({ ok: false, reason: 'wrong', left: 4 })
    expect(await till.checkPin('nadie', '1470')).toEqual({ ok: false, reason: 'no_pin' })
  })

  it('makes wait after five failures, the right one too, and only this person', async () => {
    await begin()

    expect(await fail(5)).toEqual({ ok: false, reason: 'wrong', left: 0 })
    expect(await till.checkPin(IDS.rosa, '1470')).toEqual({ ok: false, reason: 'wait', wait_ms: 30_000 })
    expect(await till.checkPin('luis', '2580')).toEqual({ ok: true })
  })

  it('may be tried again after the wait, and being right forgets the failures', async () => {
    await begin()
    await fail(5)
    device.running += 30_000

    expect(await till.checkPin(IDS.rosa, '1470')).toEqual({ ok: true })
    expect(await till.checkPin(IDS.rosa, '0000')).toEqual({ ok: false, reason: 'wrong', left: 4 })
  })

  it('is not waited for less by a reload or by setting the clock', async () => {
    await begin()
    await fail(5)
    device.running += 10_000
    await till.checkPin(IDS.rosa, '0000')
    await till.close()
    device.skew = 365 * 24 * 60 * 60 * 1000
    device.running = 0
    till = await openTill(device.environment)

    expect(await till.checkPin(IDS.rosa, '1470')).toEqual({ ok: false, reason: 'wait', wait_ms: 20_000 })
  })

  it('counts tries that are made at the same moment', async () => {
    await begin()
    const results = await Promise.all(Array.from({ length: 8 }, () => till.checkPin(IDS.rosa, '0000')))

    expect(results.map((result) => (result.ok ? 'ok' : result.reason))).toEqual([
      'wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'wait', 'wait', 'wait',
    ])
  })

  it('tried for one person after another slows the whole device down', async () => {
    await begin()
    const many = Array.from({ length: 20 }, (_, i) => ({ ...PART.staff[0], id: `p${String(i)}`, pin: pinOf('2580') }))
    device.server.part = { ...PART, staff: many }
    device.running += 2 * 60 * 60 * 1000
    await till.sync.now()
    for (const { id } of many) await fail(1, id)

    expect(await till.checkPin('p0', '2580')).toEqual({ ok: false, reason: 'wait', wait_ms: 30_000 })
  })
})

describe('storage', () => {
  function aDisk(free: () => number, persist: boolean | (() => boolean) = true): StorageManager {
    return {
      persisted: () => Promise.resolve(false), persist: () => Promise.resolve(typeof persist === 'function' ? persist() : persist),
      estimate: () => Promise.resolve({ usage: 1_000_000, quota: 1_000_000 + free() }),
    } as StorageManager
  }

  it('that is full refuses a sale before it is paid', async () => {
    device = aDevice(undefined, { storage: aDisk(() => RESERVE_BYTES - 1) })
    till = await aPairedTill(device)

    expect(await till.canSell()).toEqual({ ok: false, reason: 'storage_full' })
  })

  it('that was plenty a moment ago is measured after the sale, and refuses the next one', async () => {
    let free = 1e9
    device = aDevice(undefined, { storage: aDisk(() => free) })
    till = await aPairedTill(device)
    await vi.waitFor(() => { expect(till.storage.get().quota).toBe(1_001_000_000) })
    free = 0

    expect(await till.canSell()).toEqual({ ok: true })
    await openShift(till)
    await vi.waitFor(() => { expect(till.storage.get().quota).toBe(1_000_000) })
    expect(await till.canSell()).toEqual({ ok: false, reason: 'storage_full' })
  })

  it('that was plenty a minute ago is measured before the sale', async () => {
    let free = 1e9
    device = aDevice(undefined, { storage: aDisk(() => free) })
    till = await aPairedTill(device)
    await vi.waitFor(() => { expect(till.storage.get().quota).toBe(1_001_000_000) })
    free = 0
    device.running += 60_001

    expect(await till.canSell()).toEqual({ ok: false, reason: 'storage_full' })
  })

  it('is freed of the cache first, and then it sells', async () => {
    let asked = 0
    device = aDevice(undefined, { storage: aDisk(() => (asked++ < 2 ? 0 : RESERVE_BYTES)) })
    till = await aPairedTill(device)
    await vi.waitFor(() => { expect(till.storage.get().quota).toBe(1_000_000) })

    expect(await till.canSell()).toEqual({ ok: true })
  })

  it('shows the browser\'s answer to being asked to keep it', async () => {
    device = aDevice(undefined, { storage: aDisk(() => 1e9, false) })
    till = await openTill(device.environment)

    await vi.waitFor(() => { expect(till.storage.get()).toEqual({ persisted: false, usage: 1_000_000, quota: 1_001_000_000 }) })
  })

  it('is asked for again when a person wants so, and the newest answer is shown', async () => {
    let isInstalled = false
    device = aDevice(undefined, { storage: aDisk(() => 1e9, () => isInstalled) })
    till = await openTill(device.environment)

    expect(await till.keepData()).toBe(false)
    isInstalled = true
    expect(await till.keepData()).toBe(true)
    expect(till.storage.get().persisted).toBe(true)
  })

  it('cannot be asked for where the browser knows no such thing', async () => {
    device = aDevice()
    till = await openTill(device.environment)

    expect(await till.keepData()).toBeNull()
  })
})

/** Web Locks as browsers have them, for one lock. */
function someLocks(): LockManager {
  const waiting: (() => void)[] = []
  let isHeld = false
  const run = async (work: LockGrantedCallback<unknown>): Promise<void> => {
    isHeld = true
    await work({ name: 'x', mode: 'exclusive' })
    isHeld = false
    waiting.shift()?.()
  }
  const request = async (_name: string, options: LockOptions, work: LockGrantedCallback<unknown>): Promise<void> => {
    if (!isHeld) return run(work)
    if (options.ifAvailable) {
      await work(null)
      return
    }
    await new Promise<void>((go) => waiting.push(go))
    return run(work)
  }
  return { request, query: () => Promise.resolve({}) } as unknown as LockManager
}

describe('a second tab', () => {
  it('writes nothing while the first is open, and begins anew when it closes', async () => {
    const locks = someLocks()
    const reload = vi.fn()
    device = aDevice(undefined, { locks, reload })
    till = await aPairedTill(device)
    const shift = await openShift(till)
    await sell(till, shift, 1)
    const second = await openTill(device.environment)

    expect(second.state.get().name).toBe('second_tab')
    await expect(sell(second, shift, 1)).rejects.toThrow('this page is not the till')
    expect(await second.canSell()).toEqual({ ok: false, reason: 'not_ready' })
    expect(reload).not.toHaveBeenCalled()
    await till.close()
    await vi.waitFor(() => { expect(reload).toHaveBeenCalledTimes(1) })
    await second.close()
    till = await openTill(device.environment)
    expect((await till.tickets.latest(9)).length).toBe(1)
  })

  it('is the only one where a browser has no locks', async () => {
    till = await openTill(aDevice().environment)

    expect((await lead(null)).isLeader).toBe(true)
  })
})

it('a page without keys says that its origin is not secure', async () => {
  till = await openTill(aDevice(undefined, { secure: false }).environment)

  expect(till.state.get()).toEqual({ name: 'insecure', reason: null })
})

it('a browser that refuses its storage leaves a till that says so', async () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const refusing = { open: () => { throw new DOMException('no', 'SecurityError') } } as unknown as IDBFactory
  till = await openTill(aDevice(undefined, { indexedDB: refusing }).environment)

  expect(till.state.get().name).toBe('broken')
  expect(silent).toHaveBeenCalledTimes(1)
})

it('a buyer\'s token has 128 bits, and the fact gets the hash of its letters', async () => {
  till = await openTill(aDevice().environment)
  const { secret, hash } = till.newToken()
  const { createHash } = await import('node:crypto')

  expect(secret).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(hash).toBe(createHash('sha256').update(secret).digest('hex'))
  expect(till.newToken().secret).not.toBe(secret)
})
