// A line of the ticket in words: what the paper shows and what a screen reader says.
import type { LineTotals, SaleTotals } from '../../core/basket.ts'
import { businessDate } from '../../core/shift.ts'
import type { TicketCombo, TicketLine } from '../../core/ticket.ts'
import type { Formats } from '../../core/format.ts'
import { part, till } from '../app.svelte.ts'
import { amount, dateText, money, quantity, storeFormats, unitName, unitPrice } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'

export interface LineView {
  readonly id: string
  /** The line that is meant when it is pressed: of a combo its first. */
  readonly line: string
  /** What is part of the combo above it. */
  readonly isPart: boolean
  readonly quantity: string
  readonly unit: string
  readonly name: string
  readonly amount: string
  readonly saving: string
  readonly detail: string
  readonly removedAt: number | null
}

interface Kept { readonly formats: Formats; readonly locale: string; readonly list: number; readonly saved: string; readonly view: LineView }

// Lines are values that never change: what one reads like is worked out once, however long the ticket grows.
const kept = new WeakMap<TicketLine, Kept>()

/** Return how the lines read, with their amounts as the engine of prices found them; in the order of the ticket. */
export function lineViews(lines: readonly TicketLine[], totals: SaleTotals, names: Names, combos: readonly TicketCombo[] = [], told: Names = NOTHING): readonly LineView[] {
  const priced = new Map(totals.lines.map((line) => [line.id, line]))
  return lines.flatMap((line) => {
    const combo = line.combo === undefined ? undefined : combos.find(({ id }) => id === line.combo)
    if (combo === undefined) return [lineView(line, priced.get(line.id), names, told.get(line.id))]
    const head = combo.id === line.id ? [comboView(combo, line.removed_at, totalOf(combo, totals), names)] : []
    // What was taken away is one row, to be brought back as one.
    return line.removed_at === null ? [...head, partView(line, combo)] : head
  })
}

/** What the lines of a combo come to together, as a line's totals. */
export function totalOf(combo: TicketCombo, totals: SaleTotals): Pick<LineTotals, 'list' | 'discount' | 'savings'> {
  const own = totals.lines.filter(({ id }) => combo.parts.some(({ line }) => line === id))
  const saved = new Map<string, number>()
  for (const { promotion, amount: part } of own.flatMap(({ savings = [] }) => savings)) saved.set(promotion, (saved.get(promotion) ?? 0) + part)
  const sum = (field: 'list' | 'discount'): number => own.reduce((all, line) => all + line[field], 0)
  return { list: sum('list'), discount: sum('discount'), savings: [...saved].map(([promotion, part]) => ({ promotion, amount: part })) }
}

function comboView(combo: TicketCombo, removedAt: number | null, priced: ReturnType<typeof totalOf>, names: Names): LineView {
  const detail = [t('line.each', { price: unitPrice(combo.unit_price) }), ...(combo.price_list === null ? [] : [combo.price_list])]
  return {
    id: combo.id, line: combo.id, isPart: false, quantity: quantity(combo.quantity), unit: '', name: combo.name, amount: amount(lineDue(priced)), removedAt,
    saving: savingOf(priced, names), detail: detail.join(' · '),
  }
}

function partView(line: TicketLine, combo: TicketCombo): LineView {
  const { extra = 0 } = combo.parts.find((part) => part.line === line.id) ?? {}
  return {
    id: `${line.id} part`, line: combo.id, isPart: true, quantity: quantity(line.quantity, line.by === 'weight'), unit: line.by === 'weight' ? unitName(line.unit) : '', name: line.name,
    amount: extra === 0 ? '' : `+${unitPrice(extra)}`, removedAt: null, saving: '', detail: [...beside(line), ...(line.note === '' ? [] : [line.note])].join(' · '),
  }
}

type Names = ReadonlyMap<string, string>
const NOTHING: Names = new Map()

function lineView(line: TicketLine, priced: LineTotals | undefined, names: Names, told: string | undefined): LineView {
  const [formats, locale, list, saved] = [storeFormats(), t.locale, priced?.list ?? 0, savingOf(priced, names, told)]
  const before = kept.get(line)
  if (before && before.formats === formats && before.locale === locale && before.list === list && before.saved === saved) return before.view
  const view = freshView(line, priced, saved)
  kept.set(line, { formats, locale, list, saved, view })
  return view
}

/** Minor units that the buyer pays for the line, before what is taken off the whole ticket. */
export function lineDue(priced: Pick<LineTotals, 'list' | 'discount' | 'savings'> | undefined): number {
  if (priced === undefined) return 0
  return priced.list - (priced.savings ?? []).reduce((sum, { amount: saved }) => sum + saved, 0) - priced.discount
}

// What is told of the price before, or each saving by the name of its promotion; then what a person took off.
function savingOf(priced: Pick<LineTotals, 'discount' | 'savings'> | undefined, names: Names, told?: string): string {
  const rows = told !== undefined ? [told] : (priced?.savings ?? []).map((saving) => t('line.promotion', { name: names.get(saving.promotion) ?? '', amount: amount(-saving.amount) }))
  const discount = priced?.discount ?? 0
  return [...rows, ...(discount > 0 ? [t('line.saves', { amount: money(discount) })] : [])].join(' · ')
}

function freshView(line: TicketLine, priced: LineTotals | undefined, saving: string): LineView {
  const count = quantity(line.quantity, line.by === 'weight')
  const unit = line.by === 'weight' ? unitName(line.unit) : ''
  const shown = amount(lineDue(priced))
  return {
    id: line.id, line: line.id, isPart: false, quantity: count, unit, name: line.name, amount: shown, removedAt: line.removed_at,
    saving,
    detail: detailOf(line),
  }
}

// What was chosen beside it, and what a kit holds.
function beside({ modifiers = [], components = [] }: TicketLine): string[] {
  return [...modifiers.map(({ name }) => name), ...components.map((component) => `${quantity(component.quantity)} ${component.name}`)]
}

function detailOf(line: TicketLine): string {
  const price = unitPrice(line.unit_price)
  const parts = beside(line)
  parts.push(line.by === 'weight' ? t('line.per_unit', { price, unit: unitName(line.unit) }) : t('line.each', { price }))
  if (line.list_price !== null && line.list_price !== line.unit_price && line.origin !== 'label') parts.push(t(line.shelf === line.unit_price ? 'line.shelf' : 'line.list', { amount: unitPrice(line.list_price) }))
  if (line.price_list != null && line.unit_price === line.list_price) parts.push(line.price_list)
  if (line.origin === 'label') parts.push(t('line.from_label'))
  if (line.serial != null) parts.push(t('line.serial', { serial: line.serial }))
  if (line.lot !== null) parts.push(t('line.lot', { lot: line.lot }))
  if (line.expires !== null) parts.push(t(line.expires < today() ? 'line.expired' : 'line.expires', { date: dateText(line.expires) }))
  if (line.note !== '') parts.push(line.note)
  return parts.join(' · ')
}

/** The date in the store, ISO text, by the clock as the server last corrected it. */
function today(): string {
  return businessDate(till().serverNow(), part().store.zone, 0)
}
