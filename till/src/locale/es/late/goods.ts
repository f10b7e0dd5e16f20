// Goods that are asked about: units, age, serial numbers and lots.
export const goods = {
  'age.title': '¿Tiene {age} años cumplidos?',
  'age.looks': 'Se ve mayor',
  'age.document': 'Mostró identificación',
  'age.not_sold': 'No se vende',
  'age.later': 'Después',
  'age.kept': 'Se pregunta una vez por ticket. Se guarda que se revisó y quién lo hizo; nada de la persona ni de su documento.',
  'trace.title': '{what} de {name}',
  'trace.serial': 'Número de serie',
  'trace.lot': 'Lote',
  'trace.scan_serial': 'Escanee el número de serie, o escríbalo.',
  'trace.scan_lot': 'Escanee el lote, o escríbalo.',
} as const
