import type { Dictionary } from '../types.ts'
import type { back as spanish } from '../es/back.ts'

// Goods that come back.
export const back: Pick<Dictionary, keyof typeof spanish> = {
  'return.action': 'Take back',
  'return.title': 'Take back from ticket {number}',
  'return.all': 'All',
  'return.lines': 'Lines of the ticket',
  'return.of': '{quantity} can come back',
  'return.back_already': 'Came back already',
  'return.nothing_left': 'All of this ticket has come back.',
  'return.how_many': 'How many of {name}',
  'return.why': 'Why does it come back?',
  'return.reason.not_needed': 'Not what was needed',
  'return.reason.not_as_said': 'Did not turn out as said',
  'return.reason.defective': 'Faulty',
  'return.reason.size': 'Other size',
  'return.reason.other': 'Another reason',
  'return.goods': 'The goods',
  'return.goods.shelf': 'To the shelf',
  'return.goods.scrap': 'Written off',
  'return.money': 'The money',
  'return.way.paid': 'As it was paid',
  'return.way.cash': 'In cash',
  'return.give': 'Give back {amount}',
  'return.choose': 'Choose what comes back.',
  'return.choose_reason': 'Choose why it comes back.',
  'return.done': 'Given back: {amount}',
  'return.no_shift': 'Open the shift to take goods back.',
  'return.already': '{amount} given back',
}
