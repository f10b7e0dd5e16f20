// What a visit brings besides a sale, written down: a fact at once, which another takes back within ten seconds.
import type { NeedChip } from '../../core/guidance.ts'
import type { DraftBody, Visit, WritableKind } from '../../data/index.ts'
import { app, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { counter } from '../sell/counter.svelte.ts'
import { helping, type Piece } from '../sell/helping.svelte.ts'
import { roundMoney } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'
import { afterwards } from './afterwards.svelte.ts'
import type { Colleague } from './colleagues.ts'

export const UNDO_MS = 10_000

/** How something is said back for ten seconds; `most`: of a need, up to how much, minor units, remembered with the ticket. */
interface Saying { readonly title: string; readonly detail?: string; readonly most?: number }

/** Write down what was said of whoever stands here. Nothing waits for it, and whatever goes wrong, selling goes on. */
export function record<K extends WritableKind>(piece: Piece, name: string, saying: Saying, kind: K, said: (shift: string) => DraftBody<K>): void {
  const { person, shift } = app
  helping.open = null
  if (person === null || shift === null) return
  const { id: ticket } = counter.ticket
  const visit = counter.beginVisit()
  till().write(kind, said(shift.id), { staff: person.id, visit }).then(({ id }) => {
    const { most, ...words } = saying
    counter.noteRecord(ticket, { fact: id, piece, name, ...(most === undefined ? {} : { most }) })
    helping.say({ ...words, until: app.now + UNDO_MS, undo: () => { takeBack(ticket, id) } })
  }, fault)
}

/** Write it down of whoever stands here; or of whose ticket is open, afterwards. */
export function recordOf<K extends WritableKind>(piece: Piece, name: string, saying: Saying, kind: K, said: (shift: string) => DraftBody<K>): void {
  if (afterwards.of === null) record(piece, name, saying, kind, said)
  else recordLate(saying.title, kind, said, afterwards.of.visit)
}

/** What they came for; `most`: up to how much, minor units, where they say so. */
export function stateNeed(chip: NeedChip, most: number | null = null): void {
  const late = afterwards.of === null ? {} : { late: true as const }
  const [limit, noted] = most === null ? [{}, {}] : [{ max_spend: most }, { most, detail: t('strip.need_most', { amount: roundMoney(most) }) }]
  recordOf('need', chip.name, { title: t('strip.need_said', { name: chip.name }), ...noted }, 'need.stated', (shift) => ({ shift, chip: chip.id, origin: 'buyer_said' as const, ...limit, ...late }))
}

function recordLate<K extends WritableKind>(title: string, kind: K, said: (shift: string) => DraftBody<K>, visit: Visit): void {
  const { person, shift } = app
  // Before the sheet closes: it forgets whose ticket it was.
  const body = shift && said(shift.id)
  helping.open = null
  if (person === null || body === null) return
  till().write(kind, body, { staff: person.id, visit }).then(({ id }) => {
    helping.say({ title, detail: t('afterwards.said'), until: app.now + UNDO_MS, undo: () => { takeBack('', id) } })
  }, fault)
}

/** A colleague helps too, or goes on. */
export function handOver(to: Colleague, part: 'joins' | 'goes_on'): void {
  const title = t(part === 'joins' ? 'handoff.joined' : 'handoff.went_on', { name: to.name })
  record('handoff', to.name, { title }, 'handoff.made', (shift) => ({ shift, to: to.id, part }))
}

/** It was not so: it counts nowhere. */
export function takeBack(ticket: string, record: string): void {
  helping.say(null)
  counter.dropRecord(ticket, record)
  till().write('record.undone', { record }, { staff: app.person?.id ?? null }).catch(fault)
}
