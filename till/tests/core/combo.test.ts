import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, type Sellable } from '../../src/core/adding.ts'
import { checkAge, ageToAsk, withoutAged } from '../../src/core/age.ts'
import { basketOf, type SaleBasket, type SellingRules } from '../../src/core/basket.ts'
import { addCombo, amountWith, answersOf, changeDiscount, changeParts, changePrice, changeQuantity, chosenOf, comboOf, countOfRows, questionsOf, type Combo, type Part } from '../../src/core/combo.ts'
import type { ReturnRecorded } from '../../src/core/facts.ts'
import type { ModifierGroup } from '../../src/core/modifier.ts'
import { promotionsFor } from '../../src/core/offers.ts'
import { amountOf, repriced, type PriceOf } from '../../src/core/price_list.ts'
import { price, priceDocument, refund } from '../../src/core/pricing/index.ts'
import type { Promotion } from '../../src/core/promotion.ts'
import { documentOf, returnables } from '../../src/core/returning.ts'
import { activeLines, goneOf, newTicket, remove, restore, setLineNote, sweep, UNDO_MS, type Changed, type Ticket } from '../../src/core/ticket.ts'
import { readCombo } from '../../src/data/catalogue/promotions.ts'

const visit = { id: 'v', opened_at: 1 }
const rules: SellingRules = { currency: { code: 'MXN', digits: 2 }, prices_include_tax: true, tax_rounding: 'line', cash_rounding: null }
const taxes = [{ id: 'i', code: 'IVA16', kind: 'percent', name: 'IVA', rate: 160000, amount: null, in_base: false }, { id: 'z', code: 'IVA0', kind: 'percent', name: 'IVA 0', rate: 0, amount: null, in_base: false }] as const
const product = (id: string, cost: number, more: Partial<Sellable> = {}): Sellable => ({ id, name: id, variant: null, unit: 'pieza', by: 'piece', price: cost, ...more })
const breakfast = product('breakfast', 600_000)
const part = (id: string, cost: number, more: Partial<Part> = {}): Part => ({ product: product(id, cost), taxes: [id === 'bread' ? 'IVA0' : 'IVA16'], quantity: 1000, extra: 0, modifiers: [], components: [], ...more })
const usual = [part('coffee', 450_000), part('bread', 300_000)]

const ok = (changed: Changed | ReturnType<typeof addCombo> | ReturnType<typeof add>): Ticket => {
  if (!changed.ok) throw new Error(JSON.stringify(changed))
  return changed.ticket
}
const put = (ticket: Ticket, parts: readonly Part[] = usual, what = breakfast): Ticket => ok(addCombo(ticket, what, parts, { visit, digits: 2 }))
const due = (ticket: Ticket): number => priceDocument(basketOf(ticket, rules, taxes)).due
const shares = (ticket: Ticket): readonly number[] => priceDocument(basketOf(ticket, rules, taxes)).lines.map(({ gross }) => gross)
const empty = newTicket('t')

describe('a combo on a ticket', () => {
  it('is its parts as lines, held together at one price', () => {
    const ticket = put(empty)
    expect([due(ticket), shares(ticket), countOfRows(ticket), ticket.selected]).toEqual([6000, [3600, 2400], 1, '1'])
    expect(basketOf(ticket, rules, taxes).combos).toEqual([
      { id: '1', quantity: 1000, unit_price: 600_000, parts: [{ line: '1' }, { line: '2' }], discount: null, product_id: 'breakfast', name: 'breakfast' },
    ])
  })

  it('costs more where a choice or an option does, and that part weighs more', () => {
    const dear = [part('latte', 450_000, { extra: 100_000, modifiers: [{ id: 'm', name: 'oat', price: 80_000 }] }), part('bread', 300_000)]
    const ticket = put(empty, dear)
    expect([due(ticket), ticket.lines[0]?.unit_price, shares(ticket)]).toEqual([7800, 630_000, [5284, 2516]])
  })

  it('becomes more of the same, but another choice is another combo', () => {
    const twice = put(put(empty))
    expect([twice.lines.map(({ quantity }) => quantity), twice.combos?.length, due(twice)]).toEqual([[2000, 2000], 1, 12_000])
    expect(put(twice, [part('tea', 400_000), part('bread', 300_000)]).combos?.length).toBe(2)
    expect(put(ok(changeDiscount(put(empty), '1', { percent: 100_000 }))).combos?.length).toBe(2)
  })

  it('takes the multiplier, whole, and never a line of the same goods into it', () => {
    const beside = ok(add(empty, product('coffee', 450_000), { taxes: ['IVA16'], visit, digits: 2 }))
    const ticket = put({ ...beside, multiplier: 3000 })
    expect(ticket.lines.map(({ product_id, quantity, combo }) => [product_id, quantity, combo])).toEqual([['coffee', 1000, undefined], ['coffee', 3000, '2'], ['bread', 3000, '2']])
    expect(ok(add(ticket, product('coffee', 450_000), { taxes: ['IVA16'], visit, digits: 2 })).lines[0]?.quantity).toBe(2000)
    expect(addCombo({ ...empty, multiplier: 1500 }, breakfast, usual, { visit, digits: 2 })).toEqual({ ok: false, refused: 'quantity_whole' })
  })

  it('is no combo without a price, or with a part that is asked which one it is', () => {
    expect(addCombo(empty, { ...breakfast, price: null }, usual, { visit, digits: 2 })).toEqual({ ok: false, refused: 'combo_price' })
    expect(addCombo(empty, breakfast, [{ ...part('phone', 1), product: product('phone', 1, { trace: 'serial' }) }], { visit, digits: 2 })).toEqual({ ok: false, refused: 'combo_trace' })
  })

  it('is changed as a whole, whichever of its lines is touched', () => {
    const three = ok(changeQuantity(put(empty), '2', 3000, 2))
    expect([three.lines.map(({ quantity }) => quantity), due(three), three.selected, amountWith(three, '2', 2)]).toEqual([[3000, 3000], 18_000, '1', 18_000])
    const one = ok(changeQuantity(three, '1', 1000, 2))
    expect([due(one), one.voided]).toEqual([6000, { times: 1, amount: 12_000 }])
    const lowered = ok(changeDiscount(one, '2', { percent: 100_000 }))
    expect([due(lowered), shares(lowered)]).toEqual([5400, [3240, 2160]])
    expect(changePrice(one, '1', 1, 2)).toEqual({ ok: false, refused: 'combo_price' })
    expect(changeQuantity(one, '1', 1500, 2)).toEqual({ ok: false, refused: 'quantity_whole' })
    expect(comboOf(ok(changeDiscount(lowered, '1', null)), '1')?.discount).toBeNull()
  })

  it('is made of other choices as it stands: as many, with its discount, its note and its place', () => {
    const beside = ok(add(empty, product('pen', 50_000), { taxes: ['IVA16'], visit, digits: 2 }))
    const ticket = ok(changeDiscount(ok(setLineNote(ok(changeQuantity(put(beside), '2', 2000, 2)), '2', 'sin azúcar')), '2', { percent: 100_000 }))
    const whole = comboOf(ticket, '2')!
    const dear = [part('latte', 450_000, { extra: 100_000, modifiers: [{ id: 'm', name: 'oat', price: 80_000 }] }), part('bread', 300_000)]
    const changed = ok(changeParts(ticket, whole, breakfast, dear, { visit, digits: 2 }))

    expect(changed.lines.map(({ id, product_id, quantity, note, combo }) => [id, product_id, quantity, note, combo])).toEqual([
      ['1', 'pen', 1000, '', undefined], ['2', 'latte', 2000, 'sin azúcar', '2'], ['3', 'bread', 2000, '', '2'],
    ])
    expect([comboOf(changed, '3')?.unit_price, comboOf(changed, '3')?.discount, changed.next_line, changed.selected]).toEqual([780_000, { percent: 100_000 }, ticket.next_line, '2'])
    // What it costs is what it would have cost, had it been put down so.
    const anew = ok(changeDiscount(ok(changeQuantity(put(beside, dear), '2', 2000, 2)), '2', { percent: 100_000 }))
    expect([due(changed), shares(changed)]).toEqual([due(anew), shares(anew)])
    // And back again, to the cent.
    const back = ok(changeParts(changed, comboOf(changed, '2')!, breakfast, usual, { visit, digits: 2 }))
    expect([due(back), comboOf(back, '2')]).toEqual([due(ticket), comboOf(ticket, '2')])
  })

  it('keeps the price of a list when it is made of other choices', () => {
    const ticket = repriced(put(empty), () => ({ price: 500_000, entry: 'e', list: 'Morning' }))
    const changed = ok(changeParts(ticket, comboOf(ticket, '1')!, breakfast, [part('latte', 450_000, { extra: 100_000 }), part('bread', 300_000)], { visit, digits: 2 }))

    expect([due(changed), basketOf(changed, rules, taxes).combos?.[0]?.price_entry]).toEqual([6000, 'e'])
  })

  it('says what was chosen as its sheet asks for it, and stays as it is where the choice cannot be', () => {
    const ticket = put(empty, [part('latte', 450_000, { modifiers: [{ id: 'm', name: 'oat', price: 80_000 }] }), part('bread', 300_000)])
    const whole = comboOf(ticket, '1')!
    expect([...chosenOf(ticket, whole)]).toEqual(['0/latte', '0/m', '1/bread'])
    const phone = [{ ...part('phone', 1), product: product('phone', 1, { trace: 'serial' }) }, part('bread', 300_000)]
    expect(changeParts(ticket, whole, breakfast, phone, { visit, digits: 2 })).toEqual({ ok: false, refused: 'combo_trace' })
    expect(changeParts(ticket, whole, breakfast, usual.slice(1), { visit, digits: 2 })).toEqual({ ok: false, refused: 'combo_gone' })
  })

  it('goes and comes back as a whole, and counts once, at its price', () => {
    const gone = ok(remove(put(empty), '2', 5))
    expect([activeLines(gone), basketOf(gone, rules, taxes).combos, goneOf(gone, 2).voided]).toEqual([[], undefined, { times: 1, amount: 6000 }])
    expect(due(ok(restore(gone, '1', 6)))).toBe(6000)
    const swept = sweep(gone, 5 + UNDO_MS + 1, 2)
    expect([swept.lines, swept.combos, swept.voided]).toEqual([[], [], { times: 1, amount: 6000 }])
  })

  it('goes as a whole where the buyer is too young for one of its parts', () => {
    const ticket = put(empty, [{ ...part('beer', 450_000), product: product('beer', 450_000, { age: 18 }) }, part('bread', 300_000)])
    expect(ageToAsk(ticket)).toBe(18)
    expect(activeLines(withoutAged(ticket, 9))).toEqual([])
    expect(activeLines(withoutAged(checkAge(ticket, 'looks', 'me'), 9))).toHaveLength(2)
  })
})

describe('lists and promotions', () => {
  const listed: PriceOf = (id) => (id === 'breakfast' ? { price: 500_000, entry: 'e', list: 'Morning' } : { price: 1, entry: 'x', list: 'All' })

  it('may say another price of the combo, and none of its parts', () => {
    const ticket = repriced(put(empty, [part('latte', 450_000, { extra: 100_000 }), part('bread', 300_000)]), listed)
    expect([due(ticket), ticket.lines.map(({ unit_price }) => unit_price), basketOf(ticket, rules, taxes).combos?.[0]?.price_entry]).toEqual([6000, [550_000, 300_000], 'e'])
    const ended: PriceOf = () => ({ price: 600_000, entry: null, list: null })
    expect(due(repriced(ticket, ended))).toBe(7000)
    expect(amountOf(ticket, 'bread')).toBe(0)
  })

  it('lower what is in a combo only where they are about the whole ticket', () => {
    const terms = { kind: 'each', reward: { percent: 500_000 }, pick: { everything: true, categories: [], products: [], without: [] }, parts: [], stack: false, coupon: null, least_quantity: null, least_amount: null, most: null, cheapest: null, times: null, since: null, until: null, from_minute: null, to_minute: null, days: [], stores: [], groups: [] } as const
    const promotions: Promotion[] = [{ id: 'a', version: 'a', name: 'a', position: 1, terms }, { id: 'b', version: 'b', name: 'b', position: 2, terms: { ...terms, kind: 'total' } }]
    const ticket = ok(add(put(empty), product('coffee', 450_000), { taxes: ['IVA16'], visit, digits: 2 }))
    expect(promotionsFor(ticket, promotions, () => null).map((one) => ('lines' in one ? one.lines : []))).toEqual([['3'], ['1', '2', '3']])
  })
})

describe('what the sheet asks for a combo', () => {
  const milk: ModifierGroup = { id: 'milk', name: 'Leche', position: 1, least: 1, most: 1, pick: { everything: true, categories: [], products: [], without: [] }, options: [{ id: 'whole', name: 'Entera', price: 0, preselected: false }, { id: 'oat', name: 'Avena', price: 80_000, preselected: false }] }
  const combo: Combo = { id: 'breakfast', slots: [
    { name: 'Bebida', quantity: 1000, choices: [{ product_id: 'tea', name: 'Té', extra: 0 }, { product_id: 'latte', name: 'Latte', extra: 100_000 }] },
    { name: 'Otra', quantity: 2000, choices: [{ product_id: 'latte', name: 'Latte', extra: 0 }] },
  ] }
  const asked = (id: string): readonly ModifierGroup[] => (id === 'latte' ? [milk] : [])

  it('is a group a slot with the usual choice taken, then what a choice asks for itself', () => {
    const first = questionsOf(combo, new Set(), asked)
    expect(first.groups.map(({ name, options }) => [name, options.map(({ name: option, price: more }) => [option, more])])).toEqual([
      ['Bebida', [['Té', 0], ['Latte', 100_000]]], ['Otra', [['Latte', 0]]], ['Latte: Leche', [['Entera', 0], ['Avena', 160_000]]],
    ])
    expect([...first.chosen]).toEqual(['0/tea', '1/latte', '1/whole'])
  })

  it('brings and takes questions with what is chosen, and keeps the answers of the others', () => {
    const other = questionsOf(combo, new Set(['0/latte', '1/latte', '1/oat']), asked)
    expect(other.groups.map(({ id }) => id)).toEqual(['0', '1', '0/milk', '1/milk'])
    expect([...other.chosen]).toEqual(['0/latte', '1/latte', '0/whole', '1/oat'])
    expect(answersOf(combo, other.chosen).map(({ product_id, extra, options }) => [product_id, extra, [...options]])).toEqual([
      ['latte', 100_000, ['latte', 'whole']], ['latte', 0, ['latte', 'oat']],
    ])
  })
})

describe('a combo that the server says', () => {
  it('is read whole or not at all', () => {
    const row = { id: 'c', slots: [{ name: 'Bebida', quantity: 1000, choices: [{ product_id: 'p', name: 'P', extra: 0 }] }] }
    expect(readCombo(row)).toEqual(row)
    expect(readCombo({ ...row, slots: [] })).toBeUndefined()
    expect(readCombo({ ...row, slots: [{ ...row.slots[0], choices: [{ product_id: 'p' }] }] })).toBeUndefined()
  })
})

describe('what comes back of a combo', () => {
  it('is to the cent what was paid for it, in any order and pieces', () => {
    const pieces = fc.array(fc.record({ place: fc.integer({ min: 0, max: 1 }), quantity: fc.integer({ min: 1, max: 3 }) }), { minLength: 8, maxLength: 20 })
    fc.assert(fc.property(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 1, max: 5 }), pieces, (cents, many, order) => {
      const ticket = put({ ...empty, multiplier: many * 1000 }, usual, product('breakfast', cents * 100))
      const basket: SaleBasket = basketOf(ticket, rules, taxes)
      const source = { basket, totals: price(basket), sale: null }
      const earlier: ReturnRecorded[] = []
      const rest = [{ place: 0, quantity: 9 }, { place: 1, quantity: 9 }]
      for (const { place, quantity } of [...order, ...rest]) {
        const lines = returnables(source, earlier)
        const left = lines[place]?.left ?? 0
        if (left === 0) continue
        const made = documentOf(source, lines, [{ place, quantity: Math.min(left, quantity * 1000) }], { reason: 'not_needed', goods: 'shelf' }, [])
        const document = { ...made, lines: made.lines.map((line) => ({ ...line, line: place })) }
        earlier.push({ document, totals: refund(document) } as unknown as ReturnRecorded)
      }
      expect(earlier.reduce((sum, { totals }) => sum + totals.gross, 0)).toBe(source.totals.gross)
      expect(source.totals.gross).toBe(cents * many)
    }))
  })
})
