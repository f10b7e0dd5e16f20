/**
 * What a till can say happened, as TypeScript types. Source: contracts/facts/*.v1.schema.json.
 *
 * Money is minor units, unit prices ten-thousandths of the major unit, quantities thousandths, times milliseconds since 1970 UTC.
 */

import type { ClaimStated, HandoffMade, NeedStated, PageClosed, PromiseKept, PromiseMade, PromiseReleased, PromiseRenegotiated, PromiseVoided, RecommendationMade, RecordUndone, SampleGiven, ShelfPriceStated } from './facts_trust.ts'
import type { ReturnDocument, ReturnTotals } from './pricing/index.ts'

/**
 * `exchange`: what a return and a sale of one visit owe each other; `fiado`: on the buyer's account; `credit`: out of what the shop owes the buyer;
 * `deposit`: what was paid for the order before; `gift_card`: out of what a card holds; `points`: what so many points are worth;
 * `surplus`, of figures alone: what vouchers were worth beyond the ticket and the shop kept, below zero. Nothing of the seven touches the drawer.
 */
export type Method = 'cash' | 'card' | 'transfer' | 'voucher' | 'exchange' | 'fiado' | 'credit' | 'deposit' | 'gift_card' | 'points' | 'surplus'

export interface Amount {
  readonly method: Method
  readonly amount: number
}

export interface Visit {
  readonly id: string
  readonly opened_at: number
}

export interface AnnexName {
  readonly id: string
  readonly hash: string
}

/** A text that travels beside a fact and can be erased without breaking the chain. Salt is base64url. */
export interface Annex {
  readonly id: string
  readonly hash: string
  readonly salt: string
  readonly text: string
}

export interface JournalOpened {
  readonly organization: string
  readonly store: string
  readonly till: string
  readonly series: string
  readonly replaces: string | null
  readonly server_head: { readonly seq: number; readonly hash: string } | null
  readonly public_key: string
  readonly protocol: 1
  readonly app: string
}

export interface VisitClosed {
  readonly shift: string
  readonly by_product: 'nothing_needed' | 'unknown'
  /** What stood on the ticket, of which nothing was sold; left out when nothing did, as `approvals`. */
  readonly voided?: { readonly times: number; readonly amount: number }
  /** What this buyer is too young for, and left the ticket for it. */
  readonly not_sold?: { readonly times: number; readonly amount: number }
  readonly approvals?: readonly string[]
  /** Codes that were scanned meanwhile and that no product carried, each once. */
  readonly unknown_codes?: readonly string[]
}

export interface Token {
  readonly kind: 'ticket' | 'gift' | 'slip' | 'reprint'
  readonly hash: string
}

/** `basket` and `totals` are the documents of the engine of prices (contracts/basket.schema.json, totals.schema.json). */
export interface SaleRecorded {
  readonly sale: string
  readonly shift: string
  readonly series: string
  readonly number: number
  readonly basket: object
  readonly totals: { readonly gross: number }
  readonly references: readonly { readonly payment: number; readonly value: string }[]
  readonly tokens: readonly Token[]
  readonly approvals: readonly string[]
  readonly catalogue: { readonly epoch: string; readonly n: number } | null
  /** Who bought, where they wanted to be known. */
  readonly buyer?: string
  /** Lines whose price a person typed, and what it would have been, ten-thousandths. Left out when there is none, as `voided`. */
  readonly price_changes?: readonly PriceChange[]
  /** What stood on the ticket and was taken away again: how often, and minor units. */
  readonly voided?: { readonly times: number; readonly amount: number }
  /** What this buyer is too young for, and left the ticket for it. */
  readonly not_sold?: { readonly times: number; readonly amount: number }
  /** Where something sold asks for it: whoever is named saw that the buyer is so old. Nothing of a document is written. */
  readonly age_check?: { readonly minimum: number; readonly how: 'looks' | 'document'; readonly by: string }
  /** The order that this delivers. */
  readonly order?: string
  /** These are only some of what was ordered, line by line. */
  readonly order_part?: boolean
  /** Who else than the buyer took the goods along, on the buyer's account. */
  readonly taken_by?: string
  /** By which version of the owner's scheme points were earned and spent, and which lines of the basket earn nothing. */
  readonly points?: SalePoints
  /** Single-use codes that lowered it, and the version of the promotion of each. */
  readonly coupons?: readonly { readonly id: string; readonly promotion: string }[]
  /** Codes that were scanned meanwhile and that no product carried, each once. */
  readonly unknown_codes?: readonly string[]
  /** Of lines that promotions for everybody lowered, the price before as the buyer was told, ten-thousandths; null: no reduction was spoken of. */
  readonly priors?: readonly { readonly line: string; readonly price: number | null }[]
}

/** `shelf`: the shelf said so. */
export interface PriceChange {
  readonly line: string
  readonly list_price: number
  readonly shelf?: true
}

export interface SalePoints {
  readonly scheme: string
  readonly earned: number
  readonly spent: number
  readonly without?: readonly string[]
}

/** points = round(whole x now / of) - before: docs/algorithms/points.md. */
export interface PointsPart {
  readonly whole: number
  readonly of: number
  readonly now: number
  readonly before: number
  readonly points: number
}

/** `document` and `totals`: docs/algorithms/returns.md. `knew`: the earlier returns of that sale that this till knew of (ruling 27). */
export interface ReturnRecorded {
  readonly return: string
  readonly shift: string
  readonly series: string
  readonly number: number
  readonly sale: { readonly id: string; readonly series: string; readonly number: number } | null
  readonly knew: readonly string[]
  readonly document: ReturnDocument
  readonly totals: ReturnTotals
  readonly references: readonly { readonly payment: number; readonly value: string }[]
  readonly approvals: readonly string[]
  readonly buyer?: string
  /** A gift ticket was shown: then `buyer` is whoever brought it, not who bought. */
  readonly paper?: 'gift'
  /** Whose points, what is taken back of those earned, and what comes back of those spent. */
  readonly points?: { readonly buyer: string; readonly taken?: PointsPart; readonly back?: PointsPart }
}

/** Who they are stands in the annex `contact`, as JSON: name, phone, email, tax_id, consent. */
export interface BuyerMet {
  readonly buyer: string
  readonly contact: string
}

/** `amount` comes off what the buyer owes: what was handed over less the change. */
export interface AccountPaid {
  readonly payment: string
  readonly buyer: string
  readonly shift: string
  readonly series: string
  readonly number: number
  readonly currency: string
  readonly amount: number
  readonly payments: readonly { readonly method: 'cash' | 'card' | 'transfer'; readonly amount: number }[]
  readonly change: number
  readonly references: readonly { readonly payment: number; readonly value: string }[]
  readonly approvals: readonly string[]
}

export type OrderKind = 'layaway' | 'special' | 'repair' | 'delivery' | 'quote'

/** What an order promises: due at the end of that day (ISO 8601) in the store. */
export interface Due {
  readonly promise: string
  readonly by: string
}

/** What is settled later, priced now: docs/algorithms/orders.md. What is to be done, or where it goes, stands in the annex `details`. */
export interface OrderOpened {
  readonly order: string
  readonly kind: OrderKind
  readonly shift: string
  readonly series: string
  readonly number: number
  readonly basket: object
  readonly totals: { readonly gross: number }
  readonly due: Due
  /** Parts per million of what was paid that the shop keeps when it is cancelled. */
  readonly kept_share: number
  readonly details: string | null
  readonly tokens: readonly Token[]
  readonly approvals: readonly string[]
  readonly catalogue: SaleRecorded['catalogue']
  readonly buyer?: string
}

/** What of a deposit goes to a line. */
export interface LineShare {
  readonly line: string
  readonly net: number
  readonly taxes: readonly { readonly code: string; readonly amount: number }[]
}

/** A deposit; the shares sum to its amount. */
export interface OrderPaid {
  readonly payment: string
  readonly order: string
  readonly shift: string
  readonly series: string
  readonly number: number
  readonly currency: string
  readonly amount: number
  readonly payments: AccountPaid['payments']
  readonly change: number
  readonly shares: readonly LineShare[]
  readonly references: readonly { readonly payment: number; readonly value: string }[]
  readonly approvals: readonly string[]
}

/** It moved on, or another day was agreed; `told`: the buyer knows. */
export interface OrderChanged {
  readonly order: string
  readonly shift: string
  readonly step: 'ready' | 'sent' | null
  readonly due: Due | null
  readonly told: boolean
}

/** Another price was agreed: basket and totals take the place of those before. */
export interface OrderRepriced {
  readonly order: string
  readonly shift: string
  readonly basket: object
  readonly totals: { readonly gross: number }
  readonly agreed: 'phone' | 'present'
  readonly approvals: readonly string[]
  readonly catalogue: SaleRecorded['catalogue']
}

/** It ended without a sale, or what was left of its deposits went back (settled): paid = refunds + kept. */
export interface OrderClosed {
  readonly order: string
  readonly shift: string
  readonly series: string
  readonly number: number
  readonly currency: string
  readonly outcome: 'cancelled' | 'expired' | 'settled'
  readonly paid: number
  readonly refunds: readonly { readonly method: 'cash' | 'card' | 'transfer' | 'credit'; readonly amount: number }[]
  readonly kept: { readonly amount: number; readonly taxes: readonly { readonly code: string; readonly base: number; readonly amount: number }[] }
  readonly references: readonly { readonly payment: number; readonly value: string }[]
  readonly approvals: readonly string[]
  readonly buyer?: string
}

/** A card of which nothing was spent was taken back, and what stood on it given out. */
export interface GiftCardRefunded {
  readonly refund: string
  readonly gift_card: string
  readonly shift: string
  readonly series: string
  readonly number: number
  readonly currency: string
  readonly amount: number
  readonly method: 'cash' | 'card' | 'transfer'
  readonly approvals: readonly string[]
}

export interface ShiftOpened {
  readonly shift: string
  readonly business_date: string
  readonly currency: string
  readonly float: number
  readonly clock_offset_ms: number
}

export interface CashMoved {
  readonly shift: string
  readonly direction: 'in' | 'out'
  readonly currency: string
  readonly amount: number
  readonly reason: string
  readonly approvals: readonly string[]
}

export interface DrawerOpened {
  readonly shift: string
  readonly reason: string
  readonly approvals: readonly string[]
}

export interface ApprovalGiven {
  readonly approver: string
  readonly action: 'discount' | 'drawer' | 'cash_out' | 'price' | 'void' | 'return' | 'account' | 'product'
  readonly reason: string
  readonly amount: number | null
}

/** A copy of a ticket, or a gift ticket: its token says which. */
export interface TicketReprinted {
  readonly sale: string
  readonly tokens: readonly { readonly kind: 'reprint' | 'gift'; readonly hash: string }[]
}

/** Whether what was printed is a gift ticket, which is no copy: it says no prices. */
export function isGift({ tokens }: TicketReprinted): boolean {
  return tokens.length > 0 && tokens.every(({ kind }) => kind === 'gift')
}

/** What a shift gave back, amounts above zero; the refunds are taken off already in the figures' `payments`. */
export interface ReturnFigures {
  readonly returns: number
  readonly gross: number
  readonly net: number
  readonly tax: number
  readonly rounding: number
  readonly taxes: readonly { readonly code: string; readonly base: number; readonly amount: number }[]
  readonly refunds: readonly Amount[]
}

export interface OrderFigures {
  readonly opened: number
  readonly payments: number
  readonly paid: number
  readonly back: number
  readonly kept: number
}

export interface ShiftFigures {
  readonly sales: number
  readonly visits_without_sale: number
  readonly first_number: number | null
  readonly last_number: number | null
  readonly gross: number
  readonly net: number
  readonly tax: number
  readonly discount: number
  readonly rounding: number
  readonly tips: number
  readonly taxes: readonly { readonly code: string; readonly base: number; readonly amount: number }[]
  readonly payments: readonly Amount[]
  readonly float: number
  readonly cash_in: number
  readonly cash_out: number
  readonly drawer_openings: number
  readonly reprints: number
  /** Left out when nothing came back. */
  readonly returned?: ReturnFigures
  /** What buyers paid on their accounts; it stands in `payments` too. Left out when nobody did. */
  readonly accounts?: { readonly payments: number; readonly amount: number }
  /** Cash taken to the safe; it stands in `cash_out` too. Left out when there was none. */
  readonly drops?: { readonly times: number; readonly amount: number }
  /** What was done with orders: deposits stand in `payments` too, and what went back is taken off there. Left out when nothing was. */
  readonly orders?: OrderFigures
  /** Money put on gift cards, and given out for those taken back; both stand in `payments` too. Left out when there was none. */
  readonly gift_cards?: { readonly sold: number; readonly amount: number; readonly back: number }
  /** Vouchers, what they are worth, and what of it went beyond the tickets: kept, given back as cash, owed to buyers. It stands in `payments` too. Left out when there were none. */
  readonly vouchers?: { readonly kinds: readonly VoucherFigure[]; readonly surplus: number; readonly change: number; readonly credit: number }
}

/** How many vouchers of a kind, and what they are worth. */
export interface VoucherFigure {
  readonly kind: string
  readonly name: string
  readonly slips: number
  readonly amount: number
}

export interface ShiftClosed {
  readonly shift: string
  readonly z: number
  readonly business_date: string
  readonly currency: string
  readonly expected: readonly Amount[]
  readonly counted: readonly Amount[]
  readonly difference: readonly Amount[]
  readonly denominations: readonly { readonly value: number; readonly count: number }[]
  readonly figures: ShiftFigures
  readonly perpetual: number
  /** Why the count differs by more than the tolerance; left out where nobody was asked. */
  readonly reason?: string
  /** Vouchers as they were counted, by kind. Left out when there were none. */
  readonly vouchers?: readonly VoucherFigure[]
  /** How often it was counted again once the till had said so. */
  readonly recounts?: number
}

/** Every kind of fact and the body it carries. */
export interface Bodies {
  'journal.opened': JournalOpened
  'visit.closed': VisitClosed
  'sale.recorded': SaleRecorded
  'return.recorded': ReturnRecorded
  'buyer.met': BuyerMet
  'account.paid': AccountPaid
  'order.opened': OrderOpened
  'order.paid': OrderPaid
  'order.changed': OrderChanged
  'order.repriced': OrderRepriced
  'order.closed': OrderClosed
  'gift_card.refunded': GiftCardRefunded
  'shift.opened': ShiftOpened
  'cash.moved': CashMoved
  'shift.closed': ShiftClosed
  'drawer.opened': DrawerOpened
  'approval.given': ApprovalGiven
  'ticket.reprinted': TicketReprinted
  'claim.stated': ClaimStated
  'handoff.made': HandoffMade
  'page.closed': PageClosed
  'shelf_price.stated': ShelfPriceStated
  'need.stated': NeedStated
  'recommendation.made': RecommendationMade
  'record.undone': RecordUndone
  'sample.given': SampleGiven
  'promise.made': PromiseMade
  'promise.kept': PromiseKept
  'promise.renegotiated': PromiseRenegotiated
  'promise.released': PromiseReleased
  'promise.voided': PromiseVoided
}

export type Kind = keyof Bodies
export type Flag = 'clock_back' | 'clock_unknown'

export interface Fact<K extends Kind = Kind> {
  readonly id: string
  readonly journal: string
  readonly seq: number
  readonly prev: string
  readonly kind: K
  readonly v: 1
  readonly at: number
  readonly staff: string | null
  readonly visit?: Visit
  readonly body: Bodies[K]
  readonly annexes?: readonly AnnexName[]
  readonly flags?: readonly Flag[]
}

/** A fact of any kind; `switch (fact.kind)` narrows its body. */
export type AnyFact = { [K in Kind]: Fact<K> }[Kind]
