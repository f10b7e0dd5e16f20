/** What is given to try: how much at once, what is asked before, and how many a shift gave. */
import { expect, test } from 'vitest'
import type { AnyFact } from '../../src/core/facts.ts'
import type { SampleGood } from '../../src/core/guidance.ts'
import { before, givenOf, sampleOf, small, standing } from '../../src/core/sampling.ts'

const CHEESE: SampleGood = { product: 'cheese', quantity: 20, allergens: 'leche', dayMax: 3 }
const CREAM: SampleGood = { product: 'cream', quantity: 1000, allergens: '', dayMax: null }

function given(id: string, product: string): AnyFact {
  return { id, kind: 'sample.given', at: 1, body: { shift: 's', product, quantity: 20 } } as unknown as AnyFact
}
const undone = (record: string): AnyFact => ({ id: `u${record}`, kind: 'record.undone', at: 2, body: { record } }) as unknown as AnyFact

test('as much as the owner says; of what nobody has said, a piece, or a taste of what is measured', () => {
  expect(sampleOf({ id: 'cheese', unit: 'kg', by: 'weight' }, [CHEESE])).toBe(20)
  expect(sampleOf({ id: 'ham', unit: 'kg', by: 'weight' }, [CHEESE])).toBe(50)
  expect(sampleOf({ id: 'cloth', unit: 'm', by: 'piece' }, [])).toBe(50)
  expect(sampleOf({ id: 'soap', unit: 'pieza', by: 'piece' }, [CHEESE])).toBe(1000)
})

test('less than a kilogram or a litre is said in grams and millilitres', () => {
  const of = (unit: string, content: number | null = null, content_unit: string | null = null): { unit: string; content: number | null; content_unit: string | null } => ({ unit, content, content_unit })
  expect(small(20, of('kg'))).toEqual({ quantity: 20_000, unit: 'g' })
  expect(small(50, of('L'))).toEqual({ quantity: 50_000, unit: 'ml' })
  expect(small(1000, of('kg'))).toEqual({ quantity: 1000, unit: 'kg' })
  expect(small(1000, of('pieza'))).toEqual({ quantity: 1000, unit: 'pieza' })
  expect(small(100, of('pieza'))).toEqual({ quantity: 100, unit: 'pieza' })
  // Of a piece that says what it holds, as much of that.
  expect(small(80, of('pieza', 250_000, 'g'))).toEqual({ quantity: 20_000, unit: 'g' })
  expect(small(50, of('pieza', 1000, 'l'))).toEqual({ quantity: 50_000, unit: 'ml' })
  expect(small(1000, of('pieza', 250_000, 'g'))).toEqual({ quantity: 1000, unit: 'pieza' })
})

test('nothing is asked but what it contains and how old they are', () => {
  expect(before({ id: 'cream', age: null }, [CREAM], 0)).toBeNull()
  expect(before({ id: 'cheese', age: null }, [CHEESE], 0)).toEqual({ allergens: 'leche', isUnknown: false, age: null })
  expect(before({ id: 'cream', age: 18 }, [CREAM], 0)).toEqual({ allergens: '', isUnknown: false, age: 18 })
})

test('whose age was seen for this ticket is not asked again', () => {
  expect(before({ id: 'cream', age: 18 }, [CREAM], 18)).toBeNull()
  expect(before({ id: 'cream', age: 21 }, [CREAM], 18)?.age).toBe(21)
})

test('where a shop says of some goods what they contain, of others it says that it is not known', () => {
  expect(before({ id: 'ham', age: null }, [CHEESE, CREAM], 0)).toEqual({ allergens: '', isUnknown: true, age: null })
  expect(before({ id: 'ham', age: null }, [CREAM], 0)).toBeNull()
})

test('what was taken back was not given', () => {
  const facts = [given('1', 'cheese'), given('2', 'cheese'), given('3', 'cream'), undone('2')]
  expect(standing(facts).map(({ id }) => id)).toEqual(['1', '3'])
  expect(givenOf('cheese', facts)).toBe(1)
  expect(givenOf('soap', facts)).toBe(0)
})
