// What the screens say beyond the flows: names of zones, refusals, and short labels.
export const screens = {
  'keys.more': 'Más, y su número en la lista',
  'keys.modes': 'Otra forma de pago u otro modo',
  'keys.choices': 'Otro importe, motivo o forma',
  'keys.edit': 'Cambiar la partida',
  'tickets.number': 'Número, o código del papel',
  'tickets.not_found': 'Ningún ticket {number} en esta caja. Con el código completo del papel, Enter busca en todas.',
  'tickets.gift_printed': 'Ticket regalo enviado a imprimir',
  'keys.pages': 'Otra página de favoritos',
  'keys.key_up': 'Re Pág',
  'keys.key_down': 'Av Pág',
  'keys.gift': 'Ticket regalo de lo recién cobrado',
  'tickets.older': 'Ver anteriores',
  'tickets.copies': { one: '{n} copia', other: '{n} copias' },
  'error.write_move': 'No se pudo guardar. Nada se anotó; repita.',
  'error.write_close': 'No se pudo guardar. El turno sigue abierto; repita el cierre.',
} as const
