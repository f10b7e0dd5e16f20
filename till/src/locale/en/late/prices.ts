import type { prices as spanish } from '../../es/late/prices.ts'
import type { Dictionary } from '../../types.ts'

// What is said of prices: before a reduction, and on the shelf.
export const prices: Pick<Dictionary, keyof typeof spanish> = {
  'line.prior': 'You save {saved} · before {before} ({days} days)',
  'line.price_today': 'Price today {price}',
  'line.launch': 'Launch price {price}',
  'shelf.says': 'The shelf says {price}',
  'shelf.ask': 'The shelf says…',
  'shelf.ask_more': 'Type the price',
  'shelf.charged': '{price} is charged, as the shelf says',
  'shelf.charged_more': 'The office will see it, to mend the label or the price',
}
