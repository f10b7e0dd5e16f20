/** Price a basket. The rules and their order are in docs/algorithms/pricing.md; this file follows its sections 3 to 5. */
import { apportion, divRoundBig, largestRemainder, lcm, mulDivNearest } from '../integer.ts'
import { AMOUNT_MAX, LINES_MAX, WHOLE, type Basket, type Discount, type Line, type Tax } from './basket.ts'
import { loweredCombos, sharePrices } from './combos.ts'
import { PricingError } from './errors.ts'
import { savingsOf, type Saving } from './promotions.ts'
import { settle } from './settlement.ts'
import { exactTaxes, planOf, type Plan } from './taxes.ts'
import { ENGINE_VERSION, PLAIN_VERSION, PROMOTIONS_VERSION, type LineTotals, type TaxTotal, type Totals } from './totals.ts'

/** A line on its way: what is listed, what is taken off, and at what it is charged. */
interface Charge {
  readonly line: Line
  readonly plan: Plan
  readonly list: number
  savings: readonly Saving[]
  discount: number
  share: number
  charged: number
}

/** The totals of a basket; throws PricingError with a code and data, and nothing else for a document of the right shape. */
export function price(basket: Basket): Totals {
  const charges = listed(basket, plansOf(basket))
  if ((basket.promotions ?? []).length > 0) save(basket, charges)
  lowerLines(charges)
  lowerCombos(basket, charges)
  shareTicketDiscount(basket.discount ?? null, charges)
  const minor = 10n ** BigInt(basket.currency.digits)
  const taxes = basket.tax_rounding === 'line' ? lineTaxes(charges, minor) : documentTaxes(charges, minor)
  return sumUp(basket, charges.map((charge, index) => taxed(charge, taxes[index] ?? [])))
}

/** The plan of each line; refuses unknown and repeated taxes and lines. */
function plansOf(basket: Basket): Plan[] {
  if (basket.lines.length > LINES_MAX) throw new PricingError('too_many_lines', { count: basket.lines.length, limit: LINES_MAX })
  const known = new Map<string, Tax>()
  for (const tax of basket.taxes) {
    if (known.has(tax.code)) throw new PricingError('repeated_tax', { tax: tax.code })
    known.set(tax.code, tax)
  }
  const seen = new Set<string>()
  const byCodes = new Map<string, Plan>()
  return basket.lines.map((line) => {
    if (seen.has(line.id)) throw new PricingError('repeated_line', { line: line.id })
    seen.add(line.id)
    // One code is its own key; a list of several cannot be mistaken for one, because it begins with "[".
    const key = line.taxes.length === 1 ? `=${line.taxes[0] ?? ''}` : JSON.stringify(line.taxes)
    let plan = byCodes.get(key)
    if (plan === undefined) {
      plan = planOf(taxesOf(line, known), basket.prices_include_tax)
      byCodes.set(key, plan)
    }
    if (line.tax_units != null) checkTaxUnits(line, line.tax_units, known)
    return plan
  })
}

function taxesOf(line: Line, known: ReadonlyMap<string, Tax>): Tax[] {
  return line.taxes.map((code, index) => {
    const tax = known.get(code)
    if (tax === undefined) throw new PricingError('unknown_tax', { line: line.id, tax: code })
    if (line.taxes.indexOf(code) < index) throw new PricingError('repeated_line_tax', { line: line.id, tax: code })
    return tax
  })
}

function checkTaxUnits(line: Line, units: Readonly<Record<string, number>>, known: ReadonlyMap<string, Tax>): void {
  for (const code of Object.keys(units).sort()) {
    if (!line.taxes.includes(code) || known.get(code)?.kind !== 'fixed') throw new PricingError('unknown_tax', { line: line.id, tax: code })
  }
}

/** The lines with their list amounts. */
function listed(basket: Basket, plans: readonly Plan[]): Charge[] {
  const divisor = 10 ** (7 - basket.currency.digits)
  const alone = basket.lines.map((line) => {
    const list = mulDivNearest(line.quantity, line.unit_price, divisor)
    if (isOut(list)) throw new PricingError('out_of_range', { line: line.id, field: 'list' })
    return list
  })
  const lists = sharePrices(basket, alone)
  return basket.lines.map((line, index) => {
    const list = lists[index] ?? 0
    const plan = plans[index]
    if (plan === undefined) throw new RangeError('a line without a plan')
    return { line, plan, list, savings: [], discount: 0, share: 0, charged: list }
  })
}

/** Take off what promotions save. */
function save(basket: Basket, charges: readonly Charge[]): void {
  const savings = savingsOf(basket, charges.map(({ list }) => list))
  charges.forEach((charge, index) => {
    charge.savings = savings[index] ?? []
    for (const { amount } of charge.savings) charge.charged -= amount
  })
}

/** Take off the lines' own discounts. */
function lowerLines(charges: readonly Charge[]): void {
  for (const charge of charges) {
    if (charge.line.discount == null) continue
    charge.discount = lowered(charge.charged, charge.line.discount)
    charge.charged -= charge.discount
  }
}

/** Take the discounts of combos off their lines, each in proportion to what is left of it. */
function lowerCombos(basket: Basket, charges: readonly Charge[]): void {
  for (const { discount, places } of loweredCombos(basket)) {
    const own = places.flatMap((place) => charges[place] ?? [])
    const left = own.map(({ charged }) => charged)
    if (left.every((amount) => amount === 0)) continue
    const parts = largestRemainder(lowered(left.reduce((sum, amount) => sum + amount, 0), discount), left)
    own.forEach((charge, index) => {
      charge.discount += parts[index] ?? 0
      charge.charged -= parts[index] ?? 0
    })
  }
}

function isOut(amount: number): boolean {
  return !(amount >= -AMOUNT_MAX && amount <= AMOUNT_MAX)
}

/** What the discount takes from an amount, with the amount's sign and never more than the amount. */
function lowered(amount: number, discount: Discount): number {
  const size = Math.abs(amount)
  const taken = discount.percent != null ? mulDivNearest(size, discount.percent, WHOLE) : Math.min(discount.amount ?? 0, size)
  return amount >= 0 ? taken : 0 - taken
}

function shareTicketDiscount(discount: Discount | null, charges: readonly Charge[]): void {
  if (discount === null) return
  const left = charges.map((charge) => charge.charged)
  const whole = left.reduce((sum, amount) => sum + amount, 0)
  const shares = largestRemainder(lowered(whole, discount), left)
  charges.forEach((charge, index) => {
    charge.share = shares[index] ?? 0
    charge.charged -= charge.share
  })
}

/** Each line's taxes, each rounded on its own. */
function lineTaxes(charges: readonly Charge[], minor: bigint): number[][] {
  return charges.map(({ line, plan, charged }) => {
    const quick = plan.quick
    if (quick !== null) return quick.shares.map((share) => mulDivNearest(share, charged, quick.whole))
    const { numerators, denominator } = exactTaxes(plan, line, charged, minor)
    return numerators.map((numerator) => Number(divRoundBig(numerator, denominator)))
  })
}

/** Each line's taxes when each tax is rounded once, on the sum of its exact values, and shared on them. */
function documentTaxes(charges: readonly Charge[], minor: bigint): number[][] {
  const exact = charges.map(({ line, plan, charged }) => exactTaxes(plan, line, charged, minor))
  const common = [...new Set(exact.map(({ denominator }) => denominator))].reduce(lcm, 1n)
  const factors = exact.map(({ denominator }) => common / denominator)
  const taxes = charges.map(({ plan }) => plan.codes.map(() => 0))
  const places = new Map<string, { index: number; place: number }[]>()
  charges.forEach(({ plan }, index) => {
    plan.codes.forEach((code, place) => {
      const spots = places.get(code)
      if (spots === undefined) places.set(code, [{ index, place }])
      else spots.push({ index, place })
    })
  })
  for (const spots of places.values()) {
    const numerators = spots.map(({ index, place }) => (exact[index]?.numerators[place] ?? 0n) * (factors[index] ?? 0n))
    const whole = numerators.reduce((sum, numerator) => sum + numerator, 0n)
    const parts = apportion(divRoundBig(whole, common), numerators, common)
    spots.forEach(({ index, place }, spot) => {
      const row = taxes[index]
      if (row !== undefined) row[place] = Number(parts[spot])
    })
  }
  return taxes
}

/** The finished line; the net owns what rounding leaves when prices include the taxes. */
function taxed({ line, plan, list, savings, discount, share, charged }: Charge, amounts: readonly number[]): LineTotals {
  const out = (field: string): never => {
    throw new PricingError('out_of_range', { line: line.id, field })
  }
  if (amounts.some(isOut)) out('tax')
  const tax = amounts.reduce((sum, amount) => sum + amount, 0)
  const net = plan.included ? charged - tax : charged
  const gross = plan.included ? charged : charged + tax
  if (isOut(tax)) out('tax')
  if (isOut(net)) out('net')
  if (isOut(gross)) out('gross')
  let base = net
  const taxes: TaxTotal[] = amounts.map((amount, place) => {
    const row = { code: plan.codes[place] ?? '', base, amount }
    if (plan.inBase[place] === true) base += amount
    return row
  })
  return { id: line.id, list, discount, share, net, tax, gross, taxes, ...(savings.length > 0 ? { savings } : {}) }
}

function sumUp(basket: Basket, lines: readonly LineTotals[]): Totals {
  const sums = { list: 0, discount: 0, net: 0, tax: 0, gross: 0 }
  const byCode = new Map<string, { code: string; base: number; amount: number }>()
  for (const line of lines) {
    sums.list += line.list
    sums.discount += line.discount + line.share
    sums.net += line.net
    sums.tax += line.tax
    sums.gross += line.gross
    for (const { code, base, amount } of line.taxes) {
      const whole = byCode.get(code)
      if (whole === undefined) byCode.set(code, { code, base, amount })
      else {
        whole.base += base
        whole.amount += amount
      }
    }
  }
  const tip = basket.tip ?? 0
  const loaded = (basket.gift_cards ?? []).reduce((sum, { amount }) => sum + amount, 0)
  const due = sums.gross + tip + loaded
  return {
    version: 1,
    engine: versionOf(basket),
    lines,
    ...sums,
    taxes: basket.taxes.flatMap(({ code }) => byCode.get(code) ?? []),
    tip,
    due,
    ...settle(due, basket.payments ?? [], basket.cash_rounding ?? null),
    ...saved(basket, lines),
    ...(loaded === 0 ? {} : { gift_cards: loaded }),
  }
}

/** The first version of the rules that gives this basket its totals. */
function versionOf({ combos = [], promotions = [] }: Basket): number {
  return combos.length > 0 ? ENGINE_VERSION : promotions.length > 0 ? PROMOTIONS_VERSION : PLAIN_VERSION
}

/** What promotions save in all, and each of those that save something; nothing for a basket without. */
function saved(basket: Basket, lines: readonly LineTotals[]): Pick<Totals, 'savings' | 'promotions'> {
  const own = basket.promotions ?? []
  if (own.length === 0) return {}
  const amounts = new Map(own.map(({ id }) => [id, 0]))
  for (const { promotion, amount } of lines.flatMap((line) => line.savings ?? [])) amounts.set(promotion, (amounts.get(promotion) ?? 0) + amount)
  const promotions = [...amounts].flatMap(([promotion, amount]) => (amount > 0 ? [{ promotion, amount }] : []))
  return { savings: promotions.reduce((whole, { amount }) => whole + amount, 0), promotions }
}
