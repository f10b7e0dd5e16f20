import { closeShift, foldShift } from '../../../src/core/shift.ts'
import type { Act } from '../act.ts'
import { approval, shiftOf } from '../counter.ts'

/** Cash is put into the drawer, or taken out with somebody's yes. */
export const moveCash: Act = {
  name: 'move cash', weight: 4, inContact: true,
  play: async (scene) => {
    const { desk, dice } = scene
    const shift = await shiftOf(scene)
    const direction = dice.one(['in', 'out'] as const) ?? 'in'
    const amount = dice.between(1, 40) * 500
    const given = direction === 'out' ? approval(desk, 'cash_out', amount, 'other') : null
    const body = { shift, direction, currency: 'MXN', amount, reason: 'safe', approvals: given === null ? [] : [given.id ?? ''] }
    await desk.write([...(given === null ? [] : [given]), { kind: 'cash.moved', staff: desk.cashier.id, body }])
    return `${direction} ${String(amount)}`
  },
}

/** The drawer is opened without a sale. */
export const openDrawer: Act = {
  name: 'open drawer', weight: 1, inContact: true,
  play: async (scene) => {
    const { desk } = scene
    const shift = await shiftOf(scene)
    const given = approval(desk, 'drawer', null, 'other')
    await desk.write([given, { kind: 'drawer.opened', staff: desk.cashier.id, body: { shift, reason: 'give_change', approvals: [given.id ?? ''] } }])
    return 'to give change'
  },
}

/** The shift is counted and closed; now and then the count is not what should be there. */
export const close: Act = {
  name: 'close shift', weight: 5, inContact: true,
  play: async ({ desk, dice }) => {
    const open = desk.till.openShift.get()
    if (open === null) return null
    const sums = foldShift(open.facts)
    const cash = (sums.expected[0]?.amount ?? 0) + (dice.once(4) ? dice.between(-2000, 2000) : 0)
    const body = closeShift(sums, { denominations: [], cash, others: sums.expected.slice(1) })
    await desk.write([{ kind: 'shift.closed', staff: desk.cashier.id, body }])
    return `gross ${String(sums.figures.gross)}, cash ${String(cash)}`
  },
}
