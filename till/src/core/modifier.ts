/** Modifiers: what may be chosen beside a product, and what a line was sold with. Source: contracts/README.md, "Modifiers". */
import type { Modifier } from './pricing/index.ts'
import { isPicked, type Pick } from './promotion.ts'

export type { Modifier } from './pricing/index.ts'

export interface ModifierOption extends Modifier {
  /** Chosen when the till asks. */
  readonly preselected: boolean
}

/** Between `least` and `most` of its options are chosen; the till asks when it must be some. */
export interface ModifierGroup {
  readonly id: string
  readonly name: string
  readonly position: number
  readonly least: number
  readonly most: number
  readonly pick: Pick
  readonly options: readonly ModifierOption[]
}

/** Ids of options. */
export type Chosen = ReadonlySet<string>

/** Return the groups of a product, in the order in which they are asked for. */
export function groupsOf(product: { readonly id: string; readonly category: string | null }, groups: readonly ModifierGroup[]): readonly ModifierGroup[] {
  return groups
    .filter(({ pick }) => isPicked(pick, product.id, product.category))
    .sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1))
}

/** Whether the till asks before it sells. */
export function asks(groups: readonly ModifierGroup[]): boolean {
  return groups.some(({ least }) => least > 0)
}

/** Return what is chosen before anybody has touched anything: of groups that must have some the preselected, then the first, until there are enough. */
export function preselected(groups: readonly ModifierGroup[]): Chosen {
  return new Set(groups.filter(({ least }) => least > 0).flatMap(({ least, most, options }) => {
    const marked = options.filter((option) => option.preselected).slice(0, most)
    const others = options.filter((option) => !marked.includes(option)).slice(0, Math.max(0, least - marked.length))
    return [...marked, ...others].map(({ id }) => id)
  }))
}

/** Touch an option: of a group of one it takes the place of the other, else it comes or goes. One more than there may be changes nothing. */
export function touched(group: ModifierGroup, chosen: Chosen, option: string): Chosen {
  const own = group.options.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  const others = [...chosen].filter((id) => !own.includes(id))
  if (group.most === 1) return new Set(own.includes(option) && group.least === 0 ? others : [...others, option])
  if (own.includes(option)) return new Set([...others, ...own.filter((id) => id !== option)])
  return own.length < group.most ? new Set([...chosen, option]) : chosen
}

/** The groups that still lack options. */
export function lacking(groups: readonly ModifierGroup[], chosen: Chosen): readonly ModifierGroup[] {
  return groups.filter(({ least, options }) => options.filter(({ id }) => chosen.has(id)).length < least)
}

/** Return what was chosen as a line has it: by group, and then in the order of its options. */
export function modifiersOf(groups: readonly ModifierGroup[], chosen: Chosen): readonly Modifier[] {
  return groups.flatMap(({ options }) => options.filter(({ id }) => chosen.has(id)).map(({ id, name, price }) => ({ id, name, price })))
}

/** What modifiers add to one unit, ten-thousandths. */
export function extraOf(modifiers: readonly Modifier[] | undefined): number {
  return (modifiers ?? []).reduce((sum, { price }) => sum + price, 0)
}

/** Whether two lines were sold with the same. */
export function isSame(one: readonly Modifier[] | undefined, other: readonly Modifier[] | undefined): boolean {
  const key = (modifiers: readonly Modifier[] | undefined): string => (modifiers ?? []).map(({ id, price }) => `${id} ${String(price)}`).join()
  return key(one) === key(other)
}
