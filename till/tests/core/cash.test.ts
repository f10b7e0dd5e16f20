import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeFor, denominationsOf, suggestionsFor, sumOf } from '../../src/core/cash.ts'

const MXN = { code: 'MXN', digits: 2 }
const EUR = { code: 'EUR', digits: 2 }
const CLP = { code: 'CLP', digits: 0 }
const TND = { code: 'TND', digits: 3 }

const short = (amount: number, currency: typeof MXN): readonly string[] =>
  changeFor(amount, currency).pieces.map(({ kind, value, count }) => `${String(count)} ${kind} ${String(value)}`)

describe('change', () => {
  it('is handed over in the fewest notes and coins', () => {
    expect(short(3750, MXN)).toEqual(['1 note 2000', '1 coin 1000', '1 coin 500', '1 coin 200', '1 coin 50'])
    expect(short(1388, EUR)).toEqual(['1 note 1000', '1 coin 200', '1 coin 100', '1 coin 50', '1 coin 20', '1 coin 10', '1 coin 5', '1 coin 2', '1 coin 1'])
  })

  it('gives a piece as often as it takes', () => {
    expect(short(8000, CLP)).toEqual(['1 note 5000', '1 note 2000', '1 note 1000'])
    expect(short(40_000, { code: 'CLP', digits: 0 })).toEqual(['2 note 20000'])
  })

  it('says what no coin can give', () => {
    expect(changeFor(1003, MXN)).toEqual({ pieces: [{ kind: 'coin', value: 1000, count: 1 }], rest: 3 })
  })

  it('is nothing for nothing', () => {
    expect(changeFor(0, MXN)).toEqual({ pieces: [], rest: 0 })
  })

  it('adds up to the amount with what is left over, in every currency', () => {
    fc.assert(
      fc.property(fc.constantFrom(MXN, EUR, CLP, TND), fc.integer({ min: 0, max: 10_000_000 }), (currency, amount) => {
        const { pieces, rest } = changeFor(amount, currency)
        const smallest = Math.min(...denominationsOf(currency).map(({ value }) => value))

        expect(sumOf(pieces) + rest).toBe(amount)
        expect(rest).toBeLessThan(smallest)
      }),
    )
  })
})

describe('what a buyer is likely to give', () => {
  it('is the amount rounded up to each coin and note from five pesos on', () => {
    expect(suggestionsFor(46250, MXN)).toEqual([46500, 47000, 48000, 50000, 60000, 100_000])
  })

  it('never repeats the exact amount', () => {
    expect(suggestionsFor(50000, MXN)).toEqual([60000, 100_000])
  })

  it('stays near a small amount', () => {
    expect(suggestionsFor(1230, MXN)).toEqual([1500, 2000, 5000, 10_000, 20_000, 50_000])
  })

  it('follows the money of the country', () => {
    expect(suggestionsFor(4625, EUR)).toEqual([4700, 4800, 5000, 6000, 10_000, 20_000])
    expect(suggestionsFor(4630, CLP)).toEqual([4700, 5000, 6000, 10_000, 20_000])
  })

  it('is nothing where nothing is due', () => {
    expect([suggestionsFor(0, MXN), suggestionsFor(-100, MXN)]).toEqual([[], []])
  })

  it('rises, stays above what is due and shows at most six', () => {
    fc.assert(
      fc.property(fc.constantFrom(MXN, EUR, CLP, TND), fc.integer({ min: 1, max: 100_000_000 }), (currency, due) => {
        const amounts = suggestionsFor(due, currency)

        expect(amounts.length).toBeLessThanOrEqual(6)
        expect([...amounts].sort((one, other) => one - other)).toEqual(amounts)
        expect(amounts.every((amount) => amount > due)).toBe(true)
      }),
    )
  })
})

describe('the pieces of a currency', () => {
  it('follow its decimals: the same pesos with two decimals or none', () => {
    expect(denominationsOf({ code: 'COP', digits: 2 })[0]).toEqual({ kind: 'note', value: 10_000_000 })
    expect(denominationsOf({ code: 'COP', digits: 0 })[0]).toEqual({ kind: 'note', value: 100_000 })
  })

  it('leave out coins that the decimals cannot express', () => {
    expect(denominationsOf({ code: 'MXN', digits: 0 }).at(-1)).toEqual({ kind: 'coin', value: 1 })
  })

  it('are counted into a sum', () => {
    expect(sumOf([{ value: 20_000, count: 2 }, { value: 50, count: 3 }])).toBe(40_150)
  })
})
