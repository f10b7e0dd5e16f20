// The one state that all screens share: the till's stores, who stands at it, and what the left zone shows.
import type { CatalogueState, Fact, OpenShift, Product, Readable, SoldTicket, StaffMember, StorageState, SyncState, Till, TillPart, TillState } from '../data/index.ts'
import type { ApprovalGiven } from '../core/facts.ts'
import type { TicketRange } from '../core/shift.ts'
import { play, type SoundName } from '../devices/sound.ts'
import type { Seen } from './sell/scanning.ts'
import { preferences } from './preferences.svelte.ts'

/** What the left zone shows. On a phone everything but `ticket` covers the ticket. */
export type Zone =
  | { readonly name: 'ticket' | 'products' | 'pay' | 'discount' | 'more' | 'preferences' | 'keys' | 'unsent' | 'tickets' | 'cash' | 'drawer' | 'partial' | 'count' | 'about' | 'ask' | 'options' | 'buyer' | 'account' | 'age' | 'trace' | 'tip' | 'card' | 'camera' | 'helped' }
  /** `then`: where to go on once somebody is chosen. */
  | { readonly name: 'buyers'; readonly then?: Zone }
  | { readonly name: 'order_new' | 'arrange' | 'orders' | 'waiting' | 'promised' }
  | { readonly name: 'order'; readonly order: string }
  /** `first`: of an order just written down, whose paper is printed with it. */
  | { readonly name: 'deposit'; readonly order: string; readonly first: boolean }
  /** What a price is asked of: what was scanned, or a code that no product carries. */
  | { readonly name: 'check'; readonly seen?: Seen | string }
  /** A product is created, for a code that no product carries, or corrected. */
  | { readonly name: 'product'; readonly product?: string; readonly code?: string }
  /** `code`: of the card that was scanned; `paying`: the pay sheet waits for it. */
  | { readonly name: 'gift_card'; readonly code: string | null; readonly paying?: boolean }
  | { readonly name: 'line'; readonly line: string }
  | { readonly name: 'note'; readonly line: string | null }
  | { readonly name: 'variants'; readonly family: string }
  | { readonly name: 'receipt'; readonly sale: string }
  /** `sale` null: what stands on the open ticket comes back without a ticket. */
  | { readonly name: 'return'; readonly sale: string | null; readonly elsewhere?: SoldTicket; readonly isGift?: boolean }

/** What an approval is for, and what happens once it is given. */
export interface Approval {
  readonly action: GivenApproval['action'] | 'practice'
  readonly amount: number | null
  /** Why, where the act itself has already said it. */
  readonly reason?: string
  readonly allow: (given: GivenApproval) => void
  /** What to take back when nobody allows it. */
  readonly back?: () => void
}

export interface GivenApproval {
  readonly approver: string
  readonly action: ApprovalGiven['action']
  readonly reason: string
  readonly amount: number | null
}

/** A shift that was just closed, shown until the next one opens. */
export interface ClosedShift {
  readonly fact: Fact<'shift.closed'>
  readonly opened_at: number
  readonly ranges: readonly TicketRange[]
}

/** One sentence in the place of the bar, for a few seconds. */
export interface Notice { readonly text: string; readonly tone: 'plain' | 'alert' }

const NOTICE_MS = 6000
/** What a scan asks, or is changed of it: the camera goes on after it. */
const ASIDE: ReadonlySet<Zone['name']> = new Set(['age', 'trace', 'ask', 'options', 'variants', 'line', 'note', 'product'])
const WIDE_FROM = 860

class App {
  till = $state.raw<Till | null>(null)
  state = $state.raw<TillState>({ name: 'starting', reason: null })
  part = $state.raw<TillPart | null>(null)
  sync = $state.raw<SyncState | null>(null)
  storage = $state.raw<StorageState | null>(null)
  shift = $state.raw<OpenShift | null>(null)
  catalogue = $state.raw<CatalogueState>({ loaded: 0, total: 0, scanReady: false, ready: false, revision: 0 })
  updateReady = $state.raw(false)
  person = $state.raw<StaffMember | null>(null)
  zone = $state.raw<Zone>({ name: 'ticket' })
  /** The camera is open, also while what it scanned is asked about. */
  scans = $state(false)
  approval = $state.raw<Approval | null>(null)
  closed = $state.raw<ClosedShift | null>(null)
  notice = $state.raw<Notice | null>(null)
  /** Milliseconds, moved on once a second: for the clock, ages and undo times. */
  now = $state.raw(Date.now())
  wide = $state.raw(true)
  #noticeTimer: ReturnType<typeof setTimeout> | undefined

  /** Follow the stores of an opened till. */
  attach(till: Till): void {
    this.till = till
    follow(till.state, (value) => { this.state = value })
    follow(till.part, (value) => { this.#takePart(value) })
    follow(till.sync, (value) => { this.sync = value })
    follow(till.storage, (value) => { this.storage = value })
    follow(till.openShift, (value) => { this.shift = value })
    follow(till.catalogue.state, (value) => { this.catalogue = value })
    follow(till.updateReady, (value) => { this.updateReady = value })
  }

  /** Follow the window's width and the passing of time. */
  watch(): void {
    const measure = (): void => { this.wide = window.innerWidth >= WIDE_FROM }
    measure()
    window.addEventListener('resize', measure)
    setInterval(() => { this.now = Date.now() }, 1000)
  }

  go(zone: Zone): void {
    this.approval = null
    if (!ASIDE.has(zone.name)) this.scans = zone.name === 'camera'
    this.zone = zone
  }

  /** Show what a product costs and where there is some. */
  details(product: Product): void {
    this.go({ name: 'check', seen: { product, sells: product, adding: {} } })
  }

  /** Back to where selling goes on: products on a wide screen, the ticket on a phone, the camera that still scans. */
  home(): void {
    this.go({ name: this.scans && this.zone.name !== 'camera' ? 'camera' : 'ticket' })
  }

  /** Back home from a room once what was done there is written; whoever has gone on meanwhile is not called back. */
  homeFrom(zone: Zone): void {
    if (this.zone === zone) this.home()
  }

  say(text: string, tone: Notice['tone'] = 'plain'): void {
    this.notice = { text, tone }
    clearTimeout(this.#noticeTimer)
    this.#noticeTimer = setTimeout(() => { this.notice = null }, NOTICE_MS)
  }

  sound(name: SoundName): void {
    if (preferences.sound) play(name)
  }

  // A person whom the office took away, or whose limits changed, is not the person who signed in.
  #takePart(part: TillPart | null): void {
    this.part = part
    const person = this.person
    if (person && part) this.person = part.staff.find((other) => other.id === person.id) ?? null
  }
}

function follow<T>(store: Readable<T>, take: (value: T) => void): void {
  store.subscribe(take)
}

export const app = new App()

/** The opened till; screens that are on show always have one. */
export function till(): Till {
  if (!app.till) throw new Error('the till is not open yet')
  return app.till
}

/** The till part; screens behind the sign-in always have one. */
export function part(): TillPart {
  if (!app.part) throw new Error('the till part has not come yet')
  return app.part
}
