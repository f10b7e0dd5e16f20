/** Long work in short slices: nothing holds the screen up for longer than a slice. */
import type { Environment } from '../environment.ts'

/** Call between steps: waits when the slice is used up. */
export type Breathe = () => Promise<void> | undefined

/** Half a frame, so that a device that is slower than expected still answers within 50 ms. */
const SLICE_MS = 8

export function slices({ monotonic, pause }: Pick<Environment, 'monotonic' | 'pause'>): Breathe {
  let began = monotonic()
  return () => {
    if (monotonic() - began < SLICE_MS) return undefined
    return pause().then(() => {
      began = monotonic()
    })
  }
}

const RUN = 2_000
const STEPS = 1_000

/** Sort texts by code units: short runs by the engine, then merged pair by pair. */
export async function sortInSlices(texts: readonly string[], breathe: Breathe): Promise<string[]> {
  let runs: string[][] = []
  for (let at = 0; at < texts.length; at += RUN) {
    runs.push(texts.slice(at, at + RUN).sort())
    await breathe()
  }
  while (runs.length > 1) {
    const merged: string[][] = []
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], breathe))
    }
    runs = merged
  }
  return runs[0] ?? []
}

async function merge(left: readonly string[], right: readonly string[], breathe: Breathe): Promise<string[]> {
  const out: string[] = []
  let l = 0
  let r = 0
  while (l < left.length || r < right.length) {
    const a = left[l]
    const b = right[r]
    if (a !== undefined && (b === undefined || a <= b)) {
      out.push(a)
      l += 1
    } else if (b !== undefined) {
      out.push(b)
      r += 1
    }
    if (out.length % STEPS === 0) await breathe()
  }
  return out
}
