/** A slip with the code of a transfer, for whoever pays from their own phone: it is no receipt. */
import type { Formats } from './format.ts'
import { pair, text, type Paper } from './paper.ts'
import { headRows, type PaperHead, type PaperWords } from './receipt.ts'
import { grouped, transferCode, type Transfer } from './transfer.ts'

export interface TransferPaperOptions {
  readonly head: PaperHead
  readonly formats: Formats
  readonly words: PaperWords
  readonly at: number
}

/** Return the slip of a transfer that is still to be made. */
export function transferPaper(transfer: Transfer, { head, formats, words, at }: TransferPaperOptions): Paper {
  const code = transferCode(transfer)
  return {
    sections: [
      { name: 'head', rows: [...headRows(head), text(words('receipt.transfer_title'), 'center', true), text(formats.dateTime(at))] },
      { name: 'sums', rows: [pair(words('receipt.to_pay'), formats.money(transfer.amount), { strong: true })] },
      {
        name: 'payments',
        rows: [text(transfer.holder), text(grouped(transfer.number)), pair(words('receipt.transfer_reference'), transfer.reference), ...(code === null ? [] : [{ kind: 'qr' as const, data: code }])],
      },
      { name: 'foot', rows: [text(words('receipt.transfer_not_paid'), 'center')] },
    ],
  }
}
