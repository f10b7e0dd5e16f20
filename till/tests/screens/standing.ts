/** A person at an open till: the real data on a disk in memory, the screens' own state, a shift that is open. */
import { vi } from 'vitest'
import type { Environment } from '../../src/data/environment.ts'
import type { StaffMember } from '../../src/data/index.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { IDS, type TestServer } from '../data/server.ts'
import { aDevice, aPairedTill, openShift, type Device } from '../data/support.ts'

const ROSA = { id: IDS.rosa, limits: { discount: 1_000_000, may_approve: true } } as unknown as StaffMember

/** `says`: what its server has before the till is paired. */
export async function standAtTheTill(more: Partial<Environment> = {}, says: (server: TestServer) => void = () => undefined): Promise<Device> {
  vi.stubGlobal('reportError', () => undefined)
  const device = aDevice(undefined, more)
  says(device.server)
  app.attach(await aPairedTill(device))
  app.person = ROSA
  await openShift(till())
  counter.start()
  return device
}

export async function goHome(): Promise<void> {
  await till().close()
  Object.assign(app, { till: null, part: null, person: null, shift: null, notice: null, zone: { name: 'ticket' } })
  vi.unstubAllGlobals()
}
