// Goods that are asked about: units, age, serial numbers and lots.
import type { Dictionary } from '../types.ts'
import type { goods as spanish } from '../es/goods.ts'
export const goods: Pick<Dictionary, keyof typeof spanish> = {
  'line.serial': 'Serial {serial}',
  'unit.of': '{unit} of {many}',
  'unit.sell_in': 'Sell by the {unit}',
  'unit.pieza': 'piece',
  'unit.par': 'pair',
  'unit.paquete': 'pack',
  'unit.caja': 'box',
  'unit.bulto': 'sack',
  'unit.docena': 'dozen',
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
  'trace.is_product': 'That is the code of a product. Scan the one of this piece.',
  'trace.no_code': 'No spaces, at most 40 characters.',
  'refused.serial_one': 'Each one has its own serial number: they go one by one.',
  'refused.serial_twice': 'That serial number is on the ticket already.',
}
