import type { CardLeft, CardSecrets } from '../../core/gift_card.ts'
import type { SaleBasket, SaleTotals } from '../../core/basket.ts'
import type { Tender } from '../../core/pay.ts'
import type { Fact } from '../../data/index.ts'
import { later } from '../shell/coming.ts'

/** A gift card that was just sold, with what is printed on it and kept nowhere. */
export interface SoldCard extends CardSecrets {
  readonly id: string
  readonly amount: number
}

/** A sale that is on the disk, as the screen after it shows it. */
export interface Done {
  readonly fact: Fact<'sale.recorded'>
  readonly totals: SaleTotals
  readonly tenders: readonly Tender[]
  /** The secret in the QR: only now, only here. The fact holds its hash. */
  readonly secret: string
  readonly printed: boolean
  /** What the buyer still gets for goods that came back, beyond what they paid for here. */
  readonly givenBack: readonly { readonly method: string; readonly amount: number }[]
  readonly giftCards: readonly SoldCard[]
  /** What the cards that paid still hold: it stands on the first paper alone. */
  readonly cardsLeft: readonly CardLeft[]
}

/** What of it goods that came back have paid, minor units. */
export function exchangedOf({ fact }: Done): number {
  return (fact.body.basket as SaleBasket).payments.reduce((sum, { method, amount }) => sum + (method === 'exchange' ? amount : 0), 0)
}

/** Print gift cards that were just sold: what prints them came with the room in which they were. */
export async function printGiftCards(cards: readonly SoldCard[], at: number): Promise<void> {
  if (cards.length === 0) return
  const { printGiftCard } = await later()
  for (const card of cards) await printGiftCard(card, at)
}
