import type { Dictionary } from '../types.ts'
import type { shift as spanish } from '../es/shift.ts'

// The shift: opening with a float, cash in and out, the blind count and the Z.
export const shift: Pick<Dictionary, keyof typeof spanish> = {
  'open.title': 'Open the shift',
  'open.float': 'Opening float',
  'open.float_help': 'Count the cash in the drawer, or type the amount.',
  'open.by_count': 'Count',
  'open.by_amount': 'Type the amount',
  'open.no_float': 'No float',
  'open.action': 'Open with {amount}',
  'open.business_date': 'Business day: {date}',
  'open.over_24h': 'The shift of {date} is still open. Close it and open another.',
  'open.day_open': 'Shift of {date}',
  'open.clock': 'This till’s clock differs from the server’s by {difference}. Check the clock.',

  'denomination.note': { one: '{value} note', other: '{value} notes' },
  'denomination.coin': { one: '{value} coin', other: '{value} coins' },
  'denomination.total': 'Counted',
  'move.in_title': 'Cash in',
  'move.out_title': 'Cash out',
  'z.preview': 'X report',
}
