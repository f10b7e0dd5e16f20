import type { SaleBasket } from '../../../src/core/basket.ts'
import { settle, type Tender } from '../../../src/core/pay.ts'
import { price, type ReturnDocument, type ReturnTotals } from '../../../src/core/pricing/index.ts'
import { asPaid, byMethod, documentOf, returnables, returnBody, sourceOf, type Chosen, type Source } from '../../../src/core/returning.ts'
import { saleBody } from '../../../src/core/sale.ts'
import type { ReturnRecorded, SaleRecorded } from '../../../src/core/facts.ts'
import { backOf } from '../../../src/core/voucher.ts'
import type { FactDraft } from '../../../src/data/index.ts'
import type { Act, Scene } from '../act.ts'
import { allowed, approval, bill, fill, shiftOf, visitOf } from '../counter.ts'

const PIECE = 1000
const REASONS = ['not_needed', 'not_as_said', 'defective', 'size', 'other'] as const

interface Opened {
  readonly source: Source
  readonly sale: SaleRecorded
  readonly earlier: readonly ReturnRecorded[]
}

/** A buyer comes with a paper: the till's own ticket opens at once, any other with the server's help; what others took back is heard if it can be. */
async function opened({ shop, desk, dice }: Scene): Promise<Opened | null> {
  const { till } = desk
  const paper = dice.one(shop.papers.slice(-25))
  if (paper === null) return null
  const { series, number, sale } = paper.body
  // Two lives of a till may have given one number to two sales: the paper says by the end of its code which it is.
  const numbered = (await till.tickets.byNumber(number, series))?.fact.body
  const own = numbered?.sale === sale ? numbered : undefined
  const here = (await till.tickets.returnsOf(sale)).map(({ body }) => body)
  const found = await till.findSold({ series, number, tail: sale.slice(-6) })
  const told = typeof found === 'string' ? [] : found.returns
  const sold = own ?? (typeof found === 'string' ? null : found.sale)
  if (sold === null) return null
  return { source: sourceOf(sold), sale: sold, earlier: [...told.filter((one) => !here.some((known) => known.return === one.return)), ...here] }
}

/** What of it comes back: all that is left, or a part of some lines. */
function chosenOf({ dice }: Scene, { source, earlier }: Opened): readonly Chosen[] {
  const left = returnables(source, earlier).filter((row) => row.left > 0)
  if (dice.once(3)) return left.map((row) => ({ place: row.place, quantity: row.left }))
  const row = dice.one(left)
  if (row === null) return []
  const step = row.left % PIECE === 0 ? PIECE : 1
  return [{ place: row.place, quantity: dice.between(1, row.left / step) * step }]
}

type Settled = { readonly document: ReturnDocument; readonly totals: ReturnTotals }

const paidOut = ({ document }: Settled): string => (document.refunds ?? []).map(({ method, amount }) => `${method} ${String(amount)}`).join(', ')

/** Goods of a ticket come back, and money goes as it was paid, in cash, or onto the buyer's store credit. */
export const takeBack: Act = {
  name: 'take back', weight: 22, inContact: true,
  play: async (scene) => {
    const { desk, dice } = scene
    const found = await opened(scene)
    const chosen = found === null ? [] : chosenOf(scene, found)
    if (found === null || chosen.length === 0) return null
    const { source, earlier, sale } = found
    const document = documentOf(source, returnables(source, earlier), chosen, { reason: dice.one(REASONS) ?? 'other', goods: dice.once(3) ? 'scrap' : 'shelf' }, [])
    const buyer = sale.buyer ?? dice.one(desk.till.buyers.search('', 50))?.id ?? null
    const way = dice.one(['paid', 'paid', 'cash', ...(buyer === null ? [] : ['credit', 'credit'] as const)] as const) ?? 'paid'
    const settled = way === 'paid' ? asPaid(source, earlier, document, 0, backOf(desk.part.settings.vouchers, buyer !== null)) : byMethod(document, way)
    const shift = await shiftOf(scene)
    const body = returnBody({ id: desk.till.newId(), shift, source, earlier, ...settled, approvals: [], buyer: (settled.document.refunds ?? []).some(({ method }) => method === 'credit') ? buyer : null })
    await desk.write([{ kind: 'return.recorded', staff: desk.cashier.id, visit: visitOf(desk), body }])
    return `${String(settled.totals.gross)} of ticket ${sale.series}-${String(sale.number)} by ${paidOut(settled)}, knowing of ${String(earlier.length)}`
  },
}

/** Goods come back without a ticket: priced now, with somebody's yes. */
export const takeBackWithoutTicket: Act = {
  name: 'take back without a ticket', weight: 2, inContact: true,
  play: async (scene) => {
    const { desk } = scene
    const { basket, totals } = bill(desk, fill(scene))
    const source: Source = { basket, totals, sale: null }
    const rows = returnables(source, [])
    const document = documentOf(source, rows, rows.map(({ place, left }) => ({ place, quantity: left })), { reason: 'other', goods: 'shelf' }, [])
    const settled = byMethod(document, 'cash')
    if (settled.totals.gross <= 0) return null
    const given = approval(desk, 'return', settled.totals.gross, 'other')
    const body = returnBody({ id: desk.till.newId(), shift: await shiftOf(scene), source, earlier: [], ...settled, approvals: [given.id ?? ''] })
    await desk.write([given, { kind: 'return.recorded', staff: desk.cashier.id, visit: visitOf(desk), body }])
    return `${String(settled.totals.gross)} by ${paidOut(settled)}`
  },
}

/** What comes back pays for other goods of the same visit; what one owes the other is settled. */
export const exchange: Act = {
  name: 'exchange', weight: 7, inContact: true,
  play: async (scene) => {
    const { desk } = scene
    const found = await opened(scene)
    const chosen = found === null ? [] : chosenOf(scene, found)
    if (found === null || chosen.length === 0) return null
    const { source, earlier } = found
    const document = documentOf(source, returnables(source, earlier), chosen, { reason: 'size', goods: 'shelf' }, [])
    const made = bill(desk, fill(scene))
    const ticket = allowed(desk, made)
    const worth = Math.max(0, Math.min(asPaid(source, earlier, document).totals.gross, made.totals.due))
    const basket: SaleBasket = worth === 0 ? made.basket : { ...made.basket, payments: [{ method: 'exchange', amount: worth }] }
    const tenders = exactRest(basket)
    const paid = settle(basket, tenders, price)
    if (!paid.isSettled) throw new Error('what was tendered does not settle the exchange')
    const back = asPaid(source, earlier, document, worth, backOf(desk.part.settings.vouchers, found.sale.buyer !== undefined))
    await desk.write(exchangeDrafts(desk, await shiftOf(scene), { ticket, paid, tenders, source, earlier, back }))
    return `${String(back.totals.gross)} back for ${String(paid.totals.gross)}, ${String(worth)} of it exchanged`
  },
}

function exactRest(basket: SaleBasket): readonly Tender[] {
  const missing = settle(basket, [{ method: 'cash', amount: 0, reference: null }], price).missing
  return missing > 0 || !settle(basket, [], price).isSettled ? [{ method: 'cash', amount: Math.max(0, missing), reference: null }] : []
}

interface Both {
  readonly ticket: ReturnType<typeof allowed>
  readonly paid: ReturnType<typeof settle>
  readonly tenders: readonly Tender[]
  readonly source: Source
  readonly earlier: readonly ReturnRecorded[]
  readonly back: Settled
}

function exchangeDrafts(desk: Scene['desk'], shift: string, { ticket, paid, tenders, source, earlier, back }: Both): readonly FactDraft[] {
  const { till, cashier } = desk
  const visit = ticket.visit ?? visitOf(desk)
  const approvals = ticket.approvals.map((given): FactDraft => ({ kind: 'approval.given', id: till.newId(), staff: cashier.id, body: given }))
  const returned = returnBody({ id: till.newId(), shift, source, earlier, ...back, approvals: [] })
  const sold = saleBody({
    sale: ticket.id, shift, basket: paid.basket, totals: paid.totals, tenders, tokens: [{ kind: 'ticket', hash: till.newToken().hash }],
    approvals: approvals.map(({ id }) => id ?? ''), catalogue: till.catalogue.cursor(),
  })
  return [
    { kind: 'return.recorded', staff: cashier.id, visit, body: returned }, ...approvals, { kind: 'sale.recorded', staff: cashier.id, visit, body: sold },
  ]
}
