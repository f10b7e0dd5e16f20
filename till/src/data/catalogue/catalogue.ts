/** The catalogue: one snapshot at a time, kept up with the server's changes, answering at once from memory. */
import type { Category, Product, Tax } from '../../core/catalogue.ts'
import { asArray, asObject } from '../../core/json.ts'
import type { Environment } from '../environment.ts'
import type { Readable, Writable } from '../store.ts'
import { writable } from '../store.ts'
import { callServer } from '../sync/http.ts'
import { refuseStatus } from '../sync/push.ts'
import type { Seen } from '../sync/push.ts'
import { rowOfCode } from './codes.ts'
import type { CatalogueDisk, Cursor, Kept } from './disk.ts'
import { keep } from './disk.ts'
import type { Catalogue, CatalogueState, ScanHit } from './face.ts'
import { diskLoader, fetchManifest, loadFromServer, serverLoader } from './load.ts'
import type { PartLoader } from './load.ts'
import { readChange, readChanges, readProduct } from './rows.ts'
import type { Changes, Known } from './rows.ts'
import { buildWords, search } from './search.ts'
import { hitOf } from './shelf.ts'
import { slices } from './slices.ts'
import { Snapshot } from './snapshot.ts'

const NOTHING: CatalogueState = { loaded: 0, total: 0, scanReady: false, ready: false, revision: 0 }
const SEARCH_LIMIT = 60
/** So many searches are remembered until the catalogue changes: people begin with the same letters, and write and erase them. */
const SEARCHES_KEPT = 200
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
/** With more changed rows than this a new snapshot is cheaper than carrying them. */
const CHANGES_AT_MOST = 5_000
const LOOKUP_MS = 4_000

/** Changes that are not of the catalogue. */
const ELSEWHERE: ReadonlySet<string> = new Set(['till', 'buyer', 'order', 'gift_card', 'coupon'])

/** Who is told of changes that are not of the catalogue. */
export interface Told {
  readonly till: () => void
  readonly buyer: (id: string, row: unknown, known: Known) => Promise<void>
  readonly order: (id: string, row: unknown, known: Known) => Promise<void>
  readonly giftCard: (id: string, row: unknown, known: Known) => Promise<void>
  readonly coupon: (id: string, row: unknown, known: Known) => Promise<void>
}

export class LiveCatalogue implements Catalogue {
  readonly #environment: Environment
  readonly #disk: CatalogueDisk
  readonly #token: () => string | null
  readonly #told: Told
  readonly #state: Writable<CatalogueState> = writable(NOTHING)
  #snapshot: Snapshot | null = null
  #loader: PartLoader | null = null
  #cursor: Cursor | null = null
  #changedAt = 0
  #pulling: Promise<void> | null = null
  #isStopped = false
  /** How many rows the server has told besides its changes. */
  #learnt = 0
  readonly #found = new Map<string, readonly number[]>()

  constructor(environment: Environment, disk: CatalogueDisk, token: () => string | null, told: Told) {
    this.#environment = environment
    this.#disk = disk
    this.#token = token
    this.#told = told
  }

  get state(): Readable<CatalogueState> {
    return this.#state
  }

  cursor(): Cursor | null {
    return this.#cursor
  }

  changedAt(): number {
    return this.#changedAt
  }

  /** Start from what is on the disk; resolves when a scan can be answered, and goes on loading. */
  async open(): Promise<void> {
    const kept = await this.#disk.kept()
    if (!kept) return
    const snapshot = new Snapshot(kept.manifest)
    snapshot.codes = (await this.#disk.codes(kept.manifest.version)) ?? null
    for (const change of kept.changes) snapshot.apply(change)
    this.#changedAt = Math.max(kept.manifest.n, ...kept.changes.map(({ n }) => n))
    this.#show(snapshot, diskLoader(snapshot, this.#environment, this.#disk), kept.cursor)
    this.#pulling = this.#warm(snapshot, kept)
  }

  async #warm(snapshot: Snapshot, { manifest }: Kept): Promise<void> {
    try {
      await this.#loader?.all(() => {
        this.#tell()
      })
      const breathe = slices(this.#environment)
      snapshot.words = (await this.#disk.words(manifest.version, breathe)) ?? (await buildWords(snapshot.shelf, breathe))
    } catch (error) {
      // The cache is damaged: what is in memory stays on show until the server has sent it all again.
      if (!this.#isStopped) console.warn(error)
      this.#cursor = null
    } finally {
      this.#pulling = null
    }
    this.#tell()
    await this.#lookAhead()
  }

  /** Search once for each letter while nobody asks: the first letter of a search is met by the most products. */
  async #lookAhead(): Promise<void> {
    const breathe = slices(this.#environment)
    const { revision } = this.#state.get()
    for (const letter of LETTERS) {
      await breathe()
      if (this.#isStopped || this.#state.get().revision !== revision) return
      this.#search(letter, SEARCH_LIMIT)
    }
  }

  #show(snapshot: Snapshot, loader: PartLoader, cursor: Cursor | null): void {
    this.#snapshot = snapshot
    this.#loader = loader
    this.#cursor = cursor
    this.#tell()
  }

  #tell(): void {
    this.#found.clear()
    const snapshot = this.#snapshot
    const loaded = snapshot?.shelf.loaded ?? 0
    const isWhole = snapshot?.shelf.isWhole ?? false
    this.#state.update(({ revision }) => ({
      loaded, total: snapshot?.shelf.size ?? 0,
      scanReady: isWhole || (snapshot?.codes ?? null) !== null,
      ready: isWhole && (snapshot?.words ?? null) !== null,
      revision: revision + 1,
    }))
  }

  // -- from the server ---------------------------------------------------

  /** Begin to take what has changed; one after the other, never in anybody's way. */
  pull(seen: Seen): void {
    if (this.#pulling || this.#isStopped) return
    const isNew = this.#cursor?.epoch !== seen.epoch
    if (!isNew && seen.n !== null && seen.n <= (this.#cursor?.n ?? 0)) return
    this.#pulling = (isNew ? this.#refresh() : this.#follow())
      .catch((error: unknown) => {
        // The next round tries again; what was loaded is kept.
        if (!(error instanceof Error)) throw error
      })
      .finally(() => {
        this.#pulling = null
      })
  }

  /** Resolves when nothing is being loaded. */
  async settled(): Promise<void> {
    await this.#pulling
  }

  async #refresh(): Promise<void> {
    const token = this.#token()
    if (token === null) return
    const manifest = await fetchManifest(this.#environment, token)
    const snapshot = new Snapshot(manifest)
    const server = serverLoader(snapshot, this.#environment, this.#disk, token)
    const isFirst = !this.#snapshot?.shelf.isWhole
    // The first one is shown while it comes; a later one takes the place of its forerunner when it is whole.
    if (isFirst) this.#show(snapshot, server.loader, null)
    await loadFromServer(snapshot, this.#environment, this.#disk, server, () => {
      if (isFirst) this.#tell()
    })
    this.#changedAt = manifest.n
    this.#show(snapshot, server.loader, { epoch: manifest.epoch, n: manifest.n })
    await this.#follow()
    await this.#lookAhead()
  }

  async #follow(): Promise<void> {
    for (;;) {
      const token = this.#token()
      const cursor = this.#cursor
      if (token === null || !cursor || this.#isStopped) return
      const learnt = this.#learnt
      const path = `changes?epoch=${encodeURIComponent(cursor.epoch)}&n=${String(cursor.n)}`
      const reply = await callServer(this.#environment, { path, token })
      if (reply.status === 409) {
        this.#cursor = null
        return
      }
      refuseStatus(reply)
      const answer = readChanges(reply.json)
      if (!answer || answer.epoch !== cursor.epoch) return
      // What was learnt while this answer was on its way may be newer than it: asked again, it says no less.
      if (learnt !== this.#learnt) continue
      await this.#take(answer, cursor)
      if (!answer.more || answer.n <= cursor.n) return
    }
  }

  async #take(answer: Changes, cursor: Cursor): Promise<void> {
    const news = answer.changes.filter(({ n }) => n > cursor.n)
    const next = { epoch: answer.epoch, n: Math.max(answer.n, cursor.n) }
    const version = this.#snapshot?.manifest.version ?? ''
    const ours = news.filter(({ kind }) => !ELSEWHERE.has(kind))
    const kept = keep(this.#disk.follow(ours, next, version))
    // In the same moment as on the disk: what is learnt from now on is newer on both.
    for (const change of ours) this.#snapshot?.apply(change)
    await kept
    for (const change of news) {
      if (change.kind === 'till') this.#told.till()
      else if (change.kind === 'buyer') await this.#told.buyer(change.id, change.row, answer.known)
      else if (change.kind === 'order') await this.#told.order(change.id, change.row, answer.known)
      else if (change.kind === 'gift_card') await this.#told.giftCard(change.id, change.row, answer.known)
      else if (change.kind === 'coupon') await this.#told.coupon(change.id, change.row, answer.known)
    }
    if (ours.length > 0) this.#changedAt = next.n
    this.#cursor = next
    if (news.length > 0) this.#tell()
    if ((this.#snapshot?.shelf.touched.size ?? 0) > CHANGES_AT_MOST) this.#cursor = null
  }

  async #lookup(query: string): Promise<readonly Product[]> {
    const token = this.#token()
    if (token === null) return []
    const rhythm = { ...this.#environment.rhythm, answer: LOOKUP_MS }
    try {
      const reply = await callServer({ ...this.#environment, rhythm }, { path: `lookup?${query}`, token })
      if (reply.status !== 200) return []
      const rows = asArray(reply.json) ?? asArray(asObject(reply.json)?.['products']) ?? []
      return rows.map(readProduct).filter((product) => product !== undefined)
    } catch {
      return []
    }
  }

  // -- for the screens ---------------------------------------------------

  byId(id: string): Product | null {
    return this.#snapshot?.shelf.byId(id) ?? null
  }

  bySku(sku: string): Product | null {
    return this.#snapshot?.shelf.bySku(sku) ?? null
  }

  byBarcode(code: string): ScanHit | null {
    return this.#snapshot?.shelf.byCode(code) ?? null
  }

  async scan(code: string): Promise<ScanHit | null> {
    const here = this.byBarcode(code)
    const snapshot = this.#snapshot
    if (here || snapshot?.shelf.isWhole) return here
    const row = snapshot?.codes ? rowOfCode(snapshot.codes, code) : undefined
    if (snapshot && row !== undefined) {
      await this.#loader?.hurry(snapshot.shelf.partOf(row)).catch(() => undefined)
      const found = snapshot.shelf.byCode(code)
      if (found) return found
    }
    // With the codes of the whole catalogue at hand, a code that is not among them is not in it.
    if (snapshot?.codes && row === undefined) return null
    for (const product of await this.#lookup(`code=${encodeURIComponent(code)}`)) {
      const found = hitOf(product, code)
      if (found) return found
    }
    return null
  }

  #products(rows: readonly number[], offset = 0, limit = rows.length): readonly Product[] {
    const shelf = this.#snapshot?.shelf
    const products = rows.slice(offset, offset + limit).map((row) => shelf?.get(row) ?? null)
    return products.filter((product) => product !== null)
  }

  byCategory(category: string | null, offset?: number, limit?: number): readonly Product[] {
    return this.#products(this.#snapshot?.shelf.list(category) ?? [], offset, limit)
  }

  countOf(category: string | null): number {
    return this.#snapshot?.shelf.list(category).length ?? 0
  }

  all(offset?: number, limit?: number): readonly Product[] {
    return this.#products(this.#snapshot?.shelf.list(undefined) ?? [], offset, limit)
  }

  favourites(): readonly Product[] {
    return this.#products(this.#snapshot?.shelf.favourites() ?? [])
  }

  variants(family: string): readonly Product[] {
    return this.#products(this.#snapshot?.shelf.variants(family) ?? [])
  }

  search(text: string, limit = SEARCH_LIMIT): readonly Product[] {
    return this.#products(this.#search(text, limit))
  }

  #search(text: string, limit: number): readonly number[] {
    if (!this.#snapshot) return []
    const key = `${String(limit)} ${text}`
    const known = this.#found.get(key)
    if (known) return known
    const rows = search(this.#snapshot.searched, text, limit)
    if (this.#found.size >= SEARCHES_KEPT) this.#found.clear()
    this.#found.set(key, rows)
    return rows
  }

  async find(text: string, limit = SEARCH_LIMIT): Promise<readonly Product[]> {
    const here = this.search(text, limit)
    if (this.#state.get().ready || text.trim() === '') return here
    const known = new Set(here.map(({ id }) => id))
    const more = await this.#lookup(`q=${encodeURIComponent(text)}`)
    return [...here, ...more.filter(({ id }) => !known.has(id))].slice(0, limit)
  }

  categories(): readonly Category[] {
    const all = [...(this.#snapshot?.small.category.values() ?? [])]
    return all.sort((a, b) => a.position - b.position || a.name.localeCompare(b.name))
  }

  category(id: string): Category | null {
    return this.#snapshot?.small.category.get(id) ?? null
  }

  family(id: string): ReturnType<Catalogue['family']> {
    return this.#snapshot?.small.family.get(id) ?? null
  }

  taxes(): readonly Tax[] {
    return [...(this.#snapshot?.small.tax.values() ?? [])]
  }

  taxesOf(product: Product): readonly Tax[] {
    const codes = product.tax_group === null ? [] : (this.taxGroup(product.tax_group)?.taxes ?? [])
    const all = this.taxes()
    return codes.map((code) => all.find((tax) => tax.code === code)).filter((tax) => tax !== undefined)
  }

  taxGroup(id: string): ReturnType<Catalogue['taxGroup']> {
    return this.#snapshot?.small.tax_group.get(id) ?? null
  }

  taxGroups(): ReturnType<Catalogue['taxGroups']> {
    return [...(this.#snapshot?.small.tax_group.values() ?? [])]
  }

  async learn(row: unknown): Promise<Product | null> {
    const product = readProduct(row)
    const change = readChange({ n: this.#cursor?.n ?? 0, kind: 'product', id: product?.id, row })
    if (product === undefined || change === undefined || !this.#snapshot?.apply(change)) return null
    this.#learnt += 1
    this.#changedAt = (this.#cursor?.n ?? 0) + 1
    const { version } = this.#snapshot.manifest
    if (this.#cursor) await keep(this.#disk.follow([change], this.#cursor, version))
    this.#tell()
    return product
  }

  barcodeRules(): ReturnType<Catalogue['barcodeRules']> {
    return [...(this.#snapshot?.small.barcode_rule.values() ?? [])]
  }

  promotions(): ReturnType<Catalogue['promotions']> {
    return [...(this.#snapshot?.small.promotion.values() ?? [])]
  }

  priceLists(): ReturnType<Catalogue['priceLists']> {
    return [...(this.#snapshot?.small.price_list.values() ?? [])]
  }

  modifierGroups(): ReturnType<Catalogue['modifierGroups']> {
    return [...(this.#snapshot?.small.modifier_group.values() ?? [])]
  }

  kitOf(product: string): ReturnType<Catalogue['kitOf']> {
    return this.#snapshot?.small.kit.get(product) ?? null
  }

  comboOf(product: string): ReturnType<Catalogue['comboOf']> {
    return this.#snapshot?.small.combo.get(product) ?? null
  }

  /** Give the disk's room to the journal: what is on show stays in memory and is loaded again when the till starts anew. */
  async makeRoom(): Promise<void> {
    await this.#disk.clear()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#pulling?.catch(() => undefined)
    this.#disk.close()
  }
}
