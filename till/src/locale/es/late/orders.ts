// What is settled later: layaways, special orders, repairs, deliveries and quotations, and their papers.
export const orders = {
  'deposit.title': 'Abono de {number}',
  'deposit.amount': 'Importe del abono',
  'deposit.take': 'Recibir {amount}',
  'deposit.none': 'Sin abono',
  'deposit.suggested': '{amount} ({percent})',
  'deposit.all': 'Todo {amount}',
  'deposit.left': 'Quedan {amount}',
  'deposit.change': 'Cambio {amount}',
  'deposit.too_much': 'Es más de lo que resta',
  'deposit.done': 'Abono de {amount}. Restan {left}.',
  'deposit.done_change': 'Abono de {amount}. Cambio {change}.',
  'z.orders': 'Pedidos',
  'z.orders_paid': 'Abonos recibidos',
  'z.orders_back': 'Abonos devueltos',
  'z.orders_kept': 'Abonos retenidos',
} as const
