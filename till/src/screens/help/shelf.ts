// «En el anaquel dice…»: the line is opened, the key says the price, and it is charged at once (ruling 39). Nobody has to allow it; a fact tells the office.
import { chargedEach } from '../../core/prior.ts'
import { atShelf, notAtShelf } from '../../core/shelf_price.ts'
import type { TicketLine } from '../../core/ticket.ts'
import { app, part, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { counter } from '../sell/counter.svelte.ts'
import { helping } from '../sell/helping.svelte.ts'
import { unitPrice } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'
import { prices } from './prices.svelte.ts'
import { UNDO_MS } from './records.ts'

/** What one of a line costs as it stands, after promotions: a shelf has to say less. */
export function chargedOf(line: TicketLine): number {
  return chargedEach(line, counter.totals, part().organization.currency.digits)
}

/** Charge what the shelf says, and write down that it does. */
export function chargeShelf(line: TicketLine, price: number): void {
  const { person, shift } = app
  if (person === null || shift === null) return
  const charged = chargedOf(line)
  if (!counter.change(atShelf(counter.ticket, line.id, price, part().organization.currency.digits))) return
  const { id: ticket } = counter.ticket
  const visit = counter.beginVisit()
  app.home()
  const body = { shift: shift.id, product: line.product_id, shelf_price: price, till_price: charged, ...(line.factor === undefined ? {} : { factor: line.factor }) }
  till().write('shelf_price.stated', body, { staff: person.id, visit }).then(({ id }) => {
    if (line.factor === undefined) prices.noteShelf(line.product_id, price)
    const undo = (): void => { takeBack(ticket, line, id) }
    helping.say({ title: t('shelf.charged', { price: unitPrice(price) }), detail: t('shelf.charged_more'), until: app.now + UNDO_MS, undo })
  }, fault)
}

/** It was another shelf: the price is the till's again, and the fact counts nowhere. */
function takeBack(ticket: string, line: TicketLine, record: string): void {
  helping.say(null)
  if (counter.ticket.id === ticket) counter.keep(notAtShelf(counter.ticket, line.id))
  prices.noteShelf(line.product_id, null)
  till().write('record.undone', { record }, { staff: app.person?.id ?? null }).catch(fault)
}
