// The shift: opening with a float, cash in and out, the blind count and the Z.
export const shift = {
  'open.title': 'Abrir turno',
  'open.float': 'Fondo de caja',
  'open.float_help': 'Cuente el efectivo del cajón, o escriba el importe.',
  'open.by_count': 'Contar',
  'open.by_amount': 'Escribir importe',
  'open.no_float': 'Sin fondo',
  'open.action': 'Abrir con {amount}',
  'open.business_date': 'Día de trabajo: {date}',
  'open.over_24h': 'El turno del {date} sigue abierto. Ciérrelo y abra otro.',
  'open.day_open': 'Turno del {date}',
  'open.clock': 'La hora de esta caja difiere {difference} de la del servidor. Revise el reloj.',

  'denomination.note': { one: 'Billete de {value}', other: 'Billetes de {value}' },
  'denomination.coin': { one: 'Moneda de {value}', other: 'Monedas de {value}' },
  'denomination.total': 'Contado',
  'move.in_title': 'Entrada de efectivo',
  'move.out_title': 'Salida de efectivo',
  'z.preview': 'Corte parcial X',
} as const
