/** What a price check says of a product: what it costs now, for how many it costs less, which promotions are about it, and the price by which people compare. */
import type { Product } from './catalogue.ts'
import type { AnyFact } from './facts.ts'
import { mulDivRound } from './integer.ts'
import { pricedBy, type PriceList } from './price_list.ts'
import { isPicked, type Promotion } from './promotion.ts'

/** A price in ten-thousandths per kilogram, litre, metre or piece. */
export interface PerUnit { readonly price: number; readonly unit: string }

// The unit that people compare by, and how many thousandths of it one thousandth of ours is. Its twin: mostrador/catalogue/queries.py.
const COMPARED: Readonly<Record<string, readonly [unit: string, factor: number]>> = { g: ['kg', 1000], kg: ['kg', 1], ml: ['L', 1000], L: ['L', 1], m: ['m', 1], pz: ['pz', 1] }

/** Return the price per unit of comparison; null where it says nothing. */
export function perUnit(product: Pick<Product, 'by' | 'unit' | 'content' | 'content_unit'>, price: number | null): PerUnit | null {
  if (price === null) return null
  if (product.by === 'weight') return { price, unit: product.unit }
  const compared = COMPARED[product.content_unit ?? '']
  if (compared === undefined || product.content === null || product.content <= 0) return null
  const [unit, factor] = compared
  return { price: mulDivRound(price, 1000 * factor, product.content), unit }
}

/** From so many thousandths on one unit costs this. */
export interface Step { readonly from: number; readonly price: number }

/** Return the quantities from which lists in force change the price of one, smallest first; what it costs for one is not among them. */
export function stepsOf(product: Pick<Product, 'price' | 'prices'>, lists: readonly PriceList[]): readonly Step[] {
  const inForce = new Set(lists.map(({ id }) => id))
  const quantities = new Set((product.prices ?? []).filter(({ list, from }) => inForce.has(list) && from > 1000).map(({ from }) => from))
  let before = pricedBy(product, 1000, lists).price
  return [...quantities].sort((one, other) => one - other).flatMap((from) => {
    const { price } = pricedBy(product, from, lists)
    if (price === null || price === before) return []
    before = price
    return [{ from, price }]
  })
}

/** Return the promotions that are about a product, of those that are given. */
export function promotionsOn(product: Pick<Product, 'id' | 'category'>, promotions: readonly Promotion[]): readonly Promotion[] {
  return promotions.filter(({ terms }) => {
    const picks = terms.kind === 'set' ? terms.parts.map(({ pick }) => pick) : terms.pick === null ? [] : [terms.pick]
    return picks.some((pick) => isPicked(pick, product.id, product.category))
  })
}

interface Moved {
  readonly product_id?: string | null
  readonly quantity: number
  readonly factor?: number | null
  readonly goods?: 'shelf' | 'scrap'
  /** Of a kit: what moves in its place. */
  readonly components?: readonly { readonly product_id: string; readonly quantity: number }[]
}

/** Return what facts moved of a product, thousandths of its own unit: what was sold is below zero, what came back to the shelf above. */
export function movedBy(facts: readonly AnyFact[], product: string): number {
  const sum = (lines: readonly Moved[]): number => lines.reduce((all, line) => {
    if (line.goods === 'scrap') return all
    // Of a kit itself so many fewer can be made.
    if (line.components !== undefined && line.product_id !== product) return line.components.reduce((held, one) => (one.product_id === product ? held + one.quantity : held), all)
    return line.product_id === product ? all + mulDivRound(line.quantity, line.factor ?? 1000, 1000) : all
  }, 0)
  return facts.reduce((all, fact) => {
    if (fact.kind === 'sale.recorded') return all - sum(((fact).body.basket as { readonly lines: readonly Moved[] }).lines)
    return fact.kind === 'return.recorded' ? all + sum((fact).body.document.lines) : all
  }, 0)
}
