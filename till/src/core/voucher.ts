/** Vouchers: paper that pays by rules of its owner, and what of its worth goes beyond the ticket. Amounts: minor units. */
import type { SaleBasket, SaleTotals, VouchersPaid } from './basket.ts'
import type { VoucherFigure } from './facts.ts'
import { settle, type Pricer, type Tender } from './pay.ts'

/** A kind of voucher that the shop takes. */
export interface VoucherKind {
  readonly id: string
  readonly name: string
  /** Face values with a key of their own. */
  readonly values: readonly number[]
  /** What happens to what a slip is worth beyond the ticket: it stays with the shop, goes back as cash (at most `change_max`), or is owed to the buyer. */
  readonly change: 'none' | 'cash' | 'credit'
  readonly change_max: number | null
  /** Whether a slip's own number is written down. */
  readonly number: 'no' | 'may' | 'must'
  /** Of one ticket, in face value. */
  readonly limit: number | null
  /** Categories that it does not pay. */
  readonly without: readonly string[]
  /** How what it paid goes back when goods do: owed to the buyer, or in cash. */
  readonly back: VoucherBack
}

export type VoucherBack = 'credit' | 'cash'

/** How what vouchers paid goes back, by kind, or by one that the till has no rule of; in cash where there is nobody whom the shop can owe it. */
export function backOf(kinds: readonly VoucherKind[], hasBuyer: boolean): (kind: string | undefined) => VoucherBack {
  return (kind) => (hasBuyer ? (kinds.find(({ id }) => id === kind)?.back ?? 'credit') : 'cash')
}

export interface VoucherRules {
  readonly kinds: readonly VoucherKind[]
  readonly price: Pricer
  readonly categoryOf: (product: string) => string | null
  /** Somebody whom the shop can owe something. */
  readonly hasBuyer: boolean
}

/** What the slips are worth together. */
export function worthOf({ slips }: Pick<VouchersPaid, 'slips'>): number {
  return slips.reduce((sum, { value }) => sum + value, 0)
}

/**
 * Return the tenders with what their vouchers pay now: first comes all that is no voucher, then each in its place pays what is missing and it may pay.
 * What it is worth beyond that goes by the rule of its kind; change is what coins can pay, and what they cannot stays.
 */
export function revalued(basket: SaleBasket, tenders: readonly Tender[], rules: VoucherRules): readonly Tender[] {
  if (tenders.every(({ voucher }) => voucher === undefined)) return tenders
  const settledBefore: Tender[] = tenders.filter(({ voucher }) => voucher === undefined)
  return tenders.map((tender) => {
    if (tender.voucher === undefined) return tender
    const now = valued(basket, tender.voucher, settledBefore, rules)
    settledBefore.push(now)
    return now
  })
}

function valued(basket: SaleBasket, voucher: VouchersPaid, before: readonly Tender[], rules: VoucherRules): Tender {
  const rule = rules.kinds.find(({ id }) => id === voucher.kind)
  const { totals } = settle(basket, before, rules.price)
  const amount = Math.max(0, Math.min(worthOf(voucher), totals.missing, mayPay(basket, totals, voucher.kind, before, rules)))
  const rest = worthOf(voucher) - amount
  const step = basket.cash_rounding?.step ?? 1
  const most = rule?.change === 'cash' ? Math.min(rest, rule.change_max ?? rest) : 0
  const change = most - (most % step)
  const credit = rule?.change === 'credit' && rules.hasBuyer ? rest : 0
  const surplus = rest - change - credit
  const { kind, name, slips } = voucher
  const beyond = { ...(surplus > 0 ? { surplus } : {}), ...(change > 0 ? { change } : {}), ...(credit > 0 ? { credit } : {}) }
  return { method: 'voucher', amount, reference: null, voucher: { kind, name, slips, ...beyond } }
}

/** Goods that it may pay, less what vouchers that may pay no more than these have paid of them. Tips and gift cards are no goods. */
function mayPay(basket: SaleBasket, totals: SaleTotals, kind: string, before: readonly Tender[], { kinds, categoryOf }: VoucherRules): number {
  const withoutOf = (id: string | undefined): readonly string[] => kinds.find((one) => one.id === id)?.without ?? []
  const own = withoutOf(kind)
  const left = (without: readonly string[]): number => {
    const goods = basket.lines.reduce((sum, line, place) => (without.includes(categoryOf(line.product_id) ?? '') ? sum : sum + (totals.lines[place]?.gross ?? 0)), 0)
    return before.reduce((sum, { voucher, amount }) => (voucher !== undefined && without.every((one) => withoutOf(voucher.kind).includes(one)) ? sum - amount : sum), goods)
  }
  // As much of a wider choice as others have paid is not there any more, be it of goods that this one pays or not.
  return Math.min(...[own, ...kinds.map(({ without }) => without).filter((without) => without.every((one) => own.includes(one)))].map(left))
}

/** What of the vouchers' worth goes back as cash. */
export function voucherChange(payments: readonly { readonly voucher?: VouchersPaid }[]): number {
  return payments.reduce((sum, { voucher }) => sum + (voucher?.change ?? 0), 0)
}

export interface VoucherTally { readonly kinds: Map<string, VoucherFigure>; surplus: number; change: number; credit: number }

/** Count the vouchers of a sale in: how many of each kind, what they are worth, and what went beyond. */
export function countVouchers(tally: VoucherTally, payments: readonly { readonly voucher?: VouchersPaid }[]): void {
  for (const { voucher } of payments) {
    if (voucher === undefined) continue
    const { kind, name } = voucher
    const { slips, amount } = tally.kinds.get(kind) ?? { slips: 0, amount: 0 }
    tally.kinds.set(kind, { kind, name: tally.kinds.get(kind)?.name ?? name, slips: slips + voucher.slips.length, amount: amount + worthOf(voucher) })
    tally.surplus += voucher.surplus ?? 0
    tally.change += voucher.change ?? 0
    tally.credit += voucher.credit ?? 0
  }
}
