import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyFact, Fact, ShiftClosed } from '../../src/core/facts.ts'
import { price } from '../../src/core/pricing/index.ts'
import { businessDate, closeShift, foldShift, isBeyond, isOverdue, overAndShort } from '../../src/core/shift.ts'

const example = (kind: string, of = ''): unknown =>
  (JSON.parse(readFileSync(new URL(`../../../contracts/examples/facts/${kind}.v1${of}.json`, import.meta.url), 'utf8')) as { readonly fact: unknown }).fact
const KINDS = ['shift.opened', 'approval.given', 'sale.recorded', 'visit.closed', 'cash.moved', 'drawer.opened', 'ticket.reprinted', 'return.recorded', 'buyer.met', 'account.paid', 'order.opened', 'order.paid', 'order.changed', 'order.closed', 'gift_card.refunded'] as const
const day = KINDS.map((kind) => example(kind) as AnyFact)
const closed = (example('shift.closed') as Fact<'shift.closed'>).body

const SHIFT = 'shift-1'
let seq = 0
function fact(kind: AnyFact['kind'], body: object): AnyFact {
  seq += 1
  return { id: `f${String(seq)}`, journal: 'j', seq, prev: '', kind, v: 1, at: 1000 * seq, staff: null, body } as unknown as AnyFact
}
const opening = (float: number): AnyFact =>
  fact('shift.opened', { shift: SHIFT, business_date: '2026-11-25', currency: 'MXN', float, clock_offset_ms: 0 })

interface Sold {
  readonly series?: string
  readonly number: number
  /** Ten-thousandths of a peso, tax of 16 % included. */
  readonly unit_price: number
  readonly payments: readonly { readonly method: string; readonly amount: number }[]
}

function sale({ series = 'A1', number, unit_price, payments }: Sold): AnyFact {
  const basket = {
    version: 1, currency: { code: 'MXN', digits: 2 }, prices_include_tax: true, tax_rounding: 'line', cash_rounding: { step: 10, mode: 'half_up' },
    taxes: [{ code: 'IVA16', kind: 'percent', rate: 160_000, in_base: false }],
    lines: [{ id: '1', quantity: 1000, unit_price, discount: null, taxes: ['IVA16'] }], discount: null, tip: 0, payments,
  } as const
  const totals = price(basket)
  return fact('sale.recorded', { sale: `s${String(number)}`, shift: SHIFT, series, number, basket, totals, references: [], tokens: [], approvals: [], catalogue: null })
}

const other = { shift: 'another', direction: 'in', currency: 'MXN', amount: 999, reason: 'other', approvals: [] }

describe('the figures of a shift', () => {
  it('are those of the worked example in the contracts', () => {
    const sums = foldShift(day)

    expect(sums.figures).toEqual(closed.figures)
    expect(sums.expected).toEqual(closed.expected)
  })

  it('close into the body that the contract shows', () => {
    const count = { denominations: closed.denominations, cash: null, others: [{ method: 'card', amount: 10_500 }, { method: 'transfer', amount: 3000 }], reason: 'miscounted', recounts: 1 } as const
    const body: Partial<ShiftClosed> = { ...closed }
    delete (body as { z?: number }).z
    delete (body as { perpetual?: number }).perpetual

    expect(closeShift(foldShift(day), count)).toEqual(body)
  })

  it('are those of the worked example with vouchers, and close into its body', () => {
    const [opened, sold, z] = (['shift.opened', 'sale.recorded', 'shift.closed'] as const).map((kind) => example(kind, '.vouchers') as AnyFact)
    if (opened === undefined || sold === undefined || z?.kind !== 'shift.closed') throw new Error('no such example')
    const sums = foldShift([opened, sold])
    const { z: _, perpetual: __, ...body } = z.body
    const vouchers = body.vouchers ?? []
    const others = [{ method: 'voucher', amount: vouchers.reduce((sum, { amount }) => sum + amount, 0) }] as const

    expect(sums.figures).toEqual(body.figures)
    expect(closeShift(sums, { denominations: body.denominations, cash: null, others, vouchers, reason: 'miscounted', recounts: 1 })).toEqual(body)
  })

  it('count no gift ticket as a copy', () => {
    const printed = (kind: string): AnyFact => fact('ticket.reprinted', { sale: 's', tokens: [{ kind, hash: '0'.repeat(64) }] })

    expect(foldShift([opening(0), printed('gift'), printed('reprint'), printed('gift')]).figures.reprints).toBe(1)
  })

  it('take change and rounding off the cash, also when a card pays a part', () => {
    const sums = foldShift([
      opening(50_000),
      sale({ number: 7, unit_price: 1_002_300, payments: [{ method: 'cash', amount: 20_000 }] }),
      sale({ number: 8, unit_price: 500_000, payments: [{ method: 'card', amount: 3000 }, { method: 'cash', amount: 5000 }] }),
      fact('cash.moved', { ...other, shift: SHIFT, amount: 1000 }),
      fact('cash.moved', { ...other, shift: SHIFT, direction: 'out', amount: 2500 }),
    ])

    expect(sums.figures).toMatchObject({ sales: 2, gross: 15_023, rounding: -3, first_number: 7, last_number: 8, cash_in: 1000, cash_out: 2500 })
    expect(sums.figures.payments).toEqual([{ method: 'cash', amount: 12_020 }, { method: 'card', amount: 3000 }])
    expect(sums.expected).toEqual([{ method: 'cash', amount: 60_520 }, { method: 'card', amount: 3000 }])
  })

  it('keep the numbers of each series apart when the shift goes on in a new journal', () => {
    const sold = ([['A1', 480], ['A1', 482], ['A2', 1], ['A2', 2]] as const).map(([series, number]) => sale({ series, number, unit_price: 10_000, payments: [] }))
    const { ranges, figures } = foldShift([opening(0), ...sold])

    expect(ranges).toEqual([{ series: 'A1', first: 480, last: 482 }, { series: 'A2', first: 1, last: 2 }])
    expect([figures.first_number, figures.last_number]).toEqual([1, 2])
  })

  it('pass over facts of another shift', () => {
    expect(foldShift([opening(100), fact('cash.moved', other)]).expected).toEqual([{ method: 'cash', amount: 100 }])
  })

  it('expect the float where nothing was sold', () => {
    const { figures, expected } = foldShift([opening(50_000)])

    expect([figures.first_number, figures.last_number, figures.payments, expected]).toEqual([null, null, [], [{ method: 'cash', amount: 50_000 }]])
  })

  it('begin with the opening or not at all', () => {
    expect(() => foldShift(day.slice(1))).toThrow(RangeError)
  })

  it('add up, whatever was sold and however it was paid', () => {
    const sold = fc.record({ cents: fc.integer({ min: 1, max: 500_000 }), card: fc.integer({ min: 0, max: 100 }), extra: fc.integer({ min: 0, max: 9999 }) })
    fc.assert(
      fc.property(fc.array(sold, { maxLength: 30 }), fc.integer({ min: 0, max: 100_000 }), (sales, float) => {
        const facts = sales.map(({ cents, card, extra }, place) => {
          const byCard = (cents * card - ((cents * card) % 100)) / 100
          const payments = [{ method: 'card', amount: byCard }, { method: 'cash', amount: cents - byCard + 10 + extra }]
          return sale({ number: place + 1, unit_price: cents * 100, payments })
        })
        const { figures, expected } = foldShift([opening(float), ...facts])
        const paid = figures.payments.reduce((sum, { amount }) => sum + amount, 0)

        expect(figures.net + figures.tax).toBe(figures.gross)
        expect(paid).toBe(figures.gross + figures.rounding)
        expect(expected.reduce((sum, { amount }) => sum + amount, 0)).toBe(float + paid)
      }),
    )
  })
})

describe('the count', () => {
  const sums = foldShift([opening(50_000), sale({ number: 1, unit_price: 1_000_000, payments: [{ method: 'card', amount: 10_000 }] })])

  it('takes an amount instead of pieces', () => {
    expect(closeShift(sums, { denominations: [], cash: 49_990, others: [{ method: 'card', amount: 10_000 }] }).difference).toEqual([
      { method: 'cash', amount: -10 },
      { method: 'card', amount: 0 },
    ])
  })

  it('takes what was not counted for nothing', () => {
    expect(closeShift(sums, { denominations: [], cash: 50_000, others: [] }).counted).toEqual([
      { method: 'cash', amount: 50_000 },
      { method: 'card', amount: 0 },
    ])
  })

  it('shows a method nobody expected', () => {
    const body = closeShift(sums, { denominations: [], cash: 50_000, others: [{ method: 'card', amount: 10_000 }, { method: 'transfer', amount: 700 }] })

    expect(body.difference.at(-1)).toEqual({ method: 'transfer', amount: 700 })
    expect(body.expected.map(({ method }) => method)).toEqual(['cash', 'card'])
  })

  it('leaves pieces out of which there are none', () => {
    const denominations = [{ value: 50_000, count: 1 }, { value: 20_000, count: 0 }]

    expect(closeShift(sums, { denominations, cash: null, others: [] }).denominations).toEqual([{ value: 50_000, count: 1 }])
  })
})

describe('what a count came to', () => {
  it.each([
    ['nothing', [0, 0], { over: 0, short: 0 }],
    ['too much', [300, 0], { over: 300, short: 0 }],
    ['too little', [-100, -50], { over: 0, short: 150 }],
    ['both, which do not make good each other', [-10_000, 10_000], { over: 10_000, short: 10_000 }],
  ] as const)('is %s', (_, [cash, card], came) => {
    expect(overAndShort([{ method: 'cash', amount: cash }, { method: 'card', amount: card }])).toEqual(came)
  })
})

describe('the business day', () => {
  const at = Date.UTC(2026, 10, 25, 7, 30) // 01:30 in Mexico, 08:30 in Spain

  it('is the date in the zone of the store', () => {
    expect([businessDate(at, 'America/Mexico_City', 0), businessDate(Date.UTC(2026, 10, 25, 5, 59), 'America/Mexico_City', 0)]).toEqual([
      '2026-11-25',
      '2026-11-24',
    ])
  })

  it('is still the day before until the store begins its day', () => {
    expect([businessDate(at, 'America/Mexico_City', 120), businessDate(at, 'America/Mexico_City', 90)]).toEqual(['2026-11-24', '2026-11-25'])
  })

  it('goes back over the turn of a year', () => {
    expect(businessDate(Date.UTC(2026, 0, 1, 7, 30), 'America/Mexico_City', 240)).toBe('2025-12-31')
  })

  it('ends a shift after a whole day', () => {
    expect([isOverdue(at, at + 86_400_000), isOverdue(at, at + 86_400_001)]).toEqual([false, true])
  })
})

describe('cash taken to the safe', () => {
  it('leaves the drawer like any cash, and is named by itself', () => {
    const out = (amount: number, reason: string): AnyFact => fact('cash.moved', { ...other, shift: SHIFT, direction: 'out', amount, reason })
    const sums = foldShift([opening(100_000), out(40_000, 'safe'), out(5_000, 'supplier'), out(20_000, 'safe')])

    expect(sums.figures).toMatchObject({ cash_out: 65_000, drops: { times: 2, amount: 60_000 } })
    expect(sums.expected).toEqual([{ method: 'cash', amount: 35_000 }])
    expect(foldShift([opening(0), out(5_000, 'supplier')]).figures.drops).toBeUndefined()
  })
})

describe('a difference in the count', () => {
  const difference = [{ method: 'cash', amount: -2_000 }, { method: 'card', amount: 500 }] as const

  it('is beyond the tolerance when one method is, over or short', () => {
    expect([1_999, 2_000].map((tolerance) => isBeyond(difference, tolerance))).toEqual([true, false])
    expect(isBeyond([{ method: 'card', amount: 1 }], 0)).toBe(true)
  })

  it('is asked about by nobody where no tolerance is set', () => {
    expect(isBeyond(difference, null)).toBe(false)
  })
})
