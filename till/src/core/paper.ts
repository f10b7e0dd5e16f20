/**
 * Paper as a document: sections of rows, and those rows as lines of text for a roll of 58 mm (32 columns) or 80 mm (48 columns).
 * One model for every way of showing it: lines for a printer, markup for the browser's printing and for the buyer's page.
 */

export type Row =
  /** A text over the whole width; long ones wrap. */
  | { readonly kind: 'text'; readonly text: string; readonly align: 'left' | 'center'; readonly strong: boolean }
  /** A text and, at the right edge of its last line, a figure. */
  | { readonly kind: 'pair'; readonly left: string; readonly right: string; readonly strong: boolean; readonly indent: boolean }
  /** A name and two figures, each right-aligned in its column. */
  | { readonly kind: 'columns'; readonly cells: readonly [string, string, string]; readonly isHead: boolean }
  /** What a square code holds. */
  | { readonly kind: 'qr'; readonly data: string }

export interface Section {
  readonly name: string
  readonly rows: readonly Row[]
}

export interface Paper {
  readonly sections: readonly Section[]
}

export const COLUMNS = { 58: 32, 80: 48 } as const
export type PaperWidth = keyof typeof COLUMNS

const INDENT = 2
const FIGURE = { 32: 10, 48: 14 } as const
const ZERO_WIDTH = /[\u0300-\u036F\u200B-\u200D\u2060\uFE00-\uFE0F\uFEFF]/u
// East Asian Wide and Fullwidth, and pictographs: two columns each. Source: Unicode UAX 11, the blocks that occur in names.
const WIDE = /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u

/**
 * Return a text that is safe on paper: composed, on one line, without control bytes (C0, C1), without marks that turn the direction of
 * reading and without unpaired surrogates; every blank is a plain one.
 */
export function clean(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\t\n\r\v\f\u0085\u00A0\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/gu, ' ')
    .replaceAll(/[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
    .replaceAll(/[\uD800-\uDFFF]/gu, '')
    .replaceAll(/ {2,}/gu, ' ')
    .trim()
}

/** How many columns a text takes. */
export function widthOf(text: string): number {
  let width = 0
  for (const sign of text) width += ZERO_WIDTH.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1
  return width
}

/** Break a clean text into lines of at most `width` columns, at blanks where there are any; a longer word is cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (widthOf(joined) <= width) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = cut(word, width)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line]
}

function cut(word: string, width: number): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  for (const sign of word) {
    if (widthOf(piece + sign) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += sign
  }
  return [...pieces, piece]
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text
}

// The odd column of an even gap goes to the right.
function centered(line: string, width: number): string {
  return ' '.repeat((width - widthOf(line)) >> 1) + line
}

/** A figure stands at the right edge of the last line of its text; where both do not fit, on a line of its own. */
function pairLines(left: string, right: string, width: number, indent: number): readonly string[] {
  const lead = ' '.repeat(indent)
  const room = width - indent
  const wrapped = left === '' ? [''] : wrap(left, room)
  const last = wrapped.at(-1) ?? ''
  if (right === '') return wrapped.map((line) => lead + line)
  if (widthOf(last) + 1 + widthOf(right) <= room) {
    return [...wrapped.slice(0, -1).map((line) => lead + line), lead + padEnd(last, room - widthOf(right)) + right]
  }
  return [...wrapped.map((line) => lead + line), ...wrap(right, width).map((line) => padStart(line, width))]
}

function columnLines(cells: readonly [string, string, string], width: 32 | 48): readonly string[] {
  const [name, middle, right] = cells
  const figures = ` ${padStart(middle, FIGURE[width] - 1)} ${padStart(right, FIGURE[width] - 1)}`
  const room = width - widthOf(figures)
  if (room < 1) return [...wrap(name, width), padStart(`${middle} ${right}`, width)]
  const names = wrap(name, room)
  return [...names.slice(0, -1), padEnd(names.at(-1) ?? '', room) + figures]
}

/** Return one row as lines of text. A square code is no text: the printer draws it. */
function linesOf(row: Row, width: 32 | 48): readonly string[] {
  switch (row.kind) {
    case 'text':
      return wrap(row.text, width).map((line) => (row.align === 'center' ? centered(line, width) : line))
    case 'pair':
      return pairLines(row.left, row.right, width, row.indent ? INDENT : 0)
    case 'columns':
      return columnLines(row.cells, width)
    case 'qr':
      return []
  }
}

/** Return the paper as lines of text without trailing blanks; sections that hold something are split by a line of hyphens. */
export function textOf(paper: Paper, roll: PaperWidth): readonly string[] {
  const width = COLUMNS[roll]
  const blocks = paper.sections.map(({ rows }) => rows.flatMap((row) => linesOf(row, width))).filter((lines) => lines.length > 0)
  const ruled = blocks.flatMap((lines, place) => (place === 0 ? lines : ['-'.repeat(width), ...lines]))
  return ruled.map((line) => line.trimEnd())
}

export function text(value: string, align: 'left' | 'center' = 'left', strong = false): Row {
  return { kind: 'text', text: clean(value), align, strong }
}

export function pair(left: string, right: string, style: { readonly strong?: boolean; readonly indent?: boolean } = {}): Row {
  return { kind: 'pair', left: clean(left), right: clean(right), strong: style.strong ?? false, indent: style.indent ?? false }
}

export function columns(cells: readonly [string, string, string], isHead = false): Row {
  const [name, middle, right] = cells
  return { kind: 'columns', cells: [clean(name), clean(middle), clean(right)], isHead }
}
