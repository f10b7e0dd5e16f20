// What is said of prices: before a reduction, and on the shelf.
export const prices = {
  'line.prior': 'Ahorra {saved} · antes {before} ({days} días)',
  'line.price_today': 'Precio de hoy {price}',
  'line.launch': 'Precio de lanzamiento {price}',
  'shelf.says': 'En el anaquel dice {price}',
  'shelf.ask': 'En el anaquel dice…',
  'shelf.ask_more': 'Escriba el precio',
  'shelf.charged': 'Se cobra {price}, como dice el anaquel',
  'shelf.charged_more': 'La oficina lo verá para corregir la etiqueta o el precio',
} as const
