// The papers of gift cards. They come with the rooms, for no card is sold but through one.
import { cardRefundPaper, giftCardPaper } from '../../core/gift_card_paper.ts'
import type { Fact } from '../../data/index.ts'
import { part } from '../app.svelte.ts'
import type { SoldCard } from '../pay/done.ts'
import { paperHead, paperWords, printPaper } from '../records/printing.svelte.ts'
import { storeFormats } from '../texts.svelte.ts'

/** Print a gift card that was just sold: its code is known to nobody else. */
export async function printGiftCard(card: SoldCard, at: number): Promise<void> {
  await printPaper(giftCardPaper(card, part().settings.public_url, { head: paperHead(), formats: storeFormats(), words: paperWords, at }))
}

/** Print that a gift card was taken back. */
export async function printCardRefund(fact: Fact<'gift_card.refunded'>): Promise<void> {
  await printPaper(cardRefundPaper(fact.body, { head: paperHead(), formats: storeFormats(), words: paperWords, at: fact.at }))
}
