// The keys of the selling screen, as this device has them. F5, F11, F12, Ctrl+W and Ctrl+T stay the browser's own.
import { keyOf, type KeyAct } from '../core/keys.ts'
import { app } from './app.svelte.ts'
import type { KeyHandlers } from './keyboard.ts'
import { preferences } from './preferences.svelte.ts'
import { chargeExact, openPay } from './pay/charge.ts'
import { counter } from './sell/counter.svelte.ts'
import { finder } from './sell/finder.svelte.ts'
import { helping } from './sell/helping.svelte.ts'
import { leave } from './sell/leaving.svelte.ts'

function search(): void {
  app.go({ name: app.wide ? 'ticket' : 'products' })
  // On a phone the well appears with the products.
  requestAnimationFrame(() => { finder.focus() })
}

/** A character typed with nothing focused begins a search; digits may become «3*». */
function write(text: string): boolean {
  if (text === '?') { app.go({ name: 'keys' }); return true }
  if (text === ' ' || (app.zone.name !== 'ticket' && app.zone.name !== 'products')) return false
  finder.type(text)
  return true
}

function enter(): boolean {
  if (counter.done) { counter.leaveDone(); return true }
  const { selected } = counter.ticket
  if (selected === null || app.zone.name !== 'ticket') return false
  app.go({ name: 'line', line: selected })
  return true
}

function remove(): void {
  const { selected } = counter.ticket
  if (selected !== null) counter.remove(selected)
}

function escape(): boolean {
  if (finder.query !== '') finder.clear()
  else if (app.zone.name !== 'ticket') app.home()
  else if (counter.multiplier !== null) counter.multiply('0')
  else return false
  return true
}

const ACTS: Readonly<Record<KeyAct, () => boolean | void>> = {
  more: () => { app.go({ name: 'more' }) },
  search,
  buyer: () => { app.go({ name: counter.buyer === null ? 'buyers' : 'buyer' }) },
  park: () => { counter.parkOrResume() },
  new: () => { counter.add() },
  tabs: () => { counter.next(1) },
  discount: () => { if (counter.lines.length > 0) app.go({ name: 'discount' }) },
  pay: openPay,
  exact: chargeExact,
  strip: () => { leave.begin() },
  need: () => { helping.arm() },
  orders: () => { app.go({ name: counter.lines.length > 0 && counter.order === null && app.shift !== null ? 'order_new' : 'orders' }) },
  waiting: () => { app.go({ name: 'waiting' }) },
  product: () => { app.go({ name: 'product', code: counter.misread.find(({ problem }) => problem === 'unknown')?.code ?? '' }) },
  check: () => { app.go({ name: 'check' }) },
  camera: () => { app.go({ name: 'camera' }) },
  lock: () => { app.person = null },
  undo: () => { counter.undo() },
}

export const shortcuts: KeyHandlers = {
  type: write,
  enter,
  escape,
  // By the keys of this device, as they are now.
  get named() {
    const chosen = (Object.keys(ACTS) as KeyAct[]).map((act) => [keyOf(act, preferences.keys), ACTS[act]] as const)
    return {
      'Ctrl+Enter': chargeExact, Delete: remove, ArrowUp: () => { counter.move(-1) }, ArrowDown: () => { counter.move(1) }, ...Object.fromEntries(chosen),
    }
  },
}
