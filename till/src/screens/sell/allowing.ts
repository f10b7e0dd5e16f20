// What of the ticket on show needs the yes of another person, asked one by one.
import { approvalsNeeded } from '../../core/basket.ts'
import { approve } from '../../core/ticket.ts'
import { app, part, type Approval } from '../app.svelte.ts'
import { counter } from './counter.svelte.ts'

/** Ask for the approval that this ticket still needs of another person, and then go on; go on at once if none is needed. */
export function withApprovals(go: () => void, back: () => void = () => undefined): void {
  const { ticket, totals, order } = counter
  const limits = app.person?.limits
  // What was ordered was allowed then; whoever may approve needs nobody.
  if (order !== null || limits?.may_approve === true) { go(); return }
  const rules = { discount: limits?.discount ?? 0, may_change_price: limits?.may_change_price === true }
  const need = approvalsNeeded(ticket, totals, rules, part().organization.currency.digits)[0]
  if (!need) { go(); return }
  app.approval = {
    action: need.action, amount: need.amount, back,
    allow: (given) => {
      if (given.action === 'discount' || given.action === 'price' || given.action === 'void') {
        counter.keep(approve(counter.ticket, { action: given.action, amount: given.amount, approver: given.approver, reason: given.reason }))
      }
      withApprovals(go, back)
    },
  } satisfies Approval
}
