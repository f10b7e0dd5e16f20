// Where key presses go. The panel opened last is asked first; what it does not want goes on to the one below.

/** What a panel wants of the keyboard. A handler that returns false has not used the key. */
export interface KeyHandlers {
  /** A digit, a decimal mark or another printable character, typed while no field has the focus. */
  readonly type?: (text: string) => boolean | void
  readonly erase?: () => boolean | void
  readonly enter?: () => boolean | void
  readonly escape?: () => boolean | void
  /** Every key by its name, before anything else: while a key is being chosen. */
  readonly any?: (key: string) => boolean | void
  /** Named keys: F2, F9, Delete, ArrowUp, Ctrl+Enter. */
  readonly named?: Readonly<Record<string, () => boolean | void>>
}

const stack: KeyHandlers[] = []

/** Put handlers on top; returns what takes them away again, so that it fits an effect. */
export function listen(handlers: KeyHandlers): () => void {
  stack.push(handlers)
  return () => {
    const place = stack.lastIndexOf(handlers)
    if (place >= 0) stack.splice(place, 1)
  }
}

/** Offer one key press to the handlers, newest first; return whether one of them used it. */
export function dispatch(key: string, writing: boolean): boolean {
  for (let place = stack.length - 1; place >= 0; place -= 1) {
    const handlers = stack[place]
    if (handlers && used(handlers, key, writing)) return true
  }
  return false
}

function used(handlers: KeyHandlers, key: string, writing: boolean): boolean {
  if (handlers.any) return handlers.any(key) !== false
  const named = handlers.named?.[key]
  if (named && (!writing || isFunctionKey(key))) return named() !== false
  if (key === 'Escape' && handlers.escape) return handlers.escape() !== false
  if (writing) return false
  if (key === 'Enter' && handlers.enter) return handlers.enter() !== false
  if (key === 'Backspace' && handlers.erase) return handlers.erase() !== false
  if (key.length === 1 && handlers.type) return handlers.type(key) !== false
  return false
}

// Function keys and those of pages work even while something is being written; digits, Delete, arrows and the field's own undo then belong to the field.
function isFunctionKey(key: string): boolean {
  return /^(Ctrl\+(?!z$)|F[0-9]+$|Page)/.test(key)
}
