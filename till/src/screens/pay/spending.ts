// Before a sale spends of a buyer's account: what there is says the server while it can be asked; without it, what is known here and what the
// owner allows a till that cannot ask (ruling 29). On account somebody may allow more; what the shop owes is never more than it owes.
import { offlineRoom, spendingOf, type AccountName } from '../../core/account.ts'
import { roomOf } from '../../core/buyer.ts'
import type { CardLeft } from '../../core/gift_card.ts'
import type { Tender } from '../../core/pay.ts'
import { pointsFor, worthOf } from '../../core/points.ts'
import type { Buyer } from '../../data/index.ts'
import { app, part, till, type GivenApproval } from '../app.svelte.ts'
import { mayAlone } from '../may.ts'
import { counter } from '../sell/counter.svelte.ts'
import { later } from '../shell/coming.ts'
import { integer, money } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'

let isAsking = false

/** What may be spent of an account as far as this till can tell now. */
export function knownRoom(buyer: Buyer, account: AccountName): number {
  const known = roomOf(buyer, account)
  return app.sync?.online === true ? known : offlineRoom(known, part().settings.offline[account], till().buyers.spent(buyer.id, account))
}

/** Go on once these tenders may be spent of the buyer's accounts; `given`: who allowed more than there is, `left`: what their gift cards hold
 * then. Says so where they may not. */
export async function whenMaySpend(tenders: readonly Tender[], go: (given: GivenApproval | null, left: readonly CardLeft[]) => void): Promise<void> {
  const wishes = spendingOf(tenders)
  const cards = new Map<string, number>()
  for (const { gift_card: id, amount } of tenders) if (id !== undefined) cards.set(id, (cards.get(id) ?? 0) + amount)
  const codes = counter.usedCodes
  if (wishes.length + cards.size + codes.length === 0) { go(null, []); return }
  const { buyer, ticket } = counter
  if (isAsking || (buyer === null && wishes.length > 0)) { app.sound('attention'); return }
  isAsking = true
  try {
    if (codes.length > 0 && !(await (await later()).mayUseCodes(codes))) return
    const left: CardLeft[] = []
    for (const [id, amount] of cards) {
      const { room, balance, isSure } = await roomOfCard(id, amount)
      if (amount > room) { refuse('gift_card', room); return }
      const loaded = counter.giftCards.reduce((sum, card) => (card.id === id ? sum + card.amount : sum), 0)
      left.push({ card: id, left: balance - amount + loaded, isSure })
    }
    let beyond: number | null = null
    for (const { account, amount: money } of wishes) {
      if (buyer === null) break
      const amount = account === 'points' ? pointsOf(money) : money
      if (amount === null) { refuse('points', 0); return }
      const room = (await till().roomFor({ sale: ticket.id, buyer: buyer.id, account, amount })) ?? knownRoom(buyer, account)
      if (amount <= room) continue
      if (account !== 'fiado') { refuse(account, room); return }
      beyond = amount
    }
    if (counter.ticket.id === ticket.id) allowed(beyond, (given) => { go(given, left) })
  } finally {
    isAsking = false
  }
}

// How many points an amount is; null where the owner has changed what they are worth since it was chosen.
function pointsOf(amount: number): number | null {
  const scheme = part().settings.points
  const points = scheme === null ? 0 : pointsFor(scheme, amount)
  return scheme === null || worthOf(scheme, points) !== amount ? null : points
}

// Without the server: of the cards that the owner lets this till spend, what it knows to be there.
async function roomOfCard(id: string, amount: number): Promise<{ readonly room: number; readonly balance: number; readonly isSure: boolean }> {
  const answer = await till().cardRoom({ sale: counter.ticket.id, amount, card: { gift_card: id } })
  // What other sales are about to spend of it is theirs.
  if (answer !== null) { const room = answer === 'unknown' ? 0 : answer.room; return { room, balance: room, isSure: true } }
  const balance = till().giftCards.balanceOf(id)
  return { room: offlineRoom(balance, part().settings.offline.gift_card, till().giftCards.spent(id)), balance, isSure: false }
}

function refuse(account: 'credit' | 'gift_card' | 'points', room: number): void {
  app.sound('attention')
  const key = account !== 'credit' ? `pay.${account}_short` as const : app.sync?.online === true ? 'pay.credit_short' : 'pay.credit_short_offline'
  app.say(t(key, { amount: account === 'points' ? integer(room) : money(room) }), 'alert')
}

// Beyond a buyer's limit somebody allows it; whoever holds the right needs nobody (ruling 31).
function allowed(beyond: number | null, go: (given: GivenApproval | null) => void): void {
  const { person } = app
  if (beyond === null || person === null || mayAlone(person, 'account')) { go(null); return }
  app.approval = { action: 'account', amount: beyond, allow: go }
}
