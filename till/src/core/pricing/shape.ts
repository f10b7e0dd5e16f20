/**
 * The shape of a basket document, checked in a fixed order so that the first fault is the same in both languages.
 *
 * The twin is mostrador/pricing/shape.py: keep the order of fields equal.
 */
import * as limits from './basket.ts'
import { PricingError } from './errors.ts'

type Check = (value: unknown, path: string) => void
type Fields = Readonly<Record<string, Check>>

const CURRENCY_CODE = /^[A-Z]{3}$/

/** Throws PricingError for the first fault of the document; afterwards it is a basket. */
export function checkBasket(document: unknown): asserts document is limits.Basket {
  BASKET(document, '$')
}

function fault(path: string, problem: string): never {
  throw new PricingError('malformed', { path, problem })
}

function integer(low: number, high: number): Check {
  return (value, path) => {
    if (typeof value !== 'number') fault(path, 'type')
    if (Number.isFinite(value) && !Number.isInteger(value)) fault(path, 'type')
    if (!(value >= low && value <= high)) fault(path, 'range')
  }
}

function text(shortest: number, longest: number | null): Check {
  return (value, path) => {
    if (typeof value !== 'string') fault(path, 'type')
    if (!value.isWellFormed()) fault(path, 'value')
    if (value.length < shortest) fault(path, 'length')
    // Length counts characters, not UTF-16 units.
    if (longest !== null && value.length > longest && Array.from(value).length > longest) fault(path, 'length')
  }
}

function choice(...choices: readonly (string | number)[]): Check {
  return (value, path) => {
    if (typeof value !== typeof choices[0] || (typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value))) fault(path, 'type')
    if (!choices.some((each) => each === value)) fault(path, 'value')
  }
}

const boolean: Check = (value, path) => {
  if (typeof value !== 'boolean') fault(path, 'type')
}

const currencyCode: Check = (value, path) => {
  if (typeof value !== 'string') fault(path, 'type')
  if (!CURRENCY_CODE.test(value)) fault(path, 'value')
}

const version: Check = (value, path) => {
  integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)(value, path)
  if (value !== 1) throw new PricingError('unknown_version', { version: Number(value) })
}

function nullable(check: Check): Check {
  return (value, path) => {
    if (value !== null) check(value, path)
  }
}

function listing(check: Check, longest: number | null, shortest = 0): Check {
  return (value, path) => {
    if (!Array.isArray(value)) fault(path, 'type')
    if (value.length < shortest || (longest !== null && value.length > longest)) fault(path, 'length')
    value.forEach((item, index) => {
      check(item, `${path}[${index}]`)
    })
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Check known fields in the order given, required ones first, then refuse unknown ones. A value of undefined is an absent field. */
function record(required: Fields, optional: Fields): Check {
  const needed = Object.entries(required)
  const allowed = Object.entries(optional)
  return (value, path) => {
    if (!isRecord(value)) fault(path, 'type')
    for (const [name, check] of needed) {
      if (value[name] === undefined) fault(`${path}.${name}`, 'missing')
      check(value[name], `${path}.${name}`)
    }
    for (const [name, check] of allowed) {
      if (value[name] !== undefined) check(value[name], `${path}.${name}`)
    }
    for (const name of Object.keys(value).sort()) {
      if (!Object.hasOwn(required, name) && !Object.hasOwn(optional, name)) fault(`${path}.${name}`, 'unknown')
    }
  }
}

const TEXT = text(1, limits.TEXT_MAX)
const ANY_TEXT = nullable(text(0, null))
const AMOUNT = integer(0 - limits.AMOUNT_MAX, limits.AMOUNT_MAX)
const PRICE = integer(0, limits.PRICE_MAX)
const KIND = choice('percent', 'fixed', 'exempt')
const UNITS = integer(0, limits.UNITS_MAX)

const taxUnits: Check = (value, path) => {
  if (!isRecord(value)) fault(path, 'type')
  const names = Object.keys(value).sort()
  if (names.length > limits.LINE_TAXES_MAX) fault(path, 'length')
  for (const name of names) {
    TEXT(name, path)
    UNITS(value[name], `${path}.${name}`)
  }
}

const TAXES: Readonly<Record<limits.Tax['kind'], Check>> = {
  percent: record({ kind: KIND, code: TEXT, rate: integer(0, limits.RATE_MAX) }, { in_base: boolean }),
  fixed: record({ kind: KIND, code: TEXT, amount: PRICE }, { in_base: boolean }),
  exempt: record({ kind: KIND, code: TEXT }, {}),
}

/** The record that the document's `kind` names. */
function tagged(kind: Check, kinds: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    if (!isRecord(value)) fault(path, 'type')
    const name = value['kind']
    if (name === undefined) fault(`${path}.kind`, 'missing')
    kind(name, `${path}.kind`)
    kinds[name as string]?.(value, path)
  }
}

const DISCOUNT_FIELDS = record({}, { percent: nullable(integer(0, limits.WHOLE)), amount: nullable(integer(0, limits.AMOUNT_MAX)) })

const discount: Check = (value, path) => {
  DISCOUNT_FIELDS(value, path)
  const { percent, amount } = value as limits.Discount
  if ((percent ?? null) === null === ((amount ?? null) === null)) fault(path, 'value')
}

const REWARD_FIELDS = record({}, {
  percent: nullable(integer(0, limits.WHOLE)),
  amount: nullable(integer(0, limits.AMOUNT_MAX)),
  price: nullable(PRICE),
})

const reward: Check = (value, path) => {
  REWARD_FIELDS(value, path)
  const { percent, amount, price } = value as limits.Reward
  if ([percent, amount, price].filter((each) => (each ?? null) !== null).length !== 1) fault(path, 'value')
}

const totalReward: Check = (value, path) => {
  reward(value, path)
  if (((value as limits.Reward).price ?? null) !== null) fault(path, 'value')
}

const LINE_IDS = listing(TEXT, limits.LINES_MAX)
const PROMOTION_KIND = choice('each', 'total', 'set')
const AMOUNT_UP = nullable(integer(0, limits.AMOUNT_MAX))
const LEASTS = { least_quantity: AMOUNT_UP, least_amount: AMOUNT_UP }
const ENDS = { stack: boolean, name: ANY_TEXT }
const PART = record({ lines: LINE_IDS, count: integer(1, limits.COUNT_MAX) }, {})

const PROMOTIONS: Readonly<Record<limits.Promotion['kind'], Check>> = {
  each: record({ kind: PROMOTION_KIND, id: TEXT, reward, lines: LINE_IDS }, { ...LEASTS, most: AMOUNT_UP, ...ENDS }),
  total: record({ kind: PROMOTION_KIND, id: TEXT, reward: totalReward, lines: LINE_IDS }, { ...LEASTS, ...ENDS }),
  set: record(
    { kind: PROMOTION_KIND, id: TEXT, reward, parts: listing(PART, limits.PARTS_MAX, 1) },
    {
      cheapest: nullable(integer(1, limits.PARTS_MAX * limits.COUNT_MAX)),
      times: nullable(integer(1, limits.TIMES_MAX)),
      ...ENDS,
    },
  ),
}

const MODIFIER = record({ id: TEXT, name: text(0, null), price: integer(0 - limits.PRICE_MAX, limits.PRICE_MAX) }, {})

const COMPONENT = record({ product_id: TEXT, name: text(0, null), quantity: AMOUNT }, {})

const LINE = record(
  { id: TEXT, quantity: AMOUNT, unit_price: PRICE, taxes: listing(TEXT, limits.LINE_TAXES_MAX) },
  {
    discount: nullable(discount),
    tax_units: nullable(taxUnits),
    product_id: ANY_TEXT,
    name: ANY_TEXT,
    unit: ANY_TEXT,
    note_annex: ANY_TEXT,
    price_entry: ANY_TEXT,
    modifiers: listing(MODIFIER, limits.MODIFIERS_MAX),
    factor: nullable(integer(1, limits.FACTOR_MAX)),
    serial: ANY_TEXT,
    lot: ANY_TEXT,
    expires: ANY_TEXT,
    components: listing(COMPONENT, limits.COMPONENTS_MAX),
  },
)

const COMBO = record(
  { id: TEXT, quantity: AMOUNT, unit_price: PRICE, parts: listing(record({ line: TEXT }, { extra: PRICE }), limits.COMBO_PARTS_MAX, 1) },
  { discount: nullable(discount), product_id: ANY_TEXT, name: ANY_TEXT, price_entry: ANY_TEXT },
)
const UP = integer(0, limits.AMOUNT_MAX)
const SLIP = record({ value: integer(1, limits.AMOUNT_MAX) }, { number: nullable(TEXT) })
const VOUCHERS = record({ kind: TEXT, slips: listing(SLIP, limits.SLIPS_MAX, 1) }, { name: ANY_TEXT, surplus: UP, change: UP, credit: UP })
const PAYMENT = record({ method: TEXT, amount: AMOUNT }, { gift_card: nullable(TEXT), voucher: nullable(VOUCHERS) })
const GIFT_CARD = record({ id: TEXT, amount: integer(1, limits.AMOUNT_MAX) }, { code: nullable(TEXT), page: nullable(TEXT) })

const BASKET = record(
  {
    version,
    currency: record({ code: currencyCode, digits: choice(0, 2, 3) }, {}),
    prices_include_tax: boolean,
    tax_rounding: choice('line', 'document'),
    taxes: listing(tagged(KIND, TAXES), limits.TAXES_MAX),
    lines: listing(LINE, null),
  },
  {
    cash_rounding: nullable(record({ step: integer(1, limits.STEP_MAX), mode: choice('half_up', 'half_down', 'down') }, {})),
    discount: nullable(discount),
    tip: AMOUNT,
    payments: listing(PAYMENT, limits.PAYMENTS_MAX),
    promotions: listing(tagged(PROMOTION_KIND, PROMOTIONS), limits.PROMOTIONS_MAX),
    combos: listing(COMBO, limits.COMBOS_MAX),
    gift_cards: listing(GIFT_CARD, limits.GIFT_CARDS_MAX),
  },
)
