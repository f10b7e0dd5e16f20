// Goods that come back.
export const back = {
  'return.action': 'Devolver',
  'return.without': 'Devolver sin ticket',
  'return.window': 'Se devuelve',
  'exchange.window': 'De lo devuelto',
  'return.way.exchange': 'Cambiar por otra cosa',
  'exchange.of': 'Devuelto del ticket {number}',
  'exchange.action': 'Cambiar',
  'exchange.less': 'Devuelto: {amount}',
  'exchange.give_back': 'Devuelva {amount}: {method}',
  'exchange.gone': 'De ese ticket ya se devolvió algo más. Quite el cambio y escanee su papel otra vez.',
  'exchange.take_away': 'Quitar el cambio de mercancía',
  'return.whose': 'A nombre de…',
  'return.asking': 'Buscando el ticket…',
  'return.unknown': 'No hay ticket con ese código. Si se acaba de vender en otra caja, espere a que lo envíe.',
  'return.no_server': 'Sin servidor solo se devuelven los tickets de esta caja.',
} as const
