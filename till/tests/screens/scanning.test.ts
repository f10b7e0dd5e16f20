import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ScanHit } from '../../src/data/index.ts'

const counter = vi.hoisted(() => ({ put: vi.fn(() => true), misreads: vi.fn(), bringCoupon: vi.fn(() => false) }))
const app = vi.hoisted(() => ({ person: {}, shift: {}, sound: vi.fn(), go: vi.fn(), zone: { name: 'ticket' }, catalogue: { scanReady: true } }))
const catalogue = vi.hoisted(() => ({ byBarcode: vi.fn(), scan: vi.fn(), barcodeRules: () => [] }))
vi.mock('../../src/screens/sell/counter.svelte.ts', () => ({ counter }))
vi.mock('../../src/screens/fault.ts', () => ({ fault: (problem: unknown) => { throw problem as Error } }))
vi.mock('../../src/screens/app.svelte.ts', () => ({
  app, till: () => ({ now: () => 1_764_032_300_000, catalogue }), part: () => ({ organization: { currency: { digits: 2 } } }),
}))

const { scanned } = await import('../../src/screens/sell/scanning.ts')

const CODE = '2900009345882'
const HIT = { product: { id: 'p1' }, quantity: 1000 } as unknown as ScanHit

describe('a scan', () => {
  beforeEach(() => {
    vi.clearAllMocks()
    catalogue.byBarcode.mockReturnValue(null)
  })

  it('waits for the part that holds its product, though every code is known already', async () => {
    catalogue.scan.mockResolvedValue(HIT)
    scanned(CODE)

    await vi.waitFor(() => { expect(app.sound).toHaveBeenCalledExactlyOnceWith('scanned') })
    expect(counter.put).toHaveBeenCalledExactlyOnceWith(HIT.product, expect.objectContaining({ pack: 1000 }))
    expect(counter.misreads).not.toHaveBeenCalled()
  })

  it('becomes a row that says why not when no product carries its code', async () => {
    catalogue.scan.mockResolvedValue(null)
    scanned(CODE)

    await vi.waitFor(() => { expect(app.sound).toHaveBeenCalledExactlyOnceWith('unknown') })
    expect(counter.misreads).toHaveBeenCalledExactlyOnceWith({ code: CODE, problem: 'unknown' }, CODE)
    expect(counter.put).not.toHaveBeenCalled()
  })

  it('is shown and put nowhere while prices are asked for, and so is a code that no product carries', async () => {
    app.zone.name = 'check'
    catalogue.scan.mockResolvedValueOnce(HIT).mockResolvedValueOnce(null)
    scanned(CODE)
    await vi.waitFor(() => { expect(app.go).toHaveBeenCalledTimes(1) })
    scanned('1234')
    await vi.waitFor(() => { expect(app.go).toHaveBeenCalledTimes(2) })

    expect(app.go).toHaveBeenNthCalledWith(1, { name: 'check', seen: expect.objectContaining({ product: HIT.product }) as unknown })
    expect(app.go).toHaveBeenNthCalledWith(2, { name: 'check', seen: '1234' })
    expect(app.sound.mock.calls).toEqual([['scanned'], ['unknown']])
    expect(counter.put).not.toHaveBeenCalled()
    expect(counter.misreads).not.toHaveBeenCalled()
    app.zone.name = 'ticket'
  })
})
