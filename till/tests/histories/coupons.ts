/** A single-use code at a till, as the screens take it: asked for as it is typed, and again as the ticket is paid; without the server, as the owner allows. */
import { codeHash, readCode, usedOf, type UsedCode } from '../../src/core/coupon.ts'
import { bringCode, leaveCoupon, type CodeOnTicket, type Ticket } from '../../src/core/ticket.ts'
import type { Scene } from './act.ts'
import { bill, type Bill } from './counter.ts'
import type { Desk } from './desk.ts'

// A little less than the server keeps it for.
const KEPT_MS = 9 * 60_000

interface Answer {
  readonly coupon: { readonly id: string; readonly coupon: string }
  readonly kept: boolean
}

/** What the server says: the code, kept for this ticket; that it may not be used; or null, where nobody can say. */
async function asked({ till }: Desk, sale: string, named: { readonly code: string } | { readonly coupon: string }): Promise<CodeOnTicket | 'refused' | null> {
  const reply = await till.askToSpend('coupon', { sale, keep: true, ...named })
  if (reply?.status === 404) throw new Error('the server does not know a code that it issued')
  if (reply?.status !== 200) return null
  const { coupon: { id, coupon }, kept } = reply.json as Answer
  return kept ? { id, coupon, kept: till.serverNow() + KEPT_MS } : 'refused'
}

function hasOfflineRoom({ till, part }: Desk): boolean {
  const limit = part.settings.offline.coupon
  return limit === null || till.coupons.spent() < limit
}

function foundHere(desk: Desk, hash: string): CodeOnTicket | null {
  const { till } = desk
  const known = till.coupons.byCode(hash)
  if (known === null || known.coupon === null || known.balance < 1 || !hasOfflineRoom(desk)) return null
  return known.until !== null && known.until <= till.serverNow() ? null : { id: known.id, coupon: known.coupon, kept: 0 }
}

/** Put a code that somebody types on a ticket; null where it may not be. */
export async function bring(desk: Desk, ticket: Ticket, text: string): Promise<Ticket | null> {
  const code = readCode(text)
  if (code === null) throw new Error(`${text} is no code`)
  const found = (await asked(desk, ticket.id, { code: codeHash(code) })) ?? foundHere(desk, codeHash(code))
  return found === null || found === 'refused' ? null : bringCode(ticket, found)
}

/** Let the server give the codes of a ticket to whoever brings them next. */
export async function letGo({ till }: Desk, ticket: Ticket): Promise<void> {
  for (const { id } of ticket.codes ?? []) await till.askToSpend('coupon', { sale: ticket.id, keep: false, coupon: id })
}

/** The bill of a ticket, and the codes that lower it. One that may not be used any more as it is paid is taken off. */
export async function billWithCodes(scene: Scene, ticket: Ticket): Promise<{ readonly made: Bill; readonly codes: readonly UsedCode[] }> {
  const { shop, desk } = scene
  const made = bill(desk, ticket)
  const codes = usedOf(ticket, made.basket.promotions ?? [], desk.till.catalogue.promotions())
  for (const code of codes) {
    const answer = await asked(desk, ticket.id, { coupon: code.id })
    const isHere = code.kept > desk.till.serverNow() || (desk.till.coupons.balanceOf(code.id) > 0 && hasOfflineRoom(desk))
    if (answer === 'refused' || (answer === null && !isHere)) return billWithCodes(scene, leaveCoupon(ticket, code.coupon))
    const spent = (): void => { shop.story.spentOfCoupon(code.id) }
    if (answer === null) spent()
    else shop.kept(desk, spent)
  }
  return { made, codes }
}
