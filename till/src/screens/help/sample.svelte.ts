// Something of the shop given to try: a fact at once, which another takes back within ten seconds. It asks for no purchase, no contact and nobody's approval.
import { before, givenOf, sampleOf, small, type Before } from '../../core/sampling.ts'
import { isMeasured } from '../../core/format.ts'
import type { Product } from '../../data/index.ts'
import { app, till } from '../app.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'
import { measured, unitName } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'
import { nameOf } from './advice.ts'
import { afterwards } from './afterwards.svelte.ts'
import { guidance } from './guidance.svelte.ts'
import { recordOf } from './records.ts'

// As many as stand over the ticket with their names whole, and a way to all others below.
const SHOWN = 6

/** A product that may be given to try: how much of it, and how many of it this till gave in this shift. */
export interface Offer {
  readonly product: Product
  readonly name: string
  readonly quantity: number
  readonly given: number
  /** Above so many the till says so; null: never. */
  readonly most: number | null
}

class Sampling {
  /** Of what something is said or seen first. */
  asked = $state.raw<Offer | null>(null)
}

export const sampling = new Sampling()

/** How much is given: «20 g», «1 pieza». */
export function muchOf({ quantity, product }: Pick<Offer, 'quantity' | 'product'>): string {
  const much = small(quantity, product)
  return isMeasured(much.unit) ? measured(much.quantity, much.unit) : `${measured(much.quantity, much.unit)} ${unitName(much.unit)}`
}

/** What the owner marked, in the order of the store's use; after that what was touched last on the ticket. */
export function offers(): readonly Offer[] {
  const { catalogue } = till()
  const marked = guidance.samples.flatMap(({ product }) => catalogue.byId(product) ?? [])
  const line = counter.lines.find(({ id }) => id === counter.ticket.selected)
  const touched = line === undefined ? null : catalogue.byId(line.product_id)
  const own = touched !== null && maySample(touched) && !marked.some(({ id }) => id === touched.id) ? [touched] : []
  return [...marked.slice(0, SHOWN - own.length), ...own].map(offer)
}

/** What words find of what may be given. */
export function found(words: string): readonly Offer[] {
  return till().catalogue.search(words, 3 * SHOWN).filter(maySample).slice(0, SHOWN).map(offer)
}

// Of what is made of other goods nothing is given: what would leave the shelf is not the thing itself.
function maySample({ id }: Product): boolean {
  const { catalogue } = till()
  return catalogue.kitOf(id) === null && catalogue.comboOf(id) === null
}

function offer(product: Product): Offer {
  return {
    product, name: nameOf(product), quantity: sampleOf(product, guidance.samples), given: givenOf(product.id, app.shift?.facts ?? []),
    most: guidance.samples.find((good) => good.product === product.id)?.dayMax ?? null,
  }
}

/** What has to be said or seen before it is given; null: nothing. */
export function asks({ product }: Offer): Before | null {
  return before(product, guidance.samples, counter.ticket.age_check?.minimum ?? 0)
}

/** Write it down. `told`: what was asked before has been said or seen. */
export function giveSample(offer: Offer, told: boolean): void {
  const { product, name, quantity } = offer
  const lot = afterwards.of === null ? counter.lines.find((line) => line.product_id === product.id && line.lot != null)?.lot : null
  recordOf('sample', name, { title: t('sample.said', { name }), detail: t('sample.detail', { quantity: muchOf(offer) }) }, 'sample.given', (shift) => ({
    shift, product: product.id, quantity, ...(lot == null ? {} : { lot }), ...(told ? { told: true as const } : {}), ...(afterwards.of === null ? {} : { late: true as const }),
  }))
}
