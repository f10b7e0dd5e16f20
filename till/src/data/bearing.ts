/** The kinds of what whoever brings its code may spend. */
import { couponMovesOf } from '../core/coupon.ts'
import { cardMovesOf } from '../core/gift_card.ts'
import type { BearerKind } from './bearers.ts'

export const GIFT_CARDS: BearerKind = { database: 'mostrador-gift-cards', door: 'gift_cards', movesOf: cardMovesOf }
export const COUPONS: BearerKind = { database: 'mostrador-coupons', door: 'coupons', movesOf: couponMovesOf }
