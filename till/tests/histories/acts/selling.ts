import { settle } from '../../../src/core/pay.ts'
import { price } from '../../../src/core/pricing/index.ts'
import { saleBody } from '../../../src/core/sale.ts'
import type { FactDraft } from '../../../src/data/index.ts'
import type { Buyer } from '../../../src/core/buyer.ts'
import type { Ticket } from '../../../src/core/ticket.ts'
import type { Act, Scene } from '../act.ts'
import { allowed, fill, pointsOf, shiftOf, spend, tendersFor, visitOf } from '../counter.ts'
import { billWithCodes } from '../coupons.ts'

/** Pay a ticket: in cash, by card, by several tenders, on account or out of store credit; say how. */
export async function pay(scene: Scene, open: Ticket, buyer: Buyer | null): Promise<string> {
  const { shop, desk, dice } = scene
  const { till, cashier } = desk
  const shift = await shiftOf(scene)
  const { made, codes } = await billWithCodes(scene, open)
  const ticket = allowed(desk, made)
  const { tenders, approval, wasAsked } = await spend(desk, ticket.id, buyer, made.basket, tendersFor(desk, made.basket, buyer, dice))
  const { basket, totals, isSettled } = settle(made.basket, tenders, price)
  if (!isSettled) throw new Error('what was tendered does not settle the sale')
  const approvals = ticket.approvals.map((given): FactDraft => ({ kind: 'approval.given', id: till.newId(), staff: cashier.id, body: given }))
  if (approval !== null) approvals.push(approval)
  const spent = (): void => { if (buyer !== null) shop.story.spent(buyer.id) }
  if (!wasAsked) spent()
  else if (tenders.some(({ method }) => method === 'fiado' || method === 'credit' || method === 'points')) shop.kept(desk, spent)
  const body = saleBody({
    sale: ticket.id, shift, basket, totals, tenders, tokens: [{ kind: 'ticket', hash: till.newToken().hash }],
    approvals: approvals.map(({ id }) => id ?? ''), catalogue: till.catalogue.cursor(), buyer: buyer?.id ?? null,
    points: pointsOf(desk, buyer, basket, totals), coupons: codes.map(({ id, promotion }) => ({ id, promotion })),
  })
  await desk.write([...approvals, { kind: 'sale.recorded', staff: cashier.id, visit: ticket.visit ?? visitOf(desk), body }])
  return `${String(totals.gross)} by ${tenders.map(({ method, amount }) => `${method} ${String(amount)}`).join(', ')}${buyer === null ? '' : ` of ${buyer.name}`}${codes.length === 0 ? '' : ', with a code'}${wasAsked ? '' : ', nobody asked'}`
}

/** Goods are paid, with or without promotions and discounts. */
export const sell: Act = {
  name: 'sell', weight: 30, inContact: true,
  play: (scene) => {
    const { desk, dice } = scene
    const ticket = fill(scene)
    return pay(scene, ticket, dice.once(2) ? dice.one(desk.till.buyers.search('', 50)) : null)
  },
}

/** Somebody was helped and bought nothing. */
export const endVisit: Act = {
  name: 'end visit', weight: 2, inContact: true,
  play: async (scene) => {
    const { desk } = scene
    const shift = await shiftOf(scene)
    await desk.write([{ kind: 'visit.closed', staff: desk.cashier.id, visit: visitOf(desk), body: { shift, by_product: 'nothing_needed' } }])
    return 'helped without a sale'
  },
}

/** A ticket is printed again, with a secret of its own. */
export const reprint: Act = {
  name: 'reprint', weight: 2, inContact: true,
  play: async ({ desk, dice }) => {
    const { till, cashier } = desk
    const ticket = dice.one(await till.tickets.latest(10))
    if (ticket === null) return null
    await desk.write([{ kind: 'ticket.reprinted', staff: cashier.id, body: { sale: ticket.fact.body.sale, tokens: [{ kind: 'reprint', hash: till.newToken().hash }] } }])
    return `ticket ${String(ticket.fact.body.number)}`
  },
}
