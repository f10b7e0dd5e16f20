import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { utf8 } from '../../src/core/bytes.ts'
import { canonical } from '../../src/core/canonical.ts'
import { MAX_FACT_BYTES } from '../../src/core/chain.ts'
import type { Sellable } from '../../src/core/adding.ts'
import { MAX_LINES } from '../../src/core/ticket.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { charge, chargeExact, openPay } from '../../src/screens/pay/charge.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { t } from '../../src/screens/words.svelte.ts'
import { productId } from '../data/shop.ts'
import { goHome, standAtTheTill } from './standing.ts'

// A long name: a fact is full after fewer lines, and the tests are quicker.
function aProduct(n: number): Sellable {
  return { id: productId(n), name: `Café ${String(n)} ${'de la casa '.repeat(150)}`, variant: '250 g', unit: 'pieza', by: 'piece', price: 890_000 }
}

/** Put product after product on the ticket until it takes no more. */
function fill(): void {
  for (let n = 0; n <= MAX_LINES; n++) if (!counter.put(aProduct(n), {})) return
}

/** A ticket that an older till let grow beyond what a fact holds. */
function overfill(): void {
  fill()
  const open = counter.current!
  const [first] = open.ticket.lines
  const more = Array.from({ length: 20 }, (_, place) => ({ ...first!, id: `more-${String(place)}` }))
  counter.all = [{ ...open, ticket: { ...open.ticket, lines: [...open.ticket.lines, ...more] } }]
}

const written = async (): Promise<number> => (await till().tickets.latest(9)).length

beforeEach(() => standAtTheTill())
afterEach(goHome)

describe('a ticket that grows as large as a fact', () => {
  it('takes no more, says what to do, and is charged', async () => {
    fill()
    const { ticket } = counter
    expect(app.notice).toEqual({ text: t.code('refused', 'too_large'), tone: 'alert' })
    expect(ticket.lines.length).toBeLessThan(MAX_LINES)
    expect(counter.put(aProduct(0), {})).toBe(true)

    chargeExact()
    await vi.waitFor(() => { expect(counter.done).not.toBeNull() })
    const { fact } = counter.done!
    const bytes = utf8(canonical(fact)).length
    expect((fact.body.basket as { readonly lines: readonly unknown[] }).lines).toHaveLength(ticket.lines.length)
    expect([bytes <= MAX_FACT_BYTES, bytes > MAX_FACT_BYTES - 10_000]).toEqual([true, true])
  })

  it('takes no note and no line back that would be too much, and lets lines go', () => {
    fill()
    const { ticket } = counter
    const last = ticket.lines.at(-1)!.id
    counter.remove(last)
    expect(counter.lines).toHaveLength(ticket.lines.length - 1)
    const noted = counter.lines.filter(({ id }) => counter.setNote(id, 'sin azúcar'))
    expect([noted.length > 0, noted.length < counter.lines.length]).toEqual([true, true])

    counter.restore(last)
    expect(counter.lines).toHaveLength(ticket.lines.length - 1)
  })

  it('opens no pay sheet where it is too large already, so that no terminal charges for it', async () => {
    overfill()
    openPay()
    expect(app.zone.name).toBe('ticket')
    expect(app.notice).toEqual({ text: t('error.sale_too_large'), tone: 'alert' })

    counter.remove(counter.lines[0]!.id)
    expect(counter.lines.length).toBeGreaterThan(130)
    expect(await written()).toBe(0)
  })

  it('does not ask to repeat a charge that can never succeed', async () => {
    overfill()
    await charge([{ method: 'cash', amount: counter.totals.due, reference: null }])

    await vi.waitFor(() => { expect(app.notice).toEqual({ text: t('error.sale_too_large'), tone: 'alert' }) })
    expect(await written()).toBe(0)
  })
})
