// What the catalogue itself says of a product that is not there yet: its usual taxes, and what it can be sold as meanwhile.
import type { Product } from '../../data/index.ts'
import { till } from '../app.svelte.ts'

/** From so many products of a category its usual taxes are told. */
const ASKED = 300
/** So many products are asked at a time for those without a price. */
const PAGE = 2000
const OPEN_MOST = 6

/** The group of taxes that most products of a category have; null: the server knows better. */
export function usualTaxGroup(category: string | null): string | null {
  const { catalogue } = till()
  const own = category === null ? [] : catalogue.byCategory(category, 0, ASKED)
  const counts = new Map<string, number>()
  for (const { tax_group } of own.length > 0 ? own : catalogue.all(0, ASKED)) if (tax_group !== null) counts.set(tax_group, (counts.get(tax_group) ?? 0) + 1)
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0] ?? null
}

/** Products without a price, sold at whatever is typed: what stands in for one that cannot be created now. */
export function openPriced(): readonly Product[] {
  const { catalogue } = till()
  const found: Product[] = []
  const { loaded } = catalogue.state.get()
  for (let from = 0; from < loaded && found.length < OPEN_MOST; from += PAGE) {
    found.push(...catalogue.all(from, PAGE).filter(({ price, by }) => price === null && by === 'piece'))
  }
  return found.slice(0, OPEN_MOST)
}

/** Whether a product stands on a shelf of its own: what is put together when it is sold does not. */
export function isCounted(product: string): boolean {
  const { catalogue } = till()
  return catalogue.kitOf(product) === null && catalogue.comboOf(product) === null
}
