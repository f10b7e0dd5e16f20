// What a buyer bought lately in any store of the business, asked of the server: no till holds it.
import { asArray, asInteger, asObject, asText } from '../../core/json.ts'
import { till } from '../app.svelte.ts'

/** A line of a purchase: thousandths of its unit. */
export interface Bought {
  readonly name: string
  readonly unit: string
  readonly quantity: number
}

/** A sale to the buyer, minor units. `more`: how many lines are not among these. */
export interface Purchase {
  readonly sale: string
  readonly number: string
  readonly at: number
  readonly store: string
  readonly gross: number
  readonly lines: readonly Bought[]
  readonly more: number
}

/** The latest purchases, the latest first; null where nobody can say. */
export async function purchasesOf(buyer: string): Promise<readonly Purchase[] | null> {
  const said = await till().ask(`buyers/${buyer}/purchases`)
  const rows = said?.status === 200 ? asArray(asObject(said.json)?.['purchases']) : undefined
  return rows?.map(readPurchase).filter((row) => row !== undefined) ?? null
}

function readPurchase(value: unknown): Purchase | undefined {
  const row = asObject(value)
  const sale = asText(row?.['sale'])
  const number = asText(row?.['number'])
  if (sale === undefined || number === undefined) return undefined
  const lines = (asArray(row?.['lines']) ?? []).map((line) => {
    const bought = asObject(line)
    return { name: asText(bought?.['name']) ?? '', unit: asText(bought?.['unit']) ?? '', quantity: asInteger(bought?.['quantity'], 0) ?? 0 }
  })
  return {
    sale, number, lines, at: asInteger(row?.['at'], 0) ?? 0, store: asText(row?.['store']) ?? '', gross: asInteger(row?.['gross']) ?? 0,
    more: asInteger(row?.['more'], 0) ?? 0,
  }
}
