// The strip for the buyer: what somebody came for, what was kept for them, who helps.
export const help = {
  'strip.need': 'Necesidad',
  'strip.recommend': 'Recomendar',
  'strip.sample': 'Muestra',
  'strip.promise': 'Prometer',
  'strip.hold': 'Lo piensa',
  'strip.handoff': 'Relevo',
  'strip.need_ask': '¿Qué busca resolver?',
  'strip.need_said': 'Busca: {name}',
  'strip.no_sale_done': 'Atendido, sin compra',
  'strip.no_sale_more': 'La atención queda guardada',
  'strip.undo': 'Deshacer',
  'strip.unfold': 'Atención',
  'strip.said': 'Lo último que se anotó',

  'hold.empty': 'Ponga en el ticket lo que quiere pensar.',
  'hold.said': 'Precio guardado hasta el {day}',
  'hold.number': 'Cotización {number}, sin compromiso',

  'handoff.joins': '¿Quién ayuda también?',
  'handoff.goes_on': 'Sigue con la atención',
  'handoff.goes_on_name': 'Sigue {name}',
  'handoff.joined': '{name} ayuda también',
  'handoff.went_on': 'Sigue {name}',

  'helped.none': 'Aquí queda a quién ayudó: una venta, una promesa, un consejo.',
  'helped.yours': 'Solo lo ve usted, en esta caja. No se cuenta ni se compara con nadie.',
} as const
