/**
 * What a scanned code says, before anything is looked up: which exact codes to try, and what the code carries besides
 * (weight, price, count, lot, expiry). Pure. Leading zeros are kept; forms of one GTIN (UPC-A, EAN-13, GTIN-14) are each tried exactly.
 */
import type { BarcodeRule } from './catalogue.ts'
import { checkDigit, expandUpcE, hasCheckDigit } from './check_digit.ts'
import { rescale } from './decimal.ts'
import { GROUP_SEPARATOR, isoDate, parseElements, type Element } from './gs1.ts'

export { checkDigit, expandUpcE, hasCheckDigit } from './check_digit.ts'
export { GROUP_SEPARATOR, parseElements, type Element } from './gs1.ts'

/** Why a code sells nothing. `unknown`: well read, but no product carries it. */
export type ScanProblem =
  | 'unknown'
  | 'bad_check_digit'
  | 'too_short'
  | 'bad_characters'
  | 'bad_element'
  | 'zero_value'

/** One exact code to look up, and what the scan carries if that one is found. */
export interface Attempt {
  readonly code: string
  /** Weight in thousandths of the unit, or null. */
  readonly weight: number | null
  /** Price of the whole package in minor units, or null. */
  readonly price: number | null
  /** How many, in thousandths, or null. */
  readonly count: number | null
}

export interface Reading {
  /** The code as scanned, without the symbology's prefix. */
  readonly text: string
  /** In order; the first that is found counts. Empty: nothing to look up, `problem` says why. */
  readonly attempts: readonly Attempt[]
  /** What to say when no attempt is found. */
  readonly problem: ScanProblem
  readonly lot: string | null
  readonly serial: string | null
  /** ISO date of expiry (17) or best before (15), or null. */
  readonly expires: string | null
}

export interface ReadOptions {
  readonly rules: readonly BarcodeRule[]
  /** Decimals of the currency, for embedded prices. */
  readonly digits: number
  /** The current year, for the century of GS1 dates. */
  readonly year: number
}

const SHORTEST_RETAIL = 6
/** Digits of the longest amount that is sure to be a safe integer. */
const LONGEST_AMOUNT = 15
const GS1_PREFIX = /^\](?:C1|d2|e0|Q3|J1)/u
const AIM_PREFIX = /^\][A-Za-z][0-9A-Za-z]/u
const GTIN_LENGTHS = new Set([8, 12, 13, 14])

/** Read one scan. Never throws; a code that cannot be right has no attempts and says why. */
export function readCode(scanned: string, options: ReadOptions): Reading {
  const isGs1 = GS1_PREFIX.test(scanned)
  const text = scanned.replace(AIM_PREFIX, '').trim()
  if (text === '') return bad(text, 'too_short')
  if (isGs1 || text.includes(GROUP_SEPARATOR)) return readElements(text, options)
  if (/[\u0000-\u001F\u007F-\u009F\uFFFD]/u.test(text)) return bad(text, 'bad_characters')
  if (/^01\d{14}/u.test(text) && hasCheckDigit(text.slice(2, 16)) && parseElements(text) !== null) {
    return withPlainFirst(text, readElements(text, options))
  }
  return readPlain(text, options)
}

/** As many codes as one fact may name. */
const UNKNOWN_MAX = 20

/**
 * What of a scan that no product carried is worth remembering: a scale's label by its article, a GS1 code by its GTIN; null where it does not look
 * like the barcode of goods (no text of anybody's stands in a fact: ruling 3).
 */
export function unknownCode({ attempts, problem }: Reading): string | null {
  const codes = [...attempts.filter(({ weight, price }) => weight !== null || price !== null), ...attempts].map(({ code }) => code)
  return problem === 'unknown' ? (codes.find((code) => /^[0-9A-Z./-]{4,14}$/u.test(code)) ?? null) : null
}

/** The codes with one more, which stands there once. */
export function withCode(codes: readonly string[] = [], code: string | null): readonly string[] {
  return code === null || codes.includes(code) || codes.length === UNKNOWN_MAX ? codes : [...codes, code]
}

function readPlain(text: string, options: ReadOptions): Reading {
  const attempts = formsOf(text).map((code) => plain(code))
  let problem: ScanProblem = text.length < SHORTEST_RETAIL ? 'too_short' : 'unknown'
  if (/^\d+$/u.test(text) && GTIN_LENGTHS.has(text.length) && !hasCheckDigit(text) && expandUpcE(text) === null) {
    problem = 'bad_check_digit'
  }
  const rule = ruleOf(text, options.rules)
  if (rule === null) return { ...bad(text, problem), attempts }
  const embedded = embeddedIn(text, rule, options.digits)
  if (typeof embedded === 'string') return { ...bad(text, embedded), attempts }
  return { ...bad(text, problem), attempts: [...attempts, ...embedded] }
}

/** All exact codes that name the same article: as scanned first, then the other lengths of the same GTIN. */
function formsOf(text: string): readonly string[] {
  const forms = [text]
  const add = (code: string): void => {
    if (!forms.includes(code)) forms.push(code)
  }
  const upc = expandUpcE(text)
  if (upc !== null) [upc, `0${upc}`].forEach(add)
  if (!hasCheckDigit(text)) return forms
  if (text.length === 12) add(`0${text}`)
  if (text.length === 13 && text.startsWith('0')) add(text.slice(1))
  if (text.length === 14 && text.startsWith('0')) {
    add(text.slice(1))
    if (text.startsWith('00')) add(text.slice(2))
    if (text.startsWith('000000')) add(text.slice(6))
  }
  return forms
}

/** The rule with the longest prefix that fits, or null. A rule's code: prefix, item, value and, in all but a few scales, a check digit. */
function ruleOf(text: string, rules: readonly BarcodeRule[]): BarcodeRule | null {
  if (!/^\d+$/u.test(text)) return null
  let best: BarcodeRule | null = null
  for (const rule of rules) {
    const length = lengthOf(rule)
    if ((text.length !== length && text.length !== length + 1) || !text.startsWith(rule.prefix)) continue
    if (best === null || rule.prefix.length > best.prefix.length) best = rule
  }
  return best
}

function lengthOf(rule: BarcodeRule): number {
  return rule.prefix.length + rule.item_digits + rule.value_digits
}

/** The codes that an embedded code's item may be kept under: whole with the value zeroed, prefix and item, item alone. */
function embeddedIn(text: string, rule: BarcodeRule, digits: number): readonly Attempt[] | ScanProblem {
  const isChecked = text.length > lengthOf(rule)
  if (isChecked && !hasCheckDigit(text)) return 'bad_check_digit'
  const itemEnd = rule.prefix.length + rule.item_digits
  const value = Number(text.slice(itemEnd, itemEnd + rule.value_digits))
  if (value === 0) return 'zero_value'
  const stem = text.slice(0, itemEnd)
  const zeroed = stem + '0'.repeat(rule.value_digits)
  const codes = [isChecked ? zeroed + checkDigit(zeroed) : zeroed, stem, text.slice(rule.prefix.length, itemEnd)]
  const weight = rule.kind === 'weight' ? rescale(value, rule.decimals, 3) : null
  const price = rule.kind === 'price' ? rescale(value, rule.decimals, digits) : null
  if (weight === 0 || price === 0) return 'zero_value'
  return codes.filter((code) => code !== '').map((code) => ({ code, weight, price, count: null }))
}

function readElements(text: string, options: ReadOptions): Reading {
  const elements = parseElements(text)
  if (elements === null) return bad(text, 'bad_element')
  const of = (ai: string): string | null => elements.find(([name]) => name === ai)?.[1] ?? null
  const gtin = of('01') ?? of('02')
  const expiry = of('17') ?? of('15')
  const count = of('30') ?? of('37')
  const weight = measured(elements, '310', 3)
  const price = measured(elements, '392', options.digits)
  if (weight === 'too_long' || price === 'too_long') return bad(text, 'bad_element')
  const zero = weight === 0 || price === 0 || (count !== null && Number(count) === 0)
  const carried = { weight, price, count: count === null ? null : Number(count) * 1000 }
  return {
    text,
    attempts: gtin === null || zero ? [] : formsOf(gtin).map((code) => ({ code, ...carried })),
    problem: zero ? 'zero_value' : 'unknown',
    lot: of('10'),
    serial: of('21'),
    expires: expiry === null ? null : isoDate(expiry, options.year),
  }
}

/** The value of a measure such as 310n, whose last digit says its decimals, as a whole number with `to` decimals. */
function measured(elements: readonly Element[], stem: string, to: number): number | null | 'too_long' {
  const found = elements.find(([ai]) => ai.length === 4 && ai.startsWith(stem))
  if (found === undefined) return null
  const from = Number(found[0].slice(3))
  const digits = found[1].replace(/^0+/u, '').length
  return digits + Math.max(0, to - from) > LONGEST_AMOUNT ? 'too_long' : rescale(Number(found[1]), from, to)
}

// A shop may keep the whole code as it stands: that match is the exact one and comes before what its elements say.
function withPlainFirst(text: string, reading: Reading): Reading {
  return { ...reading, attempts: [plain(text), ...reading.attempts] }
}

function plain(code: string): Attempt {
  return { code, weight: null, price: null, count: null }
}

function bad(text: string, problem: ScanProblem): Reading {
  return { text, attempts: [], problem, lot: null, serial: null, expires: null }
}
