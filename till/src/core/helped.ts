/** What one person did for people, visit by visit: a list for that person alone, without counts and without amounts (ruling 38). */
import type { AnyFact } from './facts.ts'

/** A visit in which somebody took part: when it was last touched, and what was done in it, oldest first. */
export interface HelpedVisit {
  readonly id: string
  readonly at: number
  readonly facts: readonly AnyFact[]
}

/** Return the visits in which a person wrote something down, or was named as helping too; the latest first. What was taken back is left out. */
export function helpedBy(person: string, facts: readonly AnyFact[]): readonly HelpedVisit[] {
  const undone = new Set(facts.flatMap((fact) => (fact.kind === 'record.undone' ? [fact.body.record] : [])))
  const visits = new Map<string, AnyFact[]>()
  for (const fact of facts) {
    if (fact.visit === undefined || undone.has(fact.id) || !tookPart(person, fact)) continue
    const known = visits.get(fact.visit.id)
    if (known) known.push(fact)
    else visits.set(fact.visit.id, [fact])
  }
  return [...visits].map(([id, of]) => ({ id, at: of.at(-1)?.at ?? 0, facts: of })).sort((a, b) => b.at - a.at)
}

function tookPart(person: string, fact: AnyFact): boolean {
  return fact.staff === person || (fact.kind === 'handoff.made' && fact.body.to === person)
}
