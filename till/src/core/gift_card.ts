/**
 * Gift cards: money that the shop owes to whoever bears the card. The code that spends one and the secret that shows its balance are two:
 * neither opens what the other does (ruling 29). Amounts: minor units.
 */
import type { AnyFact, GiftCardRefunded } from './facts.ts'
import type { GiftCardLoad, Payment } from './pricing/index.ts'
import { sha256Hex } from './sha256.ts'

const PREFIX = 'mostrador-gift-card-v1|'
/** Crockford's: none is taken for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE = /^GC-?[0-9A-HJKMNP-TV-Z]{4}(?:-?[0-9A-HJKMNP-TV-Z]{4}){3}$/u
export const CODE_BYTES = 16

/** A card that waits on a ticket to be sold, or to have more put on it. */
export interface CardOnTicket {
  readonly id: string
  readonly amount: number
  readonly isNew: boolean
}

/** A card as it is known: what it holds, and whether its paper may be taken back. */
export interface GiftCard {
  readonly id: string
  readonly balance: number
  readonly isBlocked: boolean
  readonly isUnspent: boolean
}

/** What a card still holds after a sale that it paid; not `isSure` where only this till says so. */
export interface CardLeft {
  readonly card: string
  readonly left: number
  readonly isSure: boolean
}

/** What is printed on a new card, shown once and kept nowhere. */
export interface CardSecrets {
  readonly code: string
  readonly page: string
}

/** Whether a text is a code that spends a card, and what it says without hyphens; null for any other text. */
export function readGiftCode(text: string): string | null {
  const code = text.trim().toUpperCase()
  return CODE.test(code) ? code.replaceAll('-', '') : null
}

/** The code of a new card from sixteen random bytes, five bits of each: GC and sixteen letters in fours. */
export function giftCode(bytes: Uint8Array): string {
  return `GC${[...bytes].map((byte, place) => (place % 4 === 0 ? '-' : '') + (LETTERS[byte & 31] ?? '')).join('')}`
}

/** The hash by which a code is known: of it, no server and no till keeps more. */
export function giftCodeHash(code: string): string {
  return sha256Hex(PREFIX + code.toUpperCase().replaceAll(/[^A-Z0-9]/gu, ''))
}

/** What people call a card: the end of its id. */
export function cardNumber(id: string): string {
  return id.replaceAll('-', '').slice(-8).toUpperCase()
}

/** What a basket puts on these cards; `secrets`: of the new ones, by their ids. */
export function loadsOf(cards: readonly CardOnTicket[], secrets: ReadonlyMap<string, CardSecrets> = new Map()): readonly GiftCardLoad[] {
  return cards.map(({ id, amount }) => {
    const made = secrets.get(id)
    return made === undefined ? { id, amount } : { id, amount, code: giftCodeHash(made.code), page: sha256Hex(made.page) }
  })
}

/** By how much a fact makes a card hold more, or less, for each card that it names. */
export function cardMovesOf(fact: AnyFact): readonly { readonly id: string; readonly amount: number }[] {
  const named = (payments: readonly Payment[] = [], sign: 1 | -1 = 1): { readonly id: string; readonly amount: number }[] =>
    payments.flatMap(({ gift_card: id, amount }) => (id == null ? [] : [{ id, amount: sign * amount }]))
  if (fact.kind === 'sale.recorded') {
    const { gift_cards = [], payments } = fact.body.basket as { gift_cards?: readonly GiftCardLoad[]; payments?: readonly Payment[] }
    return [...gift_cards.map(({ id, amount }) => ({ id, amount })), ...named(payments, -1)]
  }
  if (fact.kind === 'return.recorded') return named(fact.body.document.refunds)
  return fact.kind === 'gift_card.refunded' ? [{ id: fact.body.gift_card, amount: 0 - fact.body.amount }] : []
}

/** How much a card may pay of what is missing: what it holds, but for what is put on cards. No card pays for a card. */
export function payableBy(balance: number, missing: number, loaded: number): number {
  return Math.max(0, Math.min(balance, missing - loaded))
}

export type CardRefundMethod = GiftCardRefunded['method']
