import { beginPractice, dropPractice, openPractice } from '../../../src/data/practice.ts'
import type { Act } from '../act.ts'
import { Shop } from '../shop.ts'
import { meet, payAccount } from './accounts.ts'
import { exchange, takeBack, takeBackWithoutTicket } from './back.ts'
import { sellCard } from './cards.ts'
import { close, moveCash, openDrawer } from './drawer.ts'
import { cancelOrder, deliver, order, payOrder } from './orders.ts'
import { reprint, sell } from './selling.ts'
import { goOn, parkTicket } from './waiting.ts'

const PRACTISED = [sell, sell, meet, payAccount, takeBack, exchange, takeBackWithoutTicket, order, payOrder, deliver, cancelOrder, sellCard, reprint, parkTicket, goOn, moveCash, openDrawer, close]

/** Somebody new learns the till: whatever they do there, neither the true till nor the books know of it. */
export const practise: Act = {
  name: 'practise', weight: 2, inContact: true,
  play: async ({ shop, desk, dice }) => {
    // A shop that nobody else is in: what is noted there is noted nowhere.
    const nowhere = new Shop(shop.address, dice.seed())
    nowhere.now = shop.now
    const practice = nowhere.desks[desk.place]
    if (practice === undefined) throw new RangeError('no such till')
    practice.disk = desk.disk
    await beginPractice(desk.part, desk.environment)
    await desk.close()
    await practice.open(openPractice)
    const { orders, buyers } = practice.till
    const seen = orders.waiting('', () => '').length + orders.ended().length + buyers.search('', 1).length + practice.waiting.length
    if (seen > 0) throw new Error('who practises sees what is of the true till')
    const done: string[] = []
    for (let n = dice.between(2, 5); n > 0; n--) {
      const act = dice.one(PRACTISED) ?? sell
      if (await act.play({ shop: nowhere, desk: practice, dice }) !== null) done.push(act.name)
    }
    await practice.close()
    if (nowhere.story.take().some(({ event }) => event === 'push')) throw new Error('the server heard of what was practised')
    // Now and then the page is closed in the middle of it.
    if (!dice.once(4)) await dropPractice(desk.environment)
    await desk.open()
    return done.join(', ')
  },
}
