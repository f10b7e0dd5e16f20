/**
 * What to recommend, blind to what it brings the shop (docs/adr/0038). It reads what a buyer could: what does the job, what it costs them, whether it is here,
 * how often it came back. The cheapest that does the job is always among the cards.
 */
import type { Product } from './catalogue.ts'
import { perUnit } from './price_check.ts'
import { isPicked, type Pick as Goods } from './promotion.ts'

/** Said in each fact, so that what was chosen can be compared with what this rank said. */
export const RANKER = 1
export const CARDS_MAX = 3
/** So many of those that do the job are written down with a recommendation. */
export const ELIGIBLE_MAX = 20
/** A share that came back weighs by its step: a tenth of a percent is chance. Parts per million. */
const STEPS = [20_000, 50_000, 150_000]

/** What the shop says for ranking, besides the catalogue. */
export interface Advice {
  /** Share that came back, parts per million. */
  readonly returns: ReadonlyMap<string, number>
  /** None of it here. */
  readonly out: ReadonlySet<string>
  /** A supplier gives something for these: the words that the buyer reads. */
  readonly incentives: ReadonlyMap<string, string>
  /** A supplier gives something, and nobody has said what: never suggested. */
  readonly undeclared: ReadonlySet<string>
  /** How often what was said of it turned out otherwise. */
  readonly contradicted: ReadonlyMap<string, number>
}

export const NO_ADVICE: Advice = { returns: new Map(), out: new Set(), incentives: new Map(), undeclared: new Set(), contradicted: new Map() }

/** What is known of a product here: nothing else decides. */
export type Candidate = Pick<Product, 'id' | 'name' | 'variant' | 'category' | 'by' | 'unit' | 'content' | 'content_unit'> & {
  /** What one of it costs the buyer now, ten-thousandths; null: the till asks, so it cannot be compared. */
  readonly price: number | null
}

/** What has to be done: picked for a need, within what they want to spend (ten-thousandths); or, without one, what the touched line does. */
export interface Job {
  readonly pick: Goods | null
  readonly most: number | null
  readonly like: Candidate | null
}

export interface Card {
  readonly product: Candidate
  readonly price: number
  /** Per kilogram, litre, metre or piece, where the product says how much it holds. */
  readonly perUnit: { readonly price: number; readonly unit: string } | null
  readonly isCheapest: boolean
  readonly isHere: boolean
  /** What the buyer reads where a supplier gives something. */
  readonly incentive: string | null
}

export interface Recommended {
  readonly cards: readonly Card[]
  /** All that does the job, ranked. */
  readonly eligible: readonly string[]
  readonly inputs: readonly ('need' | 'price' | 'in_reach' | 'returns' | 'contradictions')[]
}

export const NOTHING: Recommended = { cards: [], eligible: [], inputs: [] }

/** Return what does the job, ranked, and the cards to show. Without a need and without a line there is nothing to compare. */
export function recommend(products: Iterable<Candidate>, job: Job, advice: Advice): Recommended {
  const { like } = job
  if (job.pick === null && like === null) return NOTHING
  const doing = [...products].flatMap((product) => {
    const { price } = product
    return price !== null && price > 0 && doesIt(product, price, job) && !advice.undeclared.has(product.id) ? [{ product, price }] : []
  })
  const units = new Set(doing.map(({ product, price }) => perUnit(product, price)?.unit))
  const [unit] = units
  // Compared per kilogram or litre where every one of them says so, and all in the same; else piece by piece.
  const weighed = (of: Priced): number => (units.size === 1 && unit !== undefined ? perUnit(of.product, of.price)?.price : undefined) ?? of.price
  const ranked = doing.map((one) => ({ ...one, compared: weighed(one) })).sort(byRank(advice))
  if (ranked.length === 0) return NOTHING
  return { cards: cardsOf(ranked, advice), eligible: ranked.slice(0, ELIGIBLE_MAX).map(({ product }) => product.id), inputs: inputsOf(job, advice) }
}

interface Priced { readonly product: Candidate; readonly price: number }
interface Ranked extends Priced { readonly compared: number }

function doesIt(product: Candidate, price: number, { pick, most, like }: Job): boolean {
  if (most !== null && price > most) return false
  if (pick !== null) return isPicked(pick, product.id, product.category)
  return like?.category != null && product.category === like.category && measureOf(product) === measureOf(like)
}

/** By what it is compared: a litre with a litre, a piece with a piece. */
function measureOf(product: Candidate): string {
  return perUnit(product, 1)?.unit ?? product.unit
}

function byRank({ out, returns, contradicted }: Advice): (one: Ranked, other: Ranked) => number {
  const key = ({ product: { id }, compared, price }: Ranked): readonly number[] =>
    [out.has(id) ? 1 : 0, contradicted.get(id) ?? 0, stepOf(returns.get(id) ?? 0), compared, price]
  return (one, other) => {
    const [a, b] = [key(one), key(other)]
    for (const [place, value] of a.entries()) {
      const difference = value - (b[place] ?? 0)
      if (difference !== 0) return difference
    }
    return one.product.id < other.product.id ? -1 : 1
  }
}

function stepOf(share: number): number {
  return STEPS.filter((step) => share >= step).length
}

/** The first of the rank, and the cheapest within reach in any case: it may have come back more often, and that is for the buyer to weigh. */
function cardsOf(ranked: readonly Ranked[], { out, incentives }: Advice): readonly Card[] {
  const here = ranked.filter(({ product }) => !out.has(product.id))
  const cheapest = [...(here.length > 0 ? here : ranked)].sort((one, other) => one.compared - other.compared || one.price - other.price)[0]
  const first = ranked.slice(0, CARDS_MAX)
  const shown = cheapest === undefined || first.includes(cheapest) ? first : [...first.slice(0, CARDS_MAX - 1), cheapest]
  return shown.map((one) => ({
    product: one.product, price: one.price, perUnit: perUnit(one.product, one.price), isCheapest: one === cheapest, isHere: !out.has(one.product.id),
    incentive: incentives.get(one.product.id) ?? null,
  }))
}

function inputsOf({ pick }: Job, { contradicted }: Advice): Recommended['inputs'] {
  return [...(pick === null ? [] : (['need'] as const)), 'price', 'in_reach', 'returns', ...(contradicted.size === 0 ? [] : (['contradictions'] as const))]
}
