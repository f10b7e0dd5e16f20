// An unspent gift card is taken back: its money is given out, and it holds nothing more. Only with the server, which alone knows that nothing was spent.
import { cardNumber, type CardRefundMethod } from '../../core/gift_card.ts'
import { app, part, till, type GivenApproval } from '../app.svelte.ts'
import { mayAlone } from '../may.ts'
import { preferences } from '../preferences.svelte.ts'
import { printCardRefund } from './printing.ts'
import { counter } from '../sell/counter.svelte.ts'
import { money } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'
import type { FactDraft } from '../../data/index.ts'
import type { Found } from './gift_card.svelte.ts'

let isWriting = false

/** Give out what a card holds; who may not take goods back alone asks for a yes. */
export async function takeBack(card: Found, method: CardRefundMethod): Promise<void> {
  const { person } = app
  if (person === null || isWriting) return
  // Kept for this, so that no other till spends of it meanwhile: all of it or nothing.
  const answer = await till().cardRoom({ sale: counter.ticket.id, amount: card.balance, card: { gift_card: card.id } })
  if (answer === null || answer === 'unknown') { app.say(t('gift_card.problem.offline'), 'alert'); return }
  if (!answer.card.isUnspent || answer.room < card.balance) { app.say(t('gift_card.spent'), 'alert'); return }
  if (mayAlone(person, 'return')) { await write(card, method, null); return }
  app.approval = { action: 'return', amount: card.balance, allow: (given) => { void write(card, method, given) } }
}

async function write(card: Found, method: CardRefundMethod, given: GivenApproval | null): Promise<void> {
  if (isWriting || app.shift === null) return
  isWriting = true
  try {
    const gate = await till().canSell()
    if (!gate.ok) { app.say(t(gate.reason === 'storage_full' ? 'storage.full' : 'error.write'), 'alert'); return }
    const staff = app.person?.id ?? null
    const approval = till().newId()
    const visit = counter.ticket.visit ?? { id: till().newId(), opened_at: till().now() }
    const { code: currency } = part().organization.currency
    const drafts: FactDraft[] = [{
      kind: 'gift_card.refunded', staff, visit,
      body: { refund: till().newId(), gift_card: card.id, shift: app.shift.id, currency, amount: card.balance, method, approvals: given === null ? [] : [approval] },
    }]
    if (given !== null) drafts.unshift({ kind: 'approval.given', id: approval, staff, body: given })
    const fact = (await till().writeAll(drafts)).find((one) => one.kind === 'gift_card.refunded')
    app.sound('charged')
    app.say(t('gift_card.given_back', { number: cardNumber(card.id), amount: money(card.balance) }))
    app.home()
    if (fact !== undefined && preferences.prints) await printCardRefund(fact)
  } catch (problem) {
    reportError(problem)
    app.say(t('error.write_move'), 'alert')
  } finally {
    isWriting = false
  }
}
