/** What a till shows when a history has ended. */
import type { AnyFact } from '../../src/core/facts.ts'
import { codeHash, readCode } from '../../src/core/coupon.ts'
import { paidOf } from '../../src/core/order.ts'
import { foldShift } from '../../src/core/shift.ts'
import { activeLines } from '../../src/core/ticket.ts'
import type { Desk } from './desk.ts'

export interface View {
  readonly till: string
  readonly state: string
  readonly unsent: number
  /** The end of every chain that lies on its disk, by journal: with its hash, for all that stands before it. */
  readonly heads: Readonly<Record<string, readonly [number, string]>>
  /** Facts that wait for a person, by id. */
  readonly troubled: readonly string[]
  /** By buyer: owed to the shop, owed to them, their points. */
  readonly buyers: Readonly<Record<string, readonly [number, number, number]>>
  /** By order that waits, or ended lately: what was paid of it, how it stands, and what it costs. */
  readonly orders: Readonly<Record<string, readonly [number, string, number]>>
  /** Open tickets that wait here, and those that it shows as waiting at other tills: lines, and what each came to. */
  readonly waiting: Readonly<Record<string, readonly [number, number]>>
  readonly elsewhere: Readonly<Record<string, readonly [number, number]>>
  /** The single-use codes that it would take without asking. */
  readonly coupons: readonly string[]
  readonly shift: Shown | null
}

/** The open shift: its partial figures, and the facts that they were folded from. */
export interface Shown {
  readonly id: string
  readonly expected: Readonly<Record<string, number>>
  readonly payments: Readonly<Record<string, number>>
  readonly gross: number
  readonly facts: readonly string[]
}

type Amounts = readonly { readonly method: string; readonly amount: number }[]

const byMethod = (rows: Amounts): Readonly<Record<string, number>> => Object.fromEntries(rows.map(({ method, amount }) => [method, amount]))

export async function viewOf(desk: Desk): Promise<View> {
  const { till, name } = desk
  const journals = await desk.journals()
  const { unsent, parked } = till.sync.get()
  const open = till.openShift.get()
  return {
    till: name,
    state: till.state.get().name,
    unsent,
    heads: Object.fromEntries(journals.map(({ id, head }) => [id, [head.seq, head.hash] as const])),
    troubled: parked.map(({ id }) => id),
    buyers: Object.fromEntries(till.buyers.search('', 1000).map(({ id, fiado, credit, points }) => [id, [fiado.balance, credit, points] as const])),
    orders: Object.fromEntries([...till.orders.waiting('', () => ''), ...till.orders.ended()].map((order) => [order.id, [paidOf(order), order.state, order.totals.gross] as const])),
    waiting: Object.fromEntries(desk.waiting.map((one) => [one.ticket.id, [activeLines(one.ticket).length, one.parked?.total ?? 0]])),
    elsewhere: Object.fromEntries(till.parked.elsewhere.get().map(({ id, lines, total }) => [id, [lines, total]])),
    coupons: desk.shop.codes.filter(({ code }) => (till.coupons.byCode(codeHash(readCode(code) ?? ''))?.balance ?? 0) > 0).map(({ id }) => id),
    shift: open === null ? null : shown(open.id, open.facts),
  }
}

function shown(id: string, facts: readonly AnyFact[]): Shown {
  const { figures, expected } = foldShift(facts)
  return { id, expected: byMethod(expected), payments: byMethod(figures.payments), gross: figures.gross, facts: facts.map((fact) => fact.id) }
}
