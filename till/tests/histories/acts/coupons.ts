import type { Act } from '../act.ts'
import { fill, wait } from '../counter.ts'
import { bring, letGo } from '../coupons.ts'
import type { Code } from '../shop.ts'
import { pay } from './selling.ts'

// Few enough that two people come with copies of one.
const CARRIED = 4

/** Somebody comes with a single-use code, on a ticket that is paid, or waits, or that they leave without it. */
export const bringCoupon: Act = {
  name: 'bring a coupon', weight: 8, inContact: true,
  play: async (scene) => {
    const { shop, desk, dice } = scene
    const code = dice.one(shop.codes.slice(-CARRIED))
    if (code === null) return null
    const buyer = dice.once(3) ? dice.one(desk.till.buyers.search('', 50)) : null
    const plain = fill(scene)
    const ticket = await bring(desk, plain, code.code)
    if (ticket === null) return `it is not taken: ${await pay(scene, plain, buyer)}`
    if (dice.once(6)) {
      await letGo(desk, ticket)
      return 'they leave without it'
    }
    if (!dice.once(5)) return pay(scene, ticket, buyer)
    return `it waits: ${await wait(scene, { kind: 'ticket', letter: 'A', ticket, misread: [], buyer: buyer?.id ?? null })}`
  },
}

/** The office draws more codes; some are good for a day or two. */
export const issueCoupons: Act = {
  name: 'issue coupons', weight: 1, inContact: true,
  play: async ({ shop, dice }) => {
    const until = dice.once(3) ? shop.now + dice.between(1, 48) * 3_600_000 : null
    const { codes } = (await shop.office('coupons', { count: dice.between(1, 3), until })) as { readonly codes: readonly Code[] }
    shop.issued(codes)
    return `${String(codes.length)}${until === null ? '' : ', for some hours'}`
  },
}

/** Somebody lost a sheet: a code is not to be used any more; now and then it is found again. */
export const voidCoupon: Act = {
  name: 'void a coupon', weight: 1, inContact: true,
  play: async ({ shop, dice }) => {
    const code = dice.one(shop.codes.slice(-CARRIED))
    if (code === null) return null
    const told = { coupon: code.id, void: !dice.once(3) }
    const { done } = (await shop.office('void', told)) as { readonly done: boolean }
    shop.story.wrote('void', { ...told, done })
    return `${told.void ? 'void' : 'good again'}${done ? '' : ': refused'}`
  },
}
