// What a person may do at the till alone, and what they may allow to others, as the till part says.
import type { StaffMember } from '../data/index.ts'
import type { Approval } from './app.svelte.ts'

/** Whether this person may allow others this act with a PIN. */
export function mayApprove(person: StaffMember): boolean {
  return person.pin !== null && person.limits.may_approve
}

/** Whether this person may do this act alone. Who holds the right needs no approval (ruling 31). */
export function mayAlone(person: StaffMember, action: Approval['action']): boolean {
  const { limits } = person
  if (limits.may_approve) return true
  if (action === 'drawer') return limits.may_open_drawer
  if (action === 'cash_out') return limits.may_move_cash
  if (action === 'return') return limits.may_return
  if (action === 'void') return limits.may_void
  if (action === 'account') return limits.may_exceed_account
  if (action === 'product') return limits.may_edit_products
  return action === 'price' && limits.may_change_price
}
