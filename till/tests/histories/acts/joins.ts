import type { Act } from '../act.ts'

/** Somebody in the office sees that two cards are of one person, whether the tills know or not; tickets and payments by the old one still come. */
export const joinBuyers: Act = {
  name: 'join buyers', weight: 3, inContact: true,
  play: async ({ shop, desk, dice }) => {
    const known = desk.till.buyers.search('', 50)
    const [kept, other] = [dice.one(known), dice.one(known)]
    if (kept === null || other === null || kept.id === other.id) return null
    const said = { other: other.id, kept: kept.id }
    const { done } = (await shop.office('join', said)) as { readonly done: boolean }
    if (!done) return null
    shop.joined = [...shop.joined, other.id]
    shop.story.wrote('join', said)
    return `${other.name} is ${kept.name}`
  },
}

/** They are two after all. */
export const separateBuyers: Act = {
  name: 'separate buyers', weight: 1, inContact: true,
  play: async ({ shop, dice }) => {
    const other = dice.one(shop.joined)
    if (other === null) return null
    shop.joined = shop.joined.filter((one) => one !== other)
    await shop.office('separate', { other })
    shop.story.wrote('separate', { other })
    return other
  },
}
