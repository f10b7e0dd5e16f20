// From a scanned code to a line of the ticket, or to a row that says why not.
import { readCode, type Reading } from '../../core/barcode.ts'
import type { ScanHit } from '../../data/index.ts'
import { app, part, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { openPaper } from '../back/paper.ts'
import { byCode, takesTrace } from './asked.ts'
import { counter } from './counter.svelte.ts'

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

function put({ hit, attempt }: Found, reading: Reading): boolean {
  const { product, pack } = byCode(hit.product, hit.quantity)
  return counter.put(product, {
    pack: attempt.count === null ? pack : (attempt.count / 1000) * pack, weight: attempt.weight, label_price: attempt.price, lot: reading.lot, expires: reading.expires,
    serial: reading.serial,
  })
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
  const reading = read(code)
  if (takesTrace(reading)) return
  const found = inMemory(reading)
  if (found) { settle(put(found, reading)); return }
  // A product's own code comes first, whatever it looks like.
  if (openPaper(code)) return
  if (counter.bringCoupon(code)) { settle(true); return }
  elsewhere(reading).then((late) => {
    if (late) { settle(put(late, reading)); return }
    counter.misreads({ code: reading.text, problem: reading.problem })
    app.sound('unknown')
  }).catch((problem: unknown) => { fault(problem) })
}

function settle(ok: boolean): void {
  if (ok) app.sound('scanned')
}
