/** Up to how much somebody may want to spend: a few round amounts among what the goods cost, so that nobody has to type one. */
import { divDown, mulDivDown } from './integer.ts'

const STEPS = [1, 2, 5]
/** Where among the prices the amounts stand, percent: half of the goods cost no more than the first. */
const SHARES = [50, 80, 95]

/** The least of 1, 2, 5, 10, 20, 50… that is not below an amount. */
function roundUp(amount: number): number {
  for (let ten = 1; ; ten *= 10) {
    const found = STEPS.find((step) => step * ten >= amount)
    if (found !== undefined) return found * ten
  }
}

/** Round amounts in minor units, the least first, from prices in ten-thousandths. `digits`: of the currency. Of fewer than two prices there are none. */
export function limitsOf(prices: readonly number[], digits: number): readonly number[] {
  const sorted = prices.filter((price) => price > 0).sort((a, b) => a - b)
  if (sorted.length < 2) return []
  const amounts = SHARES.map((share) => {
    const price = sorted[Math.min(sorted.length - 1, mulDivDown(sorted.length, share, 100))] ?? 0
    return roundUp(divDown(price + 9_999, 10_000)) * 10 ** digits
  })
  return [...new Set(amounts)]
}
