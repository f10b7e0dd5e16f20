import { offerFile } from '../../devices/download.ts'
import { app, part, till } from '../app.svelte.ts'
import { t } from '../words.svelte.ts'

/** Save the whole journal to a file that the office takes in, and say so. */
export async function saveJournal(): Promise<void> {
  try {
    const file = await till().saveJournal()
    const moment = new Date(till().now()).toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')
    offerFile(file, `mostrador-${part().till.series}-${moment}.ndjson`)
    app.say(t('unsent.saved_journal'))
  } catch (problem) {
    reportError(problem)
    app.say(t('error.save_file'), 'alert')
  }
}
