// How the ticket on show is being paid: nothing here is stored until the sale is written.
import { chargedTenders } from '../../core/card.ts'
import { roomOf } from '../../core/buyer.ts'
import { exactTender, readReference, settle, tenderProblem, type Tender } from '../../core/pay.ts'
import { payableBy } from '../../core/gift_card.ts'
import { payableWith } from '../../core/points.ts'
import { price } from '../../core/pricing/index.ts'
import { revalued } from '../../core/voucher.ts'
import { transferReference } from '../../core/transfer.ts'
import { app, part, till } from '../app.svelte.ts'
import { erased, scaled, typed } from '../entry.ts'
import { counter } from '../sell/counter.svelte.ts'
import { t } from '../words.svelte.ts'
import { knownRoom } from './spending.ts'

export type TenderMethod = 'cash' | 'card' | 'transfer' | 'fiado' | 'credit' | 'voucher'
/** Nothing is typed for them: they pay what is due. */
const UNTYPED: ReadonlySet<PayMode> = new Set(['card', 'transfer', 'fiado', 'credit'])
export type PayMode = TenderMethod | 'mixed'

class Paying {
  mode = $state<PayMode>('cash')
  /** What was typed on the numpad; empty means: exactly what is due. */
  text = $state('')
  /** A denomination key that was pressed, in minor units. */
  quick = $state<number | null>(null)
  reference = $state('')
  #parts = $state.raw<readonly Tender[]>([])
  /** The method of the next part of a mixed payment. */
  next = $state<TenderMethod>('cash')

  /** A gift card that was shown and waits for the sheet to open. */
  presented: { readonly id: string; readonly balance: number } | null = null

  /** Takes what was typed as the value of a voucher: the keys of vouchers, once they are there. */
  slip: (value: number) => void = () => undefined

  /** What is settled so far; vouchers as they pay beside the rest. */
  get parts(): readonly Tender[] {
    const categoryOf = (product: string): string | null => till().catalogue.byId(product)?.category ?? null
    return revalued(counter.basket([]), this.#parts, { kinds: part().settings.vouchers, price, categoryOf, hasBuyer: counter.buyer !== null })
  }

  set parts(parts: readonly Tender[]) {
    this.#parts = parts
  }

  begin(): void {
    this.choose('cash')
    this.parts = chargedTenders(counter.cards)
    this.next = 'cash'
    if (this.parts.length > 0) this.mode = 'mixed'
    this.addCard()
  }

  /** The gift card that was shown pays what it can, as a part; the rest comes by something else. */
  addCard(): void {
    const card = this.presented
    this.presented = null
    if (card === null) return
    const used = this.parts.reduce((sum, part) => (part.gift_card === card.id ? sum + part.amount : sum), 0)
    const { missing, gift_cards = 0 } = settle(counter.basket([]), this.parts, price).totals
    const amount = payableBy(card.balance - used, missing, gift_cards)
    this.choose('mixed')
    this.next = 'cash'
    if (amount > 0) this.parts = [...this.parts, { method: 'gift_card', amount, reference: null, gift_card: card.id }]
    else app.say(t(card.balance > used ? 'gift_card.not_for_cards' : 'gift_card.empty'), 'alert')
  }

  /** The buyer's points pay what they can, as a part; the rest comes by something else. They pay for no card and no tip. */
  addPoints(): void {
    const { buyer } = counter
    const scheme = part().settings.points
    if (buyer === null || scheme === null) return
    this.parts = this.parts.filter(({ method }) => method !== 'points')
    const { missing, gift_cards = 0, tip } = settle(counter.basket([]), this.parts, price).totals
    const amount = payableWith(scheme, knownRoom(buyer, 'points'), missing - gift_cards - tip)
    this.choose('mixed')
    this.next = 'cash'
    if (amount > 0) this.parts = [...this.parts, { method: 'points', amount, reference: null }]
    else app.say(t(knownRoom(buyer, 'points') < roomOf(buyer, 'points') ? 'pay.points_offline' : 'pay.points_none'), 'alert')
  }

  choose(mode: PayMode): void {
    this.clear()
    // What a card or vouchers have paid already stays a part of the payment, whatever pays the rest.
    const isPartPaid = mode === 'voucher' || (mode !== 'mixed' && this.#parts.some(({ method }) => method === 'card' || method === 'voucher'))
    this.mode = isPartPaid ? 'mixed' : mode
    if (isPartPaid) this.next = mode
    // Mixed after vouchers is the rest of the payment: their keys make way for the ways there are.
    else if (mode === 'mixed' && this.next === 'voucher') this.next = 'cash'
  }

  clear(): void {
    this.text = ''
    this.quick = null
    this.reference = ''
  }

  type(key: string): void {
    if (UNTYPED.has(this.mode)) return
    this.quick = null
    this.text = typed(this.text, key, part().organization.currency.digits)
  }

  erase(): void {
    this.quick = null
    this.text = erased(this.text)
  }

  /** Amount typed or chosen, or null when exactly what is due is meant. */
  get entered(): number | null {
    return this.quick ?? scaled(this.text, part().organization.currency.digits)
  }

  /** What the rest comes by now. */
  get method(): TenderMethod {
    return this.mode === 'mixed' ? this.next : this.mode
  }

  /** What is still due before the amount being typed, rounded for cash where cash is what comes. */
  get due(): number {
    return exactTender(counter.basket([]), this.mode === 'mixed' ? this.parts : [], this.method, price).amount
  }

  /** What the buyer is asked to write beside a transfer. */
  get transferReference(): string {
    return transferReference(counter.ticket.id)
  }

  /** Whether a card is on the terminal: chosen, and not written yet. */
  get isAtTerminal(): boolean {
    return this.method === 'card' && this.due > 0
  }

  /** Whether the parts pay the ticket in full. */
  get isPaid(): boolean {
    return this.mode === 'mixed' && settle(counter.basket([]), this.parts, price).isSettled
  }

  get hasGoodReference(): boolean {
    return readReference(this.reference) !== 'bad'
  }

  /** The tenders that the charge key would write now. */
  get tenders(): readonly Tender[] {
    if (this.mode === 'mixed') return this.parts
    const due = this.due
    if (due === 0 && settle(counter.basket([]), [], price).isSettled) return []
    return [{ method: this.mode, amount: this.mode === 'cash' ? (this.entered ?? due) : this.#atMost(this.mode, due), reference: this.#reference(this.mode) }]
  }

  /** What was on the terminal is not: somebody has chosen otherwise. */
  offTerminal(): void {
    if (counter.cards.some(({ state }) => state === 'begun')) counter.endCard(counter.cardReference, null)
  }

  /** Back to the ticket; nothing was charged. */
  leave(): void {
    this.offTerminal()
    app.home()
  }

  /** Settle one part of a mixed payment; what is over is only possible in cash. */
  addPart(): void {
    if (this.next === 'voucher') {
      if (this.entered !== null) this.slip(this.entered)
      return
    }
    const amount = this.#atMost(this.next, this.entered ?? this.due)
    const tender: Tender = { method: this.next, amount, reference: this.#reference(this.next) }
    const problem = tenderProblem(counter.basket([]), this.parts, tender, price)
    if (problem !== null) { app.say(t.code('pay.problem', problem), 'alert'); return }
    if (tender.method === 'card') {
      counter.beginCard(amount)
      counter.endCard(counter.cardReference, 'charged')
    }
    this.parts = [...this.parts, tender]
    this.clear()
  }

  // The shop owes no more than it owes, and without the server a till spends no more than the owner allows.
  #atMost(method: TenderMethod, amount: number): number {
    if (method !== 'credit') return amount
    const used = this.parts.reduce((sum, tender) => (tender.method === 'credit' ? sum + tender.amount : sum), 0)
    return Math.max(0, Math.min(amount, (counter.buyer === null ? 0 : knownRoom(counter.buyer, 'credit')) - used))
  }

  removePart(place: number): void {
    const part = this.parts[place]
    if (part?.method === 'card' && part.reference !== null) counter.endCard(part.reference, null)
    this.parts = this.parts.filter((_, index) => index !== place)
  }

  // A card that nobody typed a reference for has that of its charge; a transfer to the account on show that which the buyer was shown.
  #reference(method: TenderMethod): string | null {
    const read = readReference(this.reference)
    const typed = read === 'bad' || (method !== 'card' && method !== 'transfer') ? null : read.value
    if (method === 'transfer' && part().settings.transfer !== null) return typed ?? this.transferReference
    return typed ?? (method === 'card' ? counter.cardReference : null)
  }
}

export const paying = new Paying()
