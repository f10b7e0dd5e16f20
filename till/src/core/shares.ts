/** What of a deposit goes to which line and tax of an order (docs/algorithms/orders.md). Amounts: minor units. */
import type { LineTotals } from './basket.ts'
import type { LineShare } from './facts.ts'
import { largestRemainder } from './integer.ts'

type Lines = readonly Pick<LineTotals, 'id' | 'net' | 'taxes'>[]
// No tax has an empty code.
const NET = ''

/**
 * Share a deposit out over the lines of an order's totals, in proportion to what earlier deposits left of each net and each tax.
 *
 * Shares sum to the deposit, none is more than what is left, and the last deposit takes exactly the rest. Lines that get nothing are left out.
 * RangeError: the amount is below one or above what is left.
 */
export function sharesOf(lines: Lines, earlier: readonly (readonly LineShare[])[], amount: number): readonly LineShare[] {
  const left = leftOf(lines, earlier)
  const parts = lines.flatMap(({ id, taxes }) => [NET, ...taxes.map(({ code }) => code)].map((name) => ({ id, name })))
  const weights = parts.map(({ id, name }) => left.get(keyOf(id, name)) ?? 0)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  if (amount < 1 || amount > whole) throw new RangeError(`a deposit of ${String(amount)} of ${String(whole)}`)
  const got = new Map(largestRemainder(amount, weights).map((share, place) => [keyOf(parts[place]?.id ?? '', parts[place]?.name ?? ''), share]))
  return lines.flatMap(({ id, taxes }) => {
    const net = got.get(keyOf(id, NET)) ?? 0
    const shared = taxes.map(({ code }) => ({ code, amount: got.get(keyOf(id, code)) ?? 0 })).filter((tax) => tax.amount > 0)
    return net === 0 && shared.length === 0 ? [] : [{ line: id, net, taxes: shared }]
  })
}

function keyOf(line: string, name: string): string {
  return JSON.stringify([line, name])
}

function leftOf(lines: Lines, earlier: readonly (readonly LineShare[])[]): ReadonlyMap<string, number> {
  const left = new Map<string, number>()
  for (const { id, net, taxes } of lines) {
    left.set(keyOf(id, NET), Math.max(0, net))
    // A tax by the litre may be more than its goods cost: all that they cost is tax then.
    const amounts = taxes.map(({ amount }) => amount)
    const owed = net < 0 ? largestRemainder(amounts.reduce((sum, amount) => sum + amount, net), amounts) : amounts
    for (const [place, { code }] of taxes.entries()) left.set(keyOf(id, code), owed[place] ?? 0)
  }
  // Two tills that did not know of each other may have taken more than there was.
  const take = (key: string, amount: number): void => { left.set(key, Math.max(0, (left.get(key) ?? 0) - amount)) }
  for (const { line, net, taxes } of earlier.flat()) {
    take(keyOf(line, NET), net)
    for (const { code, amount } of taxes) take(keyOf(line, code), amount)
  }
  return left
}
