import { offlineRoom } from '../../../src/core/account.ts'
import { giftCodeHash, loadsOf } from '../../../src/core/gift_card.ts'
import { settle, type Tender } from '../../../src/core/pay.ts'
import { price } from '../../../src/core/pricing/index.ts'
import { saleBody } from '../../../src/core/sale.ts'
import type { Fact, FactDraft } from '../../../src/data/index.ts'
import type { Act, Scene } from '../act.ts'
import { allowed, approval, bill, cashRest, fill, shiftOf, visitOf, type Bill } from '../counter.ts'

/** Write a sale of this bill, paid so. */
async function write({ desk }: Scene, shift: string, made: Bill, tenders: readonly Tender[]): Promise<void> {
  const { till, cashier } = desk
  const { basket, totals, isSettled } = settle(made.basket, tenders, price)
  if (!isSettled) throw new Error('what was tendered does not settle the sale')
  const ticket = allowed(desk, made)
  const approvals = ticket.approvals.map((given): FactDraft => ({ kind: 'approval.given', id: till.newId(), staff: cashier.id, body: given }))
  const body = saleBody({
    sale: ticket.id, shift, basket, totals, tenders, tokens: [{ kind: 'ticket', hash: till.newToken().hash }],
    approvals: approvals.map(({ id }) => id ?? ''), catalogue: till.catalogue.cursor(), buyer: null,
  })
  await desk.write([...approvals, { kind: 'sale.recorded', staff: cashier.id, visit: ticket.visit ?? visitOf(desk), body }])
}

/** A gift card is sold beside goods, or more is put on one that somebody has. */
export const sellCard: Act = {
  name: 'sell a gift card', weight: 5, inContact: true,
  play: async (scene) => {
    const { shop, desk, dice } = scene
    const shift = await shiftOf(scene)
    const known = dice.once(3) ? dice.one(shop.cards) : null
    const [id, amount] = [known?.id ?? desk.till.newId(), dice.between(1, 12) * 2_500]
    const secrets = { code: desk.till.newGiftCode(), page: desk.till.newToken().secret }
    const plain = bill(desk, fill(scene))
    const loads = loadsOf([{ id, amount, isNew: known === null }], new Map(known === null ? [[id, secrets]] : []))
    const basket = { ...plain.basket, gift_cards: loads }
    const made: Bill = { ticket: plain.ticket, basket, totals: price(basket) }
    await write(scene, shift, made, cashRest(basket, dice.once(3) ? [{ method: 'card', amount: dice.between(1, made.totals.due), reference: null }] : [], dice))
    if (known === null) shop.cards.push({ id, code: secrets.code })
    return `${String(amount)} on ${known === null ? 'a new card' : 'a card'}`
  },
}

/** Goods are paid with a card, as far as the server says that it goes, or as far as the owner lets a till that cannot ask. */
export const payByCard: Act = {
  name: 'pay with a gift card', weight: 8, inContact: true,
  play: async (scene) => {
    const { shop, desk, dice } = scene
    const { till, part } = desk
    const card = dice.one(shop.cards)
    if (card === null) return null
    const shift = await shiftOf(scene)
    const made = bill(desk, fill(scene))
    const hash = giftCodeHash(card.code)
    const seen = await till.cardRoom({ sale: made.ticket.id, amount: 0, card: { code: hash } })
    const known = till.giftCards.byCode(hash)
    const offline = (): number => (known === null ? 0 : offlineRoom(till.giftCards.balanceOf(card.id), part.settings.offline.gift_card, till.giftCards.spent(card.id)))
    const amount = Math.min(made.totals.due, seen === 'unknown' ? 0 : (seen?.room ?? offline()))
    if (amount <= 0) return null
    const told = await till.cardRoom({ sale: made.ticket.id, amount, card: { gift_card: card.id } })
    if (amount > (told === 'unknown' ? 0 : (told?.room ?? offline()))) return null
    const spent = (): void => { shop.story.spentOf(card.id) }
    if (told === null) spent()
    else shop.kept(desk, spent)
    await write(scene, shift, made, cashRest(made.basket, [{ method: 'gift_card', amount, reference: null, gift_card: card.id }], dice))
    return `${String(amount)} of a card${told === null ? ', nobody asked' : ''}`
  },
}

/** An unspent card is taken back for its money, with the server's word alone. */
export const refundCard: Act = {
  name: 'take a gift card back', weight: 2, inContact: true,
  play: async (scene) => {
    const { shop, desk, dice } = scene
    const { till, cashier } = desk
    const card = dice.one(shop.cards)
    if (card === null) return null
    const refund = till.newId()
    const seen = await till.cardRoom({ sale: refund, amount: 0, card: { gift_card: card.id } })
    if (seen === null || seen === 'unknown' || !seen.card.isUnspent || seen.card.balance <= 0) return null
    const told = await till.cardRoom({ sale: refund, amount: seen.card.balance, card: { gift_card: card.id } })
    if (told === null || told === 'unknown' || told.room < seen.card.balance) return null
    shop.kept(desk, () => { shop.story.spentOf(card.id) })
    const shift = await shiftOf(scene)
    const allowedBy = approval(desk, 'return', seen.card.balance, 'other')
    const drafts: readonly FactDraft[] = [allowedBy, {
      kind: 'gift_card.refunded', staff: cashier.id, visit: visitOf(desk),
      body: { refund, gift_card: card.id, shift, currency: 'MXN', amount: seen.card.balance, method: dice.one(['cash', 'card'] as const) ?? 'cash', approvals: [allowedBy.id ?? ''] },
    }]
    const written = (await desk.write(drafts)).find((one): one is Fact<'gift_card.refunded'> => one.kind === 'gift_card.refunded')
    return `${String(written?.body.amount)} given out`
  },
}
