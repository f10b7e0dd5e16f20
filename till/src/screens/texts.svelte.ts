// Amounts, quantities, dates and ages as people read them, in the store's locale and zone. Reactive to the till part.
import { formatsOf, isMeasured, type Formats, type MoneyParts } from '../core/format.ts'
import type { Product } from '../core/catalogue.ts'
import { app } from './app.svelte.ts'
import { language, storeLocale, t } from './words.svelte.ts'

function inLocale(locale: string): Formats {
  const part = app.part
  const zone = part?.store.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  return formatsOf(locale, zone, part?.organization.currency ?? { code: 'MXN', digits: 2 })
}

const formats = $derived(inLocale(storeLocale()))
// Figures keep the store's form in every language; days and months are words.
const words = $derived(language() === 'en' ? inLocale('en') : formats)

/** The formats of this store, for what builds whole documents. */
export const storeFormats = (): Formats => formats

export const money = (minor: number): string => formats.money(minor)
export const amount = (minor: number): string => formats.amount(minor)
export const roundMoney = (minor: number): string => formats.round(minor)
export const amountParts = (minor: number): MoneyParts => formats.parts(minor)
export const roundParts = (minor: number): MoneyParts => formats.roundParts(minor)
export const priceParts = (unitPrice: number | null): MoneyParts | null => (unitPrice === null ? null : formats.keyParts(unitPrice))
export const unitPrice = (price: number): string => formats.unitPrice(price)
export const quantity = (thousandths: number, weighed = false): string => formats.quantity(thousandths, null, weighed)
/** Whole points, or any other whole number. */
export const integer = (n: number): string => formats.quantity(n * 1000)
export const percent = (ppm: number): string => formats.percent(ppm)
export const time = (at: number): string => formats.time(at)
export const dateTime = (at: number): string => formats.dateTime(at)
export const day = (at: number): string => words.day(at)
export const age = (ms: number): string => formats.age(ms)
export const dateText = (iso: string): string => formats.businessDate(iso)

/** The decimal mark of this store's figures. */
export const decimalMark = (): string => quantity(500).replace(/[0-9]/g, '')
/** What was typed on a numpad, with the store's own mark. */
export const typedText = (text: string): string => text.replace('.', decimalMark())
export const typedPercent = (text: string): string => typedText(text) + percent(0).replace('0', '')

/** How long to wait, never shown as nothing. */
export const wait = (ms: number): string => formats.age(Math.max(1000, ms))

/** The unit of a product in words: kg, pieza. */
export const unitName = (unit: string): string => t.code('unit', unit)

/** So much of something: with its unit where it is measured; of pieces the number says it all. */
export function measured(count: number, unit: string, isWeighed = false): string {
  return isMeasured(unit) ? `${quantity(count, isWeighed)} ${unitName(unit)}` : quantity(count)
}

/** What one of it holds: «250 g», «por kg», «pieza». */
export function measure(product: Product): string {
  if (product.by === 'weight') return t('product.per_unit', { unit: unitName(product.unit) })
  if (product.variant !== null) return product.variant
  if (product.content !== null && product.content_unit !== null) return `${quantity(product.content)} ${unitName(product.content_unit)}`
  return unitName(product.unit)
}

/** A coin or a note by name, as a screen reader says it, with how many were counted. */
export function pieceName(value: number, kind: 'note' | 'coin', count: number): string {
  return t(kind === 'note' ? 'denomination.note' : 'denomination.coin', { value: money(value), n: count })
}
