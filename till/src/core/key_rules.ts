/** Which keys an act may be given. */
import { keyOf, STANDARD, type ChosenKeys, type KeyAct } from './keys.ts'

/**
 * Why a key is refused.
 *
 * - `browser`: it is the browser's own: it loads the page anew, closes it, prints it, copies a text.
 * - `fixed`: it means the same everywhere at the till. `writes`: it writes, and begins a search.
 * - `taken`: another act has it.
 */
export type KeyRefusal = { readonly reason: 'browser' | 'fixed' | 'writes' } | { readonly reason: 'taken'; readonly by: KeyAct }

const BROWSER = /^(F5|F11|F12|Ctrl\+([acdfhjnopqrstvwxy0+=-]|Tab|F\d+|Page(Up|Down)))$/
/** Those of single rooms too: the gift ticket, another unit, what was asked, payment by keyboard, a page of the grid. */
const FIXED = /^(Enter|Escape|Tab|Backspace|Delete|Arrow\w+|Page(Up|Down)|Shift|Control|Alt|Meta|CapsLock|Ctrl\+(Enter|Control|Shift|[gu2]))$/

/** A name by which two ways of pressing the same key are one. */
export function named(key: string): string {
  return /^Ctrl\+[A-Z]$/.test(key) ? key.toLowerCase().replace('ctrl', 'Ctrl') : key
}

/** Say why this act may not have this key; null: it may. What an act has already, it may keep. */
export function refusalOf(act: KeyAct, key: string, chosen: ChosenKeys): KeyRefusal | null {
  if (key === STANDARD[act]) return takenBy(act, key, chosen)
  if (BROWSER.test(key)) return { reason: 'browser' }
  if (FIXED.test(key) || key === '?') return { reason: 'fixed' }
  if (key.length === 1) return { reason: 'writes' }
  return takenBy(act, key, chosen)
}

function takenBy(act: KeyAct, key: string, chosen: ChosenKeys): KeyRefusal | null {
  const by = (Object.keys(STANDARD) as KeyAct[]).find((other) => other !== act && keyOf(other, chosen) === key)
  return by === undefined ? null : { reason: 'taken', by }
}

/** What a device has changed once this act has this key. */
export function withKey(act: KeyAct, key: string, chosen: ChosenKeys): ChosenKeys {
  const { [act]: _before, ...others } = chosen
  return key === STANDARD[act] ? others : { ...others, [act]: key }
}

/** The caps that are pressed: Ctrl and E. */
export function capsOf(key: string): readonly string[] {
  return key.split('+').map((cap) => (cap.length === 1 ? cap.toUpperCase() : cap))
}
