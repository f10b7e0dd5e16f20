import { paymentBody } from '../../../src/core/account.ts'
import type { Act } from '../act.ts'
import { shiftOf, visitOf } from '../counter.ts'

const NAMES = ['Marta', 'Ángel', 'Lupe', 'Ñico', 'Chayo', 'Beto', 'Zoila', 'Óscar'] as const

/** Somebody wants to be known. */
export const meet: Act = {
  name: 'meet', weight: 3, inContact: true,
  play: async ({ desk, dice }) => {
    const name = `${dice.one(NAMES) ?? ''} ${String(dice.below(1000))}`
    await desk.till.meet({ name, phone: '', consent: [] }, desk.cashier.id)
    return name
  },
}

/** A buyer pays on account: all of it, or a part; cash beyond it gives change. */
export const payAccount: Act = {
  name: 'pay on account', weight: 6, inContact: true,
  play: async (scene) => {
    const { desk, dice } = scene
    const buyer = dice.one(desk.till.buyers.search('', 50).filter(({ fiado }) => fiado.balance > 0))
    if (buyer === null) return null
    const amount = dice.once(2) ? buyer.fiado.balance : dice.between(1, buyer.fiado.balance)
    const method = dice.one(['cash', 'cash', 'card', 'transfer'] as const) ?? 'cash'
    const handed = method === 'cash' && dice.once(3) ? Math.ceil(amount / 5000) * 5000 : amount
    const shift = await shiftOf(scene)
    const body = paymentBody({ payment: desk.till.newId(), buyer: buyer.id, shift, currency: 'MXN', amount, tender: { method, amount: handed, reference: null } })
    if (body === null) throw new Error('the payment is none')
    await desk.write([{ kind: 'account.paid', staff: desk.cashier.id, visit: visitOf(desk), body }])
    return `${String(amount)} by ${method} of ${buyer.name}`
  },
}
