// Looking at goods from the till: what they cost, and where there is some.
export const shelf = {
  'check.title': 'Consultar precio',
  'check.begin': 'Escanee un producto, o escriba su nombre.',
  'check.price': 'Precio',
  'check.usual': 'Precio normal',
  'check.from': 'Desde {n}',
  'check.code': 'Este código: {n}',
  'check.asks': 'Sin precio: la caja lo pregunta al venderlo.',
  'check.put': 'Agregar al ticket',
  'hand.title': 'Existencias',
  'hand.here': 'Aquí',
  'hand.not_counted': 'no se cuenta',
  'hand.more': { one: 'y {n} tienda más', other: 'y {n} tiendas más' },
  'hand.nowhere': 'Ninguna otra tienda tiene.',
  'hand.asking': 'Preguntando al servidor…',
  'hand.offline': 'Sin internet: se supo hace {age}.',
  'hand.unknown': 'Sin internet: existencias de otras tiendas no se ven, y las de aquí no se saben.',
} as const
