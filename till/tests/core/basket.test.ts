import { describe, expect, it } from 'vitest'
import { approvalsNeeded, basketOf, type SaleTotals, type SellingRules } from '../../src/core/basket.ts'
import type { Tax } from '../../src/core/catalogue.ts'
import { add, type Sellable } from '../../src/core/adding.ts'
import { approve, newTicket, remove, setLineDiscount, setPrice, setTicketDiscount, type Ticket } from '../../src/core/ticket.ts'

const rules: SellingRules = { currency: { code: 'MXN', digits: 2 }, prices_include_tax: true, tax_rounding: 'line', cash_rounding: null }
const taxes: readonly Tax[] = [
  { id: '1', code: 'IEPS_BEB', name: 'IEPS bebidas', kind: 'fixed', rate: null, amount: 30_818, in_base: true },
  { id: '2', code: 'IVA16', name: 'IVA 16 %', kind: 'percent', rate: 160_000, amount: null, in_base: false },
  { id: '3', code: 'IVA0', name: 'IVA 0 %', kind: 'percent', rate: 0, amount: null, in_base: false },
  { id: '4', code: 'EXENTO', name: 'Exento', kind: 'exempt', rate: null, amount: null, in_base: false },
]
const cola: Sellable = { id: 'p-cola', name: 'Refresco de cola', variant: '600 ml', unit: 'pieza', by: 'piece', price: 195_000, tax_units: { IEPS_BEB: 600 } }
const book: Sellable = { id: 'p-book', name: 'Cuaderno', variant: null, unit: 'pieza', by: 'piece', price: 1_000_000 }
const visit = { id: 'v', opened_at: 1 }

function ticketOf(...parts: readonly (readonly [Sellable, readonly string[]])[]): Ticket {
  return parts.reduce((ticket, [product, codes]) => {
    const result = add(ticket, product, { taxes: codes, digits: 2, visit })
    if (!result.ok) throw new Error('not added')
    return result.ticket
  }, newTicket('t'))
}

function good(result: { readonly ok: true; readonly ticket: Ticket } | { readonly ok: false }): Ticket {
  if (!result.ok) throw new Error('refused')
  return result.ticket
}

/** Totals of one line as far as approvals look at them. */
function totals(list: number, lineDiscount: number, share = 0): SaleTotals {
  const gross = list - lineDiscount - share
  const line = { id: '1', list, discount: lineDiscount, share, net: gross, tax: 0, gross, taxes: [] }
  const all = { version: 1, engine: 1, lines: [line], list, discount: lineDiscount + share, net: gross, tax: 0, gross } as const
  return { ...all, taxes: [], tip: 0, due: gross, rounding: 0, paid: 0, change: 0, missing: gross }
}

describe('the basket of a ticket', () => {
  it('is the document that the engine of prices reads', () => {
    const ticket = good(setTicketDiscount(ticketOf([cola, ['IEPS_BEB', 'IVA16']], [book, ['IVA16']]), { amount: 500 }))

    expect(basketOf(ticket, rules, taxes, { payments: [{ method: 'cash', amount: 50_000 }], annexes: { '2': 'annex' } })).toEqual({
      version: 1,
      currency: { code: 'MXN', digits: 2 },
      prices_include_tax: true,
      tax_rounding: 'line',
      cash_rounding: null,
      taxes: [
        { code: 'IEPS_BEB', kind: 'fixed', amount: 30_818, in_base: true },
        { code: 'IVA16', kind: 'percent', rate: 160_000, in_base: false },
      ],
      lines: [
        {
          id: '1', quantity: 1000, unit_price: 195_000, discount: null, taxes: ['IEPS_BEB', 'IVA16'], tax_units: { IEPS_BEB: 600 },
          product_id: 'p-cola', name: 'Refresco de cola 600 ml', unit: 'pieza', note_annex: null,
        },
        {
          id: '2', quantity: 1000, unit_price: 1_000_000, discount: null, taxes: ['IVA16'],
          product_id: 'p-book', name: 'Cuaderno', unit: 'pieza', note_annex: 'annex',
        },
      ],
      discount: { amount: 500 },
      tip: 0,
      payments: [{ method: 'cash', amount: 50_000 }],
    })
  })

  it('holds no removed line, and only the taxes that occur', () => {
    const basket = basketOf(good(remove(ticketOf([cola, ['IVA16']], [book, ['EXENTO']]), '1', 5)), rules, taxes)

    expect(basket.lines.map(({ id }) => id)).toEqual(['2'])
    expect(basket.taxes).toEqual([{ code: 'EXENTO', kind: 'exempt' }])
  })

  it('keeps a note out: only the annex is named', () => {
    const noted: Ticket = { ...ticketOf([book, ['IVA16']]), note: 'para Ana' }

    expect(JSON.stringify(basketOf(noted, rules, taxes))).not.toContain('Ana')
  })
})

describe('what needs another person', () => {
  const ticket = ticketOf([book, ['IVA16']])
  const limits = { discount: 100_000, may_change_price: false }

  it('is nothing up to the limit, on a line or on the whole', () => {
    expect(approvalsNeeded(ticket, totals(10_000, 1000), limits, 2)).toEqual([])
    expect(approvalsNeeded(ticket, totals(10_000, 0, 1000), limits, 2)).toEqual([])
  })

  it('is a discount above the limit, with all that is given away', () => {
    expect(approvalsNeeded(ticket, totals(10_000, 1001), limits, 2)).toEqual([{ action: 'discount', amount: 1001 }])
    expect(approvalsNeeded(ticket, totals(10_000, 600, 500), limits, 2)).toEqual([{ action: 'discount', amount: 1100 }])
  })

  it('is never caused by rounding: ten per cent of five cents is one cent', () => {
    expect(approvalsNeeded(ticket, totals(5, 1), limits, 2)).toEqual([])
  })

  it('is settled by an approval for as much, not by one for less', () => {
    const given = { action: 'discount', approver: 'm', reason: 'damaged' } as const

    expect(approvalsNeeded(approve(ticket, { ...given, amount: 2000 }), totals(10_000, 2000), limits, 2)).toEqual([])
    expect(approvalsNeeded(approve(ticket, { ...given, amount: 1999 }), totals(10_000, 2000), limits, 2)).toEqual([
      { action: 'discount', amount: 2000 },
    ])
  })

  it('is a price below the limit or above the catalogue', () => {
    const priced = (unitPrice: number): Ticket => good(setPrice(ticket, '1', unitPrice, 2))
    const needs = (unitPrice: number): unknown => approvalsNeeded(priced(unitPrice), totals(10_000, 0), limits, 2)

    expect(needs(900_000)).toEqual([])
    expect(needs(890_000)).toEqual([{ action: 'price', amount: 1100 }])
    expect(needs(1_010_000)).toEqual([{ action: 'price', amount: 100 }])
  })

  it('is not the price of a label, nor one typed where there was none', () => {
    const label = add(newTicket('t'), book, { taxes: [], digits: 2, visit, label_price: 100 })
    const typed = add(newTicket('t'), { ...book, price: null }, { taxes: [], digits: 2, visit, unit_price: 10_000 })

    expect([label, typed].map((result) => (result.ok ? approvalsNeeded(result.ticket, totals(100, 0), limits, 2) : null))).toEqual([[], []])
  })

  it('is nothing for who may give everything', () => {
    const free = good(setLineDiscount(ticket, '1', { percent: 1_000_000 }))

    expect(approvalsNeeded(free, totals(10_000, 10_000), { discount: 1_000_000, may_change_price: true }, 2)).toEqual([])
  })
})
