/** The body of the fact that a sale becomes, before the journal gives it series and number. */
import type { SaleBasket, SaleTotals } from './basket.ts'
import { utf8 } from './bytes.ts'
import { MAX_FACT_BYTES } from './chain.ts'
import type { SaleRecorded, Token } from './facts.ts'
import { paymentsOf, referencesOf, type Tender } from './pay.ts'
import type { Gone } from './ticket.ts'

export interface SaleParts {
  /** UUIDv7 of the sale. */
  readonly sale: string
  /** Of the open shift. */
  readonly shift: string
  readonly basket: SaleBasket
  readonly totals: SaleTotals
  readonly tenders: readonly Tender[]
  readonly tokens: readonly Token[]
  /** Ids of approval.given facts of the same transaction. */
  readonly approvals: readonly string[]
  readonly catalogue: SaleRecorded['catalogue']
  readonly buyer?: string | null
  readonly price_changes?: SaleRecorded['price_changes']
  readonly gone?: Gone
  readonly age_check?: SaleRecorded['age_check'] | null
  readonly order?: string | null
  /** Whether only a part of it is handed over. */
  readonly order_part?: boolean
  readonly taken_by?: string | null
  readonly points?: SaleRecorded['points']
  readonly coupons?: SaleRecorded['coupons']
  readonly unknown_codes?: SaleRecorded['unknown_codes']
  readonly priors?: SaleRecorded['priors']
}

export type SaleDraft = Omit<SaleRecorded, 'series' | 'number'>

/** Return the body of `sale.recorded`. The basket must be the settled one: what was priced is what is written. */
export function saleBody(parts: SaleParts): SaleDraft {
  return {
    sale: parts.sale,
    shift: parts.shift,
    basket: parts.basket,
    totals: parts.totals,
    references: referencesOf(parts.tenders, parts.basket.payments.length - paymentsOf(parts.tenders).length),
    tokens: parts.tokens,
    approvals: parts.approvals,
    catalogue: parts.catalogue,
    ...(parts.buyer == null ? {} : { buyer: parts.buyer }),
    ...(parts.price_changes === undefined || parts.price_changes.length === 0 ? {} : { price_changes: parts.price_changes }),
    ...parts.gone,
    ...(parts.age_check == null ? {} : { age_check: parts.age_check }),
    ...(parts.order == null ? {} : { order: parts.order }),
    ...(parts.order_part === true ? { order_part: true } : {}),
    ...(parts.taken_by == null ? {} : { taken_by: parts.taken_by }),
    ...(parts.points === undefined ? {} : { points: parts.points }),
    ...(parts.coupons === undefined || parts.coupons.length === 0 ? {} : { coupons: parts.coupons }),
    ...(parts.unknown_codes === undefined || parts.unknown_codes.length === 0 ? {} : { unknown_codes: parts.unknown_codes }),
    ...(parts.priors === undefined || parts.priors.length === 0 ? {} : { priors: parts.priors }),
  }
}

/** All that a fact holds beside the lines and their totals, at its largest: envelope, payments and their references, approvals, tokens, unknown codes. */
const AROUND_BYTES = 7 * 1024
/** What a note adds: the annex's id in its line, and its id and hash in the envelope. */
const NOTE_BYTES = 154

/**
 * Say whether the fact of this sale will keep within the bytes that a fact may have (ruling 14), whoever pays it and however.
 * `notes` is how many texts travel beside it, `changes` the prices that a person typed. Counted as the canonical bytes are, but for the order of names, which costs nothing.
 */
export function fitsFact(basket: SaleBasket, totals: SaleTotals, notes: number, changes: SaleRecorded['price_changes'] = []): boolean {
  return utf8(JSON.stringify([basket, totals, changes])).length + notes * NOTE_BYTES + AROUND_BYTES <= MAX_FACT_BYTES
}

/** The number people see: series and number, `A1-482`. */
export function ticketNumber(series: string, number: number): string {
  return `${series}-${String(number)}`
}

/**
 * What the paper carries to find the ticket again: its number and six characters of the sale's id, so that a mistyped or
 * invented number is noticed. Not a secret: it opens nothing (ruling 15). That of a gift ticket ends with a mark of its own.
 */
export function returnCode(series: string, number: number, sale: string, paper: 'ticket' | 'gift' = 'ticket'): string {
  return `${ticketNumber(series, number)}-${sale.slice(-6).toUpperCase()}${paper === 'gift' ? GIFT_MARK : ''}`
}

const GIFT_MARK = '-R'

/** What a paper of ours says of its ticket: the secret in its QR, or its number with the end of the sale's id; null for any other text. */
export type PaperCode =
  | { readonly secret: string }
  | { readonly series: string; readonly number: number; readonly tail: string; readonly isGift?: boolean }

export function readPaperCode(text: string): PaperCode | null {
  const page = /\/t\/(?<secret>[\w-]{22})$/u.exec(text.trim())?.groups?.['secret']
  if (page !== undefined) return { secret: page }
  const found = /^(?<series>[A-Z0-9]{1,8})-(?<number>[1-9][0-9]{0,9})-(?<tail>[0-9A-F]{6})(?<gift>-R)?$/u.exec(text.trim().toUpperCase())?.groups
  if (found === undefined) return null
  const code = { series: found['series'] ?? '', number: Number(found['number']), tail: (found['tail'] ?? '').toLowerCase() }
  return found['gift'] === undefined ? code : { ...code, isGift: true }
}

/** The address in the QR of the paper, or null where the business has no public address. `secret` is base64url of 128 bits. */
export function pageAddress(publicUrl: string | null, secret: string | null): string | null {
  if (publicUrl === null || publicUrl === '' || secret === null) return null
  return `${publicUrl.replace(/\/+$/u, '')}/t/${secret}`
}
