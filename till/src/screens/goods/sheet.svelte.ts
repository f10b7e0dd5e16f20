// A product being created or corrected: what was typed stays while somebody else allows it, and goes once it is said to the server.
import { readDecimal } from '../../core/format.ts'
import { asObject, asText } from '../../core/json.ts'
import type { Product } from '../../data/index.ts'
import { app, part, till, type GivenApproval } from '../app.svelte.ts'
import { textOf } from '../entry.ts'
import { mayAlone } from '../may.ts'
import { t } from '../words.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'
import { finder } from '../sell/finder.svelte.ts'
import { usualTaxGroup } from './kinds.ts'

export const MAX_NAME = 120
export const MAX_CODE = 48
const PRICE_DIGITS = 4

/** What is asked of the server, besides who asks. */
interface Wish { readonly act: 'create' | 'correct'; readonly product: string; readonly name?: string; readonly price?: number | null; readonly barcode?: string
  readonly category?: string | null; readonly tax_group?: string | null; readonly by?: Product['by'] }

/** Who said it was allowed, and what comes of it. */
type Then = (product: Product) => void

class Sheet {
  /** Null: a new one. */
  product = $state.raw<Product | null>(null)
  code = $state('')
  name = $state('')
  price = $state('')
  by = $state<Product['by']>('piece')
  category = $state<string | null>(null)
  /** Null: as is usual in the category. */
  taxGroup = $state<string | null>(null)
  isSending = $state(false)
  #id = ''
  #about = ''

  /** Begin, unless this is what was begun: after somebody's PIN the sheet is there as it was. */
  begin(product: Product | null, code: string): void {
    const about = product === null ? 'new' : product.id
    if (about === this.#about) {
      if (code !== '') this.code = code
      return
    }
    this.#about = about
    this.#id = ''
    this.product = product
    this.code = code
    this.name = product?.name ?? ''
    this.price = product?.price == null ? '' : textOf(product.price, PRICE_DIGITS)
    this.by = product?.by ?? 'piece'
    this.category = finder.shelf.kind === 'category' ? finder.shelf.id : null
    this.taxGroup = null
  }

  /** What was typed is let go. */
  end(): void {
    this.#about = ''
  }

  /** Ten-thousandths; null: the till asks; undefined: it cannot be read. */
  get typedPrice(): number | null | undefined {
    return this.price.trim() === '' ? null : (readDecimal(this.price.trim(), PRICE_DIGITS) ?? undefined)
  }

  get isRight(): boolean {
    return this.name.trim() !== '' && this.typedPrice !== undefined && /^[!-~]{0,48}$/.test(this.code)
  }

  /** Create the product, or say what is corrected of it. */
  save(then: Then): void {
    const price = this.typedPrice
    if (!this.isRight || price === undefined) return
    const barcode = this.code === '' ? {} : { barcode: this.code }
    if (this.product !== null) {
      this.#allowed('product_correction', { act: 'correct', product: this.product.id, name: this.name.trim(), price, ...barcode }, then)
      return
    }
    if (this.#id === '') this.#id = till().newId()
    const tax_group = this.taxGroup ?? usualTaxGroup(this.category)
    this.#allowed('product_new', { act: 'create', product: this.#id, name: this.name.trim(), price, ...barcode, category: this.category, tax_group, by: this.by }, then)
  }

  /** The code is one more of a product that is there. */
  assign(product: Product, then: Then): void {
    this.#allowed('product_correction', { act: 'correct', product: product.id, barcode: this.code }, then)
  }

  #allowed(reason: string, wish: Wish, then: Then): void {
    const { person } = app
    if (person === null || this.isSending) return
    if (mayAlone(person, 'product')) void this.#send(wish, null, then)
    else app.approval = { action: 'product', amount: null, reason, allow: (given) => { void this.#send(wish, given, then) } }
  }

  async #send(wish: Wish, given: GivenApproval | null, then: Then): Promise<void> {
    const staff = app.person?.id ?? null
    this.isSending = true
    try {
      if (given !== null) await till().write('approval.given', given, { staff })
      const said = await till().ask('products', { ...wish, staff, approver: given?.approver ?? null })
      const row = asObject(said?.json)
      const product = await till().catalogue.learn(row?.['product'])
      if (said?.status === 200 && product !== null) {
        app.sound('scanned')
        then(product)
      } else if (said?.status === 409) this.#isTaken(product, asText(row?.['name']) ?? '', then)
      else app.say(t(said === null ? 'product.no_answer' : said.status === 403 ? 'product.forbidden' : 'product.refused'), 'alert')
    } catch (problem) {
      reportError(problem)
      app.say(t('error.write_move'), 'alert')
    } finally {
      this.isSending = false
    }
  }

  // Somebody else gave the code to a product meanwhile: that one it is.
  #isTaken(product: Product | null, name: string, then: Then): void {
    app.say(t(product === null ? 'product.taken_archived' : 'product.taken', { name }), 'alert')
    if (product !== null && this.product === null) then(product)
  }

  /** Sell it now at what was typed, as a product without a price, with its code and name as the line's note. */
  sellAs(product: Product): void {
    const price = this.typedPrice
    if (price == null) return
    if (!counter.put(product, { unit_price: price })) return
    const { selected } = counter.ticket
    if (selected !== null) counter.setNote(selected, [this.code, this.name.trim()].filter((text) => text !== '').join(' '))
    counter.dismiss(this.code)
    this.end()
    app.sound('scanned')
    app.home()
  }

  /** Whether the server can be asked now. */
  get isOnline(): boolean {
    return app.sync?.online === true && part().staff.length > 0
  }
}

export const sheet = new Sheet()
