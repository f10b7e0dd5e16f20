/**
 * The index of words: a sorted list of all words, and for each the products that carry it, in one typed array.
 * Words with the same beginning stand side by side, so a prefix is one stretch of that array.
 */
import type { Product } from '../../core/catalogue.ts'
import { fold, wordsOf } from '../../core/words.ts'
import { eachCodeFrom } from './codes.ts'
import type { CodeIndex } from './codes.ts'
import type { Shelf } from './shelf.ts'
import { sortInSlices } from './slices.ts'
import type { Breathe } from './slices.ts'

export interface WordIndex {
  readonly words: readonly string[]
  /** Where the postings of each word begin; one more than there are words. */
  readonly offsets: Uint32Array<ArrayBuffer>
  /** row x 4 + place of the word. */
  readonly postings: Uint32Array<ArrayBuffer>
}

/** Where a word stands in a product. */
const FIRST = 0
const NAME = 1
const VARIANT = 2
const SKU = 3
/** What a word is worth there, at its beginning and when it is whole. */
const PREFIX = [40, 30, 34, 20]
const WHOLE = [60, 50, 52, 80]
const CODE_PREFIX = 20
const CODE_WHOLE = 90
const CATEGORY = 10
const WHOLE_PHRASE = 30
const FAVOURITE = 4
const DIGITS_FROM = 4

function* placesOf(name: string, variant: string | null, sku: string): Generator<readonly [string, number]> {
  for (const [at, word] of wordsOf(name).entries()) yield [word, at === 0 ? FIRST : NAME]
  for (const word of wordsOf(variant ?? '')) yield [word, VARIANT]
  for (const word of wordsOf(sku)) yield [word, SKU]
}

/** Build the index of a snapshot's products, in slices. */
export async function buildWords(shelf: Shelf, breathe: Breathe): Promise<WordIndex> {
  const numbers = new Map<string, number>()
  const found: number[] = []
  const postingsFound: number[] = []
  for (let row = 0; row < shelf.size; row++) {
    if (row % 50 === 0) await breathe()
    const name = shelf.value(row, 'name')
    if (name === undefined) continue
    for (const [word, place] of placesOf(name, shelf.value(row, 'variant') ?? null, shelf.value(row, 'sku') ?? '')) {
      let number = numbers.get(word)
      if (number === undefined) numbers.set(word, (number = numbers.size))
      found.push(number)
      postingsFound.push(row * 4 + place)
    }
  }
  const words = await sortInSlices([...numbers.keys()], breathe)
  return arrange(words, numbers, found, postingsFound, breathe)
}

/** Add to a number of an array; returns what it was before. */
function increase(numbers: Uint32Array | Uint16Array, at: number, by: number): number {
  const before = numbers[at] ?? 0
  numbers[at] = before + by
  return before
}

async function arrange(
  words: readonly string[],
  numbers: ReadonlyMap<string, number>,
  found: readonly number[],
  postingsFound: readonly number[],
  breathe: Breathe,
): Promise<WordIndex> {
  const rank = new Uint32Array(words.length)
  for (const [at, word] of words.entries()) {
    rank[numbers.get(word) ?? 0] = at
    if (at % 2000 === 0) await breathe()
  }
  const offsets = new Uint32Array(words.length + 1)
  for (const number of found) increase(offsets, (rank[number] ?? 0) + 1, 1)
  await breathe()
  for (let at = 1; at < offsets.length; at++) increase(offsets, at, offsets[at - 1] ?? 0)
  await breathe()
  const next = offsets.slice()
  const postings = new Uint32Array(found.length)
  for (const [at, number] of found.entries()) {
    postings[increase(next, rank[number] ?? 0, 1)] = postingsFound[at] ?? 0
    if (at % 5000 === 0) await breathe()
  }
  return { words, offsets, postings }
}

/** Place of the first word that is not below. */
function lowest(words: readonly string[], word: string): number {
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((words[middle] ?? '') < word) low = middle + 1
    else high = middle
  }
  return low
}

/** Everything that a search needs; `words` and `codes` may still be missing. */
export interface Searched {
  readonly shelf: Shelf
  readonly words: WordIndex | null
  readonly codes: CodeIndex | null
  readonly categoryName: (id: string) => string | null
  readonly categories: () => Iterable<{ readonly id: string; readonly name: string }>
}

/** How many of the words each row carries, and what they are worth: kept from one search to the next, for they are large. */
interface Scores {
  readonly met: Uint8Array
  readonly sum: Uint16Array
  readonly best: Uint16Array
}

/** Marks a row that a change touched: it is left to `scoreOf`. */
const TOUCHED = 255
const WORDS_AT_MOST = 12

let kept: Scores | null = null

function freshScores(shelf: Shelf): Scores {
  if (kept?.met.length !== shelf.size) {
    kept = { met: new Uint8Array(shelf.size), sum: new Uint16Array(shelf.size), best: new Uint16Array(shelf.size) }
  } else kept.met.fill(0)
  for (const row of shelf.touched.keys()) if (row < shelf.size) kept.met[row] = TOUCHED
  return kept
}

/** A row carries word `turn` (from 0), worth `value`; only its best place counts. */
function add({ met, sum, best }: Scores, turn: number, row: number, value: number): void {
  const so = met[row]
  if (so === turn) {
    met[row] = turn + 1
    best[row] = value
    sum[row] = turn === 0 ? value : (sum[row] ?? 0) + value
  } else if (so === turn + 1 && value > (best[row] ?? 0)) {
    sum[row] = (sum[row] ?? 0) + value - (best[row] ?? 0)
    best[row] = value
  }
}

function countWord(scores: Scores, turn: number, word: string, searched: Searched): void {
  const { words, codes, shelf } = searched
  if (words) {
    const { offsets, postings } = words
    const from = lowest(words.words, word)
    const to = lowest(words.words, `${word}\uffff`)
    const start = offsets[from] ?? 0
    const wholeEnd = words.words[from] === word ? (offsets[from + 1] ?? 0) : start
    addStretch(scores, turn, postings.subarray(start, wholeEnd), WHOLE)
    addStretch(scores, turn, postings.subarray(wholeEnd, offsets[to] ?? 0), PREFIX)
  }
  if (codes && word.length >= DIGITS_FROM) {
    eachCodeFrom(codes, word, (row, isWhole) => {
      add(scores, turn, row, isWhole ? CODE_WHOLE : CODE_PREFIX)
    })
  }
  for (const { id, name } of searched.categories()) {
    if (!wordsOf(name).some((own) => own.startsWith(word))) continue
    for (const row of shelf.list(id)) if (row < shelf.size) add(scores, turn, row, CATEGORY)
  }
}

function addStretch(scores: Scores, turn: number, postings: Uint32Array, worth: readonly number[]): void {
  const [first = 0, name = 0, variant = 0, sku = 0] = worth
  const values = Uint16Array.of(first, name, variant, sku)
  // A loop by place: this runs for every product that has the word, at every keystroke.
  for (let at = 0; at < postings.length; at++) {
    const posting = postings[at] ?? 0
    add(scores, turn, posting >>> 2, values[posting & 3] ?? 0)
  }
}

/** What a product is worth for these words, without any index; 0 when it lacks one of them. */
export function scoreOf(product: Product, words: readonly string[], category: string | null): number {
  const places = [...placesOf(product.name, product.variant, product.sku)]
  let sum = 0
  for (const word of words) {
    let best = 0
    for (const [own, place] of places) {
      if (own.startsWith(word)) best = Math.max(best, (own === word ? WHOLE : PREFIX)[place] ?? 0)
    }
    for (const [code] of product.barcodes) {
      if (word.length >= DIGITS_FROM && code.startsWith(word)) best = Math.max(best, code === word ? CODE_WHOLE : CODE_PREFIX)
    }
    if (category !== null && wordsOf(category).some((own) => own.startsWith(word))) best = Math.max(best, CATEGORY)
    if (best === 0) return 0
    sum += best
  }
  return sum
}

/** Keeps the best few of many: highest value first, then the lower row. */
class Best {
  readonly #limit: number
  readonly rows: number[] = []
  readonly values: number[] = []
  /** What a row must be worth more than, once there are enough. */
  #least = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  add(row: number, value: number): void {
    if (value <= this.#least) return
    let at = this.values.length
    while (at > 0 && value > (this.values[at - 1] ?? 0)) at -= 1
    this.rows.splice(at, 0, row)
    this.values.splice(at, 0, value)
    if (this.rows.length > this.#limit) {
      this.rows.pop()
      this.values.pop()
    }
    if (this.rows.length === this.#limit) this.#least = this.values[this.#limit - 1] ?? 0
  }
}

/** Rows of the products that carry all words of a text, best first. */
export function search(searched: Searched, text: string, limit: number): readonly number[] {
  const words = [...new Set(wordsOf(text))].slice(0, WORDS_AT_MOST)
  if (words.length === 0) return []
  const { shelf } = searched
  const scores = freshScores(shelf)
  // The longest first: it is met by the fewest, and the others then only look at those.
  for (const [turn, word] of words.toSorted((a, b) => b.length - a.length).entries()) countWord(scores, turn, word, searched)
  const best = bestOf(scores, words.length, limit * 4)
  for (const [row, product] of shelf.touched) {
    if (!product) continue
    const category = product.category === null ? null : searched.categoryName(product.category)
    const value = scoreOf(product, words, category)
    if (value > 0) best.add(row, value)
  }
  return rankFinely(shelf, best, words).slice(0, limit)
}

function bestOf({ met, sum }: Scores, words: number, limit: number): Best {
  const best = new Best(limit)
  for (let row = 0; row < met.length; row++) if (met[row] === words) best.add(row, sum[row] ?? 0)
  return best
}

/** Among the best: what begins with the very words typed, then favourites, then the shorter name, then the shop's order. */
function rankFinely(shelf: Shelf, best: Best, words: readonly string[]): readonly number[] {
  const phrase = words.join(' ')
  const ranked = best.rows.map((row, at) => {
    const name = shelf.value(row, 'name') ?? ''
    const begins = fold(name).startsWith(phrase) ? WHOLE_PHRASE : 0
    const liked = typeof shelf.value(row, 'favourite') === 'number' ? FAVOURITE : 0
    return { row, value: (best.values[at] ?? 0) + begins + liked, length: name.length }
  })
  return ranked.sort((a, b) => b.value - a.value || a.length - b.length || a.row - b.row).map(({ row }) => row)
}
