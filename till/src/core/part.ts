/**
 * The till part: who may work at this till and the settings it sells by.
 * Source: contracts/README.md, "Till part". Never in an HTTP cache; the till keeps the last one beside its journal.
 */

import type { OrderKind } from './facts.ts'
import type { OrderTerms } from './order.ts'
import type { PointsScheme } from './points.ts'
import type { VoucherKind } from './voucher.ts'

/** What checks a PIN without the server (ruling 13). Salts and verifier are base64url. */
export interface PinVerifier {
  readonly salt: string
  readonly iterations: number
  readonly device_salt: string
  readonly verifier: string
}

export type Role = 'owner' | 'manager' | 'cashier' | 'stock' | 'accountant' | 'auditor'

export interface StaffMember {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** Null: nobody has given this person a PIN yet, so nobody can sign in as this person here. */
  readonly pin: PinVerifier | null
  readonly limits: {
    /** Largest discount this person gives alone, in parts per million of the list price. */
    readonly discount: number
    readonly may_open_drawer: boolean
    readonly may_move_cash: boolean
    /** May take goods back that come with their ticket. */
    readonly may_return: boolean
    readonly may_return_without_ticket: boolean
    readonly may_change_price: boolean
    /** May take lines off a ticket, and let go of one that has some. */
    readonly may_void: boolean
    /** May sell on account beyond a buyer's limit. */
    readonly may_exceed_account: boolean
    /** May create and correct products, and arrange the favourites. */
    readonly may_edit_products: boolean
    /** May allow to others, by PIN, what they may not do alone. */
    readonly may_approve: boolean
  }
}

/** What of a journal waits in the office, as far as the server has read it: whatever else it parked or refused has been dealt with. */
export interface Review {
  readonly journal: string
  readonly watermark: number
  /** Parked ones, up to the watermark. */
  readonly seqs: readonly number[]
  /** Refused ones, which no watermark passes; null where the server does not speak of them. */
  readonly refused: readonly number[] | null
}

/** A page of the grid of a store: what it is called, and its products in their order. One alone may have no name. */
export interface FavouritePage {
  readonly name: string
  readonly products: readonly string[]
}

export interface TillPart {
  /** The pages of this store's grid; null: one with the business's favourites, by the products' own places. */
  readonly favourites?: readonly FavouritePage[] | null
  readonly organization: {
    readonly id: string
    readonly name: string
    readonly country: string
    readonly currency: { readonly code: string; readonly digits: number }
    readonly locale: string
    readonly legal_name: string
    readonly tax_id: string
  }
  readonly store: {
    readonly id: string
    readonly code: string
    readonly name: string
    readonly address: string
    readonly phone: string
    readonly zone: string
    /** Minutes after midnight, in the store's zone, at which a new business date begins. */
    readonly day_start_minutes: number
    /** Tips that are offered, parts per million of the total; none where this store takes none. */
    readonly tips: readonly number[]
  }
  readonly till: { readonly id: string; readonly code: string; readonly name: string; readonly series: string }
  readonly staff: readonly StaffMember[]
  readonly settings: {
    readonly prices_include_tax: boolean
    readonly tax_rounding: 'line' | 'document'
    readonly cash_rounding: { readonly step: number; readonly mode: 'half_up' | 'half_down' | 'down' } | null
    /** Public address of the buyer's page, or null: then the paper promises no page (ruling 15). */
    readonly public_url: string | null
    readonly receipt_footer: string
    /** What should be in the drawer is shown after the count only. */
    readonly blind_count: boolean
    /** By how much a count may differ without a reason, minor units; null: nobody asks. */
    readonly count_tolerance: number | null
    /** Where buyers pay by transfer; null where the owner wrote no account down. */
    readonly transfer: { readonly holder: string; readonly number: string } | null
    /** What may be spent of one account while the server cannot be asked; null: all that is known to be there (ruling 29). */
    readonly offline: { readonly fiado: number | null; readonly credit: number | null; readonly gift_card: number | null; readonly points: number | null; readonly coupon: number | null }
    /** The owner's scheme of points; null where there is none. */
    readonly points: PointsScheme | null
    /** The kinds of voucher that the shop takes, in the order of their keys. */
    readonly vouchers: readonly VoucherKind[]
    /** The owner's terms of each kind of order. */
    readonly orders: Readonly<Record<OrderKind, OrderTerms>>
    readonly [name: string]: unknown
  }
}
