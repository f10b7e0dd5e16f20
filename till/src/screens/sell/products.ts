// What the grid of products shows for a category, the favourites or a search, as items that the grid can ask for by place.
import type { FavouritePage } from '../../core/part.ts'
import type { Catalogue, Product } from '../../data/index.ts'

/** A product, or a family of which the person will choose a variant. */
export interface Shown {
  readonly product: Product
  /** How many variants stand behind this key; 1 for a product of its own. */
  readonly variants: number
}

export interface ShownList {
  readonly count: number
  readonly slice: (offset: number, limit: number) => readonly Shown[]
}

/** `page`: which one of the favourites, from 0. */
export type Shelf = { readonly kind: 'favourites'; readonly page?: number } | { readonly kind: 'all' } | { readonly kind: 'category'; readonly id: string | null }

// Beyond this the list is asked for in pieces, and variants stand in it one by one.
const WHOLE_UP_TO = 2000
export const RESULTS_AT_MOST = 60

/** Return one item per family: the first of its variants stands for all that are in the list. */
export function grouped(products: readonly Product[], variantsOf: (family: string) => number): readonly Shown[] {
  const shown: Shown[] = []
  const seen = new Set<string>()
  for (const product of products) {
    if (product.family === null) { shown.push({ product, variants: 1 }); continue }
    if (seen.has(product.family)) continue
    seen.add(product.family)
    shown.push({ product, variants: variantsOf(product.family) })
  }
  return shown
}

/** A page of the favourites that the store has arranged, the last where there are fewer; else the business's. */
export function favouritesOf(catalogue: Catalogue, own: readonly FavouritePage[] | null, page = 0): readonly Product[] {
  if (own === null) return catalogue.favourites()
  return (own[Math.min(page, own.length - 1)]?.products ?? []).map((id) => catalogue.byId(id)).filter((product) => product !== null)
}

/** Return what stands on a shelf of the shop; `own`: the favourites of this store. */
export function shelf(catalogue: Catalogue, which: Shelf, own: readonly FavouritePage[] | null = null): ShownList {
  const variantsOf = (family: string): number => catalogue.variants(family).length
  if (which.kind === 'favourites') return listOf(grouped(favouritesOf(catalogue, own, which.page), variantsOf))
  const count = which.kind === 'all' ? catalogue.state.get().loaded : catalogue.countOf(which.id)
  const read = (offset: number, limit: number): readonly Product[] =>
    which.kind === 'all' ? catalogue.all(offset, limit) : catalogue.byCategory(which.id, offset, limit)
  if (count <= WHOLE_UP_TO) return listOf(grouped(read(0, count), variantsOf))
  return { count, slice: (offset, limit) => read(offset, limit).map((product) => ({ product, variants: 1 })) }
}

/** Return what a search found; a family whose variants were found more than once stands there once. */
export function found(catalogue: Catalogue, text: string): ShownList {
  const products = catalogue.search(text, RESULTS_AT_MOST)
  const hits = new Map<string, number>()
  for (const { family } of products) if (family !== null) hits.set(family, (hits.get(family) ?? 0) + 1)
  return listOf(grouped(products, (family) => hits.get(family) ?? 1))
}

/** Why a search found nothing. */
export type NothingFound =
  | { readonly why: 'loading'; readonly missing: number }
  | { readonly why: 'word'; readonly word: string }
  | { readonly why: 'together' }

/** Say why nothing was found: the catalogue is not all here, one word is nowhere, or the words never meet. */
export function reasonOf(catalogue: Catalogue, text: string): NothingFound {
  const state = catalogue.state.get()
  if (!state.ready && state.total > state.loaded) return { why: 'loading', missing: state.total - state.loaded }
  const words = text.trim().split(/\s+/u)
  const lonely = words.find((word) => catalogue.search(word, 1).length === 0)
  return lonely === undefined ? { why: 'together' } : { why: 'word', word: lonely }
}

function listOf(items: readonly Shown[]): ShownList {
  return { count: items.length, slice: (offset, limit) => items.slice(offset, offset + limit) }
}
