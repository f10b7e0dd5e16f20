// A line of the ticket in words: what the paper shows and what a screen reader says.
import type { SaleTotals } from '../../core/basket.ts'
import type { TicketLine } from '../../core/ticket.ts'
import { amount, money, quantity, unitName, unitPrice } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'

export interface LineView {
  readonly id: string
  readonly quantity: string
  readonly unit: string
  readonly name: string
  readonly amount: string
  readonly saving: string
  readonly detail: string
  readonly removedAt: number | null
}

/** Return how a line reads, with its amounts as the engine of prices found them. */
export function lineView(line: TicketLine, totals: SaleTotals): LineView {
  const priced = totals.lines.find(({ id }) => id === line.id)
  const saved = priced ? priced.discount : 0
  const count = quantity(line.quantity, line.by === 'weight')
  const unit = line.by === 'weight' ? unitName(line.unit) : ''
  const shown = amount(priced ? priced.list - priced.discount : 0)
  return {
    id: line.id, quantity: count, unit, name: line.name, amount: shown, removedAt: line.removed_at,
    saving: saved > 0 ? t('line.saves', { amount: money(saved) }) : '',
    detail: detailOf(line),
  }
}

function detailOf(line: TicketLine): string {
  const price = unitPrice(line.unit_price)
  const parts = [line.by === 'weight' ? t('line.per_unit', { price, unit: unitName(line.unit) }) : t('line.each', { price })]
  if (line.list_price !== null && line.list_price !== line.unit_price && line.origin !== 'label') parts.push(t('line.before', { amount: unitPrice(line.list_price) }))
  if (line.origin === 'label') parts.push(t('line.from_label'))
  if (line.lot !== null) parts.push(t('line.lot', { lot: line.lot }))
  if (line.note !== '') parts.push(line.note)
  return parts.join(' · ')
}
