/** All acts, by name: a history is a line of them. */
import type { Act } from '../act.ts'
import * as accounts from './accounts.ts'
import * as back from './back.ts'
import * as cards from './cards.ts'
import * as coupons from './coupons.ts'
import * as device from './device.ts'
import * as drawer from './drawer.ts'
import * as joins from './joins.ts'
import * as network from './network.ts'
import * as office from './office.ts'
import * as orders from './orders.ts'
import * as practice from './practice.ts'
import * as selling from './selling.ts'
import * as waiting from './waiting.ts'

export const ACTS: readonly Act[] = [selling, waiting, back, accounts, joins, cards, coupons, orders, drawer, practice, network, device, office].flatMap((room) => Object.values(room).filter((one) => typeof one === 'object'))

export function actOf(name: string): Act {
  const found = ACTS.find((act) => act.name === name)
  if (!found) throw new Error(`no act is called ${name}`)
  return found
}
