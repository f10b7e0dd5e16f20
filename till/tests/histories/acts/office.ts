import type { Act } from '../act.ts'

/** Somebody in the office writes into an account: an opening balance, a correction. */
export const writeEntry: Act = {
  name: 'write into an account', weight: 2, inContact: true,
  play: async ({ shop, desk, dice }) => {
    const buyer = dice.one(desk.till.buyers.search('', 50))
    if (buyer === null) return null
    const wrote = { buyer: buyer.id, account: dice.one(['fiado', 'credit', 'points'] as const) ?? 'credit', amount: dice.between(1, 300) * 100 }
    return (await told(shop, 'entry', wrote)) ? `${wrote.account} ${String(wrote.amount)} of ${buyer.name}` : null
  },
}

/** Somebody in the office says how much a buyer may owe. */
export const setLimit: Act = {
  name: 'set a limit', weight: 3, inContact: true,
  play: async ({ shop, desk, dice }) => {
    const buyer = dice.one(desk.till.buyers.search('', 50))
    if (buyer === null) return null
    const limit = dice.below(6) * 10_000
    return (await told(shop, 'limit', { buyer: buyer.id, limit })) ? `${String(limit)} for ${buyer.name}` : null
  },
}

/** Goods come in, or are counted away. */
export const moveGoods: Act = {
  name: 'move goods', weight: 1, inContact: true,
  play: async ({ shop, desk, dice }) => {
    const product = dice.one(desk.till.catalogue.all())
    if (product === null) return null
    const quantity = dice.between(-5, 30) * 1000
    if (quantity === 0) return null
    await told(shop, 'goods', { product: product.id, quantity })
    return `${String(quantity)} of ${product.name}`
  },
}

/** A product costs something else from now on. */
export const setPrice: Act = {
  name: 'set a price', weight: 1, inContact: true,
  play: async ({ shop, desk, dice }) => {
    const product = dice.one(desk.till.catalogue.all())
    if (product === null) return null
    const price = dice.between(100, 200_000) * 10
    await told(shop, 'price', { product: product.id, price })
    return `${product.name} ${String(price)}`
  },
}

/** Points are earned otherwise from now on; tills hear of it when they speak with the server. */
export const setScheme: Act = {
  name: 'change the points', weight: 1, inContact: true,
  play: async ({ shop, dice }) => {
    const begun = (await shop.office('scheme', { turn: dice.below(3) })) as Readonly<Record<string, unknown>>
    shop.story.wrote('scheme', begun)
    return 'another version'
  },
}

/** Have it done, and note it for the judge. False where the office knows of no such thing yet: a buyer whom no till has told of. */
async function told(shop: Parameters<Act['play']>[0]['shop'], what: string, more: Readonly<Record<string, unknown>>): Promise<boolean> {
  const { done } = (await shop.office(what, more)) as { readonly done: boolean }
  if (done) shop.story.wrote(what, { ...more, now: shop.now })
  return done
}
