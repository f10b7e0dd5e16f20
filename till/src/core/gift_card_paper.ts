/** The papers of gift cards: the card itself, and that of one taken back. The code that pays and the code that shows the balance stand apart. */
import type { GiftCardRefunded } from './facts.ts'
import type { Formats } from './format.ts'
import { cardNumber, type CardSecrets } from './gift_card.ts'
import { pair, text, type Paper, type Row, type Section } from './paper.ts'
import { headRows, type PaperHead, type PaperWords } from './receipt.ts'
import { pageAddress, ticketNumber } from './sale.ts'

export interface CardPaperOptions {
  readonly head: PaperHead
  readonly formats: Formats
  readonly words: PaperWords
  readonly at: number
}

/** A card that was just sold: whoever has this paper has the money. */
export function giftCardPaper(
  card: CardSecrets & { readonly id: string; readonly amount: number }, publicUrl: string | null, { head, formats, words, at }: CardPaperOptions,
): Paper {
  const address = pageAddress(publicUrl, card.page)
  const balance: Row[] = address === null ? [] : [text(words('receipt.gift_card_page'), 'center'), { kind: 'qr', data: address }]
  const sections: readonly Section[] = [
    { name: 'head', rows: [...headRows(head), text(words('receipt.gift_card_title'), 'center', true), text(formats.dateTime(at))] },
    { name: 'sums', rows: [pair(words('receipt.gift_card_number', { number: cardNumber(card.id) }), formats.money(card.amount), { strong: true })] },
    { name: 'code', rows: [text(words('receipt.gift_card_pay'), 'center'), { kind: 'qr', data: card.code }, text(card.code, 'center', true), text(words('receipt.gift_card_keep'), 'center')] },
    { name: 'foot', rows: balance },
  ]
  return { sections: sections.filter(({ rows }) => rows.length > 0) }
}

/** A card that was taken back. */
export function cardRefundPaper(body: GiftCardRefunded, { head, formats, words, at }: CardPaperOptions): Paper {
  return {
    sections: [
      { name: 'head', rows: [...headRows(head), pair(words('receipt.gift_card_back', { number: ticketNumber(body.series, body.number) }), head.till), text(formats.dateTime(at))] },
      { name: 'sums', rows: [pair(words('receipt.gift_card_number', { number: cardNumber(body.gift_card) }), formats.money(body.amount), { strong: true })] },
      { name: 'payments', rows: [pair(words(`receipt.${body.method}`), formats.amount(-body.amount)), text(`${words('receipt.signature')} ____________`)] },
    ],
  }
}
