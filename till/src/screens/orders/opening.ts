// How an order is opened: its ticket is put away before anything is waited for, so what is scanned from then on is the next person's; where nothing could be written it comes back as it was.
import type { AnyFact, FactDraft } from '../../data/index.ts'
import { app, till } from '../app.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'
import type { OpenTicket } from '../sell/open_ticket.ts'
import { t } from '../words.svelte.ts'

/** Write it, or give the ticket back as it was. */
export async function writeOrGiveBack(drafts: readonly FactDraft[], open: OpenTicket): Promise<readonly AnyFact[] | null> {
  try {
    const gate = await till().canSell()
    if (gate.ok) return await till().writeAll(drafts)
    app.say(t(gate.reason === 'storage_full' ? 'storage.full' : 'error.write'), 'alert')
  } catch (problem) {
    reportError(problem)
    app.say(t('error.write_move'), 'alert')
  }
  counter.bringBack(open)
  return null
}
