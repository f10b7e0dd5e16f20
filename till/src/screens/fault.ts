import { app } from './app.svelte.ts'
import { t } from './words.svelte.ts'

/** Something happened that should not: say so on the screen, and leave it where a developer finds it. */
export function fault(problem: unknown): void {
  reportError(problem)
  app.say(t('error.unexpected'), 'alert')
}
