// GS1 element strings, as GS1-128, DataMatrix and DataBar carry them. Source: GS1 General Specifications 3 and 7.8.
import { hasCheckDigit } from './check_digit.ts'

export const GROUP_SEPARATOR = '\u001D'

/** One application identifier and its value, as they stand in the code. */
export type Element = readonly [ai: string, value: string]

// Identifiers whose first two digits fix the length of identifier and value: no separator follows (General Specifications 7.8.5).
const PREDEFINED: Readonly<Record<string, number>> = {
  '00': 20, '01': 16, '02': 16, '03': 16, '04': 18, '11': 8, '12': 8, '13': 8, '14': 8, '15': 8, '16': 8, '17': 8,
  '18': 8, '19': 8, '20': 4, '31': 10, '32': 10, '33': 10, '34': 10, '35': 10, '36': 10, '41': 16,
}
const THREE_DIGITS = new Set(['23', '24', '25', '40', '41', '42', '71'])
const FOUR_DIGITS = new Set(['31', '32', '33', '34', '35', '36', '39', '43', '70', '72', '80', '81', '82'])
const TWO_DIGITS = new Set([
  '00', '01', '02', '10', '11', '12', '13', '15', '16', '17', '20', '21', '22', '30', '37',
  '90', '91', '92', '93', '94', '95', '96', '97', '98', '99',
])
const LONGEST_VALUE = 90
const LONGEST: Readonly<Record<string, number>> = { '10': 20, '21': 20, '22': 20, '30': 8, '37': 8 }
const DATES = new Set(['11', '12', '13', '15', '16', '17'])

function identifierAt(text: string, start: number): string | null {
  const two = text.slice(start, start + 2)
  let size = 0
  if (TWO_DIGITS.has(two)) size = 2
  else if (THREE_DIGITS.has(two)) size = 3
  else if (FOUR_DIGITS.has(two)) size = 4
  const ai = text.slice(start, start + size)
  return size > 0 && ai.length === size && /^\d+$/u.test(ai) ? ai : null
}

function isDate(value: string): boolean {
  if (!/^\d{6}$/u.test(value)) return false
  const [month, day] = [Number(value.slice(2, 4)), Number(value.slice(4, 6))]
  return month >= 1 && month <= 12 && day <= 31
}

function isGood(ai: string, value: string): boolean {
  if (value === '' || value.length > (LONGEST[ai] ?? LONGEST_VALUE)) return false
  if (ai === '00' || ai === '01' || ai === '02') return hasCheckDigit(value)
  if (DATES.has(ai)) return isDate(value)
  if (/^39\d\d$/u.test(ai)) return /^\d{1,18}$/u.test(value)
  if (ai === '30' || ai === '37' || /^3[1-6]\d\d$/u.test(ai)) return /^\d+$/u.test(value)
  return true
}

/** Return the elements of `text` in order (a leading separator is allowed), or null when it is not well formed. */
export function parseElements(text: string): readonly Element[] | null {
  const found: Element[] = []
  let place = text.startsWith(GROUP_SEPARATOR) ? 1 : 0
  while (place < text.length) {
    const ai = identifierAt(text, place)
    if (ai === null) return null
    const fixed = PREDEFINED[ai.slice(0, 2)]
    const separator = text.indexOf(GROUP_SEPARATOR, place)
    const end = fixed !== undefined ? place + fixed : separator < 0 ? text.length : separator
    const value = text.slice(place + ai.length, end)
    if (end > text.length || value.includes(GROUP_SEPARATOR) || !isGood(ai, value)) return null
    found.push([ai, value])
    place = text[end] === GROUP_SEPARATOR ? end + 1 : end
  }
  return found.length > 0 ? found : null
}

/**
 * Return a GS1 date as ISO text; day 00 is the last day of the month. `year` is the current one.
 * Source: General Specifications 7.12: a year 51 or more ahead is of the century before, 50 or more behind of the next.
 */
export function isoDate(value: string, year: number): string {
  const century = (year - (year % 100))
  const gap = Number(value.slice(0, 2)) - (year % 100)
  const shift = gap >= 51 ? -1 : gap <= -50 ? 1 : 0
  const fullYear = century + shift * 100 + Number(value.slice(0, 2))
  const month = value.slice(2, 4)
  const given = value.slice(4, 6)
  const day = given === '00' ? String(daysIn(fullYear, Number(month))) : given
  return `${String(fullYear)}-${month}-${day}`
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
