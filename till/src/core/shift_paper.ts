/** The Z on paper: the figures of a shift as the same kind of document as a receipt. */
import type { Amount, ShiftClosed } from './facts.ts'
import type { Formats } from './format.ts'
import { columns, pair, text, type Paper, type Row, type Section } from './paper.ts'
import { headRows, type PaperHead, type PaperWords } from './receipt.ts'
import { ticketNumber } from './sale.ts'
import type { ShiftSums, TicketRange } from './shift.ts'

export interface ShiftPaperOptions {
  readonly head: PaperHead
  readonly formats: Formats
  /** Keys `receipt.*` and `z.*` of the till's texts. */
  readonly words: PaperWords
  /** Where the facts of the shift are at hand; else the paper has the one range that the fact holds, without its series. */
  readonly ranges?: readonly TicketRange[]
  readonly opened_at: number
  /** `at` of the fact that closes it. */
  readonly closed_at: number
  readonly taxNames: Readonly<Record<string, string>>
  readonly isCopy?: boolean
}

/** What the papers of a shift have in common: a closed one, and one under way. */
type Body = Pick<ShiftClosed, 'business_date' | 'figures'>

interface Making<B extends Body = Body> extends ShiftPaperOptions {
  readonly body: B
}

/** Return the X of a shift that is still open: what was sold so far and what should be there. It closes nothing and has no number. */
export function partialPaper(sums: ShiftSums, options: Omit<ShiftPaperOptions, 'opened_at' | 'ranges' | 'isCopy'>): Paper {
  const { words, formats, closed_at: at } = options
  const making: Making = { ...options, body: sums, opened_at: sums.opened_at, ranges: sums.ranges }
  const top: Section = {
    name: 'head',
    rows: [
      ...headRows(options.head),
      text(words('z.preview'), 'center', true),
      pair(words('z.business_date', { date: formats.businessDate(sums.business_date) }), options.head.till),
      text(words('z.opened_at', { time: formats.dateTime(sums.opened_at) })),
      text(formats.dateTime(at)),
    ],
  }
  const expected: Section = {
    name: 'expected',
    rows: [text(words('z.expected'), 'left', true), ...sums.expected.map(({ method, amount }) => pair(words(`receipt.${method}`), formats.amount(amount), { indent: true }))],
  }
  const sections = [top, sold(making), taxes(making), drawer(making), expected]
  return { sections: sections.filter(({ rows }) => rows.length > 0) }
}

/** Return the Z of a closed shift. */
export function shiftPaper(body: ShiftClosed, options: ShiftPaperOptions): Paper {
  const making: Making<ShiftClosed> = { ...options, body }
  const sections = [head(making), sold(making), taxes(making), drawer(making), counted(making), foot(making)]
  return { sections: sections.filter(({ rows }) => rows.length > 0) }
}

function head({ body, head: from, formats, words, opened_at, closed_at, isCopy }: Making<ShiftClosed>): Section {
  const rows = [
    ...headRows(from),
    text(words('receipt.z_title', { number: String(body.z) }), 'center', true),
    ...(isCopy === true ? [text(words('receipt.copy'), 'center', true)] : []),
    pair(words('z.business_date', { date: formats.businessDate(body.business_date) }), from.till),
    text(words('z.opened_at', { time: formats.dateTime(opened_at) })),
    text(words('z.closed_at', { time: formats.dateTime(closed_at) })),
  ]
  return { name: 'head', rows }
}

/** Return the ticket numbers of a shift in words, a row for each series. */
export function numberRows(ranges: readonly TicketRange[], words: PaperWords): readonly string[] {
  if (ranges.length === 0) return [words('z.no_numbers')]
  return ranges.map(({ series, first, last }) => words('z.numbers', { first: ticketNumber(series, first), last: ticketNumber(series, last) }))
}

function numbersOf({ body, ranges, words }: Making): readonly string[] {
  const { first_number: first, last_number: last } = body.figures
  if (ranges !== undefined) return numberRows(ranges, words)
  return [first === null || last === null ? words('z.no_numbers') : words('z.numbers', { first: String(first), last: String(last) })]
}

function sold(making: Making): Section {
  const { body, formats, words } = making
  const { figures } = body
  const optional = (key: string, amount: number): readonly Row[] => (amount === 0 ? [] : [pair(words(key), formats.amount(amount))])
  const rows = [
    text(words('z.visits', { n: figures.sales + figures.visits_without_sale })),
    text(words('z.sales', { n: figures.sales })),
    text(words('z.visits_without_sale', { n: figures.visits_without_sale })),
    ...numbersOf(making).map((row) => text(row)),
    pair(words('z.gross'), formats.money(figures.gross), { strong: true }),
    pair(words('z.net'), formats.amount(figures.net)),
    pair(words('z.tax'), formats.amount(figures.tax)),
    ...optional('z.discount', figures.discount),
    ...optional('z.rounding', figures.rounding),
    ...optional('z.tips', figures.tips),
    ...returned(making),
    ...accounts(making),
    ...orders(making),
    ...giftCards(making),
    ...vouchers(making),
  ]
  return { name: 'sold', rows }
}

function returned({ body, formats, words, taxNames }: Making): readonly Row[] {
  const back = body.figures.returned
  if (back === undefined) return []
  return [
    text(words('z.returns', { n: back.returns })),
    pair(words('z.returned'), formats.money(-back.gross), { strong: true }),
    pair(words('z.returned_net'), formats.amount(-back.net)),
    pair(words('z.returned_tax'), formats.amount(-back.tax)),
    ...back.taxes.filter(({ amount: tax }) => tax !== 0).map((tax) => pair(taxNames[tax.code] ?? tax.code, formats.amount(-tax.amount), { indent: true })),
    ...back.refunds.filter(({ amount: part }) => part !== 0).map((part) => pair(words(`receipt.${part.method}`), formats.amount(-part.amount), { indent: true })),
    ...(back.rounding === 0 ? [] : [pair(words('z.rounding'), formats.amount(-back.rounding))]),
  ]
}

function accounts({ body, formats, words }: Making): readonly Row[] {
  const paid = body.figures.accounts
  if (paid === undefined) return []
  return [text(words('z.account_payments', { n: paid.payments })), pair(words('z.account_paid'), formats.money(paid.amount), { strong: true })]
}

function orders({ body, formats, words }: Making): readonly Row[] {
  const done = body.figures.orders
  if (done === undefined) return []
  const optional = (key: string, amount: number): readonly Row[] => (amount === 0 ? [] : [pair(words(key), formats.money(amount))])
  return [
    text(`${words('z.orders')}: ${String(done.opened)}`), ...optional('z.orders_paid', done.paid), ...optional('z.orders_back', -done.back), ...optional('z.orders_kept', done.kept),
  ]
}

function giftCards({ body, formats, words }: Making): readonly Row[] {
  const cards = body.figures.gift_cards
  if (cards === undefined) return []
  const back = cards.back === 0 ? [] : [pair(words('z.gift_cards_back'), formats.money(-cards.back))]
  return [text(words('z.gift_cards', { n: cards.sold })), pair(words('z.gift_cards_sold'), formats.money(cards.amount), { strong: true }), ...back]
}

function vouchers({ body, formats, words }: Making): readonly Row[] {
  const found = body.figures.vouchers
  if (found === undefined) return []
  const optional = (key: string, amount: number): readonly Row[] => (amount === 0 ? [] : [pair(words(key), formats.money(amount), { indent: true })])
  return [
    ...found.kinds.map(({ name, slips, amount }) => pair(words('receipt.vouchers', { name, n: String(slips) }), formats.money(amount), { strong: true })),
    ...optional('z.voucher_surplus', found.surplus), ...optional('z.voucher_change', found.change), ...optional('z.voucher_credit', found.credit),
  ]
}

/** Vouchers as they were counted: of each kind how many there should be and were, and by how much their worth differs. */
function slipRows({ body, formats, words }: Making<ShiftClosed>): readonly Row[] {
  return (body.figures.vouchers?.kinds ?? []).map(({ kind, name, slips, amount }) => {
    const found = body.vouchers?.find((one) => one.kind === kind)
    return pair(words('z.slips', { name, n: String(found?.slips ?? 0), expected: String(slips) }), formats.amount((found?.amount ?? 0) - amount), { indent: true })
  })
}

function taxes({ body, formats, words, taxNames }: Making): Section {
  const rows = body.figures.taxes.map(({ code, base, amount }) => columns([taxNames[code] ?? code, formats.amount(base), formats.amount(amount)]))
  if (rows.length === 0) return { name: 'taxes', rows: [] }
  return { name: 'taxes', rows: [columns([words('z.tax'), words('receipt.tax_base'), words('receipt.tax_amount')], true), ...rows] }
}

function drawer({ body, formats, words }: Making): Section {
  const { figures } = body
  const inCash = (amounts: readonly Amount[]): number => amounts.find(({ method }) => method === 'cash')?.amount ?? 0
  const given = inCash(figures.returned?.refunds ?? [])
  const rows = [
    pair(words('z.float'), formats.amount(figures.float)),
    pair(words('z.cash_sales'), formats.amount(inCash(figures.payments) + given)),
    ...(given === 0 ? [] : [pair(words('z.cash_refunds'), formats.amount(-given))]),
    pair(words('z.cash_in'), formats.amount(figures.cash_in)),
    pair(words('z.cash_out'), formats.amount(-figures.cash_out)),
    ...(figures.drops === undefined ? [] : [pair(words('z.drops', { n: figures.drops.times }), formats.amount(-figures.drops.amount), { indent: true })]),
    pair(words('z.drawer_openings'), formats.quantity(figures.drawer_openings * 1000)),
    pair(words('z.reprints'), formats.quantity(figures.reprints * 1000)),
  ]
  return { name: 'drawer', rows }
}

function counted(making: Making<ShiftClosed>): Section {
  const { body, formats, words } = making
  const of = (amounts: readonly Amount[], method: string): number => amounts.find((one) => one.method === method)?.amount ?? 0
  const pieces = body.denominations.map(({ value, count }) => {
    const each = words('receipt.each', { quantity: formats.quantity(count * 1000), price: formats.money(value) })
    return pair(each, formats.amount(value * count), { indent: true })
  })
  const rows = body.counted.flatMap(({ method, amount }) => [
    text(words(`receipt.${method}`), 'left', true),
    ...(method === 'cash' ? pieces : []),
    ...(method === 'voucher' ? slipRows(making) : []),
    pair(words('z.expected'), formats.amount(of(body.expected, method)), { indent: true }),
    pair(words('z.counted'), formats.amount(amount), { indent: true }),
    pair(words('z.difference'), formats.amount(of(body.difference, method)), { indent: true }),
  ])
  const why = body.reason === undefined ? [] : [text(words('z.why', { reason: words(`z.why.${body.reason}`) }))]
  return { name: 'counted', rows: [...rows, ...why] }
}

function foot({ body, formats, words }: Making<ShiftClosed>): Section {
  return { name: 'foot', rows: [pair(words('z.perpetual'), formats.money(body.perpetual)), text(`${words('receipt.signature')} ____________`)] }
}
