import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { basketOf, type SellingRules } from '../../src/core/basket.ts'
import { asks, extraOf, groupsOf, lacking, modifiersOf, preselected, touched, type ModifierGroup } from '../../src/core/modifier.ts'
import { repriced } from '../../src/core/price_list.ts'
import type { Pick } from '../../src/core/promotion.ts'
import { add, type Adding, type Sellable } from '../../src/core/adding.ts'
import { newTicket, setModifiers, setQuantity, type Changed, type Ticket } from '../../src/core/ticket.ts'
import { readModifierGroup } from '../../src/data/catalogue/promotions.ts'

const EVERYTHING: Pick = { everything: true, categories: [], products: [], without: [] }
const option = (id: string, price = 0, isUsual = false): ModifierGroup['options'][number] => ({ id, name: id.toUpperCase(), price, preselected: isUsual })
const group = (id: string, least: number, most: number, options: ModifierGroup['options'], more: Partial<ModifierGroup> = {}): ModifierGroup => {
  return { id, name: id, position: 1, least, most, pick: EVERYTHING, options, ...more }
}
const milk = group('milk', 1, 1, [option('whole'), option('oat', 80_000, true), option('none', -25_000)])
const extras = group('extras', 0, 2, [option('shot', 120_000), option('cream', 90_000), option('cinnamon')], { position: 2 })
const flavours = group('flavours', 2, 3, [option('lemon'), option('mango'), option('plum'), option('rice')])
const latte: Sellable = { id: 'latte', name: 'Latte', variant: null, unit: 'pieza', by: 'piece', price: 550_000, tax_units: null }
const rules: SellingRules = { currency: { code: 'MXN', digits: 2 }, prices_include_tax: true, tax_rounding: 'line', cash_rounding: null }

function put(ticket: Ticket, chosen: readonly string[], product = latte, more: Partial<Adding> = {}): Ticket {
  const modifiers = modifiersOf([milk, extras], new Set(chosen))
  const added = add(ticket, product, { taxes: [], digits: 2, visit: { id: 'v', opened_at: 1 }, modifiers, ...more })
  if (!added.ok) throw new Error('not added')
  return added.ticket
}

const ok = (changed: Changed): Ticket => {
  if (!changed.ok) throw new Error(changed.refused)
  return changed.ticket
}
const shown = (ticket: Ticket): unknown => ticket.lines.map(({ quantity, unit_price, list_price, modifiers }) => [quantity, unit_price, list_price, (modifiers ?? []).map(({ name }) => name)])

describe('the groups of a product', () => {
  it('are those that pick it or its category, in the order in which the till asks', () => {
    const hot = group('hot', 1, 1, [option('a')], { position: 0, pick: { ...EVERYTHING, everything: false, categories: ['drinks'] } })
    const own = group('own', 1, 1, [option('a')], { pick: { ...EVERYTHING, everything: false, products: ['tea'] } })
    const of = (id: string, category: string | null): readonly string[] => groupsOf({ id, category }, [milk, own, hot]).map((each) => each.id)
    expect([of('latte', 'drinks'), of('tea', 'drinks'), of('bread', null)]).toEqual([['hot', 'milk'], ['hot', 'milk', 'own'], ['milk']])
  })

  it('are asked for only when one of them must have something', () => {
    expect([asks([]), asks([extras]), asks([extras, milk])]).toEqual([false, false, true])
  })

  it('begin with what is usual, then the first, until there are enough; what may be left out is left out', () => {
    expect([...preselected([milk, extras, flavours])]).toEqual(['oat', 'lemon', 'mango'])
  })
})

describe('an option that is touched', () => {
  it('takes the place of the other in a group of one, and can be taken back only where nothing is needed', () => {
    expect([...touched(milk, new Set(['oat', 'shot']), 'whole')]).toEqual(['shot', 'whole'])
    expect([...touched(milk, new Set(['whole']), 'whole')]).toEqual(['whole'])
    const lid = group('lid', 0, 1, [option('yes')])
    expect([...touched(lid, new Set(['yes']), 'yes')]).toEqual([])
  })

  it('comes and goes in a group of several, never more than there may be', () => {
    expect([...touched(extras, new Set(['shot']), 'cream')]).toEqual(['shot', 'cream'])
    expect([...touched(extras, new Set(['shot', 'cream']), 'cinnamon')]).toEqual(['shot', 'cream'])
    expect([...touched(extras, new Set(['shot', 'cream']), 'shot')]).toEqual(['cream'])
  })

  it('leaves a group lacking that has too few', () => {
    expect(lacking([milk, flavours], new Set(['whole', 'plum']))).toEqual([flavours])
  })

  it('never leaves a group with more than its most, whatever is touched, and what is preselected lacks nothing', () => {
    const groups = [milk, extras, flavours]
    expect(lacking(groups, preselected(groups))).toEqual([])
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(3))), (touches) => {
      let chosen = preselected(groups)
      for (const [place, at] of touches) {
        const one = groups[place]!
        chosen = touched(one, chosen, one.options[at % one.options.length]!.id)
      }
      for (const one of groups) expect(one.options.filter(({ id }) => chosen.has(id)).length).toBeLessThanOrEqual(one.most)
      expect(modifiersOf(groups, chosen)).toHaveLength(chosen.size)
    }))
  })
})

describe('a line with modifiers', () => {
  it('costs the product and what was chosen, and says so in the basket', () => {
    const ticket = put(newTicket('t'), ['oat', 'shot'])
    expect(shown(ticket)).toEqual([[1000, 750_000, 750_000, ['OAT', 'SHOT']]])
    expect(basketOf(ticket, rules, []).lines[0]?.modifiers).toEqual([{ id: 'oat', name: 'OAT', price: 80_000 }, { id: 'shot', name: 'SHOT', price: 120_000 }])
    expect(basketOf(put(newTicket('t'), []), rules, []).lines[0]).not.toHaveProperty('modifiers')
  })

  it('grows with one of the same, and is another one beside what was sold with something else', () => {
    const ticket = put(put(put(newTicket('t'), ['oat']), ['oat']), ['whole'])
    expect(shown(ticket)).toEqual([[2000, 630_000, 630_000, ['OAT']], [1000, 550_000, 550_000, ['WHOLE']]])
  })

  it('can have something else chosen, and costs the difference', () => {
    const ticket = ok(setModifiers(put(newTicket('t'), ['oat', 'shot']), '1', modifiersOf([milk], new Set(['none'])), 2))
    expect(shown(ticket)).toEqual([[1000, 525_000, 525_000, ['NONE']]])
    const bare = ok(setModifiers(ticket, '1', [], 2))
    expect(bare).toEqual(put(newTicket('t'), []))
  })

  it('never costs less than nothing', () => {
    const cheap = { ...latte, price: 20_000 }
    const added = add(newTicket('t'), cheap, { taxes: [], digits: 2, visit: { id: 'v', opened_at: 1 }, modifiers: modifiersOf([milk], new Set(['none'])) })
    expect(added).toEqual({ ok: false, refused: 'price_negative' })
    expect(setModifiers(put(newTicket('t'), [], cheap), '1', modifiersOf([milk], new Set(['none'])), 2)).toEqual({ ok: false, refused: 'price_negative' })
  })

  it('costs what a price list says of the product, and what was chosen on top', () => {
    const listed = (ticket: Ticket): Ticket => repriced(ticket, (_id, quantity) => (quantity >= 2000 ? { price: 500_000, entry: 'e', list: 'Mayoreo' } : { price: 550_000, entry: null, list: null }))
    const two = listed(ok(setQuantity(put(newTicket('t'), ['oat']), '1', 2000, 2)))
    expect(shown(two)).toEqual([[2000, 580_000, 580_000, ['OAT']]])
    expect(shown(listed(ok(setQuantity(two, '1', 1000, 2))))).toEqual([[1000, 630_000, 630_000, ['OAT']]])
  })

  it('adds to a price that a person typed', () => {
    const ticket = put(newTicket('t'), ['oat'], { ...latte, price: null }, { unit_price: 400_000 })
    expect(shown(ticket)).toEqual([[1000, 480_000, null, ['OAT']]])
    expect(extraOf(ticket.lines[0]?.modifiers)).toBe(80_000)
  })
})

describe('a group that the server says', () => {
  const row = { id: 'g', name: 'Leche', position: 3, least: 1, most: 1, pick: { products: ['latte'] }, options: [{ id: 'o', name: 'Avena', price: -5, default: true }] }

  it('is read as it stands', () => {
    expect(readModifierGroup(row)).toEqual({
      id: 'g', name: 'Leche', position: 3, least: 1, most: 1, pick: { everything: false, categories: [], products: ['latte'], without: [] },
      options: [{ id: 'o', name: 'Avena', price: -5, preselected: true }],
    })
  })

  it.each([{ least: 2 }, { most: 0 }, { options: [] }, { options: [{ id: 'o' }] }, { pick: null }])('is left alone when it asks for what it does not have: %o', (more) => {
    expect(readModifierGroup({ ...row, ...more })).toBeUndefined()
  })
})
