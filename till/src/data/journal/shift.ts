/** The open shift, read back from the journal. */
import { readFact } from '../../core/chain.ts'
import type { AnyFact, Fact } from '../../core/facts.ts'
import { walk } from '../database.ts'
import type { OpenShift } from '../types.ts'
import type { JournalRecord, StoredFact } from './records.ts'
import { seqRange } from './records.ts'

/** Read the open shift of a journal from its facts, through the journals it replaced if it began there. */
export async function readShift(
  database: IDBDatabase,
  journals: readonly JournalRecord[],
  current: JournalRecord,
): Promise<OpenShift | null> {
  const place = current.shift
  if (!place) return null
  const line = journals.toSorted((a, b) => a.opened_at - b.opened_at)
  const first = line.findIndex(({ id }) => id === place.journal)
  const facts: AnyFact[] = []
  for (const { id } of line.slice(Math.max(first, 0))) {
    const from = id === place.journal ? place.seq : 1
    const store = database.transaction('facts', 'readonly').objectStore('facts')
    await walk(store, seqRange(id, from), 'next', (value) => {
      const { kind, bytes } = value as StoredFact
      if (kind !== 'journal.opened') facts.push(readFact(bytes))
      return true
    })
  }
  return shiftOf(facts)
}

/** The shift that a run of facts, beginning with `shift.opened`, is part of. */
export function shiftOf(facts: readonly AnyFact[]): OpenShift | null {
  const opened = facts[0] as Fact<'shift.opened'> | undefined
  if (opened?.kind !== 'shift.opened') return null
  return { id: opened.body.shift, opened: opened.body, opened_at: opened.at, opened_by: opened.staff, facts }
}

/** The open shift after more facts were written. */
export function shiftAfter(shift: OpenShift | null, facts: readonly AnyFact[]): OpenShift | null {
  let now = shift
  for (const fact of facts) {
    if (fact.kind === 'shift.opened') now = shiftOf([fact])
    else if (fact.kind === 'shift.closed') now = null
    else if (now) now = { ...now, facts: [...now.facts, fact] }
  }
  return now
}
