// Pieces of money as the screens draw them.
import { changeFor, type Denomination } from '../../core/cash.ts'
import type { Currency } from '../../core/format.ts'
import { roundMoney } from '../texts.svelte.ts'

export interface DrawnPiece { readonly kind: Denomination['kind']; readonly text: string; readonly times: number }

/** Return the coins and notes of a change as short texts: 20, 10, 50¢. */
export function drawnChange(change: number, currency: Currency): readonly DrawnPiece[] {
  return changeFor(change, currency).pieces.map(({ value, kind, count }) => ({ kind, text: shortText(value, currency), times: count }))
}

// Coins below the major unit say their hundredths, as people do: 50¢, and in euros 50 c.
function shortText(value: number, currency: Currency): string {
  const unit = 10 ** currency.digits
  if (value >= unit) return roundMoney(value).replace(/[^0-9.,]/g, '')
  return currency.digits === 2 ? `${String(value)}${currency.code === 'EUR' ? '\u00a0c' : '¢'}` : roundMoney(value).replace(/[^0-9.,]/g, '')
}
