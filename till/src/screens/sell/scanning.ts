// From a scanned code to a line of the ticket, or to a row that says why not.
import { readCode, unknownCode, type Reading } from '../../core/barcode.ts'
import type { Sellable } from '../../core/adding.ts'
import { seemsCode } from '../../core/coupon.ts'
import { readGiftCode } from '../../core/gift_card.ts'
import type { Product, ScanHit } from '../../data/index.ts'
import { app, part, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { openPaper } from '../back/paper.ts'
import { later } from '../shell/coming.ts'
import { byCode, takesTrace } from './asked.ts'
import { counter, type Asking } from './counter.svelte.ts'

function read(code: string): Reading {
  const year = new Date(till().now()).getUTCFullYear()
  return readCode(code, { rules: till().catalogue.barcodeRules(), digits: part().organization.currency.digits, year })
}

interface Found { readonly hit: ScanHit; readonly attempt: Reading['attempts'][number] }

function inMemory(reading: Reading): Found | null {
  for (const attempt of reading.attempts) {
    const hit = till().catalogue.byBarcode(attempt.code)
    if (hit) return { hit, attempt }
  }
  return null
}

// Only while the catalogue still loads: the part that holds the code, or the server. A whole catalogue answers at once.
async function elsewhere(reading: Reading): Promise<Found | null> {
  for (const attempt of reading.attempts) {
    const hit = await till().catalogue.scan(attempt.code)
    if (hit) return { hit, attempt }
  }
  return null
}

/** What a code stands for: the product, and how it would stand on a ticket. */
export interface Seen { readonly product: Product; readonly sells: Sellable; readonly adding: Asking['adding'] }

function seenBy({ hit, attempt }: Found, reading: Reading): Seen {
  const { product: sells, pack } = byCode(hit.product, hit.quantity)
  return { product: hit.product, sells, adding: {
    pack: attempt.count === null ? pack : (attempt.count / 1000) * pack, weight: attempt.weight, label_price: attempt.price, lot: reading.lot, expires: reading.expires,
    serial: reading.serial,
  } }
}

function put(found: Found, reading: Reading): boolean {
  const { sells, adding } = seenBy(found, reading)
  return counter.put(sells, adding)
}

/** What a code stands for, put nowhere: for the price check. Null: no product carries it. */
export async function look(code: string): Promise<Seen | null> {
  const reading = read(code)
  const found = inMemory(reading) ?? (await elsewhere(reading))
  return found && seenBy(found, reading)
}

function check(code: string): void {
  look(code).then((seen) => {
    app.sound(seen ? 'scanned' : 'unknown')
    app.go({ name: 'check', seen: seen ?? code })
  }).catch((problem: unknown) => { fault(problem) })
}

/** Put what a code stands for on the ticket. Returns false when no product carries it, or the ticket refused it. */
export async function typedCode(code: string): Promise<boolean> {
  const reading = read(code)
  const found = inMemory(reading) ?? (await elsewhere(reading))
  return found !== null && put(found, reading)
}

/** A scan: a line at once, or a row that says why not, and a sound either way. */
export function scanned(code: string): void {
  if (app.person === null || app.shift === null) { app.sound('attention'); return }
  const { zone } = app
  if (zone.name === 'check') { check(code); return }
  if (zone.name === 'product') { app.go({ ...zone, code: read(code).text }); return }
  const reading = read(code)
  if (takesTrace(reading)) return
  const found = inMemory(reading)
  if (found) { settle(put(found, reading)); return }
  // A product's own code comes first, whatever it looks like.
  if (openPaper(code)) return
  if (seemsCode(code)) { singleUse(code); return }
  if (counter.bringCoupon(code)) { settle(true); return }
  if (readGiftCode(code) !== null) { app.go({ name: 'gift_card', code, paying: app.zone.name === 'pay' }); return }
  elsewhere(reading).then((late) => {
    if (late) { settle(put(late, reading)); return }
    counter.misreads({ code: reading.text, problem: reading.problem }, unknownCode(reading))
    app.sound('unknown')
  }).catch((problem: unknown) => { fault(problem) })
}

/** What is typed may be a coupon: of one that is good once the server is asked. */
export function typedCoupon(text: string): boolean {
  if (!seemsCode(text)) return counter.bringCoupon(text)
  singleUse(text)
  return true
}

function singleUse(code: string): void {
  later().then(({ bringCode }) => bringCode(code)).catch(fault)
}

function settle(ok: boolean): void {
  if (ok) app.sound('scanned')
}
