// What some goods are asked for before they are sold: which one it is, and whether the buyer is old enough. And the unit they are sold in.
import { ageToAsk, checkAge, withoutAged } from '../../core/age.ts'
import type { Reading } from '../../core/barcode.ts'
import type { Product, SellingUnit } from '../../core/catalogue.ts'
import { isMeasured } from '../../core/format.ts'
import type { Sellable } from '../../core/adding.ts'
import type { AgeCheck, TicketLine } from '../../core/ticket.ts'
import { changeUnit, inUnit, unitOf } from '../../core/units.ts'
import { app, till } from '../app.svelte.ts'
import { quantity, unitName } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'
import { counter } from './counter.svelte.ts'

// As in the contract: a code, never a text of somebody's.
const TRACE = /^[!-~]{1,40}$/u

/** Ask for the buyer's age where that is still open; true: something else has to wait for the answer. */
export function waitsForAge(): boolean {
  if (ageToAsk(counter.ticket) === null) return false
  app.sound('attention')
  app.go({ name: 'age' })
  return true
}

/** Somebody looked at the buyer. */
export function seenOldEnough(how: AgeCheck['how']): void {
  if (app.person === null) return
  counter.keep(checkAge(counter.ticket, how, app.person.id))
  app.home()
}

/** This buyer may not have it: the rest of the ticket stays. Of an order nothing is taken away: it waits for somebody who may. */
export function notSold(): void {
  if (counter.order !== null) counter.leaveDelivery()
  else counter.keep(withoutAged(counter.ticket, till().now()))
  app.home()
}

/** Take what was scanned or typed for the serial number or the lot that is asked for; false when none is. */
export function takesTrace(reading: Reading): boolean {
  const { asking } = counter
  if (asking == null || (asking.needs !== 'serial' && asking.needs !== 'lot')) return false
  const asked = asking.needs === 'serial' ? reading.serial : reading.lot
  const isOfAProduct = asked === null && reading.attempts.some(({ code }) => till().catalogue.byBarcode(code) !== null)
  if (isOfAProduct) {
    app.sound('attention')
    app.say(t('trace.is_product'), 'alert')
  } else giveTrace(asked ?? reading.text, reading.expires)
  return true
}

/** Put down what was asked about under this serial number or lot; false when it cannot be one. */
export function giveTrace(text: string, expires: string | null = null): boolean {
  const { asking } = counter
  const code = text.trim()
  if (asking === null || (asking.needs !== 'serial' && asking.needs !== 'lot')) return false
  if (!TRACE.test(code)) {
    app.sound('attention')
    app.say(t('trace.no_code'), 'alert')
    return false
  }
  counter.asking = null
  app.home()
  if (!counter.put(asking.product, { ...asking.adding, [asking.needs]: code, ...(expires === null ? {} : { expires }) })) return false
  app.sound('scanned')
  return true
}

/** What a unit is called beside the product: «caja de 12», «bulto de 25 kg». */
export function unitText(product: Pick<Product, 'unit'>, { unit, factor }: SellingUnit): string {
  const many = isMeasured(product.unit) ? `${quantity(factor)} ${unitName(product.unit)}` : quantity(factor)
  return t('unit.of', { unit: unitName(unit), many })
}

/** The product as it stands on a ticket in one of its units. */
export function asUnit(product: Product, unit: SellingUnit): Sellable {
  const name = product.variant === null ? product.name : `${product.name} ${product.variant}`
  return inUnit(product, unit, `${name}, ${unitText(product, unit)}`)
}

/** What a code that stands for so much of a product sells: one of a unit, or so many of the product. */
export function byCode(product: Product, amount: number): { readonly product: Sellable; readonly pack: number } {
  const unit = unitOf(product, amount)
  return unit === null ? { product, pack: amount } : { product: asUnit(product, unit), pack: 1000 }
}

/** The unit that comes after the line's own: its product's units go round. Null: there is but one. */
export function nextUnit(line: TicketLine): { readonly product: Sellable; readonly name: string } | null {
  const product = till().catalogue.byId(line.product_id)
  const units = product?.units ?? []
  if (product === null || units.length === 0 || (line.serial ?? null) !== null || line.combo !== undefined) return null
  const next = units[units.findIndex(({ factor }) => factor === line.factor) + 1]
  return next === undefined ? { product, name: unitName(product.unit) } : { product: asUnit(product, next), name: unitText(product, next) }
}

/** Put a line into its next unit. */
export function changeToNext(line: TicketLine): boolean {
  const next = nextUnit(line)
  return next !== null && counter.change(changeUnit(counter.ticket, line.id, next.product))
}
