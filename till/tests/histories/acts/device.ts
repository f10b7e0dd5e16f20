import { IDBFactory } from 'fake-indexeddb'
import type { Act } from '../act.ts'

/** The till is closed and opened again: all it knows comes from its disk. */
export const restart: Act = {
  name: 'restart', weight: 3, inContact: true,
  play: async ({ desk }) => {
    await desk.close()
    await desk.open()
    return 'from its disk'
  },
}

/** Somebody keeps a copy of the till's disk. */
export const keepCopy: Act = {
  name: 'keep a copy', weight: 4, inContact: false,
  play: async ({ desk }) => {
    desk.copies.push(await desk.copy())
    return `copy ${String(desk.copies.length)}`
  },
}

/** The disk fails, and the last copy takes its place: what was written since is known to the server only, or to nobody. */
export const restoreCopy: Act = {
  name: 'restore a copy', weight: 4, inContact: false,
  play: async ({ shop, desk, dice }) => {
    const copy = desk.copies.pop()
    if (copy === undefined) return null
    shop.wasPutBack = true
    // With a network it hears at once that it was put back; without, it sells on where somebody else went on before.
    if (!dice.once(3)) desk.wire.isUp = false
    await desk.exchange(copy)
    await shop.exchanged(desk)
    return `copy ${String(desk.copies.length + 1)}${desk.wire.isUp ? '' : ', without a network'}`
  },
}

/** The device is lost with all on it, and another one is paired as the same till. */
export const replaceDevice: Act = {
  name: 'replace the device', weight: 1, inContact: false,
  play: async ({ shop, desk }) => {
    if (!desk.wire.isUp) return null
    desk.wire.heal()
    desk.copies = []
    await desk.exchange(new IDBFactory())
    await shop.exchanged(desk)
    await desk.pair(await shop.code(desk))
    await desk.sync()
    return desk.part.till.series
  },
}

/** The pairing is forgotten once all is sent, and the same browser is paired anew: another journal, another series. */
export const pairAgain: Act = {
  name: 'pair again', weight: 1, inContact: false,
  play: async ({ shop, desk }) => {
    if (!desk.wire.isUp || desk.till.openShift.get() !== null) return null
    desk.wire.heal()
    await desk.sync()
    const left = await desk.till.unpair()
    if (!left.ok) return null
    await desk.pair(await shop.code(desk))
    await desk.sync()
    return desk.part.till.series
  },
}

/** Somebody sets the till's clock. */
export const setClock: Act = {
  name: 'set the clock', weight: 1, inContact: false,
  play: ({ desk, dice }) => {
    desk.skew = dice.between(-7_200_000, 7_200_000)
    return Promise.resolve(`${String(Math.round(desk.skew / 60_000))} minutes off`)
  },
}
