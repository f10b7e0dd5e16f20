import fc from 'fast-check'
import { expect, it } from 'vitest'
import { areTold, holding, moved, placeAt, putOn, withoutPage } from '../../src/core/arranging.ts'
import type { FavouritePage } from '../../src/core/part.ts'

it('what is moved stands where it was let go, and all else keeps its order', () => {
  expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd'])
  expect(moved(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c'])
  expect(moved(['a', 'b'], 0, 9)).toEqual(['b', 'a'])
  expect(moved(['a', 'b'], 1, -1)).toEqual(['b', 'a'])
  expect(moved(['a', 'b'], 5, 0)).toEqual(['a', 'b'])
})

it('nothing is lost or doubled, and the way back leads back', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat(), { minLength: 1 }), fc.nat(), fc.nat(), (list, one, other) => {
    const [from, to] = [one % list.length, other % list.length]
    const there = moved(list, from, to)
    expect(there[to]).toBe(list[from])
    expect([...there].sort((a, b) => a - b)).toEqual([...list].sort((a, b) => a - b))
    expect(moved(there, to, from)).toEqual(list)
  }))
})

it('a key lands on the place whose middle is nearest to the finger', () => {
  const boxes = [0, 1, 2, 3].map((n) => ({ left: (n % 2) * 100, top: Math.floor(n / 2) * 80, width: 90, height: 70 }))
  expect([placeAt(boxes, 10, 10), placeAt(boxes, 160, 20), placeAt(boxes, 90, 500), placeAt(boxes, 400, 100), placeAt([], 1, 1)]).toEqual([0, 1, 2, 3, 0])
})

const pages = [{ name: 'Pan', products: ['a', 'b'] }, { name: 'Café', products: ['c'] }, { name: 'Leche', products: [] }]

it('a product stands on one page, at its end', () => {
  expect(putOn(pages, 1, 'a').map(({ products }) => products)).toEqual([['b'], ['c', 'a'], []])
  expect(putOn(pages, 0, 'z').map(({ products }) => products)).toEqual([['a', 'b', 'z'], ['c'], []])
  expect(holding(pages, 2, ['x'])).toEqual([pages[0], pages[1], { name: 'Leche', products: ['x'] }])
})

it('a page that is taken out leaves its products to the one before it, and the only one stays', () => {
  expect(withoutPage(pages, 1)).toEqual([{ name: 'Pan', products: ['a', 'b', 'c'] }, pages[2]])
  expect(withoutPage(pages, 0)).toEqual([{ name: 'Café', products: ['c', 'a', 'b'] }, pages[2]])
  expect(withoutPage(pages, 9)).toBe(pages)
  expect(withoutPage([{ name: '', products: ['a'] }], 0)).toEqual([{ name: '', products: ['a'] }])
})

it('nothing that is done with pages loses or doubles a product', () => {
  const product = fc.constantFrom('a', 'b', 'c')
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(3), product)), (acts) => {
    let now: readonly FavouritePage[] = pages
    for (const [at, id] of acts) now = at === 3 ? withoutPage(now, now.length - 1) : putOn(now, Math.min(at, now.length - 1), id)
    expect(now.flatMap(({ products }) => products).sort()).toEqual(['a', 'b', 'c'])
  }))
})

it('one page needs no name, more need names of their own', () => {
  expect(areTold([{ name: '', products: [] }])).toBe(true)
  expect(areTold(pages)).toBe(true)
  expect(areTold([...pages, { name: ' pan ', products: [] }])).toBe(false)
  expect(areTold([...pages, { name: ' ', products: [] }])).toBe(false)
})
