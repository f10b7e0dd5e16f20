// What is being chosen beside a product: nothing is lost by going on, a scan or the pay key takes it as it stands.
import { lacking, modifiersOf, touched, type Chosen, type Modifier, type ModifierGroup } from '../../core/modifier.ts'

export interface Choice {
  readonly name: string
  /** What one unit costs without any of it, ten-thousandths; null where the till asks. */
  readonly price: number | null
  readonly groups: readonly ModifierGroup[]
  readonly chosen: Chosen
  /** What there is to choose as it stands now, where a choice brings others with it. */
  readonly grow?: (chosen: Chosen) => Pick<Choice, 'groups' | 'chosen'>
  /** What happens with what was chosen. */
  readonly done: (modifiers: readonly Modifier[], chosen: Chosen) => void
}

class Choosing {
  now = $state.raw<Choice | null>(null)
  /** Groups that a person has touched. */
  answered = $state.raw<ReadonlySet<string>>(new Set())

  modifiers = $derived(this.now === null ? [] : modifiersOf(this.now.groups, this.now.chosen))
  lacks = $derived(this.now === null ? [] : lacking(this.now.groups, this.now.chosen))
  /** The group that digits choose in: the first that nobody has touched, else the last. */
  current = $derived(this.now?.groups.find(({ id }) => !this.answered.has(id)) ?? this.now?.groups.at(-1) ?? null)

  begin(choice: Choice): void {
    this.settle()
    this.now = choice
    this.answered = new Set()
  }

  /** Touch an option. Where each group takes one, the last answer is the whole answer: so it never costs more than a tap per group. */
  touch(group: ModifierGroup, option: string): void {
    if (this.now === null) return
    const chosen = touched(group, this.now.chosen, option)
    this.now = { ...this.now, chosen, ...this.now.grow?.(chosen) }
    this.answered = new Set([...this.answered, group.id])
    if (this.now.groups.every(({ id, most }) => most === 1 && this.answered.has(id))) this.settle()
  }

  /** Take it as it stands; false where something must still be chosen. */
  settle(): boolean {
    const { now, modifiers } = this
    if (now === null) return true
    if (this.lacks.length > 0) return false
    this.now = null
    now.done(modifiers, now.chosen)
    return true
  }

  leave(): void {
    this.now = null
  }
}

export const choosing = new Choosing()
