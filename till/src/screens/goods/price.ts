// What a product costs here and now, for a price check: priced by the engine as a ticket of its own would be, and put nowhere.
import { add, type Sellable } from '../../core/adding.ts'
import { basketOf } from '../../core/basket.ts'
import { promotionsFor } from '../../core/offers.ts'
import { perUnit, promotionsOn, stepsOf, type PerUnit, type Step } from '../../core/price_check.ts'
import { listsInForce } from '../../core/price_list.ts'
import { price } from '../../core/pricing/index.ts'
import { inForce, type Moment } from '../../core/promotion.ts'
import { newTicket } from '../../core/ticket.ts'
import type { Product } from '../../data/index.ts'
import { part, till } from '../app.svelte.ts'
import { prices } from '../help/prices.svelte.ts'
import { tellOf } from '../help/told.ts'
import { counter, type Asking } from '../sell/counter.svelte.ts'
import type { Seen } from '../sell/scanning.ts'

/** What so much of something comes to, minor units. */
export interface Cost { readonly gross: number; readonly tax: number; readonly saved: number; readonly quantity: number; readonly told: string }

export interface Price {
  /** One of what was scanned; null: the till asks for the price. */
  readonly one: Cost | null
  /** What the code itself stands for, where that is not just one. */
  readonly code: Cost | null
  /** The list that says the price, and what it usually costs, ten-thousandths. */
  readonly list: string | null
  readonly usual: number | null
  readonly perUnit: PerUnit | null
  readonly steps: readonly Step[]
  readonly promotions: readonly string[]
  /** What is told of the price before; empty where promotions lower nothing of it, or nothing is known. */
  readonly told: string
}

const NO_VISIT = { id: '', opened_at: 0 }

function cost(product: Product, sells: Sellable, adding: Asking['adding']): Cost | null {
  const { catalogue } = till()
  const { organization, settings } = part()
  const taxes = catalogue.taxesOf(product).map(({ code }) => code)
  // Which one it is, is asked when it is sold; what it costs does not hang on that.
  const plain: Sellable = { ...sells, trace: null }
  const added = add(newTicket('check'), plain, { ...adding, taxes, visit: NO_VISIT, digits: organization.currency.digits })
  if (!added.ok) return null
  const rules = { ...settings, currency: organization.currency }
  const promotions = promotionsFor(added.ticket, promotionsNow(), () => product.category)
  const totals = price(basketOf(added.ticket, rules, catalogue.taxes(), { promotions }))
  const quantity = added.ticket.lines.reduce((sum, line) => sum + line.quantity, 0)
  const told = tellOf(added.ticket, totals, prices.now)
  return { gross: totals.gross, tax: totals.tax, saved: told.saved ?? totals.savings ?? 0, quantity, told: [...told.texts.values()].join(' · ') }
}

// For whom the ticket on show is: their group may have prices of its own.
function moment(): Moment {
  const { store } = part()
  return { at: till().serverNow(), zone: store.zone, store: store.id, group: counter.buyer?.group?.id ?? null, coupons: [] }
}

function promotionsNow(): ReturnType<typeof inForce> {
  return inForce(till().catalogue.promotions(), moment())
}

/** Return what is to be said of the price of what was scanned or chosen. */
export function priceOf({ product, sells, adding }: Seen): Price {
  const lists = listsInForce(till().catalogue.priceLists(), moment())
  const isOwnUnit = sells.factor === undefined
  const said = counter.priceOf(product)
  const listed = isOwnUnit && adding.label_price == null ? { ...sells, price: said.price } : sells
  const one = cost(product, listed, product.by === 'weight' ? { weight: 1000 } : {})
  const whole = cost(product, listed, adding)
  return {
    one,
    code: whole !== null && one !== null && (whole.quantity !== one.quantity || whole.gross !== one.gross) ? whole : null,
    list: isOwnUnit ? said.list : null,
    usual: isOwnUnit && said.list !== null ? product.price : null,
    perUnit: isOwnUnit ? perUnit(product, said.price) : null,
    steps: isOwnUnit ? stepsOf(product, lists) : [],
    told: one?.told ?? '',
    promotions: promotionsOn(product, promotionsNow()).map(({ name }) => name),
  }
}
