/**
 * The buyer's receipt: one document made from the fact of a sale and the head of the store. No name of anybody stands on it, but on the slip of
 * a sale on account the name of whoever signs for it.
 */
import type { BasketLine, LineTotals, SaleBasket, SaleTotals, VouchersPaid } from './basket.ts'
import { beside, comboRows, rowsByCombo } from './combo_rows.ts'
import { cardNumber, type CardLeft } from './gift_card.ts'
import type { SaleRecorded } from './facts.ts'
import { pointsRows, type PointsNow } from './points_paper.ts'
import { isMeasured, type Formats } from './format.ts'
import { columns, pair, text, type Paper, type Row, type Section } from './paper.ts'
import type { Combo } from './pricing/index.ts'
import { savedOf } from './prior.ts'
import { pageAddress, returnCode, ticketNumber } from './sale.ts'
import { worthOf } from './voucher.ts'

/** What stands above every receipt of a store; empty and null texts are left out. */
export interface PaperHead {
  readonly business: string
  readonly legal_name?: string | null
  /** With its label: `RFC AEC200101AB1`. */
  readonly tax_id?: string | null
  readonly store: string
  readonly address?: string | null
  readonly phone?: string | null
  readonly till: string
  readonly footer?: string | null
}

/** The words of the paper: keys `receipt.*` of the till's texts. */
export type PaperWords = (key: string, params?: Readonly<Record<string, string | number>>) => string

export interface ReceiptOptions {
  readonly head: PaperHead
  readonly formats: Formats
  readonly words: PaperWords
  /** When the sale was made: `at` of its fact. */
  readonly at: number
  /** Name of a tax by its code; the code where it is not known. */
  readonly taxNames: Readonly<Record<string, string>>
  readonly isCopy: boolean
  readonly publicUrl: string | null
  /** The secret that opens the buyer's page, base64url; null where only its hash is left: then the paper has no code. */
  readonly secret: string | null
  /** Of a sale on account: who signs for it, and what is owed now. */
  readonly account?: { readonly name: string; readonly balance: number; readonly taker?: string | null } | null
  /** Where somebody is known and there are points: what they have now. */
  readonly points?: PointsNow | null
  /** What the gift cards that paid still hold: known as it is sold, and on no copy. */
  readonly cards?: readonly CardLeft[]
  /** What a line costs per kilo, litre or piece of what is in it, ten-thousandths; null where that says nothing. */
  readonly perUnit?: (line: BasketLine) => { readonly price: number; readonly unit: string } | null
  /** Of how many days before a reduction the lowest price is meant. */
  readonly priorDays?: number
  /** What was promised in this visit, each with the day (ISO 8601) that was said. */
  readonly promises?: readonly { readonly name: string; readonly due: string }[]
  /** A right that every line has: what it is called, and its last day (ISO 8601). */
  readonly right?: { readonly name: string; readonly until: string } | null
  /** What opens the page together with number and total, where there is no camera. */
  readonly code?: string | null
  /** What was given to try in this visit, by name. */
  readonly samples?: readonly string[]
}

interface Making extends ReceiptOptions {
  readonly body: SaleRecorded
  readonly basket: SaleBasket
  readonly totals: SaleTotals
}

/** Return the receipt of a sale. */
export function receiptOf(body: SaleRecorded, options: ReceiptOptions): Paper {
  const making: Making = { ...options, body, basket: body.basket as SaleBasket, totals: body.totals as SaleTotals }
  const sections = [head(making), lines(making), sums(making), payments(making), onAccount(making), points(making), given(making), promised(making), right(making), taxes(making), foot(making)]
  return { sections: sections.filter(({ rows }) => rows.length > 0) }
}

function isText(value: string | null | undefined): value is string {
  return value !== null && value !== undefined && value.trim() !== ''
}

/** The rows that name business, store and address, centred. */
export function headRows(from: PaperHead): readonly Row[] {
  const store = from.store === from.business ? null : from.store
  const small = [from.legal_name, from.tax_id, store, from.address, from.phone].filter(isText)
  return [text(from.business, 'center', true), ...small.map((value) => text(value, 'center'))]
}

function head({ head: from, words, formats, body, at, isCopy }: Making): Section {
  const number = words('receipt.ticket', { number: ticketNumber(body.series, body.number) })
  const copy = isCopy ? [text(words('receipt.copy'), 'center', true)] : []
  return { name: 'head', rows: [...headRows(from), ...copy, pair(number, from.till), text(formats.dateTime(at))] }
}

function lines(making: Making): Section {
  const priced = new Map(making.totals.lines.map((line) => [line.id, line]))
  const names = new Map((making.basket.promotions ?? []).map(({ id, name }) => [id, name ?? '']))
  const ofLine = (line: BasketLine): readonly Row[] => {
    const total = priced.get(line.id)
    return total === undefined ? [] : lineRows(line, total, names, making)
  }
  const ofCombo = (combo: Combo, own: readonly BasketLine[]): readonly Row[] => {
    const totals = own.flatMap((line) => priced.get(line.id) ?? [])
    const amount = totals.reduce((sum, { list }) => sum + list, 0)
    return [...comboRows(combo, own, amount, making.formats, making.words), ...loweredRows(totals, combo.discount, names, making)]
  }
  const loads = (making.basket.gift_cards ?? []).map(({ id, amount }) => pair(making.words('receipt.gift_card_load', { number: cardNumber(id) }), making.formats.amount(amount)))
  return { name: 'lines', rows: [...rowsByCombo(making.basket, ofLine, ofCombo), ...loads] }
}

/** What promotions save on these lines, each by name unless there is no reduction to speak of, and what a person took off. */
function loweredRows(totals: readonly LineTotals[], discount: Combo['discount'], names: ReadonlyMap<string, string>, { formats, words, body, priorDays = 30 }: Making): readonly Row[] {
  const told = body.priors?.find(({ line }) => totals.length === 1 && line === totals[0]?.id)
  const nameOf = (promotion: string): string => (told?.price === null ? words('receipt.price_today') : (names.get(promotion) ?? words('receipt.promotion')))
  const before = told?.price == null ? [] : [text(`  ${words('receipt.before', { price: formats.unitPrice(told.price), days: priorDays })}`)]
  const saved = new Map<string, number>()
  for (const { promotion, amount } of totals.flatMap(({ savings = [] }) => savings)) saved.set(promotion, (saved.get(promotion) ?? 0) + amount)
  const off = totals.reduce((sum, line) => sum + line.discount, 0)
  const rows = [...saved].map(([promotion, amount]) => pair(nameOf(promotion), formats.amount(-amount), { indent: true })).concat(before)
  return off === 0 ? rows : [...rows, pair(discountName(discount ?? null, 'receipt.discount', words, formats), formats.amount(-off), { indent: true })]
}

/** A line: its name and list amount; quantity and price where there is more than one; what promotions save, each by name; its own discount. */
function lineRows(line: BasketLine, total: LineTotals, names: ReadonlyMap<string, string>, making: Making): readonly Row[] {
  const { formats, words } = making
  const amount = formats.amount(total.list)
  const rows: Row[] = []
  const isWeighed = isMeasured(line.unit) || line.quantity % 1000 !== 0
  if (line.quantity === 1000 && !isWeighed) rows.push(pair(line.name, amount))
  else {
    const quantity = formats.quantity(line.quantity, isWeighed ? line.unit : null, isWeighed)
    rows.push(text(line.name))
    rows.push(pair(words('receipt.each', { quantity, price: formats.unitPrice(line.unit_price) }), amount, { indent: true }))
  }
  const each = making.perUnit?.(line) ?? null
  if (each !== null && !isWeighed) rows.push(text(`  ${words('receipt.per_unit', { price: formats.unitPrice(each.price), unit: each.unit })}`))
  rows.push(...beside(line, formats).map((words) => text(words)))
  rows.push(...traceRows(line, words))
  return [...rows, ...loweredRows([total], line.discount, names, making)]
}

/** Which one it was: its serial number or its lot. */
export function traceRows({ serial, lot }: { readonly serial?: string | null; readonly lot?: string | null }, words: PaperWords): readonly Row[] {
  const row = (key: string, value: string | null | undefined): Row[] => (isText(value) ? [text(`  ${words(key, { code: value })}`)] : [])
  return [...row('receipt.serial', serial), ...row('receipt.lot', lot)]
}

/** What promotions take off a line, minor units. */
function savedOn(line: LineTotals): number {
  return (line.savings ?? []).reduce((sum, { amount }) => sum + amount, 0)
}

function discountName(discount: Combo['discount'], plain: string, words: PaperWords, formats: Formats): string {
  if (discount?.percent != null) return words('receipt.discount_percent', { percent: formats.percent(discount.percent) })
  return words(plain)
}

function sums({ basket, totals, formats, words, taxNames }: Making): Section {
  const shared = totals.lines.reduce((sum, line) => sum + line.share, 0)
  const rows: Row[] = []
  const isPlain = shared === 0 && basket.prices_include_tax
  const lined = totals.lines.reduce((sum, line) => sum + line.list - savedOn(line) - line.discount, 0)
  if (!isPlain) rows.push(pair(words('receipt.subtotal'), formats.amount(lined)))
  if (shared !== 0) rows.push(pair(discountName(basket.discount, 'receipt.ticket_discount', words, formats), formats.amount(-shared)))
  if (!basket.prices_include_tax) {
    const exempt = new Set(basket.taxes.filter(({ kind }) => kind === 'exempt').map(({ code }) => code))
    const added = totals.taxes.filter(({ code }) => !exempt.has(code))
    rows.push(...added.map(({ code, amount }) => pair(taxNames[code] ?? code, formats.amount(amount))))
  }
  rows.push(pair(words('receipt.total'), formats.money(totals.gross), { strong: true }))
  if (totals.tip !== 0) rows.push(pair(words('receipt.tip'), formats.amount(totals.tip)))
  const loaded = totals.gift_cards ?? 0
  if (loaded !== 0) rows.push(pair(words('receipt.gift_cards'), formats.amount(loaded)))
  if (totals.rounding !== 0) rows.push(pair(words('receipt.rounding'), formats.amount(totals.rounding)))
  if (totals.tip !== 0 || totals.rounding !== 0 || loaded !== 0) {
    rows.push(pair(words('receipt.to_pay'), formats.money(totals.due + totals.rounding), { strong: true }))
  }
  return { name: 'sums', rows }
}

function payments({ body, basket, totals, formats, words, cards = [] }: Making): Section {
  const rows = basket.payments.flatMap(({ method, amount, gift_card, voucher }, place) => {
    if (voucher !== undefined) return voucherRows(voucher, words, formats)
    const reference = body.references.find(({ payment }) => payment === place)
    const paid = pair(`${words(`receipt.${method}`)}${gift_card === undefined ? '' : ` ${cardNumber(gift_card)}`}`, formats.amount(amount))
    const left = basket.payments.findLastIndex((other) => other.gift_card === gift_card) === place ? cards.find(({ card }) => card === gift_card) : undefined
    if (left !== undefined) return [paid, pair(words(left.isSure ? 'receipt.gift_card_left' : 'receipt.gift_card_left_here'), formats.money(left.left), { indent: true })]
    return reference === undefined ? [paid] : [paid, text(words('receipt.reference', { reference: reference.value }))]
  })
  if (totals.change !== 0) rows.push(pair(words('receipt.change'), formats.money(totals.change), { strong: true }))
  const saved = savedOf(basket.lines, totals, body.priors ?? [], basket.currency.digits)
  if (saved > 0) rows.push(text(words('receipt.saved', { amount: formats.money(saved) }), 'left', true))
  return { name: 'payments', rows }
}

/** Vouchers at what they are worth, their numbers, and where what they are worth beyond the ticket went. */
function voucherRows(voucher: VouchersPaid, words: PaperWords, formats: Formats): readonly Row[] {
  const { slips, name, surplus = 0, change = 0, credit = 0 } = voucher
  const numbers = slips.flatMap(({ number }) => (number == null ? [] : [text(`  ${words('receipt.voucher_number', { number })}`)]))
  const went = (key: string, amount: number, isStrong = false): readonly Row[] => (amount === 0 ? [] : [pair(words(key), formats.amount(amount), isStrong ? { strong: true } : { indent: true })])
  return [
    pair(words('receipt.vouchers', { name, n: String(slips.length) }), formats.amount(worthOf(voucher))), ...numbers,
    ...went('receipt.voucher_surplus', surplus), ...went('receipt.voucher_credit', credit), ...went('receipt.change', change, true),
  ]
}

function onAccount({ account, formats, words }: Making): Section {
  if (account == null) return { name: 'account', rows: [] }
  const taker = account.taker == null ? [] : [text(words('receipt.taken_by', { name: account.taker }))]
  const rows = [text(account.name), ...taker, pair(words('receipt.balance'), formats.money(account.balance), { strong: true }), text(`${words('receipt.signature')} ____________`)]
  return { name: 'account', rows }
}

function points({ body, points: now, formats, words }: Making): Section {
  const { earned = 0, spent = 0 } = body.points ?? {}
  return { name: 'points', rows: pointsRows({ spent, earned }, now, formats, words) }
}

/** What was given to try, at nothing. */
function given({ samples = [], formats, words }: Making): Section {
  if (samples.length === 0) return { name: 'samples', rows: [] }
  return { name: 'samples', rows: [text(words('receipt.sample'), 'left', true), ...samples.map((name) => pair(name, formats.amount(0)))] }
}

/** A promise is a line: what, and by when. */
function promised({ promises = [], formats, words }: Making): Section {
  if (promises.length === 0) return { name: 'promises', rows: [] }
  return { name: 'promises', rows: [text(words('receipt.promised'), 'left', true), ...promises.map(({ name, due }) => pair(name, formats.businessDate(due)))] }
}

/** What may be asked for afterwards is a line: with a promise it takes four of a narrow paper. */
function right({ right: one, formats, words }: Making): Section {
  return { name: 'right', rows: one == null ? [] : [pair(one.name, words('receipt.right', { day: formats.businessDate(one.until) }))] }
}

function taxes({ basket, totals, formats, words, taxNames }: Making): Section {
  if (totals.taxes.length === 0) return { name: 'taxes', rows: [] }
  const title = words(basket.prices_include_tax ? 'receipt.taxes' : 'receipt.taxes_added')
  const kinds = new Map(basket.taxes.map((tax) => [tax.code, tax.kind]))
  const figure = (code: string, amount: number): string =>
    kinds.get(code) === 'exempt' ? words('receipt.exempt') : formats.amount(amount)
  const rows = totals.taxes.map(({ code, base, amount }) => {
    return columns([taxNames[code] ?? code, formats.amount(base), figure(code, amount)])
  })
  return { name: 'taxes', rows: [text(title), columns(['', words('receipt.tax_base'), words('receipt.tax_amount')], true), ...rows] }
}

function foot({ body, publicUrl, secret, code, head: from, words }: Making): Section {
  const address = pageAddress(publicUrl, secret)
  const rows: Row[] = []
  if (address !== null) rows.push(text(words('receipt.page'), 'center'), { kind: 'qr', data: address })
  if (address !== null && code != null) rows.push(text(words('receipt.page_code', { code, site: (publicUrl ?? '').replace(/^https?:\/\/|\/+$/gu, '') }), 'center'))
  rows.push(text(words('receipt.return_code'), 'center'), text(returnCode(body.series, body.number, body.sale), 'center', true))
  rows.push(...(isText(from.footer) ? [text(from.footer, 'center')] : []), text(words('receipt.thanks'), 'center'))
  return { name: 'foot', rows }
}
