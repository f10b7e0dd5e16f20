/** An order of things that a hand changes: moved to a place or another page, added, taken out; and the pages themselves. */
import type { FavouritePage } from './part.ts'

/** On all pages together. */
export const FAVOURITES_MAX = 120
export const PAGES_MAX = 12
export const PAGE_NAME_MAX = 24

/** Return the list with what stands at one place moved to another; places beyond the ends are the ends. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from]
  if (item === undefined) return list
  const rest = [...list.slice(0, from), ...list.slice(from + 1)]
  const place = Math.max(0, Math.min(rest.length, to))
  return [...rest.slice(0, place), item, ...rest.slice(place)]
}

/** The pages with other products on one of them. */
export function holding(pages: readonly FavouritePage[], at: number, products: readonly string[]): readonly FavouritePage[] {
  return pages.map((page, place) => (place === at ? { ...page, products } : page))
}

/** The pages with a product at the end of one of them, and on no other. */
export function putOn(pages: readonly FavouritePage[], at: number, id: string): readonly FavouritePage[] {
  return pages.map(({ name, products }, place) => {
    const rest = products.filter((one) => one !== id)
    return { name, products: place === at ? [...rest, id] : rest }
  })
}

/** The pages without one; what stood on it stands on the one before it. The only page stays. */
export function withoutPage(pages: readonly FavouritePage[], at: number): readonly FavouritePage[] {
  const gone = pages[at]
  if (gone === undefined || pages.length === 1) return pages
  const rest = pages.filter((page) => page !== gone)
  const to = Math.max(0, at - 1)
  return holding(rest, to, [...(rest[to]?.products ?? []), ...gone.products])
}

/** Whether people can tell the pages apart: more than one have names, all different. */
export function areTold(pages: readonly FavouritePage[]): boolean {
  const names = pages.map(({ name }) => name.trim().toLowerCase())
  return pages.length === 1 || (names.every((name) => name !== '') && new Set(names).size === names.length)
}

/** Where a key lands that is let go over a grid: the place whose middle is nearest. `boxes`: those of all places, in order. */
export function placeAt(boxes: readonly { readonly left: number; readonly top: number; readonly width: number; readonly height: number }[], x: number, y: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [place, box] of boxes.entries()) {
    // Twice the way to the middle.
    const [dx, dy] = [2 * (x - box.left) - box.width, 2 * (y - box.top) - box.height]
    const distance = dx * dx + dy * dy
    if (distance < least) [least, best] = [distance, place]
  }
  return best
}
