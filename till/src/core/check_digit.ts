// GS1 check digits. Source: GS1 General Specifications 7.9; vectors/barcode/gs1.json.

/** Return the check digit of `digits` (without it): weights 3, 1, 3, 1... from the right, up to the next ten. */
export function checkDigit(digits: string): string {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const weight = (digits.length - place) % 2 === 1 ? 3 : 1
    sum += weight * (digits.charCodeAt(place) - 48)
  }
  return String((10 - (sum % 10)) % 10)
}

/** True when the last digit is the check digit of those before it. */
export function hasCheckDigit(code: string): boolean {
  return /^\d{2,}$/u.test(code) && checkDigit(code.slice(0, -1)) === code.slice(-1)
}

/** True for what may be the number of a payment card: 15 or 16 digits whose check digit holds. Source: ISO/IEC 7812-1, annex B (Luhn). */
export function looksLikeCard(digits: string): boolean {
  if (!/^\d{15,16}$/u.test(digits)) return false
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(place) - 48
    const doubled = (digits.length - place) % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/**
 * Return the UPC-A of twelve digits that a UPC-E of eight stands for, or null when it is none.
 * Source: GS1 General Specifications 5.2.2.4, zero suppression of UPC-E. The check digit is that of the UPC-A.
 */
export function expandUpcE(code: string): string | null {
  if (!/^[01]\d{7}$/u.test(code)) return null
  const system = code.slice(0, 1)
  const [a, b, c, d, e, last] = [...code.slice(1, 7)] as [string, string, string, string, string, string]
  let body: string
  if (last <= '2') body = `${a}${b}${last}0000${c}${d}${e}`
  else if (last === '3') body = `${a}${b}${c}00000${d}${e}`
  else if (last === '4') body = `${a}${b}${c}${d}00000${e}`
  else body = `${a}${b}${c}${d}${e}0000${last}`
  const whole = system + body + code.slice(7)
  return hasCheckDigit(whole) ? whole : null
}
