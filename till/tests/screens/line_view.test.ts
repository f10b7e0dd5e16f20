import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sellable } from '../../src/core/adding.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { lineViews } from '../../src/screens/sell/line_view.ts'
import { goHome, standAtTheTill } from './standing.ts'

const yogurt: Sellable = { id: 'p-yogurt', name: 'Yogur natural', variant: null, unit: 'pieza', by: 'piece', price: 180_000 }

beforeEach(() => standAtTheTill())
afterEach(goHome)

describe('a line whose code carries a date', () => {
  // In Mexico it is the evening of 24 November 2025; by UTC it is the next day already.
  it.each([
    ['2025-11-24', '$18.00 c/u · Hasta 24/11/2025'],
    ['2025-11-23', '$18.00 c/u · Pasó su fecha: 23/11/2025'],
  ])('says whether %s has passed', (expires, detail) => {
    counter.put(yogurt, { expires })

    expect(lineViews(counter.lines, counter.totals, new Map()).map((line) => line.detail)).toEqual([detail])
  })
})
