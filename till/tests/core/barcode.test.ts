import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { checkDigit, expandUpcE, hasCheckDigit, parseElements, readCode, unknownCode, withCode, type ReadOptions } from '../../src/core/barcode.ts'
import { isoDate } from '../../src/core/gs1.ts'

interface Gs1Vectors {
  readonly check_digits: readonly { readonly without_check: string; readonly check: number; readonly full: string }[]
  readonly ai_parse: readonly { readonly in: string; readonly out: readonly (readonly [string, string])[] }[]
  readonly negatives: readonly string[]
}
interface Reads {
  readonly rules: ReadOptions['rules']
  readonly digits: number
  readonly year: number
  readonly cases: readonly { readonly title: string; readonly scanned: string; readonly reading: object }[]
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../vectors/barcode/${name}.json`, import.meta.url), 'utf8'))
const gs1 = read('gs1') as Gs1Vectors
const reads = read('reads') as Reads
const options: ReadOptions = { rules: reads.rules, digits: reads.digits, year: reads.year }

describe('check digits', () => {
  it.each(gs1.check_digits)('closes $without_check with $check', ({ without_check, check, full }) => {
    expect(checkDigit(without_check)).toBe(String(check))
    expect(hasCheckDigit(full)).toBe(true)
  })

  it('finds a wrong digit in any plain code', () => {
    expect([hasCheckDigit('6291041500214'), hasCheckDigit('96385075')]).toEqual([false, false])
  })

  it('expands UPC-E by its last digit', () => {
    // GS1 General Specifications figure 5.2.2.4-1: 0 1 2 / 3 / 4 / 5-9 in the last place.
    expect(expandUpcE('01234505')).toBe('012000003455')
    expect(expandUpcE('04252614')).toBe('042100005264')
    expect(expandUpcE('01234531')).toBe('012300000451')
    expect(expandUpcE('01234543')).toBe('012340000053')
    expect(expandUpcE('01234558')).toBe('012345000058')
  })

  it('takes nothing for UPC-E that is none', () => {
    expect([expandUpcE('04252615'), expandUpcE('24252614'), expandUpcE('0425261')]).toEqual([null, null, null])
  })
})

describe('what is remembered of a code that no product carries', () => {
  it.each([
    ['the code itself', '7501030459941', '7501030459941'],
    ['a code of a shop of its own', 'ZAP-38.N', 'ZAP-38.N'],
    ['without the prefix of its symbology', ']E07501030459941', '7501030459941'],
    ['of a scale\'s label its article, whatever it weighs', '2012345012349', '2012345000001'],
    ['of a GS1 code its GTIN', ']C1010750103045994110L-7', '07501030459941'],
    ['nothing of what was not read right', '7501030459942', null],
    ['nothing of a link', 'https://tienda.example/t/abc', null],
    ['nothing as long as a card or a document', '4111111111111111', null],
    ['nothing of words', 'Lucía', null],
  ])('%s', (_, scanned, expected) => {
    expect(unknownCode(readCode(scanned, options))).toBe(expected)
  })

  it('stands once, twenty at most', () => {
    const twenty = Array.from({ length: 20 }, (_, n) => String(1000 + n))
    expect(withCode(undefined, 'A-1')).toEqual(['A-1'])
    expect(withCode(['A-1'], 'A-1')).toEqual(['A-1'])
    expect(withCode(['A-1'], null)).toEqual(['A-1'])
    expect(withCode(twenty, 'A-1')).toEqual(twenty)
  })
})

describe('GS1 element strings', () => {
  it.each(gs1.ai_parse)('reads $in', ({ in: text, out }) => {
    expect(parseElements(text)).toEqual(out)
  })

  it('ends a value of free length at the separator', () => {
    expect(parseElements('10L-7\u001D17261231')).toEqual([
      ['10', 'L-7'],
      ['17', '261231'],
    ])
  })

  it('refuses a wrong check digit, an impossible date, a cut value and an unknown identifier', () => {
    expect(['0109506000134353', '17261331', '0109506000', '05123', '3103ABCDEF'].map(parseElements)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })

  it('gives day 00 the last day of its month, also in a leap year', () => {
    expect([isoDate('280200', 2026), isoDate('270200', 2026), isoDate('261100', 2026)]).toEqual([
      '2028-02-29',
      '2027-02-28',
      '2026-11-30',
    ])
  })

  it('puts a year into the nearest century', () => {
    expect([isoDate('990101', 2026), isoDate('760101', 2026), isoDate('770101', 2026)]).toEqual([
      '1999-01-01',
      '2076-01-01',
      '1977-01-01',
    ])
  })
})

describe('reading a scan', () => {
  it.each(reads.cases)('$title', ({ scanned, reading }) => {
    expect(readCode(scanned, options)).toEqual(reading)
  })
})
