/** What the screens ask of the catalogue. */
import type { BarcodeRule, Category, Family, Product, Tax, TaxGroup } from '../../core/catalogue.ts'
import type { Combo } from '../../core/combo.ts'
import type { Kit } from '../../core/kit.ts'
import type { ModifierGroup } from '../../core/modifier.ts'
import type { PriceList } from '../../core/price_list.ts'
import type { Promotion } from '../../core/promotion.ts'
import type { Readable } from '../store.ts'

export interface CatalogueState {
  /** Products known in memory, and how many there are; total is 0 before the first manifest. */
  readonly loaded: number
  readonly total: number
  /** Scans find every product without the server. */
  readonly scanReady: boolean
  /** Search and lists cover every product. */
  readonly ready: boolean
  /** Rises with every change of what is on show. */
  readonly revision: number
}

export interface ScanHit {
  readonly product: Product
  /** How much of it the code stands for, in thousandths: 12000 for a case of twelve. */
  readonly quantity: number
}

export interface Catalogue {
  readonly state: Readable<CatalogueState>
  /** Names what was sold from: goes into `sale.recorded` as `catalogue`. */
  cursor(): { readonly epoch: string; readonly n: number } | null
  /** The number of the last change that was about goods, their prices or promotions. */
  changedAt(): number

  byId(id: string): Product | null
  bySku(sku: string): Product | null
  /** Exact, leading zeros kept; only what is already in memory. */
  byBarcode(code: string): ScanHit | null
  /** As `byBarcode`, waiting for the part that holds it, and asking the server while the catalogue still loads. */
  scan(code: string): Promise<ScanHit | null>
  /** The products of a category in the shop's own order; null for those without one. */
  byCategory(category: string | null, offset?: number, limit?: number): readonly Product[]
  countOf(category: string | null): number
  /** Everything, in the shop's own order. */
  all(offset?: number, limit?: number): readonly Product[]
  favourites(): readonly Product[]
  /** The variants of a family, in the shop's own order. */
  variants(family: string): readonly Product[]
  /** Accent-free, any order of words, each a prefix; over name, variant, SKU, barcode and category; best first. */
  search(text: string, limit?: number): readonly Product[]
  /** As `search`, asking the server too while the catalogue still loads. */
  find(text: string, limit?: number): Promise<readonly Product[]>

  categories(): readonly Category[]
  category(id: string): Category | null
  family(id: string): Family | null
  taxes(): readonly Tax[]
  /** The taxes of a product, in the order in which they are computed. */
  taxesOf(product: Product): readonly Tax[]
  taxGroup(id: string): TaxGroup | null
  taxGroups(): readonly TaxGroup[]
  /** Take in a product as the server has just told it; null for what is none. The feed tells it again. */
  learn(row: unknown): Promise<Product | null>
  barcodeRules(): readonly BarcodeRule[]
  /** All of them, whether in force or not. */
  promotions(): readonly Promotion[]
  /** All of them, whether in force or not. */
  priceLists(): readonly PriceList[]
  /** Of all products; core/modifier.ts says which are a product's. */
  modifierGroups(): readonly ModifierGroup[]
  /** What a product is made of, where it is a kit. */
  kitOf(product: string): Kit | null
  /** What a product is made of by choice, where it is a combo. */
  comboOf(product: string): Combo | null
}
