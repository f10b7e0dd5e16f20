/** The paper of an order: what it is, by when, what was paid of it now and before, what is left, and what happens when it is cancelled. */
import type { BasketLine } from './basket.ts'
import { comboRows, rowsByCombo } from './combo_rows.ts'
import type { AccountPaid, OrderClosed, OrderPaid } from './facts.ts'
import type { Formats } from './format.ts'
import { isMeasured } from './format.ts'
import { handedOf, hasEnded, paidOf, unspentOf, type Order } from './order.ts'
import { leftOf, taxesLeft, taxesPaid } from './order_money.ts'
import { pair, text, type Paper, type Row, type Section } from './paper.ts'
import type { Combo } from './pricing/index.ts'
import { headRows, type PaperHead, type PaperWords } from './receipt.ts'
import { pageAddress, returnCode, ticketNumber } from './sale.ts'

export interface OrderPaperOptions {
  readonly head: PaperHead
  readonly formats: Formats
  readonly words: PaperWords
  readonly taxNames: Readonly<Record<string, string>>
  /** When this paper was written: `at` of its fact. */
  readonly at: number
  /** Who ordered, where they wanted to be known: they take it along. */
  readonly buyer: string
  readonly isCopy: boolean
  readonly publicUrl: string | null
  /** The secret that opens the buyer's page, base64url; null where only its hash is left. */
  readonly secret: string | null
}

/** What this paper tells of: the order itself, a payment of it, or its end. */
export type Told =
  | { readonly kind: 'order'; readonly deposit: OrderPaid | null }
  | { readonly kind: 'deposit'; readonly deposit: OrderPaid }
  | { readonly kind: 'closing'; readonly closing: OrderClosed }

/** Return the paper. `order`: as it is after what is told. */
export function orderPaper(order: Order, told: Told, options: OrderPaperOptions): Paper {
  const sections = [head(order, told, options), lines(order, options), handed(order, options), sums(order, told, options), taxes(order, options), terms(order, options), foot(order, options)]
  return { sections: sections.filter(({ rows }) => rows.length > 0) }
}

function numberOf(order: Order, told: Told): string {
  if (told.kind === 'order') return order.number
  const paper = told.kind === 'deposit' ? told.deposit : told.closing
  return ticketNumber(paper.series, paper.number)
}

function head(order: Order, told: Told, { head: from, words, formats, at, buyer, isCopy }: OrderPaperOptions): Section {
  const rows: Row[] = [...headRows(from)]
  if (isCopy) rows.push(text(words('receipt.copy'), 'center', true))
  const title = told.kind === 'closing' ? words(told.closing.outcome === 'cancelled' ? 'receipt.order_cancelled' : 'receipt.order_settled') : told.kind === 'deposit' ? words('receipt.order_deposit') : words(`receipt.order.${order.kind}`)
  rows.push(pair(`${title} ${numberOf(order, told)}`, from.till), text(formats.dateTime(at)))
  if (told.kind !== 'order') rows.push(text(`${words(`receipt.order.${order.kind}`)} ${order.number}`))
  if (buyer !== '') rows.push(text(buyer, 'left', true))
  if (order.details !== '') rows.push(text(order.details))
  if (!hasEnded(order)) rows.push(pair(words(`receipt.order_due.${order.kind}`), formats.businessDate(order.due.by), { strong: true }))
  return { name: 'head', rows }
}

function lines(order: Order, { formats, words }: OrderPaperOptions): Section {
  const priced = new Map(order.totals.lines.map((line) => [line.id, line]))
  const ofLine = (line: BasketLine): readonly Row[] => {
    const amount = formats.amount(priced.get(line.id)?.gross ?? 0)
    const isWeighed = isMeasured(line.unit) || line.quantity % 1000 !== 0
    if (line.quantity === 1000 && !isWeighed) return [pair(line.name, amount)]
    const quantity = formats.quantity(line.quantity, isWeighed ? line.unit : null, isWeighed)
    return [text(line.name), pair(words('receipt.each', { quantity, price: formats.unitPrice(line.unit_price) }), amount, { indent: true })]
  }
  const ofCombo = (combo: Combo, own: readonly BasketLine[]): readonly Row[] => {
    return comboRows(combo, own, own.reduce((sum, { id }) => sum + (priced.get(id)?.gross ?? 0), 0), formats, words)
  }
  return { name: 'lines', rows: rowsByCombo(order.basket, ofLine, ofCombo) }
}

/** What was handed over, and when; and what is still to come. */
function handed(order: Order, { formats, words }: OrderPaperOptions): Section {
  const parts = order.handovers.filter((one) => one.lines.length > 0)
  if (parts.length === 0) return { name: 'handed', rows: [] }
  const row = (id: string, amount: number): readonly Row[] => {
    const line = order.basket.lines.find((one) => one.id === id)
    if (!line || amount <= 0) return []
    const isWeighed = isMeasured(line.unit) || amount % 1000 !== 0
    return [pair(line.name, formats.quantity(amount, isWeighed ? line.unit : null, isWeighed), { indent: true })]
  }
  const rows = parts.flatMap((one) => [text(words('receipt.order_handed', { date: formats.dateTime(one.at) })), ...one.lines.flatMap(({ line, quantity }) => row(line, quantity))])
  const open = hasEnded(order) ? [] : order.basket.lines.flatMap(({ id, quantity }) => row(id, quantity - handedOf(order, id).quantity))
  return { name: 'handed', rows: open.length === 0 ? rows : [...rows, text(words('receipt.order_to_come'), 'left', true), ...open] }
}

function sums(order: Order, told: Told, { formats, words }: OrderPaperOptions): Section {
  const rows: Row[] = order.repriced === null ? [] : [pair(words('receipt.order_was'), formats.amount(order.repriced.was))]
  rows.push(pair(words('receipt.total'), formats.money(order.totals.gross), { strong: true }))
  if (told.kind === 'closing') return { name: 'sums', rows: [...rows, ...ended(told.closing, formats, words)] }
  const now = told.deposit
  const before = paidOf(order) - (now?.amount ?? 0)
  if (before > 0) rows.push(pair(words('receipt.order_paid_before'), formats.amount(before)))
  if (now !== null) rows.push(pair(words('receipt.order_paid_now'), formats.amount(now.amount), { strong: true }), ...tendered(now, formats, words))
  if (order.handovers.length > 0 && unspentOf(order) > 0) rows.push(pair(words('receipt.order_unspent'), formats.amount(unspentOf(order))))
  if (order.kind !== 'quote') rows.push(pair(words('receipt.order_left'), formats.money(leftOf(order)), { strong: true }))
  return { name: 'sums', rows }
}

function tendered({ payments, change }: { readonly payments: AccountPaid['payments']; readonly change: number }, formats: Formats, words: PaperWords): readonly Row[] {
  const rows = payments.map(({ method, amount }) => pair(words(`receipt.${method}`), formats.amount(amount), { indent: true }))
  return change > 0 ? [...rows, pair(words('receipt.change'), formats.amount(change), { indent: true })] : rows
}

function ended({ paid, refunds, kept }: OrderClosed, formats: Formats, words: PaperWords): readonly Row[] {
  const rows = [pair(words('receipt.order_paid_before'), formats.amount(paid))]
  for (const { method, amount } of refunds) rows.push(pair(words('receipt.order_back', { method: words(`receipt.${method}`) }), formats.amount(amount), { strong: true }))
  return kept.amount === 0 ? rows : [...rows, pair(words('receipt.order_kept'), formats.amount(kept.amount), { strong: true })]
}

/** Of each tax, how much is in the price and how much of it the deposits have paid. */
function taxes(order: Order, { formats, words, taxNames }: OrderPaperOptions): Section {
  const paid = taxesPaid(order)
  if (paid.size === 0 || hasEnded(order)) return { name: 'taxes', rows: [] }
  const rows = [...taxesLeft(order)].filter(([, amount]) => amount !== 0).map(([code, amount]) =>
    pair(words('receipt.order_tax_left', { tax: taxNames[code] ?? code, paid: formats.amount(paid.get(code) ?? 0) }), formats.amount(amount - (paid.get(code) ?? 0))))
  return { name: 'taxes', rows }
}

function terms(order: Order, { words, formats }: OrderPaperOptions): Section {
  if (order.kind === 'quote') return { name: 'terms', rows: [text(words('receipt.order_terms.quote', { date: formats.businessDate(order.due.by) }))] }
  if (hasEnded(order)) return { name: 'terms', rows: [] }
  const rule = order.kept_share === 0 ? words('receipt.order_terms.back') : words('receipt.order_terms.kept', { percent: formats.percent(order.kept_share) })
  return { name: 'terms', rows: [text(rule)] }
}

function foot(order: Order, { publicUrl, secret, head: from, words }: OrderPaperOptions): Section {
  const address = pageAddress(publicUrl, secret)
  const [series = '', number = '0'] = order.number.split('-')
  const rows: Row[] = []
  if (address !== null) rows.push(text(words('receipt.order_page'), 'center'), { kind: 'qr', data: address })
  rows.push(text(words('receipt.order_code'), 'center'), text(returnCode(series, Number(number), order.id), 'center', true))
  if (from.footer != null && from.footer.trim() !== '') rows.push(text(from.footer, 'center'))
  return { name: 'foot', rows: [...rows, text(words('receipt.thanks'), 'center')] }
}
