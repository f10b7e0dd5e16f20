import type { screens as spanish } from '../../es/late/screens.ts'
import type { Dictionary } from '../../types.ts'

// What the screens say beyond the flows: names of zones, refusals, and short labels.
export const screens: Pick<Dictionary, keyof typeof spanish> = {
  'keys.more': 'More, and its number in the list',
  'keys.modes': 'Another payment method or mode',
  'keys.choices': 'Another amount, reason or method',
  'keys.edit': 'Change the line',
  'tickets.number': 'Number, or the code on the paper',
  'tickets.not_found': 'No receipt {number} at this till. With the whole code of the paper, Enter looks in all of them.',
  'tickets.gift_printed': 'Gift receipt sent to print',
  'keys.pages': 'Another page of favourites',
  'keys.key_up': 'PgUp',
  'keys.key_down': 'PgDn',
  'keys.gift': 'Gift receipt of the sale just made',
  'tickets.older': 'Show earlier ones',
  'page.renew': 'New code',
  'page.close': 'Close page',
  'page.was_closed': 'Their page does not open with that receipt any more',
  'page.renewed': 'A copy with a new code; the one before opens their page no more',
  'tickets.copies': { one: '{n} copy', other: '{n} copies' },
  'error.write_move': 'It could not be saved. Nothing was recorded; try again.',
  'error.write_close': 'It could not be saved. The shift is still open; close it again.',
}
