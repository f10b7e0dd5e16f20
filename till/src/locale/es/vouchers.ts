// Vouchers: taken, counted, and what papers say of them.
export const vouchers = {
  'voucher.stays': 'se quedan {amount}',
  'voucher.owed': '{amount} a su favor',
  'receipt.vouchers': '{name} x {n}',
  'receipt.voucher_number': 'Folio {number}',
  'receipt.voucher_surplus': 'Excedente, sin cambio',
  'receipt.voucher_credit': 'Queda a su favor',
  'receipt.surplus': 'Excedente de vales',
} as const
