// A shift that should have been closed (ruling 8).
import { isOverdue } from '../../core/shift.ts'
import { app } from '../app.svelte.ts'

/** The business date of the open shift if it is open for more than a day, as ISO text; both instants corrected by what the server last told. */
export function overdueDate(): string | null {
  if (app.shift === null) return null
  const { opened, opened_at } = app.shift
  return isOverdue(opened_at + opened.clock_offset_ms, app.now + (app.sync?.offset ?? 0)) ? opened.business_date : null
}
