import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { onHand, forgetOnHand } from '../../src/screens/goods/on_hand.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { IDS } from '../data/server.ts'
import { aSale, type Device } from '../data/support.ts'
import { goHome, standAtTheTill } from './standing.ts'

const COFFEE = '0199b2a4-7000-7b00-8b00-000000000201'
const NORTH = { store: IDS.store, name: 'Norte', quantity: 3000 }
let device: Device

function says(more: object = {}): void {
  device.server.said.set(`stock?product=${COFFEE}`, { at: device.server.time, here: 12_000, others: [NORTH], more: 0, known: device.server.known(), ...more })
}

async function sell(count: number): Promise<void> {
  const plain = aSale(app.shift?.id ?? '')
  const basket = { lines: [{ product_id: COFFEE, quantity: count * 1000 }] }
  await till().writeAll([{ ...plain, body: { ...plain.body, basket } } as typeof plain])
}

beforeEach(async () => {
  forgetOnHand()
  device = await standAtTheTill()
  await till().sync.now()
})
afterEach(goHome)

describe('what there is of a product', () => {
  it('is what the server says, less what this till sold since and has not sent', async () => {
    says()
    await sell(2)
    expect(await onHand(COFFEE)).toMatchObject({ here: 10_000, others: [NORTH], more: 0, isNow: true })
  })

  it('is what was heard last while nobody answers, with what this till sold since, sent or not', async () => {
    says()
    await onHand(COFFEE)
    await sell(2)
    await till().sync.now()
    device.server.disturb = () => ({ when: 'before' })
    device.server.time += 180_000
    await sell(1)
    const held = await onHand(COFFEE)
    expect(held).toMatchObject({ here: 9000, isNow: false })
    expect(till().now() - (held?.at ?? 0)).toBe(180_000)
  })

  it('is not known when nobody ever answered, and nobody counts what never moved', async () => {
    device.server.disturb = () => ({ when: 'before' })
    expect(await onHand(COFFEE)).toBeNull()
    device.server.disturb = null
    says({ here: null, others: [] })
    await sell(1)
    expect(await onHand(COFFEE)).toMatchObject({ here: null, others: [] })
  })

  it('is left as the server says it when not all that came in is counted', async () => {
    says({ known: null })
    await sell(2)
    expect(await onHand(COFFEE)).toMatchObject({ here: 12_000 })
  })

  it('is not believed when the answer is none', async () => {
    device.server.said.set(`stock?product=${COFFEE}`, { here: 1, others: [{ name: 'Norte' }] })
    expect(await onHand(COFFEE)).toBeNull()
  })
})
