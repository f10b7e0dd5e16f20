/** An order of things that a hand changes: one moved to a place, one added, one taken out. */

export const FAVOURITES_MAX = 120

/** Return the list with what stands at one place moved to another; places beyond the ends are the ends. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from]
  if (item === undefined) return list
  const rest = [...list.slice(0, from), ...list.slice(from + 1)]
  const place = Math.max(0, Math.min(rest.length, to))
  return [...rest.slice(0, place), item, ...rest.slice(place)]
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
