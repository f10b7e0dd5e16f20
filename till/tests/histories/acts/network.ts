import type { Act } from '../act.ts'
import { FAULTS } from '../wire.ts'

const DOORS = ['push', 'push', 'push', 'changes', 'ping', 'buyers', 'till', 'pair', 'sold', 'spend', 'spend', 'gift_cards', 'coupon', 'coupons', 'parked', 'gives', 'claim'] as const

/** The till speaks with the server, as it does every few seconds where there is a network. */
export const sync: Act = {
  name: 'sync', weight: 14, inContact: true,
  play: async ({ desk }) => {
    await desk.sync()
    return `${String(desk.till.sync.get().unsent)} unsent`
  },
}

/** The server's worker does what waits: goods are counted, changes are numbered. */
export const work: Act = {
  name: 'work', weight: 10, inContact: true,
  play: async ({ shop }) => {
    await shop.settle()
    return 'done'
  },
}

/** Somebody pulls the plug. */
export const cut: Act = {
  name: 'cut', weight: 8, inContact: false,
  play: ({ desk }) => {
    desk.wire.isUp = false
    return Promise.resolve('no network')
  },
}

/** The plug is put back. */
export const heal: Act = {
  name: 'heal', weight: 4, inContact: false,
  play: ({ desk }) => {
    if (desk.wire.isUp) return Promise.resolve(null)
    desk.wire.heal()
    return Promise.resolve('network')
  },
}

/** The next call of a door never arrives, or its answer does not, or half of it, or the call arrives twice. */
export const disturb: Act = {
  name: 'disturb', weight: 8, inContact: false,
  play: ({ desk, dice }) => {
    const door = dice.one(DOORS) ?? 'push'
    const fault = dice.one(FAULTS) ?? 'lost'
    desk.wire.faults.set(door, fault)
    return Promise.resolve(`${door}: ${fault}`)
  },
}

/** Something on the way sends an old push once more, long after. */
export const repeat: Act = {
  name: 'repeat', weight: 4, inContact: true,
  play: async ({ desk, dice }) => {
    const old = dice.one(desk.wire.pushed.slice(-8))
    if (old === null || !desk.wire.isUp) return null
    const { signal: _, ...options } = old.options
    await desk.wire.deliver(old.url, options)
    return 'an old push'
  },
}

/** Time goes by. */
export const wait: Act = {
  name: 'wait', weight: 2, inContact: true,
  play: ({ shop, dice }) => {
    const hours = dice.between(1, 30)
    shop.now += hours * 3_600_000
    return Promise.resolve(`${String(hours)} hours`)
  },
}

/** Weeks go by in which nobody comes: points that nobody moved run out. */
export const weeks: Act = {
  name: 'weeks go by', weight: 2, inContact: true,
  play: ({ shop, dice }) => {
    const days = dice.between(20, 45)
    shop.now += days * 24 * 3_600_000
    return Promise.resolve(`${String(days)} days`)
  },
}
