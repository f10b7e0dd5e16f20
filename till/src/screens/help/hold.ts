// «Lo piensa»: one tap keeps the prices of the ticket for a week, on paper with a code, and asks for nothing. It is a quotation: it binds nobody, and is sold as it stands.
import { dayAfter, openedBody } from '../../core/order.ts'
import { newTicket } from '../../core/ticket.ts'
import { app, part, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { writeOrGiveBack } from '../orders/opening.ts'
import { board, printOrder, today, visitHere } from '../orders/orders.svelte.ts'
import { closedBody } from '../../core/order_money.ts'
import { preferences } from '../preferences.svelte.ts'
import { withApprovals } from '../sell/allowing.ts'
import { counter } from '../sell/counter.svelte.ts'
import { helping } from '../sell/helping.svelte.ts'
import type { OpenTicket } from '../sell/open_ticket.ts'
import { dateText } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'

export const HOLD_DAYS = 7
const UNDO_MS = 10_000

/** Whether the ticket on show is goods at a price, and nothing that is being settled another way. */
export function mayThink(): boolean {
  return counter.lines.length > 0 && counter.order === null && counter.reprices === null && counter.exchange === null
    && counter.giftCards.length === 0 && counter.cards.length === 0 && !counter.done
}

export function thinkItOver(): void {
  if (app.shift === null || !mayThink()) { app.say(t('hold.empty')); return }
  // A code is good for one ticket, and would lower two.
  if (counter.usedCodes.length > 0) { app.say(t('coupon.no_order'), 'alert'); return }
  withApprovals(() => { keep().catch(fault) })
}

async function keep(): Promise<void> {
  const { current: open } = counter
  if (app.shift === null || !open) return
  const [shift, staff, visit, by] = [app.shift.id, app.person?.id ?? null, visitHere(), dayAfter(today(), HOLD_DAYS)]
  const secret = till().newToken()
  const approvals = open.ticket.approvals.map((given) => ({ id: till().newId(), given }))
  const body = openedBody({
    // As with any order, the ticket's id: should the till stop before the ticket is put away, it is known when it starts again.
    order: open.ticket.id, kind: 'quote', shift, basket: counter.basket([]), totals: counter.totals, due: { promise: till().newId(), by },
    kept_share: 0, details: null, tokens: [{ kind: 'ticket', hash: secret.hash }], approvals: approvals.map(({ id }) => id),
    catalogue: till().catalogue.cursor(), buyer: counter.buyer?.id ?? null,
  })
  // Before anything is waited for: what is scanned from here on is the next person's.
  counter.finish(null)
  const written = await writeOrGiveBack([
    ...approvals.map(({ id, given }) => ({ kind: 'approval.given' as const, id, staff, body: given })),
    { kind: 'order.opened', staff, visit, body },
  ], open)
  if (!written) return
  const order = till().orders.byId(body.order)
  helping.say({
    title: t('hold.said', { day: dateText(by) }), detail: t('hold.number', { number: order?.number ?? '' }), until: app.now + UNDO_MS,
    undo: () => { takeBack(body.order, shift, open).catch(fault) },
  })
  if (order && preferences.prints) await printOrder(order, { kind: 'order', deposit: null }, written.at(-1)?.at ?? till().now(), { secret: secret.secret, isCopy: false })
}

/** The order is closed again, and its goods are a ticket once more. */
async function takeBack(id: string, shift: string, open: OpenTicket): Promise<void> {
  helping.say(null)
  const order = board.byId(id)
  if (!order) return
  const body = closedBody({ order, shift, currency: part().organization.currency.code, method: 'cash', buyer: order.buyer, approvals: [] })
  await till().write('order.closed', body, { staff: app.person?.id ?? null, visit: open.ticket.visit ?? visitHere() })
  counter.bringBack({ ...open, ticket: { ...newTicket(''), ...open.ticket, id: till().newId() } })
}
