/** What promotions take off the lines of a basket, in the order stated. The rules are in docs/algorithms/promotions.md; this file follows its sections 2 to 5. */
import { divDown, largestRemainder, mulDivNearest } from '../integer.ts'
import { WHOLE, type Basket, type EachPromotion, type Line, type Promotion, type Reward, type SetPromotion, type TotalPromotion } from './basket.ts'
import { linesOfCombos } from './combos.ts'
import { PricingError } from './errors.ts'

const PIECE = 1000

/** What one promotion takes off a line or the document, minor units. */
export interface Saving {
  readonly promotion: string
  readonly amount: number
}

/** Numbers by the place of a line. */
type Numbers = Map<number, number>

/** What lines give to a promotion, in thousandths, and what it takes off them, in minor units. */
interface Lowered {
  readonly given: Numbers
  readonly saved: Numbers
}

const NOTHING: Lowered = { given: new Map(), saved: new Map() }

/** What is left of a line: a part that nothing has lowered yet, and one that only stacking promotions may lower again. */
class Left {
  readonly place: number
  readonly unitPrice: number
  readonly isOfCombo: boolean
  private free: number
  private freeValue: number
  private shared = 0
  private sharedValue = 0

  /** A line that comes back takes no part. */
  constructor(place: number, { quantity, unit_price }: Line, amount: number, isOfCombo: boolean) {
    this.place = place
    this.unitPrice = unit_price
    this.isOfCombo = isOfCombo
    this.free = Math.max(0, quantity)
    this.freeValue = quantity > 0 ? amount : 0
  }

  /** Thousandths that a promotion may take. */
  available(stack: boolean): number {
    return stack ? this.free + this.shared : this.free
  }

  /** What so much of it is worth, minor units: of the free part first. */
  worth(quantity: number): number {
    const free = Math.min(quantity, this.free)
    return part(this.freeValue, free, this.free) + part(this.sharedValue, quantity - free, this.shared)
  }

  /** Let a promotion have so much of it: gone when it is exclusive, else shared, worth less by what was saved. */
  take(quantity: number, saved: number, stack: boolean): void {
    const free = Math.min(quantity, this.free)
    const value = part(this.freeValue, free, this.free)
    this.free -= free
    this.freeValue -= value
    if (!stack) return
    this.shared += free
    this.sharedValue += value - saved
  }
}

function part(value: number, quantity: number, whole: number): number {
  return quantity === 0 ? 0 : mulDivNearest(value, quantity, whole)
}

/** What each promotion takes off each line, in the order of the basket. `listed`: the list amount of each line, minor units. */
export function savingsOf(basket: Basket, listed: readonly number[]): Saving[][] {
  const promotions = basket.promotions ?? []
  const places = new Map(basket.lines.map((line, place) => [line.id, place]))
  check(promotions, places)
  const ofCombos = linesOfCombos(basket)
  const lines = basket.lines.map((line, place) => new Left(place, line, listed[place] ?? 0, ofCombos.has(line.id)))
  const savings: Saving[][] = lines.map(() => [])
  for (const promotion of promotions) {
    for (const [place, amount] of apply(promotion, lines, places, basket.currency.digits)) {
      if (amount > 0) savings[place]?.push({ promotion: promotion.id, amount })
    }
  }
  return savings
}

/** Take what the promotion takes and return its savings; what saves nothing takes nothing. */
function apply(promotion: Promotion, lines: readonly Left[], places: ReadonlyMap<string, number>, digits: number): Numbers {
  const { given, saved } = lower(promotion, lines, places, digits)
  if (sum(saved.values()) === 0) return saved
  for (const [place, quantity] of given) at(lines, place).take(quantity, saved.get(place) ?? 0, promotion.stack ?? false)
  return saved
}

function check(promotions: readonly Promotion[], places: ReadonlyMap<string, number>): void {
  const known = new Set<string>()
  for (const promotion of promotions) {
    if (known.has(promotion.id)) throw new PricingError('repeated_promotion', { promotion: promotion.id })
    known.add(promotion.id)
    for (const ids of promotion.kind === 'set' ? promotion.parts.map(({ lines }) => lines) : [promotion.lines]) checkLines(promotion.id, ids, places)
  }
}

function checkLines(promotion: string, ids: readonly string[], places: ReadonlyMap<string, number>): void {
  const named = new Set<string>()
  for (const line of ids) {
    if (!places.has(line)) throw new PricingError('unknown_line', { promotion, line })
    if (named.has(line)) throw new PricingError('repeated_promotion_line', { promotion, line })
    named.add(line)
  }
}

function lower(promotion: Promotion, lines: readonly Left[], places: ReadonlyMap<string, number>, digits: number): Lowered {
  if (promotion.kind === 'set') return lowerSet(promotion, lines, places, digits)
  const own = ownLines(promotion, lines, places)
  return promotion.kind === 'each' ? lowerEach(promotion, own, digits) : lowerTotal(promotion, own)
}

/** The lines that give something, in the order of the ticket; none when the promotion asks for more. */
function ownLines(promotion: EachPromotion | TotalPromotion, lines: readonly Left[], places: ReadonlyMap<string, number>): Left[] {
  const stack = promotion.stack ?? false
  const named = promotion.lines.map((name) => at(lines, places.get(name) ?? -1)).sort((one, other) => one.place - other.place)
  const own = named.filter((line) => line.available(stack) > 0 && !(line.isOfCombo && promotion.kind === 'each'))
  const quantity = sum(own.map((line) => line.available(stack)))
  const amount = sum(own.map((line) => line.worth(line.available(stack))))
  return quantity >= (promotion.least_quantity ?? 0) && amount >= (promotion.least_amount ?? 0) ? own : []
}

function lowerEach(promotion: EachPromotion, own: readonly Left[], digits: number): Lowered {
  const { given, saved }: Lowered = { given: new Map(), saved: new Map() }
  const most = promotion.most ?? null
  const lines = most === null ? own : [...own].sort((one, other) => other.unitPrice - one.unitPrice || one.place - other.place)
  let rest = most ?? 0
  for (const line of lines) {
    const available = line.available(promotion.stack ?? false)
    const quantity = most === null ? available : Math.min(available, rest)
    rest -= quantity
    const amount = offEach(promotion.reward, line.worth(quantity), quantity, digits)
    if (amount > 0) {
      given.set(line.place, quantity)
      saved.set(line.place, amount)
    }
  }
  return { given, saved }
}

function offEach(reward: Reward, worth: number, quantity: number, digits: number): number {
  if (reward.percent != null) return mulDivNearest(worth, reward.percent, WHOLE)
  if (reward.amount != null) return Math.min(worth, mulDivNearest(quantity, reward.amount, PIECE))
  return Math.max(0, worth - mulDivNearest(quantity, reward.price ?? 0, 10 ** (7 - digits)))
}

function lowerTotal(promotion: TotalPromotion, own: readonly Left[]): Lowered {
  const given: Numbers = new Map(own.map((line) => [line.place, line.available(promotion.stack ?? false)]))
  const worth: Numbers = new Map(own.map((line) => [line.place, line.worth(line.available(promotion.stack ?? false))]))
  return { given, saved: shared(promotion.reward, worth, 1, 0) }
}

/** The saving on what these lines are worth together, shared in proportion. */
function shared(reward: Reward, worth: Numbers, times: number, digits: number): Numbers {
  const parts = [...worth.values()]
  const whole = sum(parts)
  const shares = largestRemainder(offShared(reward, whole, times, digits), parts)
  return new Map([...worth.keys()].map((place, index) => [place, shares[index] ?? 0]))
}

function offShared(reward: Reward, whole: number, times: number, digits: number): number {
  if (reward.percent != null) return mulDivNearest(whole, reward.percent, WHOLE)
  if (reward.amount != null) return Math.min(whole, mulDivNearest(times, reward.amount, 1))
  return Math.max(0, whole - mulDivNearest(times, reward.price ?? 0, 10 ** (4 - digits)))
}

function lowerSet(promotion: SetPromotion, lines: readonly Left[], places: ReadonlyMap<string, number>, digits: number): Lowered {
  const taken: Numbers = new Map()
  const rewarded: Numbers = new Map()
  let times = 0
  for (const one of setsOf(promotion, lines, places)) {
    times += one.times
    for (const [place, pieces] of one.taken) add(taken, place, one.times * pieces)
    for (const [place, pieces] of one.rewarded) add(rewarded, place, one.times * pieces)
  }
  if (times === 0) return NOTHING
  const inOrder = [...taken].sort(([one], [other]) => one - other)
  const given: Numbers = new Map(inOrder.map(([place, pieces]) => [place, pieces * PIECE]))
  const worth: Numbers = new Map(
    inOrder.map(([place, pieces]) => [place, mulDivNearest(at(lines, place).worth(pieces * PIECE), rewarded.get(place) ?? 0, pieces)]),
  )
  return { given, saved: shared(promotion.reward, worth, times, digits) }
}

/** One composition of a set: pieces taken and rewarded, by the place of their line, and how often it came. */
interface OneSet {
  readonly taken: Numbers
  readonly rewarded: Numbers
  readonly times: number
}

/** The sets that can be made, equal ones at once: a composition comes again until one of its lines lacks what it gives. */
function* setsOf(promotion: SetPromotion, lines: readonly Left[], places: ReadonlyMap<string, number>): Generator<OneSet> {
  const parts = promotion.parts.map((each) => each.lines.map((name) => places.get(name) ?? -1))
  const inParts: Numbers = new Map()
  for (const place of parts.flat()) add(inParts, place, 1)
  const wholeOf = (line: Left): number => (line.isOfCombo ? 0 : divDown(line.available(promotion.stack ?? false), PIECE))
  const pieces: Numbers = new Map([...inParts.keys()].map((place) => [place, wholeOf(at(lines, place))]))
  // The next line of a queue is its last: the one in the fewest parts, then the dearest, then the earliest.
  const queues = parts.map((own) =>
    [...own].sort((one, other) => count(inParts, other) - count(inParts, one) || at(lines, one).unitPrice - at(lines, other).unitPrice || other - one),
  )
  let left = promotion.times ?? Number.MAX_SAFE_INTEGER
  while (left > 0) {
    const taken = compose(promotion, queues, pieces)
    if (taken === null) return
    const rewarded = cheapest(promotion.cheapest ?? null, taken, lines)
    if (!isWorthIt(promotion.reward, rewarded, lines)) return
    const times = [...taken].reduce((least, [place, each]) => Math.min(least, divDown(count(pieces, place), each)), left)
    left -= times
    for (const [place, each] of taken) add(pieces, place, 0 - times * each)
    yield { taken, rewarded, times }
  }
}

/** The pieces of one set by line, or null when a part cannot be filled. */
function compose(promotion: SetPromotion, queues: readonly number[][], pieces: Numbers): Numbers | null {
  const taken: Numbers = new Map()
  for (const [index, { count: needed }] of promotion.parts.entries()) {
    const queue = queues[index] ?? []
    while (queue.length > 0 && count(pieces, queue.at(-1) ?? -1) === 0) queue.pop()
    let wanted = needed
    for (let next = queue.length - 1; next >= 0 && wanted > 0; next -= 1) {
      const place = queue[next] ?? -1
      const some = Math.min(wanted, count(pieces, place) - count(taken, place))
      if (some > 0) add(taken, place, some)
      wanted -= some
    }
    if (wanted > 0) return null
  }
  return taken
}

/** The pieces that the reward is for: of equal prices those of the later line. */
function cheapest(most: number | null, taken: Numbers, lines: readonly Left[]): Numbers {
  if (most === null || most >= sum(taken.values())) return taken
  const rewarded: Numbers = new Map()
  let rest = most
  for (const [place, pieces] of [...taken].sort(([one], [other]) => at(lines, one).unitPrice - at(lines, other).unitPrice || other - one)) {
    if (rest === 0) break
    rewarded.set(place, Math.min(rest, pieces))
    rest -= Math.min(rest, pieces)
  }
  return rewarded
}

/** Whether the pieces cost more than the price of the set. Both are ten-thousandths, and together they may pass the safe integers. */
function isWorthIt(reward: Reward, rewarded: Numbers, lines: readonly Left[]): boolean {
  if (reward.price == null) return true
  let cost = 0n
  for (const [place, pieces] of rewarded) cost += BigInt(at(lines, place).unitPrice) * BigInt(pieces)
  return cost > BigInt(reward.price)
}

function at(lines: readonly Left[], place: number): Left {
  const line = lines[place]
  if (line === undefined) throw new RangeError('a promotion without its line')
  return line
}

function count(numbers: Numbers, place: number): number {
  return numbers.get(place) ?? 0
}

function add(numbers: Numbers, place: number, amount: number): void {
  numbers.set(place, count(numbers, place) + amount)
}

function sum(amounts: Iterable<number>): number {
  let whole = 0
  for (const amount of amounts) whole += amount
  return whole
}
