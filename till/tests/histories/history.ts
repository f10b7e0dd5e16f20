/** A history: a line of steps drawn from a seed, played in a shop, and its end, when everything was healed. */
import { ACTS, actOf } from './acts/index.ts'
import type { Step } from './act.ts'
import { Dice } from './dice.ts'
import type { Shop } from './shop.ts'
import type { Event } from './story.ts'
import type { View } from './view.ts'

const STEPS_LEAST = 6
const STEPS_MOST = 14
const IN_CONTACT = 8
const PAUSES_MS = [4_000, 30_000, 240_000]

/** What is to be played: `inContact`, a till hears of everything before each step, and everybody can hear of it after. */
export interface Plan {
  readonly inContact: boolean
  /** Somebody in the office deals at the end with what fitted no chain. */
  readonly isAdmitted: boolean
  readonly steps: readonly Step[]
}

/** What was played: each step in words, what reached the server, what tills and books show. */
export interface Played {
  readonly words: readonly string[]
  readonly story: readonly Event[]
  readonly views: readonly View[]
  /** What the server's books say. */
  readonly books: unknown
}

/** Draw a history from a seed. */
export function planned(seed: number): Plan {
  const dice = new Dice(seed)
  const inContact = dice.once(IN_CONTACT)
  const acts = inContact ? ACTS.filter((act) => act.inContact) : ACTS
  const steps = Array.from({ length: dice.between(STEPS_LEAST, STEPS_MOST) }, () => ({ act: dice.weighed(acts).name, till: dice.below(3), dice: dice.seed() }))
  return { inContact, isAdmitted: !dice.once(4), steps }
}

/** Play a history, and heal. `isLast`: of this shop; then the books are asked for what takes longer to tell, too. */
export async function play(shop: Shop, { inContact, isAdmitted, steps }: Plan, isLast: boolean): Promise<Played> {
  const words: string[] = []
  for (const step of steps) {
    const done = await playStep(shop, step, inContact)
    if (done !== null) words.push(done)
  }
  const views = await shop.heal(isAdmitted)
  return { words, story: shop.story.take(), views, books: await shop.office('books', { whole: isLast }) }
}

async function playStep(shop: Shop, { act, till, dice: seed }: Step, inContact: boolean): Promise<string | null> {
  const desk = shop.desks[till]
  if (!desk) throw new RangeError(`no till ${String(till)}`)
  const dice = new Dice(seed)
  shop.now += dice.one(PAUSES_MS) ?? 0
  shop.lapse()
  await shop.night()
  if (inContact) await desk.sync()
  const done = await actOf(act).play({ shop, desk, dice })
  if (inContact) await shop.hear(desk)
  return done === null ? null : `${desk.name}: ${act}: ${done}`
}
