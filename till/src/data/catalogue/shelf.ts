/**
 * The products in memory: the parts of a snapshot as columns, and over them the rows that changed since.
 *
 * A product has a row number: its place in the snapshot, which is the shop's own order; products that came later follow after the last.
 * A row that a change touched is read from the change, never from the column.
 */
import type { Product } from '../../core/catalogue.ts'
import type { ScanHit } from './face.ts'
import { productOf } from './rows.ts'
import type { Column, Columns } from './rows.ts'
import type { Breathe } from './slices.ts'

// Few different values on many rows: kept once each.
const SHARED: readonly Column[] = ['category', 'family', 'unit', 'by', 'content_unit', 'tax_group', 'picto', 'tint']
const STEPS = 200

export class Shelf {
  /** How many rows the snapshot has; rows from here on came by changes. */
  readonly size: number
  readonly #starts: readonly number[]
  readonly #parts: (Columns | undefined)[]
  readonly #byId = new Map<string, number>()
  readonly #bySku = new Map<string, number>()
  readonly #byCode = new Map<string, number>()
  /** What a change made of a row: another product, or null when it is gone. */
  readonly #touched = new Map<number, Product | null>()
  readonly #shared = new Map<unknown, unknown>()
  #rows: number
  #loaded = 0
  #all: readonly number[] | null = null
  #categories: Map<string | null, number[]> | null = null
  #families: Map<string, number[]> | null = null
  #favourites: readonly number[] | null = null

  constructor(counts: readonly number[]) {
    const starts: number[] = []
    let size = 0
    for (const count of counts) {
      starts.push(size)
      size += count
    }
    this.#starts = starts
    this.#parts = counts.map(() => undefined)
    this.size = size
    this.#rows = size
  }

  /** Rows of the snapshot that are in memory. */
  get loaded(): number {
    return this.#loaded
  }

  get isWhole(): boolean {
    return this.#loaded === this.size
  }

  /** How many rows there are, with those that came by changes and those that are gone. */
  get rows(): number {
    return this.#rows
  }

  get touched(): ReadonlyMap<number, Product | null> {
    return this.#touched
  }

  hasPart(k: number): boolean {
    return this.#parts[k] !== undefined
  }

  /** Which part a row of the snapshot stands in. */
  partOf(row: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#starts[middle] ?? 0) <= row) low = middle
      else high = middle - 1
    }
    return low
  }

  /** Take in a part of the snapshot, in slices. Does nothing when it is there. */
  async addPart(k: number, columns: Columns, breathe: Breathe): Promise<void> {
    const start = this.#starts[k] ?? 0
    for (const name of SHARED) {
      const column = columns[name]
      for (let at = 0; at < column.length; at++) column[at] = this.#once(column[at])
    }
    for (let at = 0; at < columns.length; at++) {
      if (at % STEPS === 0) await breathe()
      this.#index(start + at, columns, at)
    }
    if (this.#parts[k] !== undefined) return
    this.#parts[k] = columns
    this.#loaded += columns.length
    this.#forgetLists()
  }

  #once(value: unknown): unknown {
    const known = this.#shared.get(value)
    if (known !== undefined) return known
    this.#shared.set(value, value)
    return value
  }

  #index(row: number, columns: Columns, at: number): void {
    const id = columns.id[at] as string
    const known = this.#byId.get(id)
    if (known !== undefined && known !== row) {
      // A change brought this product before its part came: it moves to its own place.
      this.#place(row, this.#touched.get(known) ?? null)
      this.#touched.set(known, null)
    }
    this.#byId.set(id, row)
    if (this.#touched.has(row)) return
    const sku = columns.sku[at] as string
    if (!this.#bySku.has(sku)) this.#bySku.set(sku, row)
    for (const [code] of columns.barcodes[at] as [string, number][]) if (!this.#byCode.has(code)) this.#byCode.set(code, row)
  }

  /** Take in a change: a whole product, or null when it is gone. */
  apply(id: string, product: Product | null): void {
    const row = this.#byId.get(id)
    if (row === undefined && product === null) return
    if (row === undefined) {
      this.#byId.set(id, this.#rows)
      this.#place(this.#rows++, product)
    } else this.#place(row, product)
    this.#forgetLists()
  }

  #place(row: number, product: Product | null): void {
    this.#touched.set(row, product)
    if (!product) return
    this.#bySku.set(product.sku, row)
    for (const [code] of product.barcodes) this.#byCode.set(code, row)
  }

  #forgetLists(): void {
    this.#all = null
    this.#categories = null
    this.#families = null
    this.#favourites = null
  }

  /** The product of a row; null when it is gone or not in memory. */
  get(row: number): Product | null {
    const touched = this.#touched.get(row)
    if (touched !== undefined) return touched
    const k = this.partOf(row)
    const columns = row < this.size ? this.#parts[k] : undefined
    const at = row - (this.#starts[k] ?? 0)
    return columns ? (productOf((name) => columns[name][at]) ?? null) : null
  }

  /** One value of a row, without making the whole product. Undefined when it is gone or not in memory. */
  value<C extends 'name' | 'category' | 'family' | 'favourite' | 'variant' | 'sku'>(row: number, name: C): Product[C] | undefined {
    const touched = this.#touched.get(row)
    if (touched !== undefined) return touched?.[name]
    const k = this.partOf(row)
    const value = row < this.size ? this.#parts[k]?.[name][row - (this.#starts[k] ?? 0)] : undefined
    return (value === '' && name !== 'name' && name !== 'sku' ? null : value) as Product[C] | undefined
  }

  byId(id: string): Product | null {
    const row = this.#byId.get(id)
    return row === undefined ? null : this.get(row)
  }

  bySku(sku: string): Product | null {
    const row = this.#bySku.get(sku)
    const product = row === undefined ? null : this.get(row)
    return product?.sku === sku ? product : null
  }

  byCode(code: string): ScanHit | null {
    const row = this.#byCode.get(code)
    return row === undefined ? null : hitOf(this.get(row), code)
  }

  /** Call `visit` with one value of every row that is in memory and not gone, in the shop's order. */
  #each(name: 'category' | 'family' | 'favourite', visit: (row: number, value: unknown) => void): void {
    const touched = this.#touched
    for (const [k, start] of this.#starts.entries()) {
      const column = this.#parts[k]?.[name]
      if (!column) continue
      for (let at = 0; at < column.length; at++) {
        const change = touched.size === 0 ? undefined : touched.get(start + at)
        if (change === undefined) visit(start + at, column[at] === '' ? null : column[at])
        else if (change) visit(start + at, change[name])
      }
    }
    for (const [row, product] of touched) if (product && !this.#isInPart(row)) visit(row, product[name])
  }

  #isInPart(row: number): boolean {
    return row < this.size && this.#parts[this.partOf(row)] !== undefined
  }

  /** The rows of a category in the shop's order; null for those without one; undefined for all. */
  list(category: string | null | undefined): readonly number[] {
    if (category !== undefined) return (this.#categories ??= this.#byCategory()).get(category) ?? []
    if (this.#all) return this.#all
    const rows: number[] = []
    this.#each('category', (row) => {
      rows.push(row)
    })
    return (this.#all = rows)
  }

  // All of them in one walk: a letter typed in the search can be the beginning of many categories.
  #byCategory(): Map<string | null, number[]> {
    const categories = new Map<string | null, number[]>()
    this.#each('category', (row, of) => {
      const category = typeof of === 'string' ? of : null
      const rows = categories.get(category)
      if (rows) rows.push(row)
      else categories.set(category, [row])
    })
    return categories
  }

  favourites(): readonly number[] {
    if (!this.#favourites) {
      const found: [number, number][] = []
      this.#each('favourite', (row, place) => {
        if (typeof place === 'number') found.push([row, place])
      })
      this.#favourites = found.sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(([row]) => row)
    }
    return this.#favourites
  }

  variants(family: string): readonly number[] {
    this.#families ??= this.#byFamily()
    return this.#families.get(family) ?? []
  }

  #byFamily(): Map<string, number[]> {
    const families = new Map<string, number[]>()
    this.#each('family', (row, family) => {
      if (typeof family !== 'string') return
      const rows = families.get(family)
      if (rows) rows.push(row)
      else families.set(family, [row])
    })
    return families
  }

  /** Every code of the snapshot with its row, for the index on the disk. */
  *codes(): Generator<readonly [string, number]> {
    for (const [k, columns] of this.#parts.entries()) {
      const start = this.#starts[k] ?? 0
      for (const [at, codes] of (columns?.barcodes ?? []).entries()) {
        for (const [code] of codes as [string, number][]) yield [code, start + at]
      }
    }
  }
}

/** A product with the quantity that a code of its own stands for. */
export function hitOf(product: Product | null, code: string): ScanHit | null {
  const entry = product?.barcodes.find(([own]) => own === code)
  return product && entry ? { product, quantity: entry[1] } : null
}
