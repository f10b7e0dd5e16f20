/** The gift ticket: what was bought, without prices, and how it comes back. Whoever gets it learns neither what it cost nor who paid, nor how. */
import type { BasketLine, SaleBasket } from './basket.ts'
import type { SaleRecorded } from './facts.ts'
import { isMeasured, type Formats } from './format.ts'
import { pair, text, type Paper, type Row } from './paper.ts'
import { headRows, type PaperHead, type PaperWords } from './receipt.ts'
import { pageAddress, returnCode, ticketNumber } from './sale.ts'

export interface GiftPaperOptions {
  readonly head: PaperHead
  readonly formats: Formats
  readonly words: PaperWords
  /** When the sale was made: `at` of its fact. */
  readonly at: number
  readonly publicUrl: string | null
  /** The secret of this paper alone, base64url: what comes back by it is known to come by a gift ticket. */
  readonly secret: string
}

/** Return the gift ticket of a sale. */
export function giftPaper(body: SaleRecorded, { head, formats, words, at, publicUrl, secret }: GiftPaperOptions): Paper {
  const title = [
    ...headRows(head), text(words('receipt.gift'), 'center', true),
    pair(words('receipt.ticket', { number: ticketNumber(body.series, body.number) }), head.till), text(formats.date(at)),
  ]
  const address = pageAddress(publicUrl, secret)
  const foot: Row[] = [text(words('receipt.gift_how'), 'center')]
  if (address !== null) foot.push({ kind: 'qr', data: address })
  foot.push(text(words('receipt.return_code'), 'center'), text(returnCode(body.series, body.number, body.sale, 'gift'), 'center', true))
  if (typeof head.footer === 'string' && head.footer.trim() !== '') foot.push(text(head.footer, 'center'))
  return { sections: [
    { name: 'head', rows: title },
    { name: 'lines', rows: (body.basket as SaleBasket).lines.map((line) => lineRow(line, formats)) },
    { name: 'foot', rows: foot },
  ] }
}

function lineRow({ name, quantity, unit }: BasketLine, formats: Formats): Row {
  const isWeighed = isMeasured(unit) || quantity % 1000 !== 0
  return pair(name, formats.quantity(quantity, isWeighed ? unit : null, isWeighed))
}
