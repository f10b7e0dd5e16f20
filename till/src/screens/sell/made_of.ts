// What the catalogue of this till says of products that are others: kits and combos.
import type { Product } from '../../core/catalogue.ts'
import { answersOf, type Combo, type Part } from '../../core/combo.ts'
import { modifiersOf, type Chosen, type ModifierGroup } from '../../core/modifier.ts'
import type { Component } from '../../core/pricing/index.ts'
import { till } from '../app.svelte.ts'

function nameOf({ name, variant }: Product): string {
  return variant === null || variant === '' ? name : `${name} ${variant}`
}

/** What leaves the shelf with one of a product, under the names of today; nothing for what is no kit. */
export function componentsOfKit(product: string): readonly Component[] {
  return (till().catalogue.kitOf(product)?.components ?? []).map((component) => {
    const known = till().catalogue.byId(component.product_id)
    return known === null ? component : { ...component, name: nameOf(known) }
  })
}

/** The combo with the choices that are on sale here; null where a slot has none. */
export function onSale(combo: Combo): Combo | null {
  const slots = combo.slots.map((slot) => ({
    ...slot,
    choices: slot.choices.flatMap((choice) => {
      const known = till().catalogue.byId(choice.product_id)
      return known === null ? [] : [{ ...choice, name: nameOf(known) }]
    }),
  }))
  return slots.every(({ choices }) => choices.length > 0) ? { ...combo, slots } : null
}

/** The parts that were chosen, as they stand on a ticket. `groupsOf`: what may be chosen beside a product. */
export function partsOf(combo: Combo, chosen: Chosen, groupsOf: (product: string) => readonly ModifierGroup[]): readonly Part[] {
  return answersOf(combo, chosen).flatMap(({ product_id, extra, quantity, options }): Part[] => {
    const product = till().catalogue.byId(product_id)
    if (product === null) return []
    const taxes = till().catalogue.taxesOf(product).map(({ code }) => code)
    return [{ product, taxes, quantity, extra, modifiers: modifiersOf(groupsOf(product_id), options), components: componentsOfKit(product_id) }]
  })
}
