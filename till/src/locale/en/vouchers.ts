// Vouchers: taken, counted, and what papers say of them.
export const vouchers = {
  'voucher.stays': '{amount} stays',
  'voucher.owed': '{amount} as credit',
  'receipt.vouchers': '{name} x {n}',
  'receipt.voucher_number': 'No. {number}',
  'receipt.voucher_surplus': 'Surplus, no change',
  'receipt.voucher_credit': 'Kept as your credit',
  'receipt.surplus': 'Surplus of vouchers',
} as const
