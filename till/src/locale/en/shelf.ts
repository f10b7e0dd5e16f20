// Looking at goods from the till.
export const shelf = {
  'check.title': 'Price check',
  'product.new': 'Create product',
  'product.make': 'Create',
  'approve.product': 'Create or correct a product',
  'arrange.title': 'Arrange favourites',
} as const
