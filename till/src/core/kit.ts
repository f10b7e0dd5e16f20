/** Kits: products that are a fixed list of others. Source: contracts/README.md, "Kits and combos". */
import { mulDivRound } from './integer.ts'
import type { Component } from './pricing/index.ts'

export interface Kit {
  /** Of its product. */
  readonly id: string
  /** What goes with one of it, thousandths. */
  readonly components: readonly Component[]
}

/** What of a kit goes with so much of it, where this goes with `of` (thousandths). */
export function componentsOf(components: readonly Component[], quantity: number, of: number): readonly Component[] {
  return components.map((component) => ({ ...component, quantity: mulDivRound(component.quantity, quantity, of) }))
}

/**
 * What of a kit comes back with so much of a line: the share up to here, less what came back with the returns before, so that the last brings the rest.
 * `sold`, `quantity`, `before`: of the line, thousandths.
 */
export function componentsBack(components: readonly Component[], sold: number, quantity: number, before: number): readonly Component[] {
  const earlier = componentsOf(components, before, sold)
  return componentsOf(components, before + quantity, sold)
    .map((component, place) => ({ ...component, quantity: component.quantity - (earlier[place]?.quantity ?? 0) }))
    .filter((component) => component.quantity > 0)
}
