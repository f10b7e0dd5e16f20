/**
 * What can happen in a history. An act is one thing that a person, the network or a machine does; the dice decide how. It is played where the shop
 * stands by then, so that it means something whatever came before it, and whatever was left out.
 *
 * To add one: write it into a file of `acts/` and name it in `acts/index.ts`. What its facts mean for the balances is said in
 * `tests/histories/model/` on the other side, from the contract and without a look at the code.
 */
import type { Desk } from './desk.ts'
import type { Dice } from './dice.ts'
import type { Shop } from './shop.ts'

export interface Scene {
  readonly shop: Shop
  readonly desk: Desk
  readonly dice: Dice
}

export interface Act {
  readonly name: string
  /** How often it happens beside the others. */
  readonly weight: number
  /** False for what takes the contact between tills and server away, or brings back what was: a shop in contact has none of it. */
  readonly inContact: boolean
  /** Do it, and say what was done; null where it cannot be done now. */
  readonly play: (scene: Scene) => Promise<string | null>
}

/** One step of a history: which act, at which till, and the seed of its dice. */
export interface Step {
  readonly act: string
  readonly till: number
  readonly dice: number
}
