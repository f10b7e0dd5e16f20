// English of the later words; they come with the others, in the file of English.
import type { Dictionary } from '../../types.ts'
import type { Late } from '../../index.ts'
import { back } from './back.ts'
import { cards } from './cards.ts'
import { desk } from './desk.ts'
import { goods } from './goods.ts'
import { help } from './help.ts'
import { orders } from './orders.ts'
import { pay } from './pay.ts'
import { screens } from './screens.ts'
import { sell } from './sell.ts'
import { shelf } from './shelf.ts'
import { shift } from './shift.ts'
import { start } from './start.ts'
import { state } from './state.ts'
import { vouchers } from './vouchers.ts'

export const late: Pick<Dictionary, keyof Late> = { ...back, ...cards, ...desk, ...goods, ...help, ...orders, ...pay, ...screens, ...sell, ...shelf, ...shift, ...start, ...state, ...vouchers }
