/** Reads a promotion as the server says it. Source: contracts/README.md, "Promotions". */
import { asArray, asInteger, asList, asObject, asText, asWord } from '../../core/json.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Reward } from '../../core/pricing/index.ts'
import type { Pick, PickedPart, Promotion, Terms } from '../../core/promotion.ts'

const NOTHING = { least_quantity: null, least_amount: null, most: null, cheapest: null, times: null, since: null, until: null, from_minute: null, to_minute: null }
/** A condition that this till does not know might forbid what it would give: such a promotion lowers nothing here. */
const KNOWN = new Set(['kind', 'reward', 'pick', 'parts', 'stack', 'days', 'stores', 'coupon', ...Object.keys(NOTHING)])
type Numbers = { -readonly [K in keyof typeof NOTHING]: number | null }

function readReward(value: unknown): Reward | undefined {
  const row = asObject(value)
  const percent = asInteger(row?.['percent'], 0)
  const amount = asInteger(row?.['amount'], 0)
  const price = asInteger(row?.['price'], 0)
  if (percent !== undefined) return { percent }
  if (amount !== undefined) return { amount }
  return price === undefined ? undefined : { price }
}

function texts(value: unknown): readonly string[] {
  return asList(value, asText) ?? []
}

function readPick(value: unknown): Pick | undefined {
  const row = asObject(value)
  if (!row) return undefined
  return { everything: row['everything'] === true, categories: texts(row['categories']), products: texts(row['products']), without: texts(row['without']) }
}

function readPart(value: unknown): PickedPart | undefined {
  const row = asObject(value)
  const pick = readPick(row?.['pick'])
  const count = asInteger(row?.['count'], 1)
  return pick === undefined || count === undefined ? undefined : { pick, count }
}

function readNumbers(row: JsonObject): Numbers {
  const numbers: Numbers = { ...NOTHING }
  for (const name of Object.keys(NOTHING) as (keyof Numbers)[]) numbers[name] = asInteger(row[name], 0) ?? null
  return numbers
}

function readTerms(value: unknown): Terms | undefined {
  const row = asObject(value)
  const kind = asWord(row?.['kind'], ['each', 'total', 'set'] as const)
  const reward = readReward(row?.['reward'])
  const parts = asArray(row?.['parts']) === undefined ? [] : asList(row?.['parts'], readPart)
  const pick = readPick(row?.['pick']) ?? null
  if (!row || Object.keys(row).some((name) => !KNOWN.has(name))) return undefined
  if (kind === undefined || !reward || !parts || (kind === 'set' ? parts.length === 0 : pick === null)) return undefined
  const days = asList(row['days'], (day) => asInteger(day, 1)) ?? []
  return { kind, reward, pick, parts, ...readNumbers(row), stack: row['stack'] === true, days, stores: texts(row['stores']), coupon: asText(row['coupon']) ?? null }
}

/** Read a promotion; undefined where a part that decides is missing. */
export function readPromotion(value: unknown): Promotion | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const version = asText(row?.['version'])
  const terms = readTerms(row?.['terms'])
  if (!row || id === undefined || version === undefined || !terms) return undefined
  return { id, version, terms, name: asText(row['name']) ?? '', position: asInteger(row['position'], 0) ?? 0 }
}
