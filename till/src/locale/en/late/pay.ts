import type { pay as spanish } from '../../es/late/pay.ts'
import type { Dictionary } from '../../types.ts'

// Paying, change, what follows a sale, and the words printed on the receipt.
export const pay: Pick<Dictionary, keyof typeof spanish> = {
  'card.ask': 'Did the charge go through at the terminal?',
  'card.how': 'Look at the last transaction of the terminal, or at its slip. Nothing is charged again before somebody says.',
  'card.amount': 'Amount',
  'card.reference': 'Charge',
  'card.yes': 'Yes, it did',
  'card.no': 'No, it did not',
  'card.unknown': 'I don’t know: leave it open',

  'transfer.code': 'Code for the transfer',
  'transfer.holder': 'In the name of',
  'transfer.account': 'Account',
  'transfer.reference': 'Reference',
  'transfer.print': 'Print',
  'tip.put': 'Tip of {amount}',
  'tip.none': 'No tip',
}
