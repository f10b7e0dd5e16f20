/** What is given to try: how much of it at once, and what has to be said or seen before. A sample costs nobody anything and asks for nothing. */
import type { Product } from './catalogue.ts'
import type { AnyFact } from './facts.ts'
import { isMeasured } from './format.ts'
import { mulDivRound } from './integer.ts'
import type { SampleGood } from './guidance.ts'

/** What is asked before it is given, the one more tap that there may be: what it contains, or how old they are. `isUnknown`: nobody has said what it contains. */
export interface Before {
  readonly allergens: string
  readonly isUnknown: boolean
  readonly age: number | null
}

// Of what the owner has said nothing about: a piece, or 50 g, 50 ml, 5 cm.
const PIECE = 1000
const TASTE = 50

/** How much of a product is given at once, thousandths of its unit. */
export function sampleOf(product: Pick<Product, 'id' | 'unit' | 'by'>, goods: readonly SampleGood[]): number {
  return goods.find((good) => good.product === product.id)?.quantity ?? (product.by === 'weight' || isMeasured(product.unit) ? TASTE : PIECE)
}

const SMALLER: ReadonlyMap<string, string> = new Map([['kg', 'g'], ['l', 'ml']])

/** So much of a product, in a smaller unit where it is less than one of its own: 20 g, not 0.02 kg; of what holds 250 g not 0.08 of a piece. */
export function small(thousandths: number, { unit, content, content_unit }: Pick<Product, 'unit' | 'content' | 'content_unit'>): { readonly quantity: number; readonly unit: string } {
  if (content !== null && content_unit !== null && thousandths < PIECE && !isMeasured(unit)) return small(mulDivRound(thousandths, content, PIECE), { unit: content_unit, content: null, content_unit: null })
  const smaller = SMALLER.get(unit.toLowerCase())
  return smaller === undefined || thousandths >= PIECE ? { quantity: thousandths, unit } : { quantity: thousandths * 1000, unit: smaller }
}

/**
 * What has to be said or seen before a product is given; null: nothing. `seen`: how old they are known to be. Where a shop says of some goods what they contain, of others it is not known, and
 * that is said too.
 */
export function before(product: Pick<Product, 'id' | 'age'>, goods: readonly SampleGood[], seen: number): Before | null {
  const good = goods.find((one) => one.product === product.id)
  const age = (product.age ?? 0) > seen ? (product.age ?? null) : null
  const isUnknown = good === undefined && goods.some(({ allergens }) => allergens !== '')
  const allergens = good?.allergens ?? ''
  return allergens === '' && !isUnknown && age === null ? null : { allergens, isUnknown, age }
}

/** The samples among facts that nobody took back. */
export function standing(facts: readonly AnyFact[]): readonly (AnyFact & { readonly kind: 'sample.given' })[] {
  const undone = new Set(facts.flatMap((fact) => (fact.kind === 'record.undone' ? [fact.body.record] : [])))
  return facts.flatMap((fact) => (fact.kind === 'sample.given' && !undone.has(fact.id) ? [fact] : []))
}

/** How many of a product were given, as these facts say: those of a shift of this till. */
export function givenOf(product: string, facts: readonly AnyFact[]): number {
  return standing(facts).filter(({ body }) => body.product === product).length
}
