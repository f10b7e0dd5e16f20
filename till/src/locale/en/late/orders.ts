import type { orders as spanish } from '../../es/late/orders.ts'
import type { Dictionary } from '../../types.ts'

// What is settled later: layaways, special orders, repairs, deliveries and quotations, and their papers.
export const orders: Pick<Dictionary, keyof typeof spanish> = {
  'deposit.title': 'Payment of {number}',
  'deposit.amount': 'Amount of the payment',
  'deposit.take': 'Take {amount}',
  'deposit.none': 'No deposit',
  'deposit.suggested': '{amount} ({percent})',
  'deposit.all': 'All {amount}',
  'deposit.left': '{amount} left',
  'deposit.change': 'Change {amount}',
  'deposit.too_much': 'That is more than is left',
  'deposit.done': 'Payment of {amount}. {left} left.',
  'deposit.done_change': 'Payment of {amount}. Change {change}.',
  'z.orders': 'Orders',
  'z.orders_paid': 'Payments taken',
  'z.orders_back': 'Payments given back',
  'z.orders_kept': 'Payments kept',
}
