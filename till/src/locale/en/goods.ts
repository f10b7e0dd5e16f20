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
  'trace.is_product': 'That is the code of a product. Scan the one of this piece.',
  'trace.no_code': 'No spaces, at most 40 characters.',
  'refused.serial_one': 'Each one has its own serial number: they go one by one.',
  'refused.serial_twice': 'That serial number is on the ticket already.',
  'refused.combo_price': 'The office says what a combo costs: here it can have a discount.',
  'refused.combo_trace': 'A part asks for a serial number or lot, which a combo does not take. Sell that product by itself, or choose another.',
  'refused.combo_gone': 'A part of this combo is no longer on sale. Correct it in the office.',
}
