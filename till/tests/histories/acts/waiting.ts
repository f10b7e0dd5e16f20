import { resume } from '../../../src/core/ticket.ts'
import type { Buyer } from '../../../src/core/buyer.ts'
import { fits, type OpenTicket } from '../../../src/screens/sell/open_ticket.ts'
import type { Act, Scene } from '../act.ts'
import { fill, wait } from '../counter.ts'
import { FAULTS } from '../wire.ts'
import { pay } from './selling.ts'

// A second or so, as long as a till waits before it looks again.
const LOOK_MS = 600

/** Somebody forgot their purse: the ticket waits, and the next one is served. */
export const parkTicket: Act = {
  name: 'park', weight: 6, inContact: true,
  play: async (scene) => {
    const { desk, dice } = scene
    const buyer = dice.once(3) ? dice.one(desk.till.buyers.search('', 50)) : null
    const parked = await wait(scene, { kind: 'ticket', letter: 'A', ticket: fill(scene), misread: [], buyer: buyer?.id ?? null })
    await desk.look()
    return parked
  },
}

/** Go on with a ticket that waits here, which asks nobody: it is paid, gets more lines and waits again, or is let go. */
async function goOnWith(scene: Scene, open: OpenTicket): Promise<string> {
  const { shop, desk, dice } = scene
  const { till } = desk
  const { id } = open.ticket
  till.parked.resume(id)
  // While somebody works on it the till speaks with the server as always.
  await desk.look()
  if (dice.once(2)) return `more: ${await wait(scene, { ...open, ticket: fill(scene, resume(open.ticket)) })}`
  const buyer: Buyer | null = open.buyer == null ? null : till.buyers.byId(open.buyer)
  const isDropped = dice.once(5)
  if (isDropped) shop.story.ticket('dropped', { ticket: id })
  const ended = isDropped ? 'let go' : await pay(scene, resume(open.ticket), buyer)
  await till.drafts.remove(id)
  return ended
}

/** The buyer of a parked ticket is back, at the till where it waits. */
export const goOn: Act = {
  name: 'go on with a ticket', weight: 6, inContact: true,
  play: async ({ shop, desk, dice }) => {
    const at = desk.waiting.length > 0 ? desk : dice.one(shop.desks.filter((one) => one.isOpen && one.waiting.length > 0))
    const open = at === null ? null : dice.one(at.waiting)
    return at === null || open === null ? null : `at ${at.name}, ${await goOnWith({ shop, desk: at, dice }, open)}`
  },
}

/** What may happen where it waits: somebody goes on with a ticket, or it is handed over, which now and then goes wrong on the way while somebody stands there. */
async function happensAt(there: Scene): Promise<void> {
  const { desk, dice } = there
  if (dice.once(6)) { await goOn.play(there); return }
  const fault = dice.once(3) ? dice.one(FAULTS) : null
  if (fault !== null) desk.wire.faults.set('gives', fault)
  await desk.look()
  desk.wire.faults.delete('gives')
  if (fault !== null && dice.once(2)) await goOn.play(there)
}

/** The buyer stands at another till, and their ticket is asked for there, while anything may happen where it waits. */
export const takeOver: Act = {
  name: 'take a ticket over', weight: 6, inContact: true,
  play: async (scene) => {
    const { shop, desk, dice } = scene
    // Tills speak of what waits every few seconds, where there is a network.
    if (!dice.once(4)) for (const one of shop.desks) await one.look()
    const wanted = dice.one(desk.till.parked.elsewhere.get())
    if (wanted === null) return null
    desk.meanwhile = async () => {
      shop.now += LOOK_MS
      const other = dice.one(shop.desks.filter((one) => one !== desk))
      if (other !== null) await happensAt({ shop, desk: other, dice })
    }
    try {
      const taken = await desk.till.parked.take(wanted.id)
      if (taken.state !== 'yours') return taken.state
      if (!fits(taken.value)) throw new Error('what came is no ticket')
      await desk.keep(taken.value)
      return dice.once(2) ? `here: ${await goOnWith(scene, taken.value)}` : 'here'
    } finally {
      desk.meanwhile = () => Promise.resolve()
    }
  },
}
