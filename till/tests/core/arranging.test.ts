import fc from 'fast-check'
import { expect, it } from 'vitest'
import { moved, placeAt } from '../../src/core/arranging.ts'

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
