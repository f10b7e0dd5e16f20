// What somebody is told would serve them best: what may be told them, and that it was. Nothing here knows what a product costs the shop (docs/adr/0038).
import type { AdviceKind, AdviceReason, RecommendationMade } from '../../core/facts_trust.ts'
import type { NeedChip, OtherPlace, OtherStore } from '../../core/guidance.ts'
import { mulDivRound } from '../../core/integer.ts'
import { placePaper } from '../../core/place_paper.ts'
import { isPicked } from '../../core/promotion.ts'
import { recommend, RANKER, type Candidate, type Card, type Recommended } from '../../core/recommend.ts'
import type { Product } from '../../data/index.ts'
import { app, part, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { paperHead, printPaper } from '../records/printing.svelte.ts'
import { preferences } from '../preferences.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'
import { helping } from '../sell/helping.svelte.ts'
import { isFree } from '../sell/open_ticket.ts'
import { storeFormats } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'
import { guidance } from './guidance.svelte.ts'
import { takeBack, UNDO_MS } from './records.ts'

/** What was asked: the need that was said last, and the line that was touched. */
export interface Asked {
  readonly need: NeedChip | null
  /** The fact of the need. */
  readonly fact: string | null
  /** Up to how much, minor units, where they said so: it leaves out what costs more, and decides nothing else. */
  readonly most: number | null
  readonly like: Candidate | null
}

/** What stands there now. */
export function asked(): Asked {
  const said = counter.current?.records?.findLast(({ piece }) => piece === 'need')
  const need = guidance.needs.find(({ name }) => name === said?.name) ?? null
  const line = counter.lines.find(({ id }) => id === counter.ticket.selected)
  const product = line && till().catalogue.byId(line.product_id)
  return { need, fact: need && said ? said.fact : null, most: (need && said?.most) ?? null, like: product ? candidate(product) : null }
}

/** What does the job, ranked. */
export function advise({ need, most, like }: Asked): Recommended {
  const { catalogue } = till()
  const pick = need?.pick ?? null
  const category = like?.category ?? null
  const goods = pick === null ? (category === null ? [] : catalogue.byCategory(category, 0, catalogue.countOf(category))) : picked(pick)
  return recommend(goods.map(candidate), { pick, most: most === null ? null : mulDivRound(most, 10_000, 10 ** part().organization.currency.digits), like }, guidance.advice)
}

/** The goods that may do a job. */
export function picked(pick: NonNullable<NeedChip['pick']>): readonly Product[] {
  const { catalogue } = till()
  if (pick.everything) return catalogue.all(0, catalogue.state.get().loaded)
  const named = pick.products.flatMap((id) => catalogue.byId(id) ?? [])
  const inside = pick.categories.flatMap((id) => catalogue.byCategory(id, 0, catalogue.countOf(id)))
  return [...new Map([...inside, ...named].map((one) => [one.id, one])).values()].filter(({ id, category }) => isPicked(pick, id, category))
}

/** A product at what it costs whoever stands here. */
function candidate(product: Product): Candidate {
  return { ...product, price: counter.priceOf(product).price }
}

/** One of the shop's own is the best for them. Nothing is put on the ticket but by one more press. */
export function adviseOwn(card: Card, question: Asked, found: Recommended): void {
  const { like } = question
  const { id } = card.product
  const isCheaper = like === null ? card.isCheapest && found.eligible.length > 1 : id !== like.id && like.price !== null && card.price < like.price
  const product = till().catalogue.byId(id)
  const name = nameOf(card.product)
  write(question, found, {
    kind: isCheaper ? 'own_cheaper' : 'own', reason: isCheaper ? 'same_job_cheaper' : 'fits_need', target: id, ...(card.incentive === null ? {} : { declared: true as const }),
  }, t('advise.said_own', { name }), product === null || id === like?.id ? undefined : { label: t('advise.put'), press: () => { helping.say(null); counter.put(product, {}) } })
}

/** It is best to buy nothing today. */
export function adviseNone(kind: AdviceKind & ('no_purchase' | 'repair' | 'use_what_you_have'), question: Asked, found: Recommended): void {
  const reasons: Readonly<Record<typeof kind, AdviceReason>> = { no_purchase: 'not_suitable', repair: 'repairable', use_what_you_have: 'already_owned' }
  write(question, found, { kind, reason: reasons[kind] }, t(`advise.said_${kind}`))
}

/** Somebody else serves them better. The slip says where: by itself where receipts are printed, else by one more press. */
export function adviseElsewhere(place: OtherPlace | OtherStore, question: Asked, found: Recommended): void {
  const isPlace = 'why' in place
  const said = isPlace
    ? { kind: 'other_shop' as const, reason: place.why, target: place.id, ...(place.fee === '' ? {} : { declared: true as const }) }
    : { kind: 'other_store_ours' as const, reason: 'we_lack_it' as const, target: place.id }
  const print = (): void => { printPlace(place) }
  write(question, found, said, t('advise.said_place', { name: place.name }), preferences.prints ? undefined : { label: t('advise.print'), press: print })
  if (preferences.prints) print()
}

function printPlace(place: OtherPlace | OtherStore): void {
  const words = {
    title: t('advise.slip_title'), ours: t('advise.slip_ours'), stale: t('advise.slip_stale'),
    why: 'why' in place ? t(`advise.why_${place.why}`) : '',
    looked: (day: string) => t('advise.slip_looked', { day }), fee: (says: string) => t('advise.slip_fee', { says }),
  }
  printPaper(placePaper(place, words, paperHead(), storeFormats(), till().now())).catch(fault)
}

type Said = Pick<RecommendationMade, 'kind' | 'reason' | 'target' | 'declared'>

function write({ fact: need, like }: Asked, { eligible, inputs }: Recommended, said: Said, title: string, offer?: { readonly label: string; readonly press: () => void }): void {
  const { person, shift } = app
  helping.open = null
  if (person === null || shift === null) return
  const visit = counter.beginVisit()
  const open = counter.current
  if (open === null) return
  const body: RecommendationMade = {
    shift: shift.id, ...said, eligible, ranker: RANKER, inputs, ...(need === null ? {} : { need }), ...(like === null ? {} : { instead_of: like.id }),
  }
  // Whoever was told that nothing, or another place, serves them best, and has nothing on the ticket, has been helped: who comes next is another visit.
  const isOver = said.kind !== 'own' && said.kind !== 'own_cheaper' && isFree(open) && counter.done === null
  till().write('recommendation.made', body, { staff: person.id, visit }).then(({ id }) => {
    const record = { fact: id, piece: 'recommend' as const, name: title }
    if (!isOver) counter.noteRecord(open.ticket.id, record)
    helping.say({ title, until: app.now + UNDO_MS, offer, undo: () => {
      takeBack(open.ticket.id, id)
      if (isOver) counter.bringBack(open)
    } })
  }, fault)
  if (isOver) counter.finish(null)
}

/** What a product is called with its variant. */
export function nameOf({ name, variant }: Candidate): string {
  return variant === null ? name : `${name} ${variant}`
}
