// Tickets that wait at other tills of the store.
import type { ParkedElsewhere, Taken } from '../../data/index.ts'
import { app, till } from '../app.svelte.ts'
import { t } from '../words.svelte.ts'
import { counter } from './counter.svelte.ts'
import { fits } from './open_ticket.ts'

class Elsewhere {
  /** Oldest first. */
  all = $state.raw<readonly ParkedElsewhere[]>([])

  follow(): void {
    till().parked.elsewhere.subscribe((all) => { this.all = all })
    till().parked.onMoved(({ gone, come }) => {
      counter.moved(gone.map(({ id }) => id), come.filter(fits))
      if (gone[0]) app.say(t('waiting.taken', { till: gone[0].till }))
    })
  }
}

export const elsewhere = new Elsewhere()

/** Bring a ticket of another till here, and show it. */
export async function take({ id, till: name }: ParkedElsewhere): Promise<void> {
  app.say(t('waiting.asking', { till: name }))
  const taken = await till().parked.take(id)
  if (taken.state !== 'yours') { app.sound('attention'); app.say(refusal(taken), 'alert'); return }
  app.notice = null
  if (fits(taken.value)) counter.moved([], [taken.value])
  counter.open(id)
}

function refusal(taken: Exclude<Taken, { readonly state: 'yours' }>): string {
  return taken.state === 'taken' || taken.state === 'silent' ? t(`waiting.${taken.state}`, { till: taken.till }) : t(`waiting.${taken.state}`)
}
