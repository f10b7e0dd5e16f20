import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cardReference, chargedTenders, doubtful } from '../../src/core/card.ts'
import type { SaleRecorded } from '../../src/core/facts.ts'
import type { Sellable } from '../../src/core/adding.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { decideCard, doubtCard } from '../../src/screens/pay/card.ts'
import { charge, chargeExact, openPay } from '../../src/screens/pay/charge.ts'
import { paying } from '../../src/screens/pay/payment.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { leave } from '../../src/screens/sell/leaving.svelte.ts'
import { goHome, standAtTheTill } from './standing.ts'

const coffee: Sellable = { id: 'p-coffee', name: 'Café', variant: '', unit: 'pieza', by: 'piece', price: 890_000 }

beforeEach(async () => {
  await standAtTheTill()
  counter.put(coffee, {})
})
afterEach(async () => {
  counter.finish(null)
  await goHome()
})

/** The amount is on the terminal, as the pay sheet keeps it. */
function atTerminal(amount = 8900): void {
  openPay()
  paying.choose('card')
  counter.beginCard(amount)
}

async function paid(): Promise<SaleRecorded> {
  await vi.waitFor(() => { expect(counter.done).not.toBeNull() })
  return (await till().tickets.latest(1))[0]!.fact.body
}

describe('a card', () => {
  it('that was charged pays the ticket under the reference of its charge, or the one that was typed', async () => {
    const reference = counter.cardReference
    atTerminal()
    await charge(paying.tenders)
    expect((await paid()).references).toEqual([{ payment: 0, value: reference }])
    counter.leaveDone()
    counter.put(coffee, {})
    atTerminal()
    paying.reference = 'auth 77'
    await charge(paying.tenders)
    await vi.waitFor(async () => { expect((await till().tickets.latest(1))[0]?.fact.body.references).toEqual([{ payment: 0, value: 'AUTH-77' }]) })
  })

  it('of whose charge nobody knows how it ended is asked before anything else is charged, and waits with its ticket', () => {
    atTerminal()
    doubtCard()
    for (const act of [openPay, chargeExact]) {
      act()
      expect([app.zone.name, counter.done]).toEqual(['card', null])
      decideCard('unknown')
      expect(app.zone.name).toBe('ticket')
    }
    leave.begin()
    expect(app.notice?.tone).toBe('alert')
    expect(counter.cards).toMatchObject([{ state: 'unknown', amount: 8900 }])
  })

  it('that went through pays at once; one that did not is tried again under another reference', async () => {
    const first = counter.cardReference
    atTerminal()
    doubtCard()
    decideCard(null)
    expect([app.zone.name, counter.cards]).toEqual(['pay', []])
    atTerminal()
    expect(counter.cardReference).not.toBe(first)
    const second = counter.cardReference
    doubtCard()
    decideCard('charged')
    const sale = await paid()
    expect(sale.references).toEqual([{ payment: 0, value: second }])
    expect((sale.basket as { payments: unknown }).payments).toEqual([{ method: 'card', amount: 8900 }])
  })

  it('that paid a part is a part of every payment from then on', async () => {
    openPay()
    paying.choose('mixed')
    paying.next = 'card'
    paying.type('5')
    paying.type('0')
    paying.addPart()
    paying.leave()
    chargeExact()
    expect([app.zone.name, paying.mode, paying.parts]).toEqual(['pay', 'mixed', [{ method: 'card', amount: 5000, reference: expect.stringMatching(/-1$/u) as string }]])
    paying.choose('cash')
    expect([paying.mode, paying.next, paying.due]).toEqual(['mixed', 'cash', 3900])
    paying.addPart()
    await charge(paying.tenders)
    expect(((await paid()).basket as { payments: unknown }).payments).toEqual([{ method: 'card', amount: 5000 }, { method: 'cash', amount: 3900 }])
  })

  it('that was chosen and given up, or taken off the parts, is on no terminal', () => {
    atTerminal()
    paying.leave()
    expect(counter.cards).toEqual([])
    openPay()
    paying.choose('mixed')
    paying.next = 'card'
    paying.addPart()
    paying.removePart(0)
    expect([counter.cards, paying.parts]).toEqual([[], []])
  })
})

it('charges of a ticket are told apart by their references, and what is in doubt from what is paid', () => {
  expect([cardReference('0199b2a4-7000-7b00-8b00-0000deadbeef', 0), cardReference('0199b2a4-7000-7b00-8b00-0000deadbeef', 1)]).toEqual(['TDEADBEEF-1', 'TDEADBEEF-2'])
  const charges = [{ reference: 'A', amount: 1, state: 'charged' }, { reference: 'B', amount: 2, state: 'begun' }] as const
  expect(doubtful(charges)?.reference).toBe('B')
  expect(doubtful(charges.slice(0, 1))).toBeNull()
  expect(chargedTenders(charges)).toEqual([{ method: 'card', amount: 1, reference: 'A' }])
})
