// What is typed on a numpad: a short text of digits and one decimal mark, read as an integer. No floats.
import { readDecimal } from '../core/format.ts'

export const MARK = '.'
const LONGEST_WHOLE = 9

/** Add a key's text to what was typed; ignore what would not make a number of at most `decimals` decimals. */
export function typed(text: string, key: string, decimals: number): string {
  if (key === '.' || key === ',') {
    if (decimals === 0 || text.includes(MARK)) return text
    return (text === '' ? '0' : text) + MARK
  }
  if (!/^[0-9]+$/.test(key)) return text
  return [...key].reduce((sofar, digit) => withDigit(sofar, digit, decimals), text)
}

function withDigit(text: string, digit: string, decimals: number): string {
  const [whole = '', fraction] = text.split(MARK)
  if (fraction !== undefined) return fraction.length >= decimals ? text : text + digit
  if (whole === '0') return digit
  return whole.length >= LONGEST_WHOLE ? text : text + digit
}

/** Take the last key back. */
export function erased(text: string): string {
  const shorter = text.slice(0, -1)
  return shorter === '0' ? '' : shorter
}

/** Return what was typed as an integer with that many decimals; null when nothing was typed. */
export function scaled(text: string, decimals: number): number | null {
  return text === '' ? null : readDecimal(text, decimals)
}

/** Return the text that `scaled` reads back as the integer, without useless zeros: 12350 of 3 decimals is 12.35. */
export function textOf(value: number, decimals: number): string {
  const digits = String(value).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}${MARK}${fraction}`
}
