// A gift card that was scanned or typed: found by the hash of its code, and what can be done with it.
import type { GiftCard } from '../../core/gift_card.ts'
import { giftCodeHash, readGiftCode } from '../../core/gift_card.ts'
import { offlineRoom } from '../../core/account.ts'
import { app, part, till } from '../app.svelte.ts'
import { openPay } from '../pay/charge.ts'
import { paying } from '../pay/payment.svelte.ts'
import { isPractice } from '../practice.ts'
import { counter } from '../sell/counter.svelte.ts'

/** A card on show; `isSure`: the server has said so, and not what this till was told before. */
export interface Found extends GiftCard { readonly isSure: boolean }
export type Problem = 'bad' | 'unknown' | 'offline' | 'blocked' | 'practice'

/** Find the card of a code: as the server has it, or as this till knows it and may spend it. */
export async function findCard(text: string): Promise<Found | Problem> {
  const code = readGiftCode(text)
  if (code === null) return 'bad'
  // A true card is not even looked at, and of one that was practised nobody keeps the code.
  if (isPractice) return 'practice'
  const hash = giftCodeHash(code)
  const answer = await till().cardRoom({ sale: counter.ticket.id, amount: 0, card: { code: hash } })
  if (answer === 'unknown') return 'unknown'
  if (answer !== null) return answer.card.isBlocked ? 'blocked' : { ...answer.card, balance: Math.min(answer.card.balance, answer.room), isSure: true }
  const known = till().giftCards.byCode(hash)
  if (known === null) return 'offline'
  const balance = offlineRoom(known.balance, part().settings.offline.gift_card, till().giftCards.spent(known.id))
  return { id: known.id, balance, isBlocked: false, isUnspent: false, isSure: false }
}

/** Pay what stands on the ticket with a card, as far as it goes: the pay sheet opens with it as a part. */
export function payWith(card: Found): void {
  paying.presented = card
  if (app.zone.name === 'gift_card' && app.zone.paying === true) {
    paying.addCard()
    app.go({ name: 'pay' })
  } else openPay()
}
