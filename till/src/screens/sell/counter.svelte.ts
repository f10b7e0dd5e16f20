// The ticket on show: what it costs as it stands, and everything that may be done to it.
import { withCode } from '../../core/barcode.ts'
import { basketOf, type Payment, type SaleBasket, type SaleTotals } from '../../core/basket.ts'
import { hintsOf, promotionsFor, useful } from '../../core/offers.ts'
import { price, type Promotion } from '../../core/pricing/index.ts'
import { usedOf, type UsedCode } from '../../core/coupon.ts'
import { couponHash, inForce, type Moment } from '../../core/promotion.ts'
import { amountOf, listsInForce, pricedBy, repriced, type Priced } from '../../core/price_list.ts'
import { addCombo, amountWith, changeDiscount, changeParts, changePrice, changeQuantity, chosenOf, comboOf, countOfRows, questionsOf, type Combo, type Part } from '../../core/combo.ts'
import { add, type Adding, type Needed, type Sellable } from '../../core/adding.ts'
import {
  activeLines, approve, bringCoupon, goneOf, leaveCoupon, lineOf, multiply, priceChangesOf, remove, restore, setLineNote, setModifiers, setNote, setTicketDiscount, sweep,
  type Changed, type Discount, type Ticket, type TicketCombo,
} from '../../core/ticket.ts'
import { ageToAsk } from '../../core/age.ts'
import { loadsOf, type CardOnTicket } from '../../core/gift_card.ts'
import { endedIn, type CardCharge } from '../../core/card.ts'
import { readDecimal } from '../../core/format.ts'
import { asks, extraOf, groupsOf, preselected, type ModifierGroup } from '../../core/modifier.ts'
import type { Chosen } from '../../core/returning.ts'
import { fitsFact } from '../../core/sale.ts'
import { tipOf, type Tip } from '../../core/tip.ts'
import type { Product } from '../../data/index.ts'
import { tick as buzz } from '../../devices/sound.ts'
import { app, part, till } from '../app.svelte.ts'
import { mayAlone } from '../may.ts'
import { quantity } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'
import { later } from '../shell/coming.ts'
import { choosing } from './choosing.svelte.ts'
import { componentsOfKit, onSale, partsOf } from './made_of.ts'
import { referenceOf, withBegun } from './card_charges.ts'
import { delivered } from './delivery.ts'
import { countsOf, type Exchange, type Misread, type OpenTicket } from './open_ticket.ts'
import { showOrder } from './ordered.ts'
import { OpenTickets } from './open_tickets.svelte.ts'

/** What a product still lacks before it can stand on the ticket. */
export interface Asking { readonly product: Sellable; readonly adding: Omit<Adding, 'visit' | 'digits' | 'taxes'>; readonly needs: Needed }

// Of the twenty that a fact may name, some are kept for its discount, its price and its account.
const APPROVALS_MAX = 15
/** Where selling goes on beside what was just put on the ticket. */
const STAYS: ReadonlySet<string> = new Set(['ticket', 'products', 'camera'])
/** As many as a basket holds. */
const GIFT_CARDS_MAX = 20

class Counter extends OpenTickets {
  asking = $state.raw<Asking | null>(null)

  lines = $derived(activeLines(this.ticket))
  /** How many things stand on it, as people count: a combo is one. */
  rows = $derived(countOfRows(this.ticket))
  exchange = $derived(this.current?.exchange ?? null)
  /** The order that the ticket on show delivers. */
  order = $derived(this.current?.order ?? null)
  /** The order of which the ticket on show agrees another price. */
  reprices = $derived(this.current?.reprices ?? null)
  /** Rises when what is known of buyers changes. */
  buyersRevision = $state.raw(0)
  buyer = $derived.by(() => {
    void this.buyersRevision
    const id = this.current?.buyer ?? null
    return id === null ? null : till().buyers.byId(id)
  })
  // A text, so that what is in force stands still while other things of buyers change.
  readonly #group = $derived(this.buyer?.group?.id ?? null)
  misread = $derived<readonly Misread[]>(this.current?.misread ?? [])
  // By the minute: promotions begin and end on one.
  readonly #minute = $derived(Math.floor(app.now / 60_000))
  // A text, so that what is in force stands still while lines come and go.
  readonly #coupons = $derived((this.ticket.coupons ?? []).join(' '))
  readonly #inForce = $derived.by(() => {
    void [this.#minute, app.catalogue.revision]
    return inForce(till().catalogue.promotions(), this.#moment(this.#coupons.split(' ')))
  })
  readonly #lists = $derived.by(() => {
    void [this.#minute, app.catalogue.revision]
    return listsInForce(till().catalogue.priceLists(), this.#moment([]))
  })
  readonly #considered = $derived(promotionsFor(this.ticket, this.#inForce, (product) => till().catalogue.byId(product)?.category ?? null))
  readonly #allPriced = $derived(price(this.#basketWith(this.#considered)))
  /** Those in force that lower something of the ticket. */
  promotions = $derived(this.order === null ? useful(this.#considered, this.#allPriced) : (this.order.basket.promotions ?? []))
  /** What the ticket lacks for more of them. */
  hints = $derived(this.order === null ? hintsOf(this.ticket, this.#considered, this.#allPriced) : [])
  totals = $derived<SaleTotals>(price(this.basket([])))
  protected override get owed(): number { return this.totals.due }
  multiplier = $derived(this.ticket.multiplier)
  multiplierText = $derived(this.multiplier === null ? '' : quantity(this.multiplier))
  counts = $derived.by(() => countsOf(this.ticket))

  override start(): void {
    till().buyers.revision.subscribe((revision) => { this.buyersRevision = revision })
    super.start()
  }

  basket(payments: readonly Payment[], annexes: Readonly<Record<string, string>> = {}): SaleBasket {
    if (this.order !== null) return delivered(this.order, payments)
    const bare = this.#basketWith(this.promotions, payments, annexes)
    const plain = this.tip === null ? bare : { ...bare, tip: tipOf(this.tip, price({ ...bare, payments: [] }).gross) }
    const credit = this.exchange === null ? 0 : Math.min(this.exchange.gross, price({ ...plain, payments: [] }).due)
    return credit === 0 ? plain : { ...plain, payments: [{ method: 'exchange', amount: credit }, ...payments] }
  }

  #moment(coupons: readonly string[]): Moment {
    const { store } = part()
    return { at: till().serverNow(), zone: store.zone, store: store.id, group: this.#group, coupons }
  }

  /** What so much of a product (thousandths; one when it is not said) costs here and now. */
  priceOf(product: Product, amount = 1000): Priced {
    return pricedBy(product, amount, this.#lists)
  }

  #repriced(ticket: Ticket): Ticket {
    if (this.#lists.length === 0 && ticket.lines.every((line) => (line.price_entry ?? null) === null)) return ticket
    return repriced(ticket, (id, amount) => {
      const product = till().catalogue.byId(id)
      return product === null ? null : this.priceOf(product, amount)
    })
  }

  /** The product at the price of what the ticket would hold of it. */
  #listed(product: Sellable & Partial<Product>, known: Product | null, adding: Asking['adding']): Sellable {
    if (known === null || this.#lists.length === 0 || product.factor !== undefined) return product
    const one = adding.weight ?? adding.pack ?? 1000
    const amount = amountOf(this.ticket, known.id) + Math.round((one * (this.ticket.multiplier ?? 1000)) / 1000)
    const { price, entry, list } = this.priceOf(known, amount)
    return entry === null || list === null ? product : { ...product, price, listed: { base: known.price, entry, list } }
  }

  #basketWith(promotions: readonly Promotion[], payments: readonly Payment[] = [], annexes: Readonly<Record<string, string>> = {}): SaleBasket {
    const { organization, settings } = part()
    const rules = { ...settings, currency: organization.currency }
    return basketOf(this.ticket, rules, till().catalogue.taxes(), { payments, annexes, promotions, gift_cards: loadsOf(this.giftCards) })
  }

  /** The coupons that the buyer brought: what each is called, and whether it lowers something as the ticket stands. */
  coupons = $derived.by(() => {
    void app.catalogue.revision
    const useful = new Set(this.promotions.map(({ id }) => id))
    return (this.ticket.coupons ?? []).map((hash) => {
      const found = till().catalogue.promotions().filter(({ terms }) => terms.coupon === hash)
      return { hash, name: found[0]?.name ?? '', lowers: found.some(({ version }) => useful.has(version)) }
    })
  })

  /** Take a code for a coupon's; false when it is none of this shop. */
  bringCoupon(code: string): boolean {
    const hash = couponHash(code)
    if (hash === null || till().catalogue.promotions().every(({ terms }) => terms.coupon !== hash)) return false
    this.leaveDone()
    this.keep(bringCoupon(this.ticket, hash))
    return true
  }

  leaveCoupon(hash: string): void {
    const gone = (this.ticket.codes ?? []).filter(({ coupon }) => coupon === hash)
    this.keep(leaveCoupon(this.ticket, hash))
    if (gone.length > 0) void later().then(({ letGo }) => { letGo(gone) })
  }

  /** The single-use codes that lower the ticket as it stands. */
  get usedCodes(): readonly UsedCode[] {
    return this.order === null ? usedOf(this.ticket, this.promotions, till().catalogue.promotions()) : []
  }

  /** What of a sale waits on open tickets to be exchanged. */
  heldOf(sale: string): readonly Chosen[] {
    return this.all.flatMap(({ exchange }) => (exchange?.source.sale?.sale === sale ? exchange.chosen : []))
  }

  /** What came back pays for the ticket on show; null takes it away again. */
  setExchange(exchange: Exchange | null): void {
    this.leaveDone()
    this.beginVisit()
    if (this.current) this.set({ ...this.current, exchange })
  }

  get giftCards(): readonly CardOnTicket[] {
    return this.current?.giftCards ?? []
  }

  /** Whether there is something to pay: goods, or money on a gift card. */
  get isPayable(): boolean {
    return this.lines.length > 0 || this.giftCards.length > 0
  }

  /** Sell a gift card, or put more on one: it stands on the ticket until that is paid. */
  putGiftCard(card: CardOnTicket): void {
    this.leaveDone()
    const others = this.giftCards.filter(({ id }) => id !== card.id)
    if (this.current && others.length < GIFT_CARDS_MAX) this.set({ ...this.current, giftCards: [...others, card] })
  }

  leaveGiftCard(card: string): void {
    if (this.current) this.set({ ...this.current, giftCards: this.giftCards.filter(({ id }) => id !== card) })
  }

  get tip(): Tip | null {
    return this.current?.tip ?? null
  }

  /** What the buyer gives beyond the price; null for nothing. */
  setTip(tip: Tip | null): void {
    if (this.current) this.set({ ...this.current, tip })
  }

  get cards(): readonly CardCharge[] {
    return this.current?.cards ?? []
  }

  /** The reference of the charge that is on the terminal, or of the next one. */
  get cardReference(): string {
    return referenceOf(this.current, this.ticket.id)
  }

  /** So much is on the terminal now, under the reference of this charge: kept before anybody can tap a card. */
  beginCard(amount: number): void {
    const begun = this.current && amount > 0 ? withBegun(this.current, amount) : null
    if (begun) this.set(begun)
  }

  /** How a charge ended; null: it did not go through, or somebody has chosen otherwise. */
  endCard(reference: string, state: CardCharge['state'] | null): void {
    if (this.current && this.cards.some((one) => one.reference === reference)) this.set({ ...this.current, cards: endedIn(this.cards, reference, state) })
  }

  /** Whose ticket it is; null for somebody who need not be known. */
  setBuyer(buyer: string | null): void {
    this.leaveDone()
    if (!this.current) return
    this.set({ ...this.current, buyer, takenBy: null })
    // Their group may have other prices.
    this.keep(this.ticket)
  }

  /** Who else takes it along on the buyer's account; null for the buyer. Somebody who no longer may is nobody. */
  get takenBy(): string | null {
    const id = this.current?.takenBy ?? null
    return this.buyer?.authorised.some((person) => person.id === id) === true ? id : null
  }

  setTakenBy(takenBy: string | null): void {
    if (this.current) this.set({ ...this.current, takenBy })
  }

  /** Put an order, or a part of it, on a ticket of its own, at its prices, to be paid for what is left of it. */
  deliver(order: NonNullable<OpenTicket['order']>): void {
    showOrder(this, order, { order })
  }

  /** Leave the delivery: the order waits on. */
  leaveDelivery(): void {
    this.finish(null)
  }

  /** Whether the ticket on show can be written as one fact. */
  get fitsFact(): boolean {
    const notes = this.lines.filter(({ note }) => note !== '').length + (this.ticket.note === '' ? 0 : 1)
    return fitsFact(this.basket([]), this.totals, notes, priceChangesOf(this.ticket))
  }

  /** A product's key was pressed: ask for the variant where there are several, else put it on the ticket. */
  choose(product: Product, variants: number): void {
    buzz()
    if (variants > 1 && product.family !== null) app.go({ name: 'variants', family: product.family })
    else this.put(product, {})
  }

  /** Put a product on the ticket, or ask for the price or the weight that it lacks. */
  put(product: Sellable & Partial<Product>, adding: Asking['adding']): boolean {
    this.leaveDone()
    if (this.order !== null) { this.refuse('order'); return false }
    const known = till().catalogue.byId(product.id)
    const combo = product.factor === undefined ? till().catalogue.comboOf(product.id) : null
    if (combo !== null) return this.#askCombo(combo, this.#listed(product, known, adding), adding.pack)
    const groups = adding.modifiers === undefined && adding.label_price == null ? this.groupsOf(product.id) : []
    if (asks(groups)) {
      const listed = this.#listed(product, known, adding)
      choosing.begin({ name: product.name, price: listed.price, groups, chosen: preselected(groups), done: (modifiers) => { this.put(product, { ...adding, modifiers }) } })
      app.go({ name: 'options' })
      return true
    }
    const taxes = known === null ? [] : till().catalogue.taxesOf(known).map(({ code }) => code)
    const components = componentsOfKit(product.id)
    const added = add(this.ticket, this.#listed(product, known, adding), { ...adding, taxes, components, visit: this.newVisit(), digits: part().organization.currency.digits })
    if (added.ok) return this.#stands(added.ticket)
    if ('needs' in added) {
      this.asking = { product, adding, needs: added.needs }
      app.go({ name: added.needs === 'price' || added.needs === 'weight' ? 'ask' : 'trace' })
      return true
    }
    this.refuse(added.refused)
    return false
  }

  // Asked as soon as it stands there, while the buyer does too; whatever is scanned meanwhile goes on the ticket all the same.
  #stands(ticket: Ticket): boolean {
    if (!this.#take(ticket)) return false
    if (ageToAsk(ticket) !== null) app.go({ name: 'age' })
    else if (!STAYS.has(app.zone.name)) app.home()
    return true
  }

  // A tap a slot; where there is nothing to choose, none.
  #askCombo(said: Combo, product: Sellable, pack: number | undefined): boolean {
    const combo = onSale(said)
    if (combo === null) { this.refuse('combo_gone'); return false }
    return this.#askParts(product, combo, new Set(), (parts) => addCombo(this.ticket, product, parts, { visit: this.newVisit(), digits: this.#digits, ...(pack === undefined ? {} : { pack }) }))
  }

  // `before`: what was chosen already; then everything is asked again, for nothing else was meant by it.
  #askParts({ name, price }: Sellable, combo: Combo, before: ReadonlySet<string>, made: (parts: readonly Part[]) => Changed): boolean {
    const asked = (id: string): readonly ModifierGroup[] => this.groupsOf(id).filter(({ least }) => least > 0)
    const first = questionsOf(combo, before, asked)
    const put = (chosen: ReadonlySet<string>): boolean => {
      const changed = made(partsOf(combo, chosen, (id) => this.groupsOf(id)))
      if (changed.ok) return this.#stands(changed.ticket)
      this.refuse(changed.refused)
      return false
    }
    if (before.size === 0 && first.groups.every(({ options, most }) => options.length === 1 && most === 1)) return put(first.chosen)
    choosing.begin({ name, price, ...first, grow: (chosen) => questionsOf(combo, chosen, asked), done: (_, chosen) => { put(chosen) } })
    app.go({ name: 'options' })
    return true
  }

  multiply(text: string): void {
    const count = readDecimal(text, 3)
    if (count !== null) this.change(multiply(this.ticket, count === 0 ? null : count))
  }

  /** What may be chosen beside a product. */
  groupsOf(product: string): readonly ModifierGroup[] {
    void app.catalogue.revision
    const known = till().catalogue.byId(product)
    return known === null ? [] : groupsOf(known, till().catalogue.modifierGroups())
  }

  /** Whether something was chosen of a line, or beside it, that may be chosen otherwise. */
  mayChoose(id: string): boolean {
    const combo = this.comboOf(id)
    if (combo === null) return this.groupsOf(this.lineOf(id)?.product_id ?? '').length > 0
    const said = till().catalogue.comboOf(combo.product_id)
    return said?.slots.length === combo.parts.length && said.slots.some(({ choices }) => choices.length > 1)
  }

  /** Choose something else beside the product of a line, or for the slots of a combo. */
  chooseFor(id: string): void {
    const line = this.lineOf(id)
    const whole = this.comboOf(id)
    if (whole !== null) { this.#chooseAgain(whole); return }
    if (line === null) return
    const chosen = new Set((line.modifiers ?? []).map((modifier) => modifier.id))
    const price = line.unit_price - extraOf(line.modifiers)
    choosing.begin({ name: line.name, price, groups: this.groupsOf(line.product_id), chosen, done: (modifiers) => { this.change(setModifiers(this.ticket, id, modifiers, this.#digits)) } })
    app.go({ name: 'options' })
  }

  #chooseAgain(whole: TicketCombo): void {
    const product = till().catalogue.byId(whole.product_id)
    const said = till().catalogue.comboOf(whole.product_id)
    const combo = said === null ? null : onSale(said)
    if (product === null || combo === null) { this.refuse('combo_gone'); return }
    const own = { ...product, price: whole.unit_price - whole.extra }
    this.#askParts(own, combo, chosenOf(this.ticket, whole), (parts) => changeParts(this.ticket, whole, own, parts, { visit: this.newVisit(), digits: this.#digits }))
  }

  #setQuantity(line: string, count: number): boolean { return this.change(changeQuantity(this.ticket, line, count, this.#digits)) }
  setPrice(line: string, unitPrice: number): boolean { return this.change(changePrice(this.ticket, line, unitPrice, this.#digits)) }
  setLineDiscount(line: string, discount: Discount | null): boolean { return this.change(changeDiscount(this.ticket, line, discount)) }
  setDiscount(discount: Discount | null): boolean { return this.change(setTicketDiscount(this.ticket, discount)) }
  setNote(line: string | null, note: string): boolean {
    return this.change(line === null ? setNote(this.ticket, note) : setLineNote(this.ticket, line, note))
  }

  /** Take a line away; who may not do it alone asks. */
  remove(line: string, then: () => void = () => undefined): void {
    if (lineOf(this.ticket, line) === null) return
    this.withVoidAllowed(amountWith(this.ticket, line, this.#digits), () => {
      this.change(remove(this.ticket, line, till().now()))
      then()
    })
  }

  /** Change a quantity; taking some away is asked for like taking the line away. */
  changeQuantity(line: string, count: number, then: () => void = () => undefined): void {
    const found = comboOf(this.ticket, line) ?? lineOf(this.ticket, line)
    const less = found === null ? 0 : Math.max(0, found.quantity - count)
    this.withVoidAllowed(amountWith(this.ticket, line, this.#digits, less), () => { if (this.#setQuantity(line, count)) then() })
  }

  /** Ask for another person's yes to take so much (minor units) off the ticket, where who stands here needs one. */
  withVoidAllowed(amount: number, go: () => void): void {
    const { person } = app
    const already = goneOf(this.ticket, this.#digits).voided?.amount ?? 0
    const allowed = this.ticket.approvals.reduce((sum, given) => (given.action === 'void' ? sum + (given.amount ?? 0) : sum), 0)
    if (amount === 0 || person === null || mayAlone(person, 'void') || already + amount <= allowed) { go(); return }
    // A fact names so many approvals and no more: the ticket is charged or let go first.
    if (this.ticket.approvals.length >= APPROVALS_MAX) { this.refuse('approvals_full'); return }
    app.approval = {
      action: 'void', amount,
      allow: ({ approver, reason }) => {
        this.keep(approve(this.ticket, { action: 'void', amount, approver, reason }))
        go()
      },
    }
  }

  restore(line: string): void {
    this.change(restore(this.ticket, line, till().now()))
  }

  /** Bring back what was removed last. */
  undo(): void {
    const last = [...this.ticket.lines].filter((line) => line.removed_at !== null).sort((a, b) => (b.removed_at ?? 0) - (a.removed_at ?? 0))[0]
    if (last) this.restore(last.id)
  }

  /** Let go of removed lines whose ten seconds are over. */
  sweep(): void {
    // Another minute may be one of other prices.
    const swept = this.#repriced(sweep(this.ticket, till().now(), this.#digits))
    if (swept !== this.ticket) this.keep(swept)
  }

  select(line: string | null): void {
    if (this.current) this.set({ ...this.current, ticket: { ...this.ticket, selected: line } })
  }

  /** Select the line above or below. */
  move(step: 1 | -1): void {
    if (this.lines.length === 0) return
    // Of a combo its first line stands for all of it.
    const heads = this.lines.filter(({ id, combo = id }) => combo === id)
    const at = this.lines.find(({ id }) => id === this.ticket.selected)
    const place = heads.findIndex(({ id }) => id === (at?.combo ?? at?.id))
    const next = Math.min(heads.length - 1, Math.max(0, place + step))
    this.select(heads[next]?.id ?? null)
  }

  lineOf(id: string): ReturnType<typeof lineOf> {
    return lineOf(this.ticket, id)
  }

  comboOf(line: string): TicketCombo | null {
    return comboOf(this.ticket, line)
  }

  misreads(row: Misread, unknown: string | null): void {
    this.leaveDone()
    const misread = [row, ...this.misread.filter(({ code }) => code !== row.code)].slice(0, 3)
    if (this.current) this.set({ ...this.current, misread, unknown: withCode(this.current.unknown, unknown) })
  }

  dismiss(code: string): void {
    if (this.current) this.set({ ...this.current, misread: this.current.misread.filter((row) => row.code !== code) })
  }

  // Whatever happens to a ticket may bring it another price; what an order agreed stays as it was.
  override keep(ticket: Ticket): void {
    const open = this.all.find((other) => other.ticket.id === ticket.id)
    super.keep((open?.order ?? open?.reprices ?? null) === null ? this.#repriced(ticket) : ticket)
  }

  change(changed: Changed): boolean {
    if (this.order !== null) { this.refuse('order'); return false }
    if (changed.ok) return this.#take(changed.ticket)
    this.refuse(changed.refused)
    return false
  }

  // What would no longer fit one fact is put back as it was, long before anybody pays (ruling 14). Taking a line away always may.
  #take(ticket: Ticket): boolean {
    const { ticket: before, lines } = this
    this.keep(ticket)
    if (this.lines.length < lines.length || this.fitsFact) return true
    this.keep(before)
    this.refuse('too_large')
    return false
  }

  refuse(refusal: string): void {
    app.sound('attention')
    app.say(t.code('refused', refusal), 'alert')
  }

  get #digits(): number {
    return part().organization.currency.digits
  }

}

export const counter = new Counter()
