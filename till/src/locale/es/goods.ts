// Goods that are asked about: units, age, serial numbers and lots.
export const goods = {
  'line.serial': 'Serie {serial}',
  'unit.of': '{unit} de {many}',
  'unit.sell_in': 'Vender por {unit}',
  'unit.pieza': 'pieza',
  'unit.par': 'par',
  'unit.paquete': 'paquete',
  'unit.caja': 'caja',
  'unit.bulto': 'bulto',
  'unit.docena': 'docena',
  'trace.is_product': 'Ese es el código de un producto. Escanee el de esta pieza.',
  'trace.no_code': 'Sin espacios, 40 signos como máximo.',
  'refused.serial_one': 'Cada uno lleva su número de serie: van de uno en uno.',
  'refused.serial_twice': 'Ese número de serie ya está en el ticket.',
  'refused.combo_price': 'El precio del combo lo dice la oficina: aquí se le puede hacer un descuento.',
  'refused.combo_trace': 'Una parte pide número de serie o lote, y dentro de un combo no se anota. Venda ese producto aparte, o elija otro.',
  'refused.combo_gone': 'A este combo le falta una parte que ya no está a la venta. Corríjalo en la oficina.',
} as const
