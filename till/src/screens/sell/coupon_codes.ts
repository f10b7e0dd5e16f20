// Single-use coupons on a ticket: kept at the server for it, so that no other till takes them; without the server, those that the owner lets
// this till take (ruling 29, docs/adr/0034).
import { codeHash, readCode } from '../../core/coupon.ts'
import { asInteger, asObject, asText, type JsonObject } from '../../core/json.ts'
import { bringCode as putCode, type CodeOnTicket } from '../../core/ticket.ts'
import { app, part, till } from '../app.svelte.ts'
import { day } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'
import { counter } from './counter.svelte.ts'

/** The server keeps a code for ten minutes; this till counts on a little less. */
const KEPT_MS = 9 * 60_000

type Problem = 'bad' | 'unknown' | 'offline' | 'void' | 'over' | 'tired' | 'taken'
/** A code that may be used on this ticket, or a sentence why not. */
type Found = CodeOnTicket | string

function because(problem: Problem): string {
  return t(`coupon.${problem}`)
}

// Asked by the hash of the code, or by the id that it was answered with before; null when nobody can say.
async function asked(sale: string, named: { readonly code: string } | { readonly coupon: string }): Promise<Found | null> {
  const reply = await till().askToSpend('coupon', { sale, keep: true, ...named })
  if (reply?.status === 404) return because('unknown')
  if (reply?.status === 429) return because('tired')
  return reply?.status === 200 ? said(asObject(reply.json)) : null
}

function said(answer: JsonObject | undefined): Found | null {
  const row = asObject(answer?.['coupon'])
  const [id, coupon, state] = [asText(row?.['id']), asText(row?.['coupon']), asText(row?.['state'])]
  if (id === undefined || coupon === undefined) return null
  if (answer?.['kept'] === true) return { id, coupon, kept: till().serverNow() + KEPT_MS }
  const used = asObject(row?.['used'])
  const [ticket, at] = [asText(used?.['ticket']), asInteger(used?.['at'])]
  if (ticket !== undefined && at !== undefined) return t('coupon.used_on', { ticket, day: day(at) })
  return because(state === 'void' || state === 'over' ? state : 'taken')
}

/** Whether the owner lets this till take one more code without asking. */
function hasOfflineRoom(): boolean {
  const limit = part().settings.offline.coupon
  return limit === null || till().coupons.spent() < limit
}

function foundHere(hash: string): Found {
  const known = till().coupons.byCode(hash)
  if (known?.coupon == null || known.balance < 1 || !hasOfflineRoom()) return because('offline')
  return known.until !== null && known.until <= till().serverNow() ? because('over') : { id: known.id, coupon: known.coupon, kept: 0 }
}

/** Put the code that somebody typed or scanned on the ticket, or say why it is not. */
export async function bringCode(text: string): Promise<void> {
  const code = readCode(text)
  if (code === null) { refuse(because('bad')); return }
  if (counter.order !== null || counter.reprices !== null) { counter.refuse('order'); return }
  counter.leaveDone()
  const sale = counter.ticket.id
  const hash = codeHash(code)
  const found = (await asked(sale, { code: hash })) ?? foundHere(hash)
  // Meanwhile another ticket may be on show: its code waits no longer than the server keeps it.
  if (counter.ticket.id !== sale) return
  if (typeof found === 'string') refuse(found)
  else if ((counter.ticket.codes ?? []).some(({ id, coupon }) => coupon === found.coupon && id !== found.id)) {
    letGo([found])
    refuse(t('coupon.one'))
  } else {
    counter.keep(putCode(counter.ticket, found))
    app.sound('scanned')
  }
}

/** Whether the codes that lower this ticket may still be used, asked once more as it is paid. One that may not is taken off, and it is said why. */
export async function mayUseCodes(codes: readonly CodeOnTicket[]): Promise<boolean> {
  for (const code of codes) {
    const found = (await asked(counter.ticket.id, { coupon: code.id })) ?? unasked(code)
    if (typeof found !== 'string') continue
    // Without the server it may be good yet, on this ticket or another day: whoever serves takes it off.
    if (found !== because('offline')) counter.leaveCoupon(code.coupon)
    refuse(found)
    return false
  }
  return true
}

// The server keeps it for this ticket; or it is one of those that this till knows, and may take.
function unasked(code: CodeOnTicket): Found {
  const isHere = till().coupons.balanceOf(code.id) > 0 && hasOfflineRoom()
  return code.kept > till().serverNow() || isHere ? code : because('offline')
}

/** Let the server give these codes to whoever brings them next. */
export function letGo(codes: readonly CodeOnTicket[]): void {
  for (const { id } of codes) till().askToSpend('coupon', { sale: counter.ticket.id, keep: false, coupon: id }).catch(reportError)
}

function refuse(sentence: string): void {
  app.sound('attention')
  app.say(sentence, 'alert')
}
