// English, complete: every key of the Spanish texts.
import type { Dictionary } from '../types.ts'
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
import { late } from './late/index.ts'

export const en: Dictionary = { ...start, ...sell, ...pay, ...shift, ...state, ...screens, ...back, ...goods, ...orders, ...shelf, ...desk, ...cards, ...vouchers, ...late }
