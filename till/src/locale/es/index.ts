// Spanish, the first language: neutral words with Mexican terms. Usted, short, no exclamation marks.
import { back } from './back.ts'
import { cards } from './cards.ts'
import { desk } from './desk.ts'
import { goods } from './goods.ts'
import { orders } from './orders.ts'
import { pay } from './pay.ts'
import { screens } from './screens.ts'
import { sell } from './sell.ts'
import { shelf } from './shelf.ts'
import { shift } from './shift.ts'
import { start } from './start.ts'
import { state } from './state.ts'
import { vouchers } from './vouchers.ts'

export const es = { ...start, ...sell, ...pay, ...shift, ...state, ...screens, ...back, ...goods, ...orders, ...shelf, ...desk, ...cards, ...vouchers } as const
