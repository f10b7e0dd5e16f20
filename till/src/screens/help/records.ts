// What a visit brings besides a sale, written down: a fact at once, which another takes back within ten seconds.
import type { NeedChip } from '../../core/guidance.ts'
import { app, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { counter } from '../sell/counter.svelte.ts'
import { helping } from '../sell/helping.svelte.ts'
import { t } from '../words.svelte.ts'

const UNDO_MS = 10_000

/** Write down what whoever stands here came for. Nothing waits for it, and whatever goes wrong, selling goes on. */
export function stateNeed(chip: NeedChip): void {
  const { person, shift } = app
  helping.open = null
  if (person === null || shift === null) return
  const { id: ticket } = counter.ticket
  const visit = counter.beginVisit()
  till().write('need.stated', { shift: shift.id, chip: chip.id, origin: 'buyer_said' }, { staff: person.id, visit }).then(({ id }) => {
    counter.noteRecord(ticket, { fact: id, piece: 'need', name: chip.name })
    helping.say({ title: t('strip.need_said', { name: chip.name }), until: app.now + UNDO_MS, undo: () => { takeBack(ticket, id) } })
  }, fault)
}

function takeBack(ticket: string, record: string): void {
  helping.say(null)
  counter.dropRecord(ticket, record)
  till().write('record.undone', { record }, { staff: app.person?.id ?? null }).catch(fault)
}
