/**
 * Exact integer arithmetic: rounding once, and sharing a whole so that the parts sum to it.
 *
 * The only file of the till that multiplies and divides amounts. Numbers stay safe integers; where a product would not, bigint does the work.
 * The rules are in docs/algorithms/pricing.md; the twin in Python is mostrador/pricing/arithmetic.py.
 */

const HALF_SAFE = 4503599627370495 // (2^53 - 1 - 1) / 2: twice a remainder below it is still safe.

/** Throws RangeError unless the value is an integer that a number holds exactly. */
export function assertSafe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${String(value)}`)
  return value
}

/** numerator / denominator to the nearest integer, a half away from zero; the denominator is positive. */
export function divRoundBig(numerator: bigint, denominator: bigint): bigint {
  return numerator >= 0n
    ? (2n * numerator + denominator) / (2n * denominator)
    : -((denominator - 2n * numerator) / (2n * denominator))
}

/** numerator / denominator towards zero, for safe integers; exact, because the remainder of safe integers is. */
export function divDown(numerator: number, denominator: number): number {
  return (numerator - (numerator % denominator)) / denominator + 0
}

/** a * b / c rounded down, exact; everything is a safe integer, or RangeError; c is positive. */
export function mulDivDown(a: number, b: number, c: number): number {
  const product = a * b
  if (Number.isSafeInteger(product)) return (product - (((product % c) + c) % c)) / c + 0
  const [whole, by] = [BigInt(a) * BigInt(b), BigInt(c)]
  return assertSafe(Number((whole - (((whole % by) + by) % by)) / by))
}

/**
 * a * b / c to the nearest integer, a half away from zero; c is positive.
 *
 * A result beyond the safe integers comes back as the nearest number, which is beyond them too: callers that cannot bound it use mulDivRound.
 */
export function mulDivNearest(a: number, b: number, c: number): number {
  const product = a * b
  if (product > HALF_SAFE || product < -HALF_SAFE || c > HALF_SAFE) {
    return Number(divRoundBig(BigInt(a) * BigInt(b), BigInt(c)))
  }
  const rest = product % c
  const cut = (product - rest) / c
  if (2 * rest >= c) return cut + 1
  if (-2 * rest >= c) return cut - 1
  return cut + 0 // never -0
}

/** a * b / c to the nearest integer, a half away from zero; everything is a safe integer, or RangeError; c is not 0. */
export function mulDivRound(a: number, b: number, c: number): number {
  assertSafe(a)
  assertSafe(b)
  assertSafe(c)
  if (c === 0) throw new RangeError('mulDivRound by zero')
  return assertSafe(c < 0 ? mulDivNearest(0 - a, b, 0 - c) : mulDivNearest(a, b, c))
}

/** The remainders that get a unit when `lacking` units are to be given, the largest first, ties to the earlier part. */
function largest(remainders: readonly number[] | readonly bigint[], lacking: number): number[] {
  const order = Array.from(remainders.keys())
  order.sort((one, other) => {
    const left = remainders[one] ?? 0
    const right = remainders[other] ?? 0
    return left === right ? one - other : left < right ? 1 : -1
  })
  const chosen = order.slice(0, lacking)
  const last = chosen.at(-1)
  if (chosen.length < lacking || last === undefined || (remainders[last] ?? 0) <= 0) {
    throw new RangeError('the total does not belong to these parts')
  }
  return chosen
}

/**
 * Round the exact parts numerators[i] / denominator to integers that sum to the total.
 *
 * Each part is cut towards zero; what is lacking goes, a unit each, to the largest remainders of its own sign, ties to the earlier part.
 * The total lies within a half of the sum of the exact parts, the denominator is positive.
 */
export function apportion(total: bigint, numerators: readonly bigint[], denominator: bigint): bigint[] {
  const parts = numerators.map((numerator) => numerator / denominator)
  const lacking = parts.reduce((rest, part) => rest - part, total)
  if (lacking === 0n) return parts
  const unit = lacking > 0n ? 1n : -1n
  const remainders = numerators.map((numerator) => unit * (numerator % denominator))
  for (const index of largest(remainders, Number(unit * lacking))) parts[index] = (parts[index] ?? 0n) + unit
  return parts
}

/** Share the total in proportion to the weights; the shares sum to it. Weights that sum to zero share only zero, else RangeError. */
export function largestRemainder(total: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const heaviest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  if (whole === 0) {
    if (total === 0) return weights.map(() => 0)
    throw new RangeError('weights that sum to zero share nothing')
  }
  if (!Number.isSafeInteger(whole) || Math.abs(total) * heaviest > HALF_SAFE) return shareBig(total, weights)
  const sign = whole < 0 ? -1 : 1
  const scaled = sign * total
  const parts = weights.map((weight) => divDown(scaled * weight, sign * whole))
  const lacking = parts.reduce((rest, part) => rest - part, total)
  if (lacking === 0) return parts
  const unit = lacking > 0 ? 1 : -1
  const remainders = weights.map((weight) => unit * ((scaled * weight) % whole))
  for (const index of largest(remainders, unit * lacking)) parts[index] = (parts[index] ?? 0) + unit
  return parts
}

function shareBig(total: number, weights: readonly number[]): number[] {
  const exact = weights.map(BigInt)
  const whole = exact.reduce((sum, weight) => sum + weight, 0n)
  const scaled = whole < 0n ? -BigInt(total) : BigInt(total)
  const numerators = exact.map((weight) => scaled * weight)
  return apportion(BigInt(total), numerators, whole < 0n ? -whole : whole).map((part) => assertSafe(Number(part)))
}

/** The greatest common divisor of two integers, never negative. */
export function gcd(a: bigint, b: bigint): bigint {
  let [one, other] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (other !== 0n) [one, other] = [other, one % other]
  return one
}

/** The least common multiple of two positive integers. */
export function lcm(a: bigint, b: bigint): bigint {
  return (a / gcd(a, b)) * b
}
