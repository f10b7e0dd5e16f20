/** What the lines of a combo are listed at, and how its discount falls on them. The rules are in docs/algorithms/combos.md. */
import { largestRemainder, mulDivNearest } from '../integer.ts'
import { AMOUNT_MAX, type Basket, type Combo } from './basket.ts'
import { PricingError } from './errors.ts'

/** A list with the shares of each combo's price in the places of its lines. `listed`: what each line would cost alone, minor units. */
export function sharePrices(basket: Basket, listed: readonly number[]): readonly number[] {
  const combos = basket.combos ?? []
  if (combos.length === 0) return listed
  const places = placesOf(basket)
  const known = new Set<string>()
  const taken = new Set<string>()
  const shared = [...listed]
  for (const combo of combos) {
    if (known.has(combo.id)) throw new PricingError('repeated_combo', { combo: combo.id })
    known.add(combo.id)
    checkParts(basket, combo, places, taken)
    const price = mulDivNearest(combo.quantity, combo.unit_price, 10 ** (7 - basket.currency.digits))
    if (!(price >= -AMOUNT_MAX && price <= AMOUNT_MAX)) throw new PricingError('out_of_range', { combo: combo.id, field: 'list' })
    const own = combo.parts.map(({ line }) => places.get(line) ?? -1)
    const weights = own.map((place) => Math.abs(listed[place] ?? 0))
    // By what the parts would cost alone, evenly when that is nothing.
    const shares = largestRemainder(price, weights.some((weight) => weight > 0) ? weights : weights.map(() => 1))
    own.forEach((place, part) => (shared[place] = shares[part] ?? 0))
  }
  return shared
}

/** The combos that somebody lowered, and the places of their lines. */
export function loweredCombos(basket: Basket): { readonly discount: NonNullable<Combo['discount']>; readonly places: readonly number[] }[] {
  const combos = basket.combos ?? []
  if (combos.length === 0) return []
  const places = placesOf(basket)
  return combos.flatMap(({ discount, parts }) => (discount == null ? [] : { discount, places: parts.map(({ line }) => places.get(line) ?? -1) }))
}

/** The lines that are part of a combo. */
export function linesOfCombos(basket: Pick<Basket, 'combos'>): ReadonlySet<string> {
  return new Set((basket.combos ?? []).flatMap(({ parts }) => parts.map(({ line }) => line)))
}

function placesOf(basket: Basket): Map<string, number> {
  return new Map(basket.lines.map(({ id }, place) => [id, place]))
}

function checkParts(basket: Basket, combo: Combo, places: ReadonlyMap<string, number>, taken: Set<string>): void {
  for (const { line } of combo.parts) {
    const place = places.get(line)
    if (place === undefined) throw new PricingError('unknown_combo_line', { combo: combo.id, line })
    if (taken.has(line)) throw new PricingError('repeated_combo_line', { combo: combo.id, line })
    taken.add(line)
    const quantity = basket.lines[place]?.quantity ?? 0
    if ((quantity < 0 && combo.quantity > 0) || (combo.quantity < 0 && quantity > 0)) throw new PricingError('combo_sign', { combo: combo.id, line })
  }
}
