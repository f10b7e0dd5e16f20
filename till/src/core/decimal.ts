// Whole numbers that stand for decimals: change how many decimals they have, without floats.
import { assertSafe, divRoundBig } from './integer.ts'

/**
 * Return `value` (with `from` decimals) as a whole number with `to` decimals, rounded half away from zero.
 * Both counts are 0 to 15; a result beyond the safe integers is refused with a RangeError.
 */
export function rescale(value: number, from: number, to: number): number {
  if (from === to) return value
  if (to > from) return assertSafe(Number(BigInt(value) * 10n ** BigInt(to - from)))
  return assertSafe(Number(divRoundBig(BigInt(value), 10n ** BigInt(from - to))))
}
