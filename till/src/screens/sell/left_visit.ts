// What is written of a visit that ended without a sale, once nobody takes that back any more.
import { goneOf } from '../../core/ticket.ts'
import type { FactDraft } from '../../data/index.ts'
import { part, till } from '../app.svelte.ts'
import type { Leaving } from './leaving.svelte.ts'

// The yes to what was taken off the ticket is a fact of its own, just before the one that names it.
export function draftsOf({ open: { ticket, unknown = [] }, shift, staff, visit }: Leaving): readonly FactDraft[] {
  const gone = goneOf(ticket, part().organization.currency.digits, true)
  const given = ticket.approvals.filter(({ action }) => action === 'void').map((approval) => ({ id: till().newId(), approval }))
  const approvals = given.map(({ id }) => id)
  return [
    ...given.map(({ id, approval }): FactDraft => ({ kind: 'approval.given', id, staff, body: approval })),
    {
      kind: 'visit.closed', staff, visit,
      body: {
        shift, by_product: 'nothing_needed', ...gone, ...(approvals.length === 0 ? {} : { approvals }),
        ...(unknown.length === 0 ? {} : { unknown_codes: unknown }),
      },
    },
  ]
}
