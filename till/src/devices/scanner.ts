// A scanner that acts as a keyboard, heard in any focus. What turns out to be a scan is taken back from the field it fell into.
import { defaultTiming, noScan, settle, step, take, type ScanState } from '../core/scan.ts'

export interface KeyReceiver {
  /** A whole code, as scanned. */
  readonly scan: (code: string) => void
  /** One key known not to be a scan; returns whether it was used. `writing`: a field has the focus and has already taken it. */
  readonly key: (name: string, writing: boolean) => boolean
}

type Field = HTMLInputElement | HTMLTextAreaElement
interface Before { readonly field: Field; readonly value: string; held: string }

const SETTLE_MS = defaultTiming.gap + 10
/** From so many quick characters on they are held back from the field, so that it does not search for every digit of a code. */
const HELD_FROM = 3

function fieldOf(target: EventTarget | null): Field | null {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null
}

/** Listen to every key of the window; returns what stops it. */
export function listenToKeys(receiver: KeyReceiver): () => void {
  let state: ScanState = noScan
  let before: Before | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function deliver(isScan: boolean, typed: string, writing: boolean): void {
    if (!writing) for (const character of typed) receiver.key(character, false)
    if (typed !== '' && before !== null) giveBack(before)
    if (!isScan) return
    restore(before)
    for (;;) {
      const taken = take(state)
      state = taken.state
      if (taken.code === null) return
      receiver.scan(taken.code)
    }
  }

  function settled(): void {
    const result = settle(state, performance.now())
    state = result.state
    deliver(result.isScan, result.typed, before !== null)
    if (state.burst === '') before = null
    else timer = setTimeout(settled, SETTLE_MS)
  }

  function onkeydown(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey) return
    const field = fieldOf(event.target)
    const ctrl = event.ctrlKey || event.metaKey
    const result = step(state, { key: event.key, time: event.timeStamp, ctrl, repeat: event.repeat })
    state = result.state
    clearTimeout(timer)
    const starts = state.burst.length === 1
    deliver(result.isScan, result.typed, before !== null || field !== null)
    if (starts) before = field ? { field, value: field.value, held: '' } : null
    hold(event)
    if (state.burst !== '') timer = setTimeout(settled, SETTLE_MS)
    else before = null
    if (result.isScan) {
      // The Enter of a scan belongs to the scan: no field and no button may answer to it.
      event.preventDefault()
      event.stopPropagation()
    } else if (event.key.length > 1 || ctrl) named(event, field !== null)
  }

  function hold(event: KeyboardEvent): void {
    if (!before || before.field !== event.target || state.burst.length < HELD_FROM || event.key.length !== 1) return
    before.held += event.key
    event.preventDefault()
  }

  function named(event: KeyboardEvent, writing: boolean): void {
    // A button that has the focus answers to Enter by itself; nothing else may happen at the same time.
    if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return
    // With Shift it asks for what the mouse's other button shows.
    if (event.key === 'F10' && event.shiftKey) return
    const name = event.ctrlKey || event.metaKey ? `Ctrl+${event.key}` : event.key
    if (receiver.key(name, writing)) event.preventDefault()
  }

  window.addEventListener('keydown', onkeydown, true)
  window.addEventListener('click', leaveButton)
  return () => {
    clearTimeout(timer)
    window.removeEventListener('keydown', onkeydown, true)
    window.removeEventListener('click', leaveButton)
  }
}

// The characters of a scan fell into a field before it was known to be one: put back what stood there.
function restore(before: Before | null): void {
  if (!before) return
  before.field.value = before.value
  before.field.dispatchEvent(new Event('input', { bubbles: true }))
}

// It was a person who types fast: the field gets what was held back, where the caret stands.
function giveBack(before: Before): void {
  if (before.held === '') return
  const { field, held } = before
  before.held = ''
  const at = field.selectionStart ?? field.value.length
  field.setRangeText(held, at, field.selectionEnd ?? at, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

// A button pressed by finger or mouse gives the focus back, so that the next Enter belongs to the screen and not to it.
function leaveButton(event: MouseEvent): void {
  if (event.detail === 0 || !(event.target instanceof Element)) return
  event.target.closest('button')?.blur()
}
