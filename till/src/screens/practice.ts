// Practice: the same till, on data of its own that is dropped when one leaves. The page is loaded anew on the way in and out.
import { app, part, till } from './app.svelte.ts'
import { fault } from './fault.ts'
import { mayApprove } from './may.ts'

const NAME = 'mostrador-practice'

function flag(): boolean {
  try {
    return localStorage.getItem(NAME) !== null
  } catch {
    return false
  }
}

/** Whether this page practises: as long as it lives, and again after it was loaded anew. */
export const isPractice = flag()

/** Begin to practise; whoever may not do it alone asks. */
export function enterPractice(): void {
  if (app.person && mayApprove(app.person)) { void begin().catch(fault); return }
  app.approval = { action: 'practice', amount: null, reason: 'practice', allow: () => { void begin().catch(fault) } }
}

async function begin(): Promise<void> {
  const { beginPractice } = await import('../data/practice.ts')
  await beginPractice(part())
  localStorage.setItem(NAME, '1')
  location.reload()
}

/** Drop what was practised and go back to the true till. */
export async function leavePractice(): Promise<void> {
  localStorage.removeItem(NAME)
  await till().close()
  const { dropPractice } = await import('../data/practice.ts')
  await dropPractice()
  location.reload()
}
