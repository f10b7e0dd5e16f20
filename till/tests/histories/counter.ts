/** What a cashier does with products and money, as the screens do it: put on a ticket, price, pay, write. */
import { offlineRoom, spendingOf } from '../../src/core/account.ts'
import { approvalsNeeded, basketOf, type SaleBasket, type SaleTotals } from '../../src/core/basket.ts'
import { roomOf, type Buyer } from '../../src/core/buyer.ts'
import type { Product } from '../../src/core/catalogue.ts'
import { promotionsFor, useful } from '../../src/core/offers.ts'
import { cashMissing, settle, type Tender } from '../../src/core/pay.ts'
import { payableWith, pointsFor, salePoints } from '../../src/core/points.ts'
import type { SalePoints } from '../../src/core/facts.ts'
import { addCombo, answersOf, changeDiscount, changeParts, comboOf, questionsOf, type Combo, type Part } from '../../src/core/combo.ts'
import { amountOf, listsInForce, pricedBy, repriced } from '../../src/core/price_list.ts'
import { price } from '../../src/core/pricing/index.ts'
import { inForce, type Moment } from '../../src/core/promotion.ts'
import { revalued } from '../../src/core/voucher.ts'
import { add } from '../../src/core/adding.ts'
import { activeLines, approve, newTicket, park, setTicketDiscount, type Ticket } from '../../src/core/ticket.ts'
import type { Visit } from '../../src/core/facts.ts'
import type { FactDraft } from '../../src/data/index.ts'
import type { OpenTicket } from '../../src/screens/sell/open_ticket.ts'
import type { Desk } from './desk.ts'
import type { Dice } from './dice.ts'
import type { Scene } from './act.ts'

const PIECE = 1000
const DIGITS = 2

export function visitOf({ till }: Desk): Visit {
  return { id: till.newId(), opened_at: till.now() }
}

function momentOf({ till, part }: Desk, coupons: readonly string[] = []): Moment {
  return { at: till.serverNow(), zone: part.store.zone, store: part.store.id, group: null, coupons }
}

/** The id of the open shift; opens one where none is. */
export async function shiftOf({ desk, dice }: Scene): Promise<string> {
  const { till, cashier } = desk
  const open = till.openShift.get()
  if (open !== null) return open.id
  const shift = till.newId()
  const body = { shift, currency: 'MXN', float: dice.below(5) * 10_000, business_date: dayOf(desk), clock_offset_ms: till.sync.get().offset ?? 0 }
  await desk.write([{ kind: 'shift.opened', staff: cashier.id, body }])
  return shift
}

export function dayOf({ till }: Desk): string {
  return new Date(till.serverNow() - 6 * 3_600_000).toISOString().slice(0, 10)
}

/** A ticket with a few goods on it, or a few more, priced by the lists in force, perhaps with a discount that somebody allowed. */
export function fill({ desk, dice }: Scene, begun?: Ticket): Ticket {
  const { till } = desk
  let ticket = begun ?? newTicket(till.newId())
  const products = till.catalogue.all()
  for (let line = dice.between(1, 3); line > 0; line--) {
    const product = dice.one(products)
    if (product !== null) ticket = put(desk, ticket, product, dice)
  }
  if (dice.once(6)) ticket = changed(ticket, changeDiscount(ticket, '1', { percent: dice.between(1, 40) * 10_000 }))
  if (dice.once(8)) ticket = changed(ticket, setTicketDiscount(ticket, { amount: dice.between(1, 900) }))
  return ticket
}

function changed(before: Ticket, to: ReturnType<typeof setTicketDiscount>): Ticket {
  return to.ok ? to.ticket : before
}

/** A combo as its buyer chooses it, one or two of it; some choose again. */
function putCombo(desk: Desk, ticket: Ticket, product: Product, combo: Combo, dice: Dice): Ticket {
  const { till } = desk
  const adding = { digits: DIGITS, visit: { id: till.newId(), opened_at: till.now() } }
  const added = addCombo(ticket, product, partsOf(desk, combo, dice), { ...adding, pack: dice.between(1, 2) * PIECE })
  if (!added.ok) throw new Error(`the ticket refuses ${product.name}`)
  const whole = dice.once(2) ? comboOf(added.ticket, added.ticket.selected ?? '') : null
  if (whole === null) return added.ticket
  // They have changed their mind: the same combo of other things.
  const own = { ...product, price: whole.unit_price - whole.extra }
  const again = changeParts(added.ticket, whole, own, partsOf(desk, combo, dice), adding)
  if (!again.ok) throw new Error(`the ticket refuses other parts of ${product.name}`)
  return again.ticket
}

function partsOf({ till }: Desk, combo: Combo, dice: Dice): readonly Part[] {
  const chosen = new Set(questionsOf(combo, new Set(), () => []).groups.map(({ options }) => dice.one(options)?.id ?? ''))
  return answersOf(combo, chosen).flatMap(({ product_id, extra, quantity }) => {
    const part = till.catalogue.byId(product_id)
    return part === null ? [] : [{ product: part, taxes: till.catalogue.taxesOf(part).map(({ code }) => code), quantity, extra, modifiers: [], components: [] }]
  })
}

function put(desk: Desk, ticket: Ticket, product: Product, dice: Dice): Ticket {
  const { till } = desk
  const combo = till.catalogue.comboOf(product.id)
  if (combo !== null) return putCombo(desk, ticket, product, combo, dice)
  const lists = listsInForce(till.catalogue.priceLists(), momentOf(desk))
  const count = product.by === 'piece' ? dice.between(1, 4) * PIECE : dice.between(50, 2500)
  const found = pricedBy(product, amountOf(ticket, product.id) + count, lists)
  const listed = found.entry === null || found.list === null ? {} : { price: found.price, listed: { base: product.price, entry: found.entry, list: found.list } }
  const components = till.catalogue.kitOf(product.id)?.components ?? []
  const adding = { components, taxes: till.catalogue.taxesOf(product).map(({ code }) => code), digits: DIGITS, visit: visitOf(desk) }
  const measured = product.by === 'piece' ? { ...adding, pack: count } : { ...adding, weight: count }
  const added = add(ticket, { ...product, ...listed }, measured)
  if (!added.ok) throw new Error(`the ticket refuses ${product.name}`)
  return repriced(added.ticket, (id, amount) => {
    const known = till.catalogue.byId(id)
    return known === null ? null : pricedBy(known, amount, lists)
  })
}

/** A priced ticket, not paid yet. */
export interface Bill {
  readonly ticket: Ticket
  readonly basket: SaleBasket
  readonly totals: SaleTotals
}

/** Price a ticket with the promotions in force; what needs the manager's yes has it. */
export function bill(desk: Desk, ticket: Ticket): Bill {
  const { till, part } = desk
  const rules = { ...part.settings, currency: part.organization.currency }
  const category = (id: string): string | null => till.catalogue.byId(id)?.category ?? null
  const considered = promotionsFor(ticket, inForce(till.catalogue.promotions(), momentOf(desk, ticket.coupons)), category)
  const whole = basketOf(ticket, rules, till.catalogue.taxes(), { promotions: considered })
  const basket = basketOf(ticket, rules, till.catalogue.taxes(), { promotions: useful(considered, price(whole)) })
  return { ticket, basket, totals: price(basket) }
}

/** Put an open ticket aside, with what it comes to now. */
export async function wait({ shop, desk }: Scene, open: OpenTicket): Promise<string> {
  const total = bill(desk, open.ticket).totals.due
  const ticket = park(open.ticket, desk.till.now())
  const lines = activeLines(ticket).length
  await desk.keep({ ...open, ticket, parked: { staff: desk.cashier.id, total } })
  shop.story.ticket('waits', { ticket: ticket.id, lines, total })
  return `${String(lines)} lines, ${String(total)}`
}

/** The ticket with the approvals that its discounts need: the manager gives them. */
export function allowed(desk: Desk, { ticket, totals }: Bill): Ticket {
  const needs = approvalsNeeded(ticket, totals, desk.cashier.limits, DIGITS)
  return needs.reduce((sofar, need) => approve(sofar, { ...need, approver: desk.manager.id, reason: 'damaged' }), ticket)
}

const tender = (method: Tender['method'], amount: number): Tender => ({ method, amount, reference: null })

/** Tenders that settle a basket: by one method, or by a part and the rest in cash. Accounts only of a buyer, and of credit only what is known. */
export function tendersFor(desk: Desk, basket: SaleBasket, buyer: Buyer | null, dice: Dice): readonly Tender[] {
  const open = settle(basket, [], price).missing
  if (open <= 0) return cashRest(basket, [], dice)
  const ways = ['cash', 'cash', 'card', 'transfer', 'split', 'vouchers', ...(buyer === null ? [] : ['fiado', 'fiado', 'fiado part', 'credit', 'credit', 'points', 'points'])]
  const way = dice.one(ways) ?? 'cash'
  if (way === 'card' || way === 'transfer' || way === 'fiado') return [tender(way, open)]
  if (way === 'split') return cashRest(basket, [tender(dice.one(['card', 'voucher'] as const) ?? 'card', dice.between(1, open))], dice)
  if (way === 'vouchers') return cashRest(basket, vouchers(desk, basket, buyer, dice), dice)
  if (way === 'fiado part') return cashRest(basket, [tender('fiado', dice.between(1, open))], dice)
  const scheme = desk.part.settings.points
  const byPoints = way === 'points' && scheme !== null ? payableWith(scheme, Math.max(0, buyer?.points ?? 0), open) : 0
  if (byPoints > 0) return cashRest(basket, [tender('points', byPoints)], dice)
  const credit = way === 'credit' ? Math.min(buyer?.credit ?? 0, open) : 0
  return cashRest(basket, credit > 0 ? [tender('credit', credit)] : [], dice)
}

/** One to three vouchers of a kind, some with one of few numbers, so that two tills take the same. */
function vouchers({ till, part }: Desk, basket: SaleBasket, buyer: Buyer | null, dice: Dice): readonly Tender[] {
  const kind = dice.one(part.settings.vouchers)
  if (kind === null) return []
  const slips = Array.from({ length: dice.between(1, 3) }, () => ({ value: dice.one(kind.values) ?? 1, ...(dice.once(3) ? { number: `F-${String(dice.between(1, 30))}` } : {}) }))
  const handed: Tender = { ...tender('voucher', 0), voucher: { kind: kind.id, name: kind.name, slips } }
  const categoryOf = (product: string): string | null => till.catalogue.byId(product)?.category ?? null
  return revalued(basket, [handed], { kinds: part.settings.vouchers, price, categoryOf, hasBuyer: buyer !== null })
}

/** The rest in cash: exactly, or with a note that gives change. */
export function cashRest(basket: SaleBasket, tenders: readonly Tender[], dice: Dice): readonly Tender[] {
  const missing = cashMissing(basket, tenders, price)
  if (missing <= 0) return settle(basket, tenders, price).isSettled ? tenders : [...tenders, tender('cash', 0)]
  const handed = dice.once(3) ? Math.ceil(missing / 10_000) * 10_000 : missing
  return [...tenders, tender('cash', handed)]
}

/** What a sale may spend of a buyer's accounts: the tenders that stay, the manager's yes to what is beyond the limit, whether the server was asked. */
export interface Spent {
  readonly tenders: readonly Tender[]
  readonly approval: FactDraft | null
  readonly wasAsked: boolean
}

/** Ask before it is spent, as the screens do; without an answer, what is known here and what the owner allows. Credit that is not there is paid in cash. */
export async function spend(desk: Desk, sale: string, buyer: Buyer | null, basket: SaleBasket, tenders: readonly Tender[]): Promise<Spent> {
  const { till, part } = desk
  let beyond: number | null = null
  let wasAsked = true
  for (const { account, amount: money } of buyer === null ? [] : spendingOf(tenders)) {
    if (buyer === null) continue
    const amount = account === 'points' && part.settings.points !== null ? pointsFor(part.settings.points, money) : money
    const told = await till.roomFor({ sale, buyer: buyer.id, account, amount })
    const known = roomOf(till.buyers.byId(buyer.id) ?? buyer, account)
    const room = told ?? (till.sync.get().online ? known : offlineRoom(known, part.settings.offline[account], till.buyers.spent(buyer.id, account)))
    if (told === null) wasAsked = false
    if (amount > room && account !== 'fiado') return { tenders: [tender('cash', cashMissing(basket, [], price))], approval: null, wasAsked }
    if (amount > room) beyond = amount
  }
  return { tenders, approval: beyond === null ? null : approval(desk, 'account', beyond), wasAsked }
}

/** What a sale does to its buyer's points, by the scheme that this till has. */
export function pointsOf({ till, part }: Desk, buyer: Buyer | null, basket: SaleBasket, totals: SaleTotals): SalePoints | undefined {
  return buyer === null ? undefined : salePoints(part.settings.points, basket, totals, (id) => till.catalogue.byId(id)?.category ?? null)
}

export function approval(desk: Desk, action: 'account' | 'return' | 'cash_out' | 'drawer', amount: number | null, reason = 'known_customer'): FactDraft {
  const { till, cashier, manager } = desk
  return { kind: 'approval.given', id: till.newId(), staff: cashier.id, body: { approver: manager.id, action, reason, amount } }
}
