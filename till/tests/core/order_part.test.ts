import { readFileSync } from 'node:fs'
import { assert, integer, property, record, array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BasketLine, SaleBasket } from '../../src/core/basket.ts'
import type { AnyFact, Fact, Kind } from '../../src/core/facts.ts'
import { chargedOf, handedOf, hasEnded, unspentOf, withFact, type Order } from '../../src/core/order.ts'
import { cancelling, closedBody, depositBody, leftOf, owedOf, restGross, sharesNow, taxesPaid } from '../../src/core/order_money.ts'
import { openLines, partOf } from '../../src/core/order_part.ts'
import { price } from '../../src/core/pricing/index.ts'
import { delivered, ticketOf } from '../../src/screens/sell/delivery.ts'

const example = <K extends Kind>(kind: K): Fact<K> =>
  (JSON.parse(readFileSync(new URL(`../../../contracts/examples/facts/${kind}.v1.json`, import.meta.url), 'utf8')) as { readonly fact: Fact<K> }).fact

const opened = example('order.opened')
const template = opened.body.basket as SaleBasket

/** An order of these lines; `off`: what is taken off the whole ticket. */
function orderOf(lines: readonly { readonly quantity: number; readonly unit_price: number; readonly percent?: number }[], off = 0, included = true): Order {
  const basket: SaleBasket = {
    ...template, prices_include_tax: included, discount: off === 0 ? null : { amount: off },
    lines: lines.map(({ quantity, unit_price, percent = 0 }, place): BasketLine => ({
      ...(template.lines[0] as BasketLine), id: String(place + 1), quantity, unit_price, discount: percent === 0 ? null : { percent },
    })),
  }
  return withFact(null, { ...opened, body: { ...opened.body, kind: 'layaway', basket, totals: price(basket) } }) as Order
}

let next = 0
function sell(order: Order, chosen: Readonly<Record<string, number>>): { readonly order: Order; readonly gross: number; readonly deposit: number } {
  const part = partOf(order, new Map(Object.entries(chosen)))
  const plain = delivered(part, [])
  const due = price(plain)
  const basket = due.missing > 0 ? { ...plain, payments: [...plain.payments, { method: 'card' as const, amount: due.missing }] } : plain
  const body = { sale: `s${String(next++)}`, order: order.id, order_part: true, basket, totals: price(basket) }
  const deposit = plain.payments.find(({ method }) => method === 'deposit')?.amount ?? 0
  return { order: withFact(order, { kind: 'sale.recorded', id: body.sale, at: 1, body } as unknown as AnyFact) as Order, gross: price(basket).gross, deposit }
}

function pay(order: Order, amount: number): Order {
  const body = depositBody({ payment: `p${String(next++)}`, order, shift: 's', currency: 'MXN', amount, tender: { method: 'cash', amount, reference: null } })
  return withFact(order, { kind: 'order.paid', id: 'f', at: 1, body } as unknown as AnyFact) as Order
}

const lines = array(record({ quantity: integer({ min: 1, max: 6 }).map((n) => n * 1000), unit_price: integer({ min: 0, max: 9_999_999 }), percent: integer({ min: 0, max: 900_000 }) }), { minLength: 1, maxLength: 4 })

describe('an order handed over in parts', () => {
  it('comes to the order to the cent, whatever the parts, and the deposits pay first', () => {
    assert(property(lines, integer({ min: 0, max: 5000 }), integer({ min: 0, max: 100 }), array(integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 12 }), (rows, off, percent, takes) => {
      const whole = orderOf(rows, off)
      let order = whole
      const paid = Math.floor((whole.totals.gross * percent) / 100)
      if (paid > 0) order = pay(order, paid)
      let [gross, deposits] = [0, 0]
      for (let turn = 0; !hasEnded(order); turn++) {
        const chosen = Object.fromEntries(openLines(order).map(({ line, left }, place) => [line.id, turn < 3 ? Math.min(left, 1000 * (takes[(turn * 4 + place) % takes.length] ?? 0)) : left]))
        if (Object.values(chosen).every((quantity) => quantity === 0)) continue
        const before = order
        const step = sell(order, chosen)
        expect(step.deposit).toBe(Math.min(unspentOf(before), step.gross))
        order = step.order
        gross += step.gross
        deposits += step.deposit
        expect(restGross(order)).toBe(whole.totals.gross - gross)
        // What is unspent stands as a share of what is left, to the cent.
        const shared = sharesNow(order).flatMap((shares) => shares.map(({ net, taxes }) => taxes.reduce((sum, { amount }) => sum + amount, net))).reduce((sum, amount) => sum + amount, 0)
        expect(shared).toBe(Math.min(unspentOf(order), restGross(order)))
      }
      expect([gross, deposits, leftOf(order), unspentOf(order), order.state]).toEqual([whole.totals.gross, paid, 0, 0, 'delivered'])
    }))
  })

  it('carries a cent that rounding left over, also where it makes a piece dearer than its list price', () => {
    const thirds = orderOf([{ quantity: 3000, unit_price: 3333 }])
    expect(thirds.totals.gross).toBe(100)
    const first = sell(thirds, { 1: 1000 })
    const second = sell(first.order, { 1: 1000 })
    const last = sell(second.order, { 1: 1000 })
    expect([first.gross, second.gross, last.gross]).toEqual([33, 34, 33])
  })

  it('lets deposits be paid between the parts, and takes no more than what is left', () => {
    const half = sell(pay(orderOf([{ quantity: 2000, unit_price: 500_000 }, { quantity: 1000, unit_price: 100_000 }]), 6000), { 1: 1000 })
    expect([half.deposit, unspentOf(half.order), leftOf(half.order)]).toEqual([5000, 1000, 5000])
    expect([...taxesPaid(half.order)]).toEqual([['IVA16', 138]])
    expect(depositBody({ payment: 'p', order: half.order, shift: 's', currency: 'MXN', amount: 5001, tender: { method: 'cash', amount: 5001, reference: null } })).toBeNull()
    const paid = pay(half.order, 5000)
    expect([leftOf(paid), unspentOf(paid)]).toEqual([0, 6000])
    expect(sell(paid, { 1: 1000, 2: 1000 }).order).toMatchObject({ state: 'delivered' })
  })

  it('gives each part its own share where taxes come on top', () => {
    const whole = orderOf([{ quantity: 3000, unit_price: 999_900, percent: 100_000 }], 100, false)
    const first = sell(whole, { 1: 1000 })
    const rest = sell(first.order, { 1: 2000 })
    const net = (order: Order): number => order.handovers.reduce((sum, one) => one.lines.reduce((of, { amount }) => of + amount, sum), 0)
    expect(net(rest.order)).toBe(whole.totals.lines.reduce((sum, line) => sum + chargedOf(line), 0))
    expect(Math.abs(first.gross + rest.gross - whole.totals.gross)).toBeLessThanOrEqual(1)
  })

  it('of a kit moves what is in it, the last part the rest', () => {
    const base = orderOf([{ quantity: 3000, unit_price: 100_000 }])
    const components = [{ product_id: 'c', name: 'Café', quantity: 1000 }]
    const kit = { ...base, basket: { ...base.basket, lines: base.basket.lines.map((line) => ({ ...line, components })) } }
    const moved: number[] = []
    let order: Order = kit
    while (!hasEnded(order)) {
      moved.push(partOf(order, new Map([['1', 1000]])).basket.lines[0]?.components?.[0]?.quantity ?? 0)
      order = sell(order, { 1: 1000 }).order
    }
    expect(moved).toEqual([333, 334, 333])
  })

  it('is the same however often it is heard, and a whole sale ends it', () => {
    const order = orderOf([{ quantity: 2000, unit_price: 100_000 }])
    const fact = { kind: 'sale.recorded', id: 'f', at: 1, body: { sale: 's', order: order.id, order_part: true, basket: partOf(order, new Map([['1', 1000]])).basket, totals: partOf(order, new Map([['1', 1000]])).totals } } as unknown as AnyFact
    const once = withFact(order, fact) as Order
    expect([once.state, handedOf(once, '1').quantity, withFact(once, fact)]).toEqual(['open', 1000, once])
    const whole = { ...fact, body: { ...fact.body, sale: 't', order_part: undefined } } as unknown as AnyFact
    expect((withFact(once, whole) as Order).state).toBe('delivered')
  })

  it('gives back what is unspent when the rest is cancelled', () => {
    const half = sell(pay({ ...orderOf([{ quantity: 2000, unit_price: 500_000 }]), kept_share: 100_000 }, 6000), { 1: 1000 }).order
    expect(cancelling(half)).toEqual({ kept: 100, back: 900 })
    expect(closedBody({ order: half, shift: 's', currency: 'MXN', method: 'cash', buyer: null, approvals: [] })).toMatchObject({ outcome: 'cancelled', paid: 1000 })
  })
})

describe('another price', () => {
  const repriced = example('order.repriced')
  const cheaper: SaleBasket = { ...template, lines: template.lines.map((line) => ({ ...line, unit_price: 400_000 })) }
  const agreed = (basket: SaleBasket): AnyFact => ({ ...repriced, body: { ...repriced.body, basket, totals: price(basket) } })

  it('takes the place of the first; deposits stay, and are shared out anew', () => {
    const paid = pay(orderOf([{ quantity: 1000, unit_price: 890_000 }]), 5000)
    const dearer: SaleBasket = { ...template, lines: [...template.lines, { ...(template.lines[0] as BasketLine), id: '2', unit_price: 200_000 }] }
    const now = withFact(paid, agreed(dearer)) as Order
    expect([now.totals.gross, now.repriced?.was, leftOf(now)]).toEqual([10_900, 8900, 5900])
    expect(withFact(now, agreed(dearer))).toBe(now)
    expect([...taxesPaid(now)]).toEqual([['IVA16', 690]])
    expect(leftOf(pay(now, 5900))).toBe(0)
  })

  it('that is below what was paid leaves something to give back once it is handed over', () => {
    const now = withFact(pay(orderOf([{ quantity: 1000, unit_price: 890_000 }]), 5000), agreed(cheaper)) as Order
    expect([leftOf(now), owedOf(now)]).toEqual([0, 0])
    const basket = delivered(now, [])
    const done = withFact(now, { kind: 'sale.recorded', id: 'f', at: 1, body: { sale: 's', order: now.id, basket, totals: price(basket) } } as unknown as AnyFact) as Order
    expect([done.state, owedOf(done)]).toEqual(['delivered', 1000])
    const body = closedBody({ order: done, shift: 's', currency: 'MXN', method: 'cash', buyer: null, approvals: [] })
    expect(body).toMatchObject({ outcome: 'settled', paid: 1000, kept: { amount: 0 } })
    const settled = withFact(done, { ...example('order.closed'), body: { ...body, series: 'A', number: 1 } }) as Order
    expect([settled.state, owedOf(settled)]).toEqual(['delivered', 0])
  })

  it('is agreed on a ticket whose new lines take numbers that none has', () => {
    const order = orderOf([{ quantity: 1000, unit_price: 1 }, { quantity: 1000, unit_price: 2 }])
    const gap = { ...order, basket: { ...order.basket, lines: order.basket.lines.slice(1) } }
    expect(ticketOf(gap, 't', { id: 'v', opened_at: 1 }).next_line).toBe(3)
  })
})

describe('an order that ended by itself', () => {
  const lapsed: Order = { ...pay({ ...orderOf([{ quantity: 1000, unit_price: 890_000 }]), kept_share: 100_000 }, 5000), state: 'expired', lapsed: true }

  it('owes what is not kept, and its closing says that nobody came', () => {
    expect([owedOf(lapsed), leftOf(lapsed)]).toEqual([4500, 0])
    expect(closedBody({ order: lapsed, shift: 's', currency: 'MXN', method: 'cash', buyer: null, approvals: [] })).toMatchObject({ outcome: 'expired', paid: 5000, kept: { amount: 500 } })
  })

  it('is open again once another day is agreed, and only then', () => {
    const changed = example('order.changed')
    expect(withFact(lapsed, changed)).toMatchObject({ state: 'open', lapsed: false, due: changed.body.due })
    expect((withFact(lapsed, { ...changed, body: { ...changed.body, due: null, step: 'ready' } }) as Order).state).toBe('expired')
    const closed = withFact(lapsed, { ...example('order.closed'), body: { ...example('order.closed').body, outcome: 'expired' } }) as Order
    expect((withFact(closed, changed) as Order).state).toBe('expired')
  })

  it('is delivered all the same where a till had not heard of it', () => {
    const basket = delivered(lapsed, [])
    expect((withFact(lapsed, { kind: 'sale.recorded', id: 'f', at: 1, body: { sale: 's', order: lapsed.id, basket, totals: price(basket) } } as unknown as AnyFact) as Order).state).toBe('delivered')
  })
})
