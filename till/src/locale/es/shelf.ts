// Looking at goods from the till: what they cost, and where there is some.
export const shelf = {
  'check.title': 'Consultar precio',
  'product.new': 'Crear producto',
  'product.make': 'Crear',
  'approve.product': 'Crear o corregir un producto',
  'arrange.title': 'Ordenar favoritos',
} as const
