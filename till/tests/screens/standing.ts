/** A person at an open till: the real data on a disk in memory, the screens' own state, a shift that is open. */
import { expect, vi } from 'vitest'
import type { Sellable } from '../../src/core/adding.ts'
import type { Environment } from '../../src/data/environment.ts'
import type { StaffMember } from '../../src/data/index.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { IDS, type TestServer } from '../data/server.ts'
import { aDevice, aPairedTill, openShift, PART, type Device } from '../data/support.ts'

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

/** What is sold, by piece for 89.00. */
export const COFFEE: Sellable = { id: 'p-coffee', name: 'Café', variant: '', unit: 'pieza', by: 'piece', price: 890_000 }

/** Stand there with a buyer whom the till knows, on a ticket with a coffee. `settings`: beside those of every test. */
export async function standWithBuyer(buyer: { readonly id: string } & Record<string, unknown>, settings: object): Promise<Device> {
  const device = await standAtTheTill({}, (server) => {
    server.part = { ...PART, settings: { ...PART.settings, ...settings } }
    server.buyers = [buyer]
    server.manifest = {
      epoch: server.epoch, n: 1, version: 'v1', format: 2, count: 0, parts: [], categories: [], taxes: [], tax_groups: [], families: [], barcode_rules: [],
    }
  })
  await till().sync.now()
  await vi.waitFor(() => { expect(till().buyers.byId(buyer.id)).not.toBeNull() })
  putFor(buyer.id)
  return device
}

/** Put a coffee on the ticket of a buyer. */
export function putFor(buyer: string): void {
  counter.put(COFFEE, {})
  counter.setBuyer(buyer)
}

/** The server does not answer any more. */
export async function goOffline(device: Device): Promise<void> {
  device.server.disturb = () => ({ when: 'before' })
  await till().sync.now()
  expect(app.sync?.online).toBe(false)
}

/** The sale, once it is written. */
export async function sold(): Promise<NonNullable<typeof counter.done>['fact']> {
  await vi.waitFor(() => { expect(counter.done).not.toBeNull() })
  return counter.done!.fact
}

export async function goHome(): Promise<void> {
  // What was put on a ticket last is kept in a turn of its own: the till is open for it.
  await new Promise((resolve) => { setTimeout(resolve) })
  await till().close()
  Object.assign(app, { till: null, part: null, person: null, shift: null, notice: null, zone: { name: 'ticket' } })
  vi.unstubAllGlobals()
}
