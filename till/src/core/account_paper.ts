/** The paper of a payment on account: what was paid, and what the account stands at now. It bears the buyer's name, who takes it along. */
import type { AccountPaid } from './facts.ts'
import type { Formats } from './format.ts'
import { pair, text, type Paper, type Row } from './paper.ts'
import { headRows, type PaperHead, type PaperWords } from './receipt.ts'
import { ticketNumber } from './sale.ts'

/** What the account of a buyer stands at, for a paper. */
export interface AccountSlip {
  readonly name: string
  /** What is owed after this, minor units. */
  readonly balance: number
  /** Who else took the goods along. */
  readonly taker?: string | null
}

export interface AccountPaperOptions {
  readonly head: PaperHead
  readonly formats: Formats
  readonly words: PaperWords
  /** `at` of its fact. */
  readonly at: number
  readonly slip: AccountSlip
}

/** Return the paper of a payment on account. */
export function accountPaper(body: AccountPaid, { head, formats, words, at, slip }: AccountPaperOptions): Paper {
  const rows: Row[] = body.payments.map(({ method, amount }) => pair(words(`receipt.${method}`), formats.amount(amount)))
  if (body.change > 0) rows.push(pair(words('receipt.change'), formats.amount(body.change)))
  return {
    sections: [
      { name: 'head', rows: [...headRows(head), pair(words('receipt.account_payment', { number: ticketNumber(body.series, body.number) }), head.till), text(formats.dateTime(at)), text(slip.name)] },
      { name: 'sums', rows: [pair(words('receipt.paid_on_account'), formats.money(body.amount), { strong: true }), ...rows] },
      { name: 'payments', rows: [pair(words('receipt.balance'), formats.money(slip.balance), { strong: true })] },
      { name: 'foot', rows: [text(words('receipt.thanks'), 'center')] },
    ],
  }
}
