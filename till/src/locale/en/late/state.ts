import type { state as spanish } from '../../es/late/state.ts'
import type { Dictionary } from '../../types.ts'

// Connection, parked facts, the till's tickets, approvals, keys and errors.
export const state: Pick<Dictionary, keyof typeof spanish> = {
  'tickets.title': 'Receipts of this till',
  'tickets.none': 'This till has no receipts yet.',
  'tickets.kept': 'They are kept 35 days in this till; all of them are in the office.',
  'tickets.reprint': 'Print a copy',
  'tickets.reprinted': 'Copy sent to the printer',
  'tickets.by': 'Served by {name}',

  'keys.title': 'Keys',
  'keys.search': 'Search',
  'keys.park': 'Park or resume',
  'keys.buyer': 'Customer of the receipt',
  'keys.discount': 'Discount',
  'keys.pay': 'Charge',
  'keys.exact': 'Charge exact cash',
  'keys.enter_pay': 'When charging: exact cash, or the amount received',
  'keys.escape': 'Close or go back',
  'keys.help': 'Show the keys',
  'keys.multiply': 'Quantity before scanning',
  'keys.up_down': 'Previous or next line',
  'keys.delete': 'Remove the line',
  'keys.key_delete': 'Del',
  'keys.undo': 'Undo',
  'keys.need': 'Need',
  'keys.strip': 'Helped, nothing bought',
  'keys.tabs': 'Previous or next open ticket',
  'keys.new': 'New ticket',
  'keys.lock': 'Lock',
  'common.yes': 'Yes',
  'common.no': 'No',
}
