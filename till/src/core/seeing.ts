/** What a camera sees, picture after picture, and which of it is a scan. Times are milliseconds that never go back. */

/** One code in one picture. */
export interface Sight {
  readonly code: string
  /** Made of lines: read wrongly once in a long while, so that it counts when it was seen twice. */
  readonly isLinear: boolean
  /** How far from the middle of the picture, in any unit that is the same for all of them. */
  readonly offset: number
}

export interface Watch {
  /** What was scanned and is still in sight, with the time when it was seen last. */
  readonly given: ReadonlyMap<string, number>
  /** What was seen once, and when. */
  readonly once: readonly [code: string, time: number] | null
}

export const nothingSeen: Watch = { given: new Map(), once: null }

/** So long a code must be out of sight before it is another piece. */
export const AWAY_MS = 900
/** Two sights further apart say nothing about each other. */
const TWICE_WITHIN_MS = 1500

/** What a picture adds: the code that is a scan now, or null. One at most: what is aimed at stands in the middle. */
export function look(watch: Watch, sights: readonly Sight[], time: number): { readonly watch: Watch; readonly scan: string | null } {
  const given = new Map([...watch.given].filter(([, last]) => time - last < AWAY_MS))
  for (const { code } of sights) if (given.has(code)) given.set(code, time)
  const [aimed] = sights.filter(({ code }) => !given.has(code)).sort((a, b) => a.offset - b.offset)
  if (aimed === undefined) return { watch: { given, once: watch.once }, scan: null }
  const { once } = watch
  const isSure = !aimed.isLinear || (once !== null && once[0] === aimed.code && time - once[1] < TWICE_WITHIN_MS)
  if (!isSure) return { watch: { given, once: [aimed.code, time] }, scan: null }
  return { watch: { given: given.set(aimed.code, time), once: null }, scan: aimed.code }
}

/** After a pause: what was in sight before it counts as seen now, so that it is not scanned again before it was away. */
export function resumed({ given }: Watch, time: number): Watch {
  return { given: new Map([...given.keys()].map((code) => [code, time])), once: null }
}

/** Why there is no picture, or nothing that reads it. */
export type CameraProblem = 'insecure' | 'none' | 'refused' | 'busy' | 'reader' | 'failed'

const PROBLEMS: Readonly<Record<string, CameraProblem>> = {
  NotFoundError: 'none', OverconstrainedError: 'none', NotAllowedError: 'refused', SecurityError: 'refused', NotReadableError: 'busy', AbortError: 'busy',
}

/** Say in our words what a browser calls its refusal (Source: Media Capture and Streams, 10.2.1). */
export function problemOf(name: string): CameraProblem {
  return PROBLEMS[name] ?? 'failed'
}

/** The codes that a browser's own reader must know, by its names for them; else ours is taken. The last two are read where they can be. */
const NEEDED = ['ean_13', 'ean_8', 'upc_a', 'upc_e', 'code_128', 'qr_code'] as const
const LIKED = ['code_39', 'itf', 'data_matrix'] as const

/** The formats to ask of a browser's own reader; null: it cannot do enough, ours reads. */
export function nativeFormats(supported: readonly string[]): readonly string[] | null {
  return NEEDED.every((format) => supported.includes(format)) ? [...NEEDED, ...LIKED].filter((format) => supported.includes(format)) : null
}

const MATRIX = new Set(['qr_code', 'data_matrix'])
const GS = '\u001D'

/** What a browser's own reader found, as a scanner would send it. Without prefix, a leading separator is what is left of «this is GS1». */
export function nativeSight(found: { readonly rawValue: string; readonly format: string }, offset: number): Sight {
  const { rawValue, format } = found
  return { code: rawValue.startsWith(GS) ? `]C1${rawValue.slice(1)}` : rawValue, isLinear: !MATRIX.has(format), offset }
}
