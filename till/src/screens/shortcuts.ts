// The keys of the selling screen. F5, F11, F12, Ctrl+W and Ctrl+T stay the browser's own.
import { app } from './app.svelte.ts'
import type { KeyHandlers } from './keyboard.ts'
import { chargeExact, openPay } from './pay/charge.ts'
import { counter } from './sell/counter.svelte.ts'
import { finder } from './sell/finder.svelte.ts'
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

export const shortcuts: KeyHandlers = {
  type: write,
  enter,
  escape,
  named: {
    F1: () => { app.go({ name: 'more' }) },
    F2: search,
    F3: () => { app.go({ name: counter.buyer === null ? 'buyers' : 'buyer' }) },
    F4: () => { counter.parkOrResume() },
    F6: () => { counter.add() },
    F7: () => { counter.next(1) },
    F8: () => { if (counter.lines.length > 0) app.go({ name: 'discount' }) },
    F9: openPay,
    F10: chargeExact,
    'Ctrl+Enter': chargeExact,
    'Ctrl+1': () => { leave.begin() },
    'Ctrl+e': () => { app.go({ name: counter.lines.length > 0 && counter.order === null && app.shift !== null ? 'order_new' : 'orders' }) },
    Insert: () => { app.go({ name: 'product', code: counter.misread.find(({ problem }) => problem === 'unknown')?.code ?? '' }) },
    'Ctrl+i': () => { app.go({ name: 'check' }) },
    'Ctrl+l': () => { app.person = null },
    'Ctrl+z': () => { counter.undo() },
    Delete: remove,
    ArrowUp: () => { counter.move(-1) },
    ArrowDown: () => { counter.move(1) },
  },
}
