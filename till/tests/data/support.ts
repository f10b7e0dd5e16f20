/** Builders for the tests of the till's data: a device with its own disk, a till on it, and a sale. */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import type { Environment } from '../../src/data/environment.ts'
import type { Bodies, FactDraft, Till } from '../../src/data/index.ts'
import { openTill } from '../../src/data/index.ts'
import { IDS, TestServer } from './server.ts'

export interface Device {
  readonly server: TestServer
  readonly environment: Environment
  /** Milliseconds that this device's clock adds to the server's. */
  skew: number
  /** What `performance.now()` tells. */
  running: number
}

export function aDevice(server = new TestServer(), more: Partial<Environment> = {}): Device {
  const device: Device = {
    server,
    skew: 0,
    running: 0,
    environment: {
      indexedDB: new IDBFactory(),
      subtle: crypto.subtle,
      random: (count) => crypto.getRandomValues(new Uint8Array(count)),
      fetch: server.fetch,
      api: 'http://server.test/api/till/v1/',
      now: () => server.time + device.skew,
      monotonic: () => device.running,
      locks: null,
      storage: null,
      serviceWorker: null,
      secure: true,
      onWake: () => () => undefined,
      reload: () => undefined,
      wait: () => Promise.resolve(),
      pause: () => Promise.resolve(),
      frame: () => Promise.resolve(),
      // Rounds happen when a test asks for one.
      rhythm: { round: 3_600_000, answer: 5_000, backoffFirst: 3_600_000, backoffLast: 3_600_000, listen: 2_500 },
      app: 'mostrador-till test',
      ...more,
    },
  }
  return device
}

export const PART = {
  epoch: 'x', n: 1,
  organization: {
    id: IDS.organization, name: 'La Esquina', legal_name: '', tax_id: '', country: 'MX', currency: { code: 'MXN', digits: 2 }, locale: 'es-MX',
  },
  store: { id: IDS.store, code: 'C', name: 'Centro', address: '', phone: '', zone: 'America/Mexico_City', day_start_minutes: 0 },
  till: { id: IDS.till, code: '1', name: 'Caja 1', series: 'A1' },
  staff: [{ id: IDS.rosa, name: 'Rosa', role: 'cashier', pin: null, limits: { discount: 100000 } }],
  settings: { prices_include_tax: true, tax_rounding: 'line', cash_rounding: null, public_url: null, receipt_footer: '' },
}

/** A paired till, its first facts sent. */
export async function aPairedTill(device: Device): Promise<Till> {
  device.server.part ??= PART
  const till = await openTill(device.environment)
  const paired = await till.pair('123456')
  if (!paired.ok) throw new Error(paired.reason)
  await till.sync.now()
  return till
}

let made = 0
export function anId(): string {
  return `0199b2a4-7000-7c00-8c00-${String(++made).padStart(12, '0')}`
}

export async function openShift(till: Till, shift = anId()): Promise<string> {
  await till.write(
    'shift.opened', { shift, business_date: '2025-11-24', currency: 'MXN', float: 50000, clock_offset_ms: 0 }, { staff: IDS.rosa },
  )
  return shift
}

/** Close the shift with nothing counted: the journal does not read the figures. */
export async function closeShift(till: Till, shift: string): Promise<void> {
  const figures = {} as Bodies['shift.closed']['figures']
  const none = { expected: [], counted: [], difference: [], denominations: [], figures }
  await till.write('shift.closed', { shift, business_date: '2025-11-24', currency: 'MXN', ...none }, { staff: IDS.rosa })
}

/** A sale of so many minor units. The journal does not read baskets, so this one is empty. */
export function aSale(shift: string, gross = 1000, sale = anId()): FactDraft {
  return {
    kind: 'sale.recorded', staff: IDS.rosa, visit: { id: anId(), opened_at: 1_764_032_300_000 },
    body: { sale, shift, basket: {}, totals: { gross }, references: [], tokens: [], approvals: [], catalogue: null },
  }
}

export async function sell(till: Till, shift: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await till.writeAll([aSale(shift)])
}
