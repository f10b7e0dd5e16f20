// What is said only in rooms of the later file: it comes with them. A test keeps these words out of what comes first.
import { back } from './back.ts'
import { cards } from './cards.ts'
import { desk } from './desk.ts'
import { goods } from './goods.ts'
import { help } from './help.ts'
import { orders } from './orders.ts'
import { pay } from './pay.ts'
import { prices } from './prices.ts'
import { screens } from './screens.ts'
import { sell } from './sell.ts'
import { shelf } from './shelf.ts'
import { shift } from './shift.ts'
import { start } from './start.ts'
import { state } from './state.ts'
import { vouchers } from './vouchers.ts'

export const late = { ...back, ...cards, ...desk, ...goods, ...help, ...orders, ...pay, ...prices, ...screens, ...sell, ...shelf, ...shift, ...start, ...state, ...vouchers } as const
