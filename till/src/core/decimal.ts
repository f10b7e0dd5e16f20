// Whole numbers that stand for decimals: change how many decimals they have, without floats.

/**
 * Return `value` (with `from` decimals) as a whole number with `to` decimals, rounded half away from zero.
 * Both counts are 0 to 15; a result beyond the safe integers is refused with a RangeError.
 */
export function rescale(value: number, from: number, to: number): number {
  if (from === to) return value
  if (to > from) return safe(BigInt(value) * 10n ** BigInt(to - from))
  const divisor = 10n ** BigInt(from - to)
  const size = BigInt(Math.abs(value))
  const rounded = (size * 2n + divisor) / (divisor * 2n)
  return safe(value < 0 ? -rounded : rounded)
}

function safe(value: bigint): number {
  const result = Number(value)
  if (!Number.isSafeInteger(result)) throw new RangeError('beyond the safe integers')
  return result
}

/** Return a x b / c rounded half away from zero, exact in between. A zero `c` or a result beyond the safe integers is refused with a RangeError. */
export function mulDiv(a: number, b: number, c: number): number {
  const [numerator, divisor] = [BigInt(a) * BigInt(b), BigInt(c)]
  const isNegative = numerator < 0n !== divisor < 0n
  const [size, by] = [numerator < 0n ? -numerator : numerator, divisor < 0n ? -divisor : divisor]
  const rounded = (size * 2n + by) / (by * 2n)
  return safe(isNegative ? -rounded : rounded)
}

/** Return how many times `divisor` (above zero) goes into `value` (not negative). */
export function times(value: number, divisor: number): number {
  return Number(BigInt(value) / BigInt(divisor))
}
