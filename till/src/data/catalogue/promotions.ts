/** Reads promotions, price lists, modifiers, kits and combos as the server says them. Source: contracts/README.md. */
import { asArray, asInteger, asList, asObject, asText, asWord } from '../../core/json.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Component, Reward } from '../../core/pricing/index.ts'
import type { Combo } from '../../core/combo.ts'
import type { Kit } from '../../core/kit.ts'
import type { ModifierGroup, ModifierOption } from '../../core/modifier.ts'
import type { PriceList } from '../../core/price_list.ts'
import type { Conditions, Pick, PickedPart, Promotion, Terms } from '../../core/promotion.ts'

const TIMES = { since: null, until: null, from_minute: null, to_minute: null }
const NOTHING = { least_quantity: null, least_amount: null, most: null, cheapest: null, times: null }
/** A condition that this till does not know might forbid what it would give: such a promotion lowers nothing here. */
const CONDITIONS = ['days', 'stores', 'groups', ...Object.keys(TIMES)]
const KNOWN = new Set(['kind', 'reward', 'pick', 'parts', 'stack', 'coupon', ...CONDITIONS, ...Object.keys(NOTHING)])
const KNOWN_OF_LISTS = new Set(CONDITIONS)
type Numbers<K extends string> = Record<K, number | null>

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

function readNumbers<K extends string>(row: JsonObject, names: Readonly<Record<K, null>>): Numbers<K> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, asInteger(row[name], 0) ?? null])) as Numbers<K>
}

function readConditions(row: JsonObject): Conditions {
  return { ...readNumbers(row, TIMES), days: asList(row['days'], (day) => asInteger(day, 1)) ?? [], stores: texts(row['stores']), groups: texts(row['groups']) }
}

function readTerms(value: unknown): Terms | undefined {
  const row = asObject(value)
  const kind = asWord(row?.['kind'], ['each', 'total', 'set'] as const)
  const reward = readReward(row?.['reward'])
  const parts = asArray(row?.['parts']) === undefined ? [] : asList(row?.['parts'], readPart)
  const pick = readPick(row?.['pick']) ?? null
  if (!row || Object.keys(row).some((name) => !KNOWN.has(name))) return undefined
  if (kind === undefined || !reward || !parts || (kind === 'set' ? parts.length === 0 : pick === null)) return undefined
  return { kind, reward, pick, parts, ...readNumbers(row, NOTHING), ...readConditions(row), stack: row['stack'] === true, coupon: asText(row['coupon']) ?? null }
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

/** Read a price list; undefined where a part that decides is missing, or says something that this till does not know. */
export function readPriceList(value: unknown): PriceList | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const conditions = asObject(row?.['conditions'])
  if (!row || id === undefined || !conditions || Object.keys(conditions).some((name) => !KNOWN_OF_LISTS.has(name))) return undefined
  return { id, name: asText(row['name']) ?? '', position: asInteger(row['position'], 0) ?? 0, conditions: readConditions(conditions) }
}

function readOption(value: unknown): ModifierOption | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const name = asText(row?.['name'])
  const price = asInteger(row?.['price'])
  return row && id !== undefined && name !== undefined && price !== undefined ? { id, name, price, preselected: row['default'] === true } : undefined
}

/** Read a group of modifiers; undefined where a part that decides is missing, or it asks for more than it has. */
export function readModifierGroup(value: unknown): ModifierGroup | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const pick = readPick(row?.['pick'])
  const options = asList(row?.['options'], readOption)
  const [least, most] = [asInteger(row?.['least'], 0), asInteger(row?.['most'], 1)]
  if (!row || id === undefined || !pick || !options || least === undefined || most === undefined || least > Math.min(most, options.length)) return undefined
  return { id, name: asText(row['name']) ?? '', position: asInteger(row['position'], 0) ?? 0, least, most, pick, options }
}

function readComponent(value: unknown): Component | undefined {
  const row = asObject(value)
  const product_id = asText(row?.['product_id'])
  const quantity = asInteger(row?.['quantity'], 1)
  return product_id === undefined || quantity === undefined ? undefined : { product_id, name: asText(row?.['name']) ?? '', quantity }
}

/** Read a kit; undefined where it is not whole: half a kit would leave goods on the shelf. */
export function readKit(value: unknown): Kit | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const components = asList(row?.['components'], readComponent)
  return id === undefined || !components || components.length === 0 ? undefined : { id, components }
}

function readChoice(value: unknown): Combo['slots'][number]['choices'][number] | undefined {
  const row = asObject(value)
  const product_id = asText(row?.['product_id'])
  const extra = asInteger(row?.['extra'], 0)
  return product_id === undefined || extra === undefined ? undefined : { product_id, name: asText(row?.['name']) ?? '', extra }
}

function readSlot(value: unknown): Combo['slots'][number] | undefined {
  const row = asObject(value)
  const quantity = asInteger(row?.['quantity'], 1)
  const choices = asList(row?.['choices'], readChoice)
  return quantity === undefined || !choices ? undefined : { name: asText(row?.['name']) ?? '', quantity, choices }
}

/** Read a combo; undefined where it is not whole: it would be sold for less than it is. */
export function readCombo(value: unknown): Combo | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const slots = asList(row?.['slots'], readSlot)
  return id === undefined || !slots || slots.length === 0 ? undefined : { id, slots }
}
