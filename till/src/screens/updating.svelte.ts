// A newer version takes over by itself, but only while nothing is open and no hand has moved for a while: it loads the page anew.
import { app, till } from './app.svelte.ts'
import { counter } from './sell/counter.svelte.ts'
import { isFree } from './sell/open_ticket.ts'
import { leave } from './sell/leaving.svelte.ts'

/** How long nothing may have been touched while nobody is signed in, milliseconds. */
export const QUIET_ALONE_MS = 20_000
/** And while somebody is: the page then asks for the PIN again, so it must be a real pause. */
export const QUIET_SIGNED_IN_MS = 5 * 60_000

/** What stands in the way of an update, or does not. */
export interface Moment {
  readonly isReady: boolean
  /** Lines in any ticket, a visit that can still be taken back, a Z on show, an approval, a count: something that a person is in the middle of.
   * A sale that was made is over: it may stay on show all night. */
  readonly isBusy: boolean
  readonly isSignedIn: boolean
  /** Milliseconds since a key, a finger or a scanner was last heard. */
  readonly quiet: number
}

export function mayUpdate({ isReady, isBusy, isSignedIn, quiet }: Moment): boolean {
  return isReady && !isBusy && quiet >= (isSignedIn ? QUIET_SIGNED_IN_MS : QUIET_ALONE_MS)
}

const TOUCHES = ['pointerdown', 'keydown'] as const
let touchedAt = Date.now()

/** Hear every touch, whoever it is meant for; returns what stops it. */
export function hearTouches(): () => void {
  const touched = (): void => { touchedAt = Date.now() }
  for (const kind of TOUCHES) window.addEventListener(kind, touched, { capture: true, passive: true })
  return () => { for (const kind of TOUCHES) window.removeEventListener(kind, touched, { capture: true }) }
}

function isBusy(): boolean {
  const isElsewhere = app.person !== null && (app.shift === null || (app.zone.name !== 'ticket' && app.zone.name !== 'products'))
  const isOnShow = app.closed !== null || app.approval !== null || leave.now !== null
  return isElsewhere || isOnShow || counter.all.some((open) => !isFree(open))
}

/** Called once a second: hands over to the newer version when it may. */
export function updateWhenIdle(): void {
  const quiet = app.now - touchedAt
  if (mayUpdate({ isReady: app.updateReady, isBusy: isBusy(), isSignedIn: app.person !== null, quiet })) till().applyUpdate()
}
