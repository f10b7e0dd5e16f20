import { dayAfter, hasEnded, openedBody, paidOf, RULES, type Order } from '../../../src/core/order.ts'
import { closedBody, depositBody, leftOf, owedOf, type Payable } from '../../../src/core/order_money.ts'
import { openLines, partOf, type OrderPart } from '../../../src/core/order_part.ts'
import { settle } from '../../../src/core/pay.ts'
import { price } from '../../../src/core/pricing/index.ts'
import { saleBody } from '../../../src/core/sale.ts'
import { delivered } from '../../../src/screens/sell/delivery.ts'
import type { FactDraft } from '../../../src/data/index.ts'
import type { Act, Scene } from '../act.ts'
import { allowed, approval, bill, cashRest, dayOf, fill, shiftOf, visitOf } from '../counter.ts'

const KINDS = ['layaway', 'layaway', 'special', 'repair', 'quote'] as const

/** An order that waits, of any till of the store, as far as this one knows. */
function waiting({ desk, dice }: Scene, is: (order: Order) => boolean): Order | null {
  return dice.one(desk.till.orders.waiting('', () => '').filter(is))
}

/** Goods are put aside, ordered or left to be repaired; often with a first deposit. */
export const order: Act = {
  name: 'order', weight: 5, inContact: true,
  play: async (scene) => {
    const { desk, dice } = scene
    const { till, cashier } = desk
    const shift = await shiftOf(scene)
    const made = bill(desk, fill(scene))
    const ticket = allowed(desk, made)
    const kind = dice.one(KINDS) ?? 'layaway'
    const approvals = ticket.approvals.map((given): FactDraft => ({ kind: 'approval.given', id: till.newId(), staff: cashier.id, body: given }))
    const details = RULES[kind].asks ? till.annex('Tapas nuevas') : null
    const body = openedBody({
      order: ticket.id, kind, shift, basket: made.basket, totals: made.totals, due: { promise: till.newId(), by: dayAfter(dayOf(desk), dice.once(4) ? dice.below(10) - 10 : dice.below(20)) },
      kept_share: kind === 'quote' ? 0 : dice.below(3) * 50_000, details: details?.id ?? null, tokens: [{ kind: 'ticket', hash: till.newToken().hash }],
      approvals: approvals.map(({ id }) => id ?? ''), catalogue: till.catalogue.cursor(), buyer: dice.once(2) ? (dice.one(till.buyers.search('', 50))?.id ?? null) : null,
    })
    await desk.write([...approvals, { kind: 'order.opened', staff: cashier.id, visit: visitOf(desk), body, annexes: details === null ? [] : [details] }])
    const paid = RULES[kind].deposits && dice.once(2) ? await deposit(scene, { id: ticket.id, totals: made.totals, payments: [] }, shift) : 0
    return `${kind} of ${String(made.totals.gross)}, ${String(paid)} paid`
  },
}

/** Pay all that is left or a part of it; return how much. */
async function deposit({ desk, dice }: Scene, payable: Payable, shift: string): Promise<number> {
  const left = 'state' in payable ? leftOf(payable as Order) : payable.totals.gross
  if (left <= 0) return 0
  const amount = dice.once(4) ? left : dice.between(1, left)
  const method = dice.one(['cash', 'cash', 'card', 'transfer'] as const) ?? 'cash'
  const handed = method === 'cash' && dice.once(3) ? Math.ceil(amount / 5000) * 5000 : amount
  const body = depositBody({ payment: desk.till.newId(), order: payable, shift, currency: 'MXN', amount, tender: { method, amount: handed, reference: null } })
  if (body === null) throw new Error('the deposit is none')
  await desk.write([{ kind: 'order.paid', staff: desk.cashier.id, visit: visitOf(desk), body }])
  return amount
}

/** A deposit for an order of any till. */
export const payOrder: Act = {
  name: 'pay order', weight: 6, inContact: true,
  play: async (scene) => {
    const found = waiting(scene, (one) => RULES[one.kind].deposits && leftOf(one) > 0)
    if (found === null) return null
    const paid = await deposit(scene, found, await shiftOf(scene))
    return `${String(paid)} of ${found.number}`
  },
}

/** What was ordered is handed over: the deposits pay first, the rest is paid now. */
export const deliver: Act = {
  name: 'deliver order', weight: 5, inContact: true,
  play: async (scene) => {
    const found = waiting(scene, () => true)
    if (found === null) return null
    const shift = await shiftOf(scene)
    const all = new Map(openLines(found).map(({ line, left }) => [line.id, left]))
    await handOver(scene, found.handovers.length === 0 ? found : partOf(found, all), shift)
    return `${found.number}, ${String(paidOf(found))} of it was paid`
  },
}

/** Sell an order, or a part of it: what is unspent of its deposits pays first. */
async function handOver({ desk, dice }: Scene, order: Order | OrderPart, shift: string): Promise<void> {
  const { till, cashier } = desk
  const before = delivered(order, [])
  const tenders = cashRest(before, [], dice)
  const { basket, totals, isSettled } = settle(before, tenders, price)
  if (!isSettled) throw new Error('the delivery is not settled')
  const body = saleBody({
    sale: till.newId(), shift, basket, totals, tenders, tokens: [{ kind: 'ticket', hash: till.newToken().hash }], approvals: [],
    catalogue: till.catalogue.cursor(), buyer: order.buyer, order: order.id, order_part: 'part' in order,
  })
  await desk.write([{ kind: 'sale.recorded', staff: cashier.id, visit: visitOf(desk), body }])
}

/** Some of what was ordered is handed over; the rest waits. */
export const deliverPart: Act = {
  name: 'deliver a part', weight: 6, inContact: true,
  play: async (scene) => {
    const { dice } = scene
    const found = waiting(scene, ({ kind }) => RULES[kind].deposits && kind !== 'repair')
    if (found === null) return null
    const chosen = new Map(openLines(found).map(({ line, left }) => [line.id, left % 1000 === 0 ? 1000 * dice.between(0, left / 1000) : dice.once(2) ? left : 0]))
    if ([...chosen.values()].every((quantity) => quantity === 0)) return null
    await handOver(scene, partOf(found, chosen), await shiftOf(scene))
    return `${found.number}: ${[...chosen].map(([line, quantity]) => `${String(quantity)} of line ${line}`).join(', ')}`
  },
}

/** What a repair costs is known by now, and its buyer agrees. */
export const repriceOrder: Act = {
  name: 'reprice order', weight: 4, inContact: true,
  play: async (scene) => {
    const { desk, dice } = scene
    const { till, cashier } = desk
    const found = waiting(scene, ({ kind }) => kind === 'repair')
    if (found === null) return null
    const shift = await shiftOf(scene)
    const made = bill(desk, fill(scene))
    const approvals = allowed(desk, made).approvals.map((given): FactDraft => ({ kind: 'approval.given', id: till.newId(), staff: cashier.id, body: given }))
    const body = {
      order: found.id, shift, basket: made.basket, totals: made.totals, agreed: dice.once(2) ? ('phone' as const) : ('present' as const),
      approvals: approvals.map(({ id }) => id ?? ''), catalogue: till.catalogue.cursor(),
    }
    await desk.write([...approvals, { kind: 'order.repriced', staff: cashier.id, body }])
    return `${found.number}: ${String(found.totals.gross)} becomes ${String(made.totals.gross)}`
  },
}

/** What was left of the deposits of an order that ended goes back. */
export const settleOrder: Act = {
  name: 'settle order', weight: 4, inContact: true,
  play: async (scene) => {
    const { desk, dice } = scene
    const found = dice.one(desk.till.orders.ended().filter((one) => owedOf(one) > 0))
    if (found === null) return null
    const shift = await shiftOf(scene)
    const given = approval(desk, 'return', owedOf(found), 'other')
    const body = closedBody({ order: found, shift, currency: 'MXN', method: 'cash', buyer: found.buyer, approvals: [given.id ?? ''] })
    await desk.write([given, { kind: 'order.closed', staff: desk.cashier.id, visit: visitOf(desk), body }])
    return `${found.number} (${found.state}): ${String(body.paid - body.kept.amount)} back`
  },
}

/** It is cancelled: what was paid goes back, less what its paper said is kept. */
export const cancelOrder: Act = {
  name: 'cancel order', weight: 3, inContact: true,
  play: async (scene) => {
    const { desk, dice } = scene
    const found = waiting(scene, () => true)
    if (found === null) return null
    const shift = await shiftOf(scene)
    const given = approval(desk, 'return', paidOf(found), 'other')
    const method = dice.one(found.buyer === null ? (['cash', 'card'] as const) : (['cash', 'credit'] as const)) ?? 'cash'
    const body = closedBody({ order: found, shift, currency: 'MXN', method, buyer: found.buyer, approvals: [given.id ?? ''] })
    await desk.write([given, { kind: 'order.closed', staff: desk.cashier.id, visit: visitOf(desk), body }])
    return `${found.number}, ${String(body.paid - body.kept.amount)} back by ${method}, ${String(body.kept.amount)} kept`
  },
}

/** A step is said of it, or another day is agreed. */
export const changeOrder: Act = {
  name: 'change order', weight: 2, inContact: true,
  play: async (scene) => {
    const { desk, dice } = scene
    const found = dice.once(3) ? dice.one(desk.till.orders.ended().filter(({ lapsed }) => lapsed)) : waiting(scene, (one) => !hasEnded(one))
    if (found === null) return null
    const shift = await shiftOf(scene)
    const { step } = RULES[found.kind]
    const due = step === null || found.lapsed || dice.once(2) ? { promise: desk.till.newId(), by: dayAfter(found.due.by, dice.between(1, 9)) } : null
    await desk.write([{ kind: 'order.changed', staff: desk.cashier.id, body: { order: found.id, shift, step: due === null ? step : null, due, told: dice.once(2) } }])
    return `${found.number}: ${due === null ? String(step) : due.by}`
  },
}
