/**
 * Barcodes in typed arrays, sorted: small on the disk and ready at once, so that a till that starts accepts a scan before its products
 * are in memory. A code of up to 14 digits is one number, value x 16 + length, so that leading zeros count.
 */
import type { Breathe } from './slices.ts'

export interface CodeIndex {
  /** Ascending. */
  readonly keys: Float64Array<ArrayBuffer>
  /** Row of the product, by place in `keys`. */
  readonly rows: Uint32Array<ArrayBuffer>
  /** Codes that are no number of up to 14 digits, with their rows. */
  readonly odd: readonly (readonly [string, number])[]
}

const DIGITS = /^\d{1,14}$/
const LONGEST = 14
const LENGTHS = 16
const STEPS = 1_000

function keyOf(code: string): number {
  return Number(code) * LENGTHS + code.length
}

/** Build the index of `[code, row]` pairs. */
export async function buildCodes(pairs: Iterable<readonly [string, number]>, breathe: Breathe): Promise<CodeIndex> {
  const odd: [string, number][] = []
  const found: number[] = []
  const rowsFound: number[] = []
  for (const [code, row] of pairs) {
    if (DIGITS.test(code)) {
      found.push(keyOf(code))
      rowsFound.push(row)
    } else odd.push([code, row])
    if (found.length % STEPS === 0) await breathe()
  }
  const keys = Float64Array.from(found).sort()
  await breathe()
  const rows = new Uint32Array(keys.length)
  for (const [at, key] of found.entries()) {
    rows[lowest(keys, key)] = rowsFound[at] ?? 0
    if (at % STEPS === 0) await breathe()
  }
  return { keys, rows, odd }
}

/** Place of the first key that is not below. */
function lowest(keys: Float64Array, key: number): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? 0) < key) low = middle + 1
    else high = middle
  }
  return low
}

export function rowOfCode(index: CodeIndex, code: string): number | undefined {
  if (!DIGITS.test(code)) return index.odd.find(([odd]) => odd === code)?.[1]
  const place = lowest(index.keys, keyOf(code))
  return index.keys[place] === keyOf(code) ? index.rows[place] : undefined
}

/** Call `visit` with the row of every code that begins with these digits; `isWhole` when it is all of the code. */
export function eachCodeFrom(index: CodeIndex, digits: string, visit: (row: number, isWhole: boolean) => void): void {
  if (!DIGITS.test(digits)) return
  for (let length = digits.length; length <= LONGEST; length++) {
    const scale = 10 ** (length - digits.length)
    const end = lowest(index.keys, (Number(digits) + 1) * scale * LENGTHS)
    for (let at = lowest(index.keys, Number(digits) * scale * LENGTHS); at < end; at++) {
      if ((index.keys[at] ?? 0) % LENGTHS === length) visit(index.rows[at] ?? 0, length === digits.length)
    }
  }
}
