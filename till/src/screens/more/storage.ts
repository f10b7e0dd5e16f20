import { app, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { t } from '../words.svelte.ts'

/** Ask the browser once more to keep this till's data, and say what it answered. */
export async function keepData(): Promise<void> {
  try {
    const isKept = await till().keepData()
    if (isKept === true) app.say(t('storage.kept'))
    else app.say(t('storage.refused'), 'alert')
  } catch (problem) {
    fault(problem)
  }
}
