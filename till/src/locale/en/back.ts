import type { Dictionary } from '../types.ts'
import type { back as spanish } from '../es/back.ts'

// Goods that come back.
export const back: Pick<Dictionary, keyof typeof spanish> = {
  'return.action': 'Take back',
  'return.without': 'Take back without a receipt',
  'return.window': 'To give back',
  'exchange.window': 'From what comes back',
  'return.way.exchange': 'Exchange for other goods',
  'exchange.of': 'Back from ticket {number}',
  'exchange.action': 'Exchange',
  'exchange.less': 'Came back: {amount}',
  'exchange.give_back': 'Give back {amount}: {method}',
  'exchange.gone': 'More of that ticket has come back meanwhile. Take the exchange away and scan its paper again.',
  'exchange.take_away': 'Take the exchange away',
  'return.whose': 'Whose credit…',
  'return.asking': 'Looking for the receipt…',
  'return.unknown': 'No ticket has that code. If another till has just sold it, wait until it was sent.',
  'return.no_server': 'Without the server only tickets of this till can be taken back.',
}
