import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { app, till } from '../../src/screens/app.svelte.ts'
import { overdueDate } from '../../src/screens/drawer/overdue.ts'
import type { Device } from '../data/support.ts'
import { goHome, standAtTheTill } from './standing.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let device: Device
beforeEach(async () => {
  device = await standAtTheTill()
  app.now = till().now()
})
afterEach(goHome)

describe('a shift that should have been closed', () => {
  it('is named by its business date once it is open for more than a day', () => {
    app.now += DAY_MS
    expect(overdueDate()).toBeNull()

    app.now += 1
    expect(overdueDate()).toBe('2025-11-24')
  })

  it('is not one because the clock of the till jumped ahead', async () => {
    device.skew = 2 * DAY_MS
    await till().sync.now()
    app.now = till().now()

    expect(overdueDate()).toBeNull()
  })

  it('is one although the clock of the till was set back', async () => {
    device.server.time += 2 * DAY_MS
    device.skew = -2 * DAY_MS
    await till().sync.now()
    app.now = till().now()

    expect(overdueDate()).toBe('2025-11-24')
  })

  it('is none where none is open', () => {
    app.shift = null
    app.now += 9 * DAY_MS

    expect(overdueDate()).toBeNull()
  })
})
