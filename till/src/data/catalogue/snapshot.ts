/** One snapshot in memory with the changes since: what a catalogue answers from. */
import type { SmallKind, SmallRows, Manifest, Change } from './rows.ts'
import { readProduct, SMALL_READERS } from './rows.ts'
import type { CodeIndex } from './codes.ts'
import type { Searched, WordIndex } from './search.ts'
import { Shelf } from './shelf.ts'

const KINDS = Object.keys(SMALL_READERS) as SmallKind[]

export type SmallMaps = { readonly [K in SmallKind]: Map<string, SmallRows[K]> }

/** A manifest kept by a version before this one may lack a kind. */
function rowsOf<K extends SmallKind>(manifest: Manifest, kind: K): readonly SmallRows[K][] {
  return (manifest.small as Partial<Manifest['small']>)[kind] ?? []
}

export class Snapshot {
  readonly manifest: Manifest
  readonly shelf: Shelf
  readonly small: SmallMaps
  codes: CodeIndex | null = null
  words: WordIndex | null = null

  constructor(manifest: Manifest) {
    this.manifest = manifest
    this.shelf = new Shelf(manifest.parts.map(({ count }) => count))
    const maps = KINDS.map((kind) => [kind, new Map(rowsOf(manifest, kind).map((row) => [row.id, row]))])
    this.small = Object.fromEntries(maps) as SmallMaps
  }

  /** Take in a change; returns false for a kind that is not of the catalogue or a row that cannot be read. */
  apply({ kind, id, row }: Change): boolean {
    if (kind === 'product') {
      const product = row === null ? null : readProduct(row)
      if (product === undefined) return false
      this.shelf.apply(id, product)
      return true
    }
    const small = KINDS.find((one) => one === kind)
    return small !== undefined && this.#applySmall(small, id, row)
  }

  #applySmall(kind: SmallKind, id: string, row: Change['row']): boolean {
    // Reader and map are of the same kind, which the types of a union cannot say.
    const map = this.small[kind] as Map<string, SmallRows[SmallKind]>
    if (row === null) return map.delete(id)
    const read = SMALL_READERS[kind](row)
    if (!read) return false
    map.set(id, read)
    return true
  }

  get searched(): Searched {
    return {
      shelf: this.shelf, words: this.words, codes: this.codes,
      categoryName: (id) => this.small.category.get(id)?.name ?? null,
      categories: () => this.small.category.values(),
    }
  }
}
