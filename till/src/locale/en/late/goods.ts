import type { goods as spanish } from '../../es/late/goods.ts'
import type { Dictionary } from '../../types.ts'

// Goods that are asked about: units, age, serial numbers and lots.
export const goods: Pick<Dictionary, keyof typeof spanish> = {
  'age.title': 'Is the buyer {age} or older?',
  'age.looks': 'Looks older',
  'age.document': 'Showed a document',
  'age.not_sold': 'Not sold',
  'age.later': 'Later',
  'age.kept': 'Asked once a ticket. It is kept that somebody looked, and who; nothing of the person or the document.',
  'trace.title': '{what} of {name}',
  'trace.serial': 'Serial number',
  'trace.lot': 'Lot',
  'trace.scan_serial': 'Scan the serial number, or type it.',
  'trace.scan_lot': 'Scan the lot, or type it.',
}
