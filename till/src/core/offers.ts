/** From promotions in force to what the engine of prices is asked, and what a ticket still lacks for one more. */
import type { SaleTotals } from './basket.ts'
import { divDown } from './integer.ts'
import type { Promotion as BasketPromotion } from './pricing/index.ts'
import { isPicked, type Pick, type Promotion } from './promotion.ts'
import { activeLines, type Ticket, type TicketLine } from './ticket.ts'

const PIECE = 1000
/** More than these at once are not asked of the engine: contracts/basket.schema.json. */
const PROMOTIONS_MAX = 100

/** What a ticket lacks for a promotion. `pieces`: thousandths; `amount`: minor units. */
export interface Hint {
  readonly promotion: string
  readonly name: string
  readonly lacks: { readonly pieces: number } | { readonly amount: number }
}

/**
 * Return what the engine is asked about a ticket: the promotions that pick something of it. A price that a person typed is that person's word:
 * its line takes part in none.
 */
export function promotionsFor(ticket: Ticket, promotions: readonly Promotion[], categoryOf: (product: string) => string | null): readonly BasketPromotion[] {
  const lines = activeLines(ticket).filter(takesPart).map(({ id, product_id, factor, combo }) => {
    return { id, product: product_id, category: categoryOf(product_id), isOwnUnit: factor === undefined, isPart: combo !== undefined }
  })
  if (lines.length === 0) return []
  // What is part of a combo has its price: only what is about the ticket together lowers it.
  const picking = (boxesToo: boolean, partsToo: boolean) => (pick: Pick | null): string[] =>
    pick === null ? [] : lines.filter(({ product, category, isOwnUnit, isPart }) => (isOwnUnit || boxesToo) && (!isPart || partsToo) && isPicked(pick, product, category)).map(({ id }) => id)
  return promotions.map((promotion) => asked(promotion, picking(takesBoxes(promotion), promotion.terms.kind === 'total'))).filter(hasLines).slice(0, PROMOTIONS_MAX)
}

function takesPart(line: TicketLine): boolean {
  return line.list_price === null || line.origin === 'label' || line.unit_price === line.list_price
}

// A share of the price means the same of a box; what counts pieces or names an amount is meant of the product's own unit.
function takesBoxes({ terms }: Promotion): boolean {
  return terms.kind !== 'set' && terms.reward.percent != null && terms.least_quantity === null
}

function hasLines(promotion: BasketPromotion): boolean {
  return promotion.kind === 'set' ? promotion.parts.some(({ lines }) => lines.length > 0) : promotion.lines.length > 0
}

function asked({ version: id, name, terms }: Promotion, picked: (pick: Pick | null) => string[]): BasketPromotion {
  const { kind, reward, stack } = terms
  if (kind === 'set') {
    const parts = terms.parts.map(({ pick, count }) => ({ lines: picked(pick), count }))
    return { id, name, kind, reward, stack, parts, ...given({ cheapest: terms.cheapest, times: terms.times }) }
  }
  const { least_quantity, least_amount } = terms
  const plain = { id, name, reward, stack, lines: picked(terms.pick), ...given({ least_quantity, least_amount }) }
  return kind === 'each' ? { ...plain, kind, ...given({ most: terms.most }) } : { ...plain, kind }
}

/** The numbers that are said. */
function given<K extends string>(numbers: Readonly<Record<K, number | null>>): Partial<Record<K, number>> {
  return Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== null)) as Partial<Record<K, number>>
}

/** Return those that lowered something: the others change nothing and need not be written down. */
export function useful(promotions: readonly BasketPromotion[], totals: SaleTotals): readonly BasketPromotion[] {
  const ids = new Set((totals.promotions ?? []).map(({ promotion }) => promotion))
  return promotions.filter(({ id }) => ids.has(id))
}

/** Return what the ticket lacks for a promotion that it has begun, in the order in which they lower. Pieces that another one lowered count for none. */
export function hintsOf(ticket: Ticket, promotions: readonly BasketPromotion[], totals: SaleTotals): readonly Hint[] {
  const lines = new Map(activeLines(ticket).map((line) => [line.id, line]))
  const priced = new Map(totals.lines.map((line) => [line.id, line]))
  return promotions.flatMap((promotion): Hint[] => {
    const own = (ids: readonly string[]): TicketLine[] =>
      ids.filter((id) => (priced.get(id)?.savings ?? []).every((saving) => saving.promotion === promotion.id)).flatMap((id) => lines.get(id) ?? [])
    const lacks = promotion.kind === 'set' ? lackOfSet(promotion, own) : lackOfLeast(promotion, own, totals)
    return lacks === null ? [] : [{ promotion: promotion.id, name: promotion.name ?? '', lacks }]
  })
}

type Own = (ids: readonly string[]) => TicketLine[]

function lackOfSet(promotion: Extract<BasketPromotion, { kind: 'set' }>, own: Own): Hint['lacks'] | null {
  const parts = promotion.parts.map(({ lines, count }) => {
    return { count, pieces: own(lines).reduce((sum, { quantity }) => sum + divDown(quantity, PIECE), 0) }
  })
  const made = Math.min(...parts.map(({ count, pieces }) => divDown(pieces, count)))
  if (made >= (promotion.times ?? Number.MAX_SAFE_INTEGER)) return null
  const lacking = parts.reduce((sum, { count, pieces }) => sum + Math.max(0, count - (pieces - made * count)), 0)
  const needed = parts.reduce((sum, { count }) => sum + count, 0)
  return lacking > 0 && lacking < needed ? { pieces: lacking * PIECE } : null
}

function lackOfLeast(promotion: Exclude<BasketPromotion, { kind: 'set' }>, own: Own, totals: SaleTotals): Hint['lacks'] | null {
  const lines = own(promotion.lines)
  if (lines.length === 0) return null
  const pieces = (promotion.least_quantity ?? 0) - lines.reduce((sum, { quantity }) => sum + quantity, 0)
  if (pieces > 0) return { pieces }
  const ids = new Set(lines.map(({ id }) => id))
  const left = totals.lines.filter(({ id }) => ids.has(id)).reduce((sum, { list, savings }) => {
    return sum + list - (savings ?? []).reduce((saved, { amount }) => saved + amount, 0)
  }, 0)
  const amount = (promotion.least_amount ?? 0) - left
  return amount > 0 && (totals.promotions ?? []).every((row) => row.promotion !== promotion.id) ? { amount } : null
}
