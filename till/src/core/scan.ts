/**
 * Tells a scan from typing. A scanner that acts as a keyboard types faster than a person and ends with Enter or Tab.
 * A pure state machine: it is fed each key with its time and answers what became of it. Scans wait in a queue, so that none is lost.
 */

export interface Keystroke {
  /** `KeyboardEvent.key`. */
  readonly key: string
  /** `KeyboardEvent.timeStamp`, milliseconds; rising. */
  readonly time: number
  readonly ctrl?: boolean
  /** The key is held down: never a scanner. */
  readonly repeat?: boolean
}

export interface ScanTiming {
  /** Longest pause between two characters of one scan, in milliseconds. */
  readonly gap: number
  /** Fewest characters of a scan that ends with Enter or Tab. */
  readonly shortest: number
  /** Fewest characters of a scan by a scanner that sends no end. */
  readonly shortestOpen: number
}

export const defaultTiming: ScanTiming = { gap: 50, shortest: 4, shortestOpen: 8 }

export interface ScanState {
  /** Characters that may still become a scan. */
  readonly burst: string
  readonly last: number
  /** Finished scans that nobody has taken yet, oldest first. */
  readonly queue: readonly string[]
}

export const noScan: ScanState = { burst: '', last: Number.NEGATIVE_INFINITY, queue: [] }

export interface ScanStep {
  readonly state: ScanState
  /** Characters now known to be typing, to be handled as such; the newest key too, unless it is held back in the burst. */
  readonly typed: string
  /** True when this key ended a scan: it must do nothing else. */
  readonly isScan: boolean
}

const ENDS = new Set(['Enter', 'Tab'])
const SILENT = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'CapsLock', 'NumLock', 'Meta'])
const GROUP_SEPARATOR = '\u001D'

/** Feed one key. Named keys (F2, ArrowUp) end a burst and pass by; only characters, Enter and Tab can be part of a scan. */
export function step(state: ScanState, stroke: Keystroke, timing: ScanTiming = defaultTiming): ScanStep {
  if (SILENT.has(stroke.key)) return { state, typed: '', isScan: false }
  const settled = settle(state, stroke.time, timing)
  if (ENDS.has(stroke.key)) return ended(settled, timing)
  const character = characterOf(stroke)
  if (character === null || stroke.repeat === true) {
    const typed = settled.typed + settled.state.burst + (character ?? '')
    return { state: { ...settled.state, burst: '' }, typed, isScan: false }
  }
  const burst = settled.state.burst + character
  return { state: { ...settled.state, burst, last: stroke.time }, typed: settled.typed, isScan: settled.isScan }
}

/** Time has passed without a key: what waited is typing, or a scan without an end. Call it `gap` after each held key. */
export function settle(state: ScanState, time: number, timing: ScanTiming = defaultTiming): ScanStep {
  if (state.burst === '' || time - state.last <= timing.gap) return { state, typed: '', isScan: false }
  if (state.burst.length >= timing.shortestOpen) {
    return { state: { ...state, burst: '', queue: [...state.queue, state.burst] }, typed: '', isScan: true }
  }
  return { state: { ...state, burst: '' }, typed: state.burst, isScan: false }
}

/** Take the oldest scan off the queue. */
export function take(state: ScanState): { readonly state: ScanState; readonly code: string | null } {
  const [code, ...rest] = state.queue
  return code === undefined ? { state, code: null } : { state: { ...state, queue: rest }, code }
}

function ended(settled: ScanStep, timing: ScanTiming): ScanStep {
  const { burst, queue } = settled.state
  if (burst.length < timing.shortest) {
    return { state: { ...settled.state, burst: '' }, typed: settled.typed + burst, isScan: false }
  }
  return { state: { ...settled.state, burst: '', queue: [...queue, burst] }, typed: settled.typed, isScan: true }
}

// Scanners send the group separator of GS1 codes as Ctrl+] or as the control character itself.
function characterOf(stroke: Keystroke): string | null {
  if (stroke.ctrl === true) return stroke.key === ']' ? GROUP_SEPARATOR : null
  return [...stroke.key].length === 1 ? stroke.key : null
}
