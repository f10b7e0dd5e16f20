// What comes right after the start, in one file: a second one that shares code with the first would split that. It brings its own words.
import { late } from '../../locale/es/late/index.ts'
import { learnLate } from '../words.svelte.ts'

learnLate(late)

export { default as Qr } from '../../ui/Qr.svelte'
export { printGiftCard } from '../cards/printing.ts'
export { default as TransferCode } from '../pay/TransferCode.svelte'
export * from '../sell/coupon_codes.ts'
export * from '../sell/left_visit.ts'
export { default as Vouchers } from '../pay/Vouchers.svelte'
export * from '../records/printing.svelte.ts'
export { default as Slip } from '../records/Slip.svelte'
export { watchGuidance } from '../help/guidance.svelte.ts'
export { default as Beside } from '../help/Beside.svelte'
export { default as ShelfKeys } from '../help/ShelfKeys.svelte'
export { default as StripRow } from '../help/StripRow.svelte'
export { default as Rooms } from './Rooms.svelte'
