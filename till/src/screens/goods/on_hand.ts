// How much of a product there is, here and in other stores: asked when somebody looks at it. What was answered is kept with its age, for when nobody answers.
import { asInteger, asList, asObject, asText } from '../../core/json.ts'
import { movedBy } from '../../core/price_check.ts'
import { till } from '../app.svelte.ts'

export interface HeldElsewhere { readonly store: string; readonly name: string; readonly quantity: number }

interface Answered {
  /** By this till's clock. */
  readonly at: number
  readonly here: number | null
  readonly others: readonly HeldElsewhere[]
  /** How many other stores have some besides. */
  readonly more: number
  /** How far this till's journal had come in then; null: nobody can say. */
  readonly seq: number | null
}

/** `at`: when the server said so; `isNow`: just now. `here` has what this till sold since; null: nobody counts it. */
export interface OnHand extends Omit<Answered, 'seq'> { readonly isNow: boolean }

const KEPT = 300
const answers = new Map<string, Answered>()

function readElsewhere(value: unknown): HeldElsewhere | undefined {
  const row = asObject(value)
  const [store, name, quantity] = [asText(row?.['store']), asText(row?.['name']), asInteger(row?.['quantity'])]
  return store === undefined || name === undefined || quantity === undefined ? undefined : { store, name, quantity }
}

function readAnswer(json: unknown, at: number): Answered | null {
  const row = asObject(json)
  const others = asList(row?.['others'], readElsewhere)
  if (row === undefined || others === undefined) return null
  return { at, here: asInteger(row['here']) ?? null, others, more: asInteger(row['more'], 0) ?? 0, seq: asInteger(asObject(row['known'])?.['seq'], 0) ?? null }
}

/** Ask; null: nobody answered, and nothing was heard before. A till that lost its page has heard nothing. */
export async function onHand(product: string): Promise<OnHand | null> {
  const said = await till().ask(`stock?product=${product}`)
  const fresh = said?.status === 200 ? readAnswer(said.json, till().now()) : null
  if (fresh !== null) {
    answers.delete(product)
    answers.set(product, fresh)
    const [oldest] = answers.keys()
    if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest)
  }
  const known = answers.get(product)
  if (known === undefined) return null
  const { seq, ...rest } = known
  const own = seq === null || known.here === null ? 0 : movedBy(await till().writtenAfter(seq, product), product)
  return { ...rest, here: known.here === null ? null : known.here + own, isNow: fresh !== null }
}

/** Forget what was heard: of another business, or in tests. */
export function forgetOnHand(): void {
  answers.clear()
}
