/** Reads what the server sends of the catalogue. Source: contracts/README.md, "Pull". */
import type { BarcodeRule, Category, Family, ListPrice, Product, SellingUnit, Tax, TaxGroup } from '../../core/catalogue.ts'
import { asArray, asInteger, asList, asObject, asText, asWord } from '../../core/json.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Combo } from '../../core/combo.ts'
import type { Kit } from '../../core/kit.ts'
import type { ModifierGroup } from '../../core/modifier.ts'
import type { PriceList } from '../../core/price_list.ts'
import type { Promotion } from '../../core/promotion.ts'
import { readCombo, readKit, readModifierGroup, readPriceList, readPromotion } from './promotions.ts'

export const PRODUCT_COLUMNS = [
  'id', 'sku', 'name', 'category', 'family', 'variant', 'unit', 'by', 'content', 'content_unit', 'price', 'tax_group',
  'tax_units', 'picto', 'tint', 'favourite', 'barcodes', 'prices', 'age', 'trace', 'units',
] as const
export type Column = (typeof PRODUCT_COLUMNS)[number]

/** A part of the catalogue: for each column one value a product. */
export type Columns = Readonly<Record<Column, unknown[]>> & { readonly length: number }

/** Empty texts and null say the same: nothing. */
function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function readBarcodes(value: unknown): Product['barcodes'] {
  const codes: [string, number][] = []
  for (const pair of asArray(value) ?? []) {
    const [code, quantity] = asArray(pair) ?? []
    if (typeof code === 'string') codes.push([code, asInteger(quantity, 1) ?? 1000])
  }
  return codes
}

function readPrices(value: unknown): readonly ListPrice[] | null {
  const rows = asArray(value)
  if (rows === undefined || rows.length === 0) return null
  return rows.flatMap((row): ListPrice[] => {
    const [list, from, price, entry] = asArray(row) ?? []
    const [least, amount] = [asInteger(from, 0), asInteger(price, 0)]
    return typeof list === 'string' && typeof entry === 'string' && least !== undefined && amount !== undefined ? [{ list, from: least, price: amount, entry }] : []
  })
}

function readSellingUnits(value: unknown): readonly SellingUnit[] | null {
  const units = (asArray(value) ?? []).flatMap((row): SellingUnit[] => {
    const [unit, size, amount, entry] = asArray(row) ?? []
    const [factor, price] = [asInteger(size, 1), asInteger(amount, 0)]
    return typeof unit === 'string' && typeof entry === 'string' && factor !== undefined && price !== undefined ? [{ unit, factor, price, entry }] : []
  })
  return units.length === 0 ? null : units
}

function readUnits(value: unknown): Product['tax_units'] {
  const units = asObject(value)
  if (!units || Object.keys(units).length === 0) return null
  return Object.fromEntries(Object.entries(units).filter(([, amount]) => asInteger(amount, 0) !== undefined)) as Record<string, number>
}

/** Make a product of its values, whatever they came from; undefined without an id or a name. */
export function productOf(value: (column: Column) => unknown): Product | undefined {
  const id = asText(value('id'))
  const name = asText(value('name'))
  if (id === undefined || name === undefined) return undefined
  return {
    id, name, sku: asText(value('sku')) ?? '',
    category: textOrNull(value('category')), family: textOrNull(value('family')), variant: textOrNull(value('variant')),
    unit: asText(value('unit')) ?? '', by: asWord(value('by'), ['piece', 'weight'] as const) ?? 'piece',
    content: asInteger(value('content'), 0) ?? null, content_unit: textOrNull(value('content_unit')),
    price: asInteger(value('price')) ?? null, tax_group: textOrNull(value('tax_group')),
    tax_units: readUnits(value('tax_units')), picto: textOrNull(value('picto')), tint: textOrNull(value('tint')),
    favourite: asInteger(value('favourite')) ?? null, barcodes: readBarcodes(value('barcodes')), prices: readPrices(value('prices')),
    age: asInteger(value('age'), 1) ?? null, trace: asWord(value('trace'), ['serial', 'lot'] as const) ?? null, units: readSellingUnits(value('units')),
  }
}

export function readProduct(row: unknown): Product | undefined {
  const values = asObject(row)
  return values && productOf((column) => values[column])
}

/** Columns that came later, or that most shops have nothing in. */
const MAY_LACK: ReadonlySet<Column> = new Set(['tax_units', 'prices', 'age', 'trace', 'units'])

/** Read a part; null when a column is missing or shorter than the others. */
export function readColumns(document: unknown): Columns | null {
  const values = asObject(document)
  const length = asArray(values?.['id'])?.length
  if (!values || length === undefined) return null
  const columns: Partial<Record<Column, unknown[]>> = {}
  for (const name of PRODUCT_COLUMNS) {
    const column: unknown = values[name] ?? (MAY_LACK.has(name) ? new Array<null>(length).fill(null) : undefined)
    if (!Array.isArray(column) || column.length !== length) return null
    columns[name] = column
  }
  return { ...(columns as Record<Column, unknown[]>), length }
}

function readCategory(value: unknown): Category | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const name = asText(row?.['name'])
  if (id === undefined || name === undefined) return undefined
  const position = asInteger(row?.['position']) ?? 0
  return { id, name, position, picto: textOrNull(row?.['picto']), tint: textOrNull(row?.['tint']) }
}

function readTax(value: unknown): Tax | undefined {
  const row = asObject(value)
  const code = asText(row?.['code'])
  const kind = asWord(row?.['kind'], ['percent', 'fixed', 'exempt'] as const)
  if (!row || code === undefined || kind === undefined) return undefined
  return {
    id: asText(row['id']) ?? code, code, kind, name: asText(row['name']) ?? code,
    rate: asInteger(row['rate'], 0) ?? null, amount: asInteger(row['amount'], 0) ?? null, in_base: row['in_base'] === true,
  }
}

function readTaxGroup(value: unknown): TaxGroup | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const taxes = asList(row?.['taxes'] ?? row?.['codes'], asText)
  return row && id !== undefined && taxes ? { id, name: asText(row['name']) ?? '', taxes } : undefined
}

function readFamily(value: unknown): Family | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  return row && id !== undefined ? { id, name: asText(row['name']) ?? '' } : undefined
}

function readRule(value: unknown): BarcodeRule | undefined {
  const row = asObject(value)
  const prefix = asText(row?.['prefix'])
  const kind = asWord(row?.['kind'], ['weight', 'price'] as const)
  const item_digits = asInteger(row?.['item_digits'], 1)
  const value_digits = asInteger(row?.['value_digits'], 1)
  if (!row || prefix === undefined || kind === undefined || item_digits === undefined || value_digits === undefined) return undefined
  return { id: asText(row['id']) ?? prefix, prefix, kind, item_digits, value_digits, decimals: asInteger(row['decimals'], 0) ?? 0 }
}

/** The small kinds of rows, which come whole with the manifest and change one by one. */
export interface SmallRows {
  category: Category
  tax: Tax
  tax_group: TaxGroup
  family: Family
  barcode_rule: BarcodeRule
  promotion: Promotion
  price_list: PriceList
  modifier_group: ModifierGroup
  kit: Kit
  combo: Combo
}
export type SmallKind = keyof SmallRows

export const SMALL_READERS: { readonly [K in SmallKind]: (value: unknown) => SmallRows[K] | undefined } = {
  category: readCategory, tax: readTax, tax_group: readTaxGroup, family: readFamily, barcode_rule: readRule,
  promotion: readPromotion,
  price_list: readPriceList,
  modifier_group: readModifierGroup,
  kit: readKit,
  combo: readCombo,
}

export interface Manifest {
  readonly epoch: string
  readonly n: number
  readonly version: string
  readonly count: number
  /** In order. Parts of one path are the lines of one file. */
  readonly parts: readonly { readonly path: string; readonly count: number }[]
  readonly small: { readonly [K in SmallKind]: readonly SmallRows[K][] }
}

const FORMAT = 2

function readPlace(value: unknown): Manifest['parts'][number] | undefined {
  const row = asObject(value)
  const path = asText(row?.['path'])
  const count = asInteger(row?.['count'], 0)
  return path === undefined || count === undefined ? undefined : { path, count }
}

/** Read the manifest; null when it is not one or of a format that this till does not know. */
export function readManifest(value: unknown): Manifest | null {
  const document = asObject(value)
  const epoch = asText(document?.['epoch'])
  const n = asInteger(document?.['n'], 0)
  const version = asText(document?.['version'])
  const parts = asList(document?.['parts'], readPlace)
  if (!document || document['format'] !== FORMAT || epoch === undefined || n === undefined) return null
  if (version === undefined || !parts) return null
  const small = readSmall(document)
  return small && { epoch, n, version, parts, count: parts.reduce((sum, part) => sum + part.count, 0), small }
}

function readSmall(document: JsonObject): Manifest['small'] | null {
  const category = asList(document['categories'], readCategory)
  const tax = asList(document['taxes'], readTax)
  const tax_group = asList(document['tax_groups'], readTaxGroup)
  const family = asList(document['families'], readFamily)
  const barcode_rule = asList(document['barcode_rules'], readRule)
  // What this till cannot read lowers nothing; what it can still sells.
  const promotion = (asArray(document['promotions']) ?? []).map(readPromotion).filter((row) => row !== undefined)
  const price_list = (asArray(document['price_lists']) ?? []).map(readPriceList).filter((row) => row !== undefined)
  const modifier_group = (asArray(document['modifier_groups']) ?? []).map(readModifierGroup).filter((row) => row !== undefined)
  const kit = (asArray(document['kits']) ?? []).map(readKit).filter((row) => row !== undefined)
  const combo = (asArray(document['combos']) ?? []).map(readCombo).filter((row) => row !== undefined)
  const other = { promotion, price_list, modifier_group, kit, combo }
  return category && tax && tax_group && family && barcode_rule ? { category, tax, tax_group, family, barcode_rule, ...other } : null
}

export interface Change {
  readonly n: number
  readonly kind: string
  readonly id: string
  readonly row: JsonObject | null
}

export function readChange(value: unknown): Change | undefined {
  const row = asObject(value)
  const n = asInteger(row?.['n'], 0)
  const kind = asText(row?.['kind'])
  const id = asText(row?.['id'])
  if (!row || n === undefined || kind === undefined || id === undefined) return undefined
  return { n, kind, id, row: asObject(row['row']) ?? null }
}

export interface Changes {
  readonly epoch: string
  readonly n: number
  readonly more: boolean
  readonly known: Known
  readonly changes: readonly Change[]
}

/** How far a journal of this till had come in when the server read its rows. */
export interface Known {
  readonly journal: string
  readonly seq: number
}

/** What a server says that does not say it yet: nothing of ours was known. */
export function readKnown(value: unknown): Known {
  const document = asObject(value)
  return { journal: asText(document?.['journal']) ?? '', seq: asInteger(document?.['seq'], 0) ?? 0 }
}

export function readChanges(value: unknown): Changes | null {
  const document = asObject(value)
  const epoch = asText(document?.['epoch'])
  const n = asInteger(document?.['n'], 0)
  const changes = asList(document?.['changes'], readChange)
  return epoch === undefined || n === undefined || !changes ? null : { epoch, n, more: document?.['more'] === true, known: readKnown(document?.['known']), changes }
}
