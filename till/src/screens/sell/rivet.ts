import type { Product } from '../../data/index.ts'
import { till } from '../app.svelte.ts'
import { quantity } from '../texts.svelte.ts'
import { counter } from './counter.svelte.ts'

/** The rivet on a product's key: how many of it, or of its family where one key stands for all, the ticket holds. */
export function rivetOf(product: Product, variants: number): string {
  const ids = variants > 1 && product.family !== null ? till().catalogue.variants(product.family).map(({ id }) => id) : [product.id]
  const sum = ids.reduce((total, id) => total + (counter.counts.get(id) ?? 0), 0)
  return sum === 0 ? '' : quantity(sum)
}
