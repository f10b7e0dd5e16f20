import type { vouchers as spanish } from '../../es/late/vouchers.ts'
import type { Dictionary } from '../../types.ts'

// Vouchers: taken, counted, and what papers say of them.
export const vouchers: Pick<Dictionary, keyof typeof spanish> = {
  'voucher.kind': 'Kind of voucher',
  'voucher.number': 'Number',
  'voucher.number_optional': 'Number (optional)',
  'voucher.rule.none': 'No change: what is over stays with the shop.',
  'voucher.rule.cash': 'Change up to {amount}.',
  'voucher.rule.credit': 'What is over is credit of {name}.',
  'voucher.rule.credit_nobody': 'Choose a customer, and what is over is their credit.',
  'return.vouchers.credit': 'What vouchers {name} paid is owed to the customer.',
  'return.vouchers.cash': 'What vouchers {name} paid goes back in cash.',
  'voucher.taken_before': 'That number was taken on receipt {ticket}.',
  'voucher.take_anyway': 'Take it all the same',
  'voucher.problem.number_missing': 'Type or scan the number.',
  'voucher.problem.number_bad': 'Number: letters, digits and hyphens.',
  'voucher.problem.number_here': 'That number is on this receipt already.',
  'voucher.problem.over_limit': 'Up to {amount} a receipt.',
  'voucher.problem.too_many': 'No more vouchers fit.',
  'voucher.problem.pays_nothing': 'It pays nothing more of this receipt.',
  'count.vouchers': 'Vouchers',
  'count.slips': 'Pieces',
  'z.voucher_surplus': 'Surplus that stays',
  'z.voucher_change': 'Change given in cash',
  'z.voucher_credit': 'Credit of customers',
  'z.slips': '{name}: {n} of {expected}',
}
