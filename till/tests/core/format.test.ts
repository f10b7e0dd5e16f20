import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatsOf, readDecimal, type Formats } from '../../src/core/format.ts'

interface MoneyCase {
  readonly locale: string
  readonly currency: string
  readonly digits: number
  readonly minor: number
  readonly text: string
}
const { cases } = JSON.parse(
  readFileSync(new URL('../../../vectors/money_format/money.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly MoneyCase[] }

const mexico = formatsOf('es-MX', 'America/Mexico_City', { code: 'MXN', digits: 2 })
const spain = formatsOf('es-ES', 'Europe/Madrid', { code: 'EUR', digits: 2 })
const english = formatsOf('en-US', 'America/New_York', { code: 'USD', digits: 2 })
/** Wed 25 Nov 2026 00:04 UTC: still the 24th in Mexico, already 01:04 in Spain. */
const NIGHT = Date.UTC(2026, 10, 25, 0, 4)

const plain = (text: string): string => text.replaceAll('\u00A0', ' ')

describe('money', () => {
  it.each(cases)('$locale $currency $minor is $text', ({ locale, currency, digits, minor, text }) => {
    expect(formatsOf(locale, 'UTC', { code: currency, digits }).money(minor)).toBe(text)
  })

  it('splits the sign from the figure for the window', () => {
    expect(mexico.parts(46250)).toEqual({ minus: '', before: '$', whole: '462', fraction: '.50', after: '' })
    expect(spain.parts(-195)).toEqual({ minus: '-', before: '', whole: '1', fraction: ',95', after: '€' })
  })

  it('leaves the sign out on the lines of a ticket', () => {
    expect([mexico.amount(17800), mexico.amount(-2000), spain.amount(123450)]).toEqual(['178.00', '-20.00', '1.234,50'])
  })

  it('drops the zeros of whole amounts on the keys of the pay sheet only', () => {
    expect([mexico.round(50000), mexico.round(46250), mexico.round(100000)]).toEqual(['$500', '$462.50', '$1,000'])
  })

  it('drops the zeros of whole prices on product keys, never where the sign stands behind', () => {
    expect(mexico.keyParts(890000)).toEqual({ minus: '', before: '$', whole: '89', fraction: '', after: '' })
    expect(mexico.keyParts(195000)).toEqual({ minus: '', before: '$', whole: '19', fraction: '.50', after: '' })
    expect(spain.keyParts(20000)).toEqual({ minus: '', before: '', whole: '2', fraction: ',00', after: '€' })
  })

  it('shows the further decimals of a unit price only where they are not zero', () => {
    expect([mexico.unitPrice(890000), mexico.unitPrice(891250), mexico.unitPrice(12345)]).toEqual(['$89.00', '$89.125', '$1.2345'])
    expect(plain(spain.unitPrice(12340000))).toBe('1.234,00 €')
  })

  it('writes the same digits as the number, whatever the amount', () => {
    const digits = (text: string): string => text.replaceAll(/\D/gu, '').replace(/^0+(?=\d)/u, '')
    fc.assert(
      fc.property(fc.maxSafeInteger(), (minor) => {
        expect(digits(mexico.money(minor))).toBe(String(Math.abs(minor)))
        expect(mexico.money(minor).startsWith('-')).toBe(minor < 0)
      }),
    )
  })
})

describe('quantities and percents', () => {
  it('gives weights three decimals and pieces none', () => {
    expect([mexico.quantity(750, 'kg', true), mexico.quantity(2000), mexico.quantity(1500)]).toEqual(['0.750 kg', '2', '1.5'])
    expect(spain.quantity(750, 'kg', true)).toBe('0,750 kg')
  })

  it('writes a percent the way of the locale', () => {
    expect([mexico.percent(160000), english.percent(82500), plain(spain.percent(210000))]).toEqual(['16%', '8.25%', '21 %'])
  })
})

describe('time', () => {
  it('is that of the store, not of the device', () => {
    expect([mexico.dateTime(NIGHT), spain.dateTime(NIGHT), english.dateTime(NIGHT)]).toEqual([
      '24/11/2026 18:04',
      '25/11/2026 01:04',
      '2026-11-24 19:04',
    ])
  })

  it('knows midnight as 00', () => {
    expect(spain.time(Date.UTC(2026, 10, 24, 23, 0))).toBe('00:00')
  })

  it('names the day shortly', () => {
    expect(mexico.day(NIGHT)).toBe('mar 24 nov')
  })

  it('writes a business date as it stands, in no zone', () => {
    expect([mexico.businessDate('2026-11-25'), english.businessDate('2026-11-25')]).toEqual(['25/11/2026', '2026-11-25'])
  })

  it('rounds an age down to its largest unit', () => {
    const ages = (formats: Formats): readonly string[] =>
      [0, 59_999, 120_000, 7_199_999, 47 * 3_600_000, 49 * 3_600_000].map((ms) => plain(formats.age(ms)))

    expect(ages(mexico)).toEqual(['0 s', '59 s', '2 min', '1 h', '47 h', '2 días'])
    expect(ages(english)).toEqual(['0 sec', '59 sec', '2 min', '1 hr', '47 hr', '2 days'])
  })
})

describe('reading what was typed', () => {
  it('takes a point or a comma', () => {
    expect([readDecimal('462.5', 2), readDecimal('0,750', 3), readDecimal(' 12 ', 2), readDecimal('3.', 2)]).toEqual([46250, 750, 1200, 300])
  })

  it('refuses more decimals than there are, signs and anything else', () => {
    expect(['1.005', '-1', '1e3', '', '.5', '1.2.3'].map((text) => readDecimal(text, 2))).toEqual([null, null, null, null, null, null])
    expect(readDecimal('1.500', 2)).toBe(150)
  })

  it('reads back every amount it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (minor) => {
        expect(readDecimal(spain.amount(minor).replaceAll('.', ''), 2)).toBe(minor)
      }),
    )
  })
})
