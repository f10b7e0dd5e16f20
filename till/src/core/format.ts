/**
 * Whole numbers as people read them: money, unit prices, quantities, percents, dates and times, in the store's locale and zone.
 * The signs come from Intl; the digits are placed by hand from whole numbers, so that no amount passes through a float and a currency
 * has the decimals the business gives it (COP has 2 for one shop, 0 for another), not those Intl would choose.
 */
import { rescale } from './decimal.ts'
import { divDown } from './integer.ts'

export interface Currency {
  /** ISO 4217. */
  readonly code: string
  /** Decimals: 0, 2 or 3. */
  readonly digits: number
}

/** An amount in the parts that the look sets apart: a small raised sign, the whole, the fraction with its mark. */
export interface MoneyParts {
  readonly minus: string
  readonly before: string
  readonly whole: string
  readonly fraction: string
  readonly after: string
}

export interface Formats {
  readonly locale: string
  readonly zone: string
  readonly currency: Currency
  /** `$1,234.50`: minor units. */
  readonly money: (minor: number) => string
  /** `1,234.50`, as on a line of a ticket. */
  readonly amount: (minor: number) => string
  readonly parts: (minor: number) => MoneyParts
  /** `$500` for whole amounts, as on the keys of the pay sheet. */
  readonly round: (minor: number) => string
  readonly roundParts: (minor: number) => MoneyParts
  /** The price on a product key: whole amounts without their zeros, except where the sign stands behind, as in Spain. Ten-thousandths. */
  readonly keyParts: (unitPrice: number) => MoneyParts
  /** `$89.00`, with more decimals only where they are not zero: ten-thousandths. */
  readonly unitPrice: (unitPrice: number) => string
  /** `0.750 kg`, `2`: thousandths. Weights always show three decimals. */
  readonly quantity: (thousandths: number, unit?: string | null, weighed?: boolean) => string
  /** `16 %`: parts per million, at most four decimals. */
  readonly percent: (ppm: number) => string
  /** `18:04`. */
  readonly time: (at: number) => string
  /** `25/11/2026`. */
  readonly date: (at: number) => string
  /** `25/11/2026 18:04`, the same in every browser: this is what paper says. */
  readonly dateTime: (at: number) => string
  /** `mié 25 nov`. */
  readonly day: (at: number) => string
  /** A business date `2026-11-25` as `25/11/2026`. */
  readonly businessDate: (iso: string) => string
  /** `2 min`, `3 h`, `2 días`: how long, rounded down; under a minute in seconds. */
  readonly age: (ms: number) => string
}

interface Signs {
  readonly group: string
  readonly decimal: string
  readonly before: string
  readonly after: string
}

const UNIT_PRICE_DIGITS = 4
const NO_BREAK = '\u00A0'

// CLDR puts a space after the sign here; the shops of these countries do not. Source: vectors/money_format/money.json.
const SIGN_TOUCHES = new Set(['es-AR ARS', 'es-CO COP'])

function signsOf(locale: string, currency: string): Signs {
  const options = { style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits: 2 } as const
  const parts = new Intl.NumberFormat(locale, options).formatToParts(1_234_567)
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  const sign = parts.findIndex((part) => part.type === 'currency')
  const isBefore = sign < parts.findIndex((part) => part.type === 'integer')
  const space = parts[isBefore ? sign + 1 : sign - 1]
  const gap = space?.type === 'literal' && !SIGN_TOUCHES.has(`${locale} ${currency}`) ? NO_BREAK : ''
  return {
    group: of('group').replace('\u202F', NO_BREAK),
    decimal: of('decimal'),
    before: isBefore ? of('currency') + gap : '',
    after: isBefore ? '' : gap + of('currency'),
  }
}

/** Return the whole number as digits with groups, and its decimals without their mark. */
function split(value: number, digits: number, group: string): readonly [whole: string, fraction: string] {
  const text = String(Math.abs(value)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return [whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, group), digits > 0 ? text.slice(-digits) : '']
}

function partsOf(value: number, digits: number, signs: Signs): MoneyParts {
  const [whole, fraction] = split(value, digits, signs.group)
  return {
    minus: value < 0 ? '-' : '',
    before: signs.before,
    whole,
    fraction: fraction === '' ? '' : signs.decimal + fraction,
    after: signs.after,
  }
}

function join(parts: MoneyParts): string {
  return parts.minus + parts.before + parts.whole + parts.fraction + parts.after
}

// Blanks belong to the text of a whole amount, not to the raised sign.
function bare(parts: MoneyParts): MoneyParts {
  return { ...parts, before: parts.before.trim(), after: parts.after.trim() }
}

function withoutZeros(parts: MoneyParts): MoneyParts {
  return /^\D?0*$/u.test(parts.fraction) ? { ...parts, fraction: '' } : parts
}

function decimalText(value: number, digits: number, fewest: number, signs: Signs): string {
  const [whole, fraction] = split(value, digits, signs.group)
  let end = fraction.length
  while (end > fewest && fraction[end - 1] === '0') end -= 1
  return (value < 0 ? '-' : '') + whole + (end > 0 ? signs.decimal + fraction.slice(0, end) : '')
}

// Spanish of Spain, like most of Europe, sets a blank before the per-cent sign; Mexico and English do not.
function percentSign(locale: string): string {
  const parts = new Intl.NumberFormat(locale, { style: 'percent' }).formatToParts(1)
  return parts.some((part) => part.type === 'literal') ? `${NO_BREAK}%` : '%'
}

interface Clock {
  readonly year: string
  readonly month: string
  readonly day: string
  readonly hour: string
  readonly minute: string
}

function clockOf(zone: string): (at: number) => Clock {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  })
  return (at) => {
    const parts = format.formatToParts(at)
    const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
    return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') }
  }
}

function ageText(locale: string): (ms: number) => string {
  const unit = (name: string, display: 'short' | 'long'): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: display })
  const [second, minute, hour, day] = [unit('second', 'short'), unit('minute', 'short'), unit('hour', 'short'), unit('day', 'long')]
  return (ms) => {
    const seconds = divDown(Math.max(0, Math.trunc(ms)), 1000)
    if (seconds < 60) return second.format(seconds)
    if (seconds < 3600) return minute.format(divDown(seconds, 60))
    if (seconds < 172_800) return hour.format(divDown(seconds, 3600))
    return day.format(divDown(seconds, 86_400))
  }
}

// Without the commas, points and «de» between the words: it stands where room is short.
function words(parts: readonly Intl.DateTimeFormatPart[]): string {
  return parts.filter(({ type }) => type !== 'literal').map(({ value }) => value.replace('.', '')).join(' ')
}

type Dated = Pick<Formats, 'time' | 'date' | 'dateTime' | 'day' | 'businessDate' | 'age'>

function dated(locale: string, zone: string): Dated {
  const clock = clockOf(zone)
  const isIso = locale.toLowerCase().startsWith('en')
  const order = (year: string, month: string, day: string): string =>
    isIso ? `${year}-${month}-${day}` : `${day}/${month}/${year}`
  const day = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' })
  const time = (at: number): string => `${clock(at).hour}:${clock(at).minute}`
  const date = (at: number): string => order(clock(at).year, clock(at).month, clock(at).day)
  return {
    time,
    date,
    dateTime: (at) => `${date(at)} ${time(at)}`,
    day: (at) => words(day.formatToParts(at)),
    businessDate: (iso) => order(iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10)),
    age: ageText(locale),
  }
}

const MEASURES = new Set(['kg', 'g', 'mg', 'lb', 'oz', 'l', 'ml', 'm', 'cm'])

/** True for units that are measured, not counted: their quantities show three decimals. */
export function isMeasured(unit: string): boolean {
  return MEASURES.has(unit.toLowerCase())
}

/** The formats of a store. Build them once per store: making them costs more than using them. */
export function formatsOf(locale: string, zone: string, currency: Currency): Formats {
  const signs = signsOf(locale, currency.code)
  const plain: Signs = { ...signs, before: '', after: '' }
  const sign = percentSign(locale)
  const parts = (minor: number): MoneyParts => partsOf(minor, currency.digits, signs)
  const unitParts = (unitPrice: number): MoneyParts => {
    const fraction = decimalText(unitPrice, UNIT_PRICE_DIGITS, currency.digits, plain)
    const place = fraction.indexOf(signs.decimal)
    const whole = (place < 0 ? fraction : fraction.slice(0, place)).replace('-', '')
    return { ...partsOf(unitPrice, 0, signs), whole, fraction: place < 0 ? '' : fraction.slice(place) }
  }
  return {
    locale,
    zone,
    currency,
    money: (minor) => join(parts(minor)),
    amount: (minor) => join(partsOf(minor, currency.digits, plain)),
    parts: (minor) => bare(parts(minor)),
    round: (minor) => join(withoutZeros(parts(minor))),
    roundParts: (minor) => bare(withoutZeros(parts(minor))),
    keyParts: (unitPrice) => {
      const exact = unitParts(unitPrice)
      return bare(signs.after === '' ? withoutZeros(exact) : exact)
    },
    unitPrice: (unitPrice) => join(unitParts(unitPrice)),
    quantity: (thousandths, unit, weighed = false) =>
      decimalText(thousandths, 3, weighed ? 3 : 0, plain) + (unit === undefined || unit === null || unit === '' ? '' : ` ${unit}`),
    percent: (ppm) => decimalText(ppm, 4, 0, plain) + sign,
    ...dated(locale, zone),
  }
}

/** Read what a person typed as a decimal (`.` or `,`) into a whole number with `digits` decimals; null when it is no such number. */
export function readDecimal(text: string, digits: number): number | null {
  const match = /^(\d{1,12})(?:[.,](\d{0,15}))?$/u.exec(text.trim())
  if (match === null) return null
  const [, whole = '0', fraction = ''] = match
  if (fraction.replace(/0+$/u, '').length > digits) return null
  return rescale(Number(whole), 0, digits) + Number(fraction.padEnd(digits, '0').slice(0, digits) || '0')
}
