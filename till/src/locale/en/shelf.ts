// Looking at goods from the till.
export const shelf = {
  'check.title': 'Price check',
  'check.begin': 'Scan a product, or type its name.',
  'check.price': 'Price',
  'check.usual': 'Usual price',
  'check.from': 'From {n}',
  'check.code': 'This code: {n}',
  'check.asks': 'No price: the till asks for it when it is sold.',
  'check.put': 'Add to ticket',
  'hand.title': 'Stock',
  'hand.here': 'Here',
  'hand.not_counted': 'not counted',
  'hand.more': { one: 'and {n} more store', other: 'and {n} more stores' },
  'hand.nowhere': 'No other store has any.',
  'hand.asking': 'Asking the server…',
  'hand.offline': 'No internet: heard {age} ago.',
  'hand.unknown': 'No internet: stock of other stores cannot be seen, and that of this one is not known.',
} as const
