/** The paper of a return: what came back, what went to the buyer for it, and of which ticket. No name of anybody stands on it, but of whom has an account. */
import type { ReturnRecorded } from './facts.ts'
import { isMeasured, type Formats } from './format.ts'
import { columns, pair, text, type Paper, type Row, type Section } from './paper.ts'
import type { ReturnLine } from './pricing/index.ts'
import { headRows, traceRows, type PaperHead, type PaperWords } from './receipt.ts'
import { pointsRows, type PointsNow } from './points_paper.ts'
import { ticketNumber } from './sale.ts'

export interface ReturnPaperOptions {
  readonly head: PaperHead
  readonly formats: Formats
  readonly words: PaperWords
  /** `at` of its fact. */
  readonly at: number
  readonly taxNames: Readonly<Record<string, string>>
  readonly isCopy: boolean
  /** What the account that some of it went to stands at now. */
  readonly account?: ReturnAccount | null
  /** What the buyer has of points now, where the return moved any. */
  readonly points?: PointsNow | null
}

/** Whose account, and what it stands at: owed to the shop and to the buyer, minor units. */
export interface ReturnAccount {
  readonly name: string
  readonly owes: number
  readonly credit: number
}

interface Making extends ReturnPaperOptions {
  readonly body: ReturnRecorded
}

/** Return the paper of a return. */
export function returnPaper(body: ReturnRecorded, options: ReturnPaperOptions): Paper {
  const making: Making = { ...options, body }
  const sections = [head(making), { name: 'lines', rows: lines(making) }, sums(making), account(making), points(making), taxes(making), foot(making)]
  return { sections: sections.filter(({ rows }) => rows.length > 0) }
}

function head({ head: from, words, formats, body, at, isCopy }: Making): Section {
  const rows = [
    ...headRows(from),
    ...(isCopy ? [text(words('receipt.copy'), 'center', true)] : []),
    pair(words('receipt.return', { number: ticketNumber(body.series, body.number) }), from.till),
    text(formats.dateTime(at)),
    ...(body.sale === null ? [] : [text(words('receipt.return_of', { number: ticketNumber(body.sale.series, body.sale.number) }))]),
  ]
  return { name: 'head', rows }
}

function lines({ body, formats, words }: Making): readonly Row[] {
  return body.document.lines.flatMap((line, place) => {
    const amount = formats.amount(body.totals.lines[place]?.gross ?? 0)
    const name = line.name ?? ''
    const which = traceRows(line, words)
    if (line.quantity === 1000 && !isWeighed(line)) return [pair(name, amount), ...which]
    return [text(name), ...which, pair(formats.quantity(line.quantity, isWeighed(line) ? (line.unit ?? null) : null, isWeighed(line)), amount, { indent: true })]
  })
}

function isWeighed({ unit, quantity }: ReturnLine): boolean {
  return isMeasured(unit ?? '') || quantity % 1000 !== 0
}

function sums({ body, formats, words }: Making): Section {
  const { totals } = body
  const rows: Row[] = [pair(words('receipt.returned'), formats.money(totals.gross), { strong: true })]
  if (totals.rounding !== 0) rows.push(pair(words('receipt.rounding'), formats.amount(totals.rounding)))
  rows.push(...(body.document.refunds ?? []).map(({ method, amount }) => pair(words(`receipt.${method}`), formats.amount(amount))))
  return { name: 'sums', rows }
}

function account({ account: now, formats, words, body }: Making): Section {
  const moved = (method: string): boolean => (body.document.refunds ?? []).some((refund) => refund.method === method)
  if (!now) return { name: 'payments', rows: [] }
  const rows: Row[] = [text(now.name)]
  if (moved('fiado')) rows.push(pair(words('receipt.balance'), formats.money(now.owes), { strong: true }))
  if (moved('credit')) rows.push(pair(words('receipt.credit_now'), formats.money(now.credit), { strong: true }))
  return { name: 'payments', rows }
}

function points({ body, points: now, formats, words }: Making): Section {
  const { taken, back } = body.points ?? {}
  return { name: 'points', rows: pointsRows({ back: back?.points ?? 0, taken: taken?.points ?? 0 }, now, formats, words) }
}

function taxes({ body, formats, words, taxNames }: Making): Section {
  if (body.totals.taxes.length === 0) return { name: 'taxes', rows: [] }
  const rows = body.totals.taxes.map(({ code, base, amount }) => columns([taxNames[code] ?? code, formats.amount(base), formats.amount(amount)]))
  return { name: 'taxes', rows: [columns(['', words('receipt.tax_base'), words('receipt.tax_amount')], true), ...rows] }
}

function foot({ words }: Making): Section {
  return { name: 'foot', rows: [text(`${words('receipt.signature')} ____________`)] }
}
