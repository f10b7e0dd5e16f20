// A promise written down at the till: a chip of the owner's and its day, a fact at once, which another takes back within ten seconds.
import type { PromiseChip } from '../../core/guidance.ts'
import { dayAfter } from '../../core/order.ts'
import { app, till } from '../app.svelte.ts'
import { today } from '../orders/orders.svelte.ts'
import { dateText, day } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'
import { record } from './records.ts'

/** A day of the store in words: today, tomorrow, a weekday of this week with its date. */
export function dayWords(iso: string): string {
  const now = today()
  if (iso === now) return t('day.today')
  if (iso === dayAfter(now, 1)) return t('day.tomorrow')
  return iso > now && iso < dayAfter(now, 60) ? day(Date.parse(`${iso}T12:00:00Z`)) : dateText(iso)
}

/** Promise something by the end of a day. `product`: what it is about, where somebody said so. */
export function makePromise(chip: PromiseChip, due: string, product: { readonly id: string; readonly name: string } | null): void {
  const name = product === null ? chip.name : `${chip.name} · ${product.name}`
  const saying = { title: t('strip.promise_said', { name }), detail: t('strip.promise_paper', { day: dayWords(due) }) }
  record('promise', name, saying, 'promise.made', (shift) => ({
    promise: till().newId(), shift, chip: chip.id, due, ...clockOffset(), ...(product === null ? {} : { product: product.id }),
  }))
}

/** By how much the server's clock was ahead when this till heard it last. */
export function clockOffset(): { readonly clock_offset_ms?: number } {
  const offset = app.sync?.offset ?? null
  return offset === null ? {} : { clock_offset_ms: offset }
}
