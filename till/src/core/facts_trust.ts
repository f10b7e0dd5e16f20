/** What a visit brings besides a sale, as facts. Source: contracts/facts. */

/** What somebody came for. What is not said is left out: minor units to spend at most, the day (ISO 8601), the annex with their own words. */
export interface NeedStated {
  readonly shift: string
  readonly chip: string
  readonly origin: 'buyer_said' | 'seller_inferred'
  readonly max_spend?: number
  readonly needed_by?: string
  readonly text?: string
  /** Written down from the ticket afterwards. */
  readonly late?: true
}

export type AdviceKind = 'own' | 'own_cheaper' | 'repair' | 'use_what_you_have' | 'wait' | 'no_purchase' | 'other_store_ours' | 'other_shop'
export type AdviceReason =
  | 'fits_need' | 'same_job_cheaper' | 'already_owned' | 'repairable' | 'we_lack_it' | 'they_specialise' | 'not_suitable' | 'restock_soon' | 'unsure'

/**
 * What somebody was told would serve them best. `target`: the product, place or store, as `kind` says; `eligible`: the products that did the job,
 * the first of this rank first; `instead_of`: the product that was asked about; `declared`: a supplier gives something for it, and they were told.
 */
export interface RecommendationMade {
  readonly shift: string
  readonly kind: AdviceKind
  readonly reason: AdviceReason
  readonly eligible: readonly string[]
  readonly ranker: number
  readonly inputs: readonly ('need' | 'price' | 'in_reach' | 'returns' | 'contradictions')[]
  readonly target?: string
  readonly need?: string
  readonly instead_of?: string
  readonly declared?: true
  readonly late?: true
}

/** A record (the id of its fact) was taken back at once: it counts nowhere. */
export interface RecordUndone {
  readonly record: string
}

/** By the end of the store's day `due` (ISO 8601). `product`: what it is about; `clock_offset_ms`: as last known. What is not said is left out. */
export interface PromiseMade {
  readonly promise: string
  readonly shift: string
  readonly chip: string
  readonly due: string
  readonly clock_offset_ms?: number
  readonly product?: string
  readonly text?: string
  readonly late?: true
}

export interface PromiseKept {
  readonly promise: string
  readonly shift: string
  readonly evidence: 'done' | 'told' | 'handed_over'
  readonly clock_offset_ms?: number
}

/** `revision`: how many times another day had been agreed, as far as this till knew. */
export interface PromiseRenegotiated {
  readonly promise: string
  readonly shift: string
  readonly due: string
  readonly revision: number
  readonly told: 'present' | 'phone' | 'message'
  readonly clock_offset_ms?: number
}

export interface PromiseReleased {
  readonly promise: string
  readonly shift: string
  readonly revision: number
  readonly clock_offset_ms?: number
}

export interface PromiseVoided {
  readonly promise: string
  readonly shift: string
  readonly reason: string
  readonly clock_offset_ms?: number
}

/** What a secret of a sale opens is closed for good, with the ticket in hand. */
export interface PageClosed {
  readonly sale: string
  /** SHA-256 of the secret, hex. */
  readonly hash: string
}

/**
 * The shelf said less than the till, and that was charged: ten-thousandths for one of what was sold, `factor` thousandths of the product where
 * that is not its own unit.
 */
export interface ShelfPriceStated {
  readonly shift: string
  readonly product: string
  readonly shelf_price: number
  readonly till_price: number
  readonly factor?: number
  readonly late?: true
}

/** Something of the shop was given to try. `quantity`: thousandths of its unit; `told`: what it contains was said first, or that they are old enough was seen. What is not said is left out. */
export interface SampleGiven {
  readonly shift: string
  readonly product: string
  readonly quantity: number
  readonly lot?: string
  readonly told?: true
  readonly late?: true
}

/** A colleague helps too, or goes on alone. Credit is a set: no order, no shares. */
export interface HandoffMade {
  readonly shift: string
  readonly to: string
  readonly part: 'joins' | 'goes_on'
  readonly late?: true
}

/** What somebody was told of a product when they asked: of a point of its sheet, or of a topic of the shop's, one of the two. `sheet`: the version here; `promise`: to find it out. */
export interface ClaimStated {
  readonly shift: string
  readonly product: string
  readonly said: 'yes' | 'no' | 'unsure'
  readonly sheet?: string
  readonly point?: string
  readonly topic?: string
  readonly promise?: string
  readonly late?: true
}
