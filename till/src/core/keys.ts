/** The keys of the counter: each act has one, and a device may have others. Names are those of the browser, with `Ctrl+` before. */

export const STANDARD = {
  more: 'F1', search: 'F2', buyer: 'F3', park: 'F4', new: 'F6', tabs: 'F7', discount: 'F8', pay: 'F9', exact: 'F10', strip: 'Ctrl+1', need: 'Ctrl+m', orders: 'Ctrl+e',
  waiting: 'Ctrl+b', product: 'Insert', check: 'Ctrl+i', camera: 'Ctrl+k', lock: 'Ctrl+l', undo: 'Ctrl+z',
} as const

export type KeyAct = keyof typeof STANDARD

/** What a device has changed. */
export type ChosenKeys = Readonly<Partial<Record<KeyAct, string>>>

export function keyOf(act: KeyAct, chosen: ChosenKeys): string {
  return chosen[act] ?? STANDARD[act]
}
