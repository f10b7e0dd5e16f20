// The favourites of this store while they are being put in order. Kept while somebody else allows it; nothing is said to the server before it is saved.
import { FAVOURITES_MAX, moved } from '../../core/arranging.ts'
import type { Product } from '../../data/index.ts'
import { app, till, type GivenApproval } from '../app.svelte.ts'
import { mayAlone } from '../may.ts'
import { t } from '../words.svelte.ts'
import { favouritesOf } from '../sell/products.ts'

class Arranging {
  /** Null: as the store has them. */
  #draft = $state.raw<readonly string[] | null>(null)
  chosen = $state<string | null>(null)
  isSending = $state(false)

  /** The ids in their order. */
  get ids(): readonly string[] {
    void app.catalogue.revision
    return this.#draft ?? favouritesOf(till().catalogue, app.part?.favourites ?? null).map(({ id }) => id)
  }

  get products(): readonly Product[] {
    return this.ids.map((id) => till().catalogue.byId(id)).filter((product) => product !== null)
  }

  get isChanged(): boolean {
    return this.#draft !== null
  }

  /** Move a product so many places, or to one. */
  move(id: string, to: number): void {
    this.#draft = moved(this.ids, this.ids.indexOf(id), to)
    this.chosen = id
  }

  add(id: string): boolean {
    if (this.ids.includes(id)) { this.chosen = id; return true }
    if (this.ids.length >= FAVOURITES_MAX) { app.say(t('arrange.full', { n: FAVOURITES_MAX }), 'alert'); return false }
    this.#draft = [...this.ids, id]
    this.chosen = id
    return true
  }

  remove(id: string): void {
    const place = this.ids.indexOf(id)
    this.#draft = this.ids.filter((one) => one !== id)
    this.chosen = this.ids[Math.min(place, this.ids.length - 1)] ?? null
  }

  /** Leave everything as it was. */
  end(): void {
    this.#draft = null
    this.chosen = null
  }

  /** Say the order to the server; null: those of the business again. */
  save(products: readonly string[] | null): void {
    const { person } = app
    if (person === null || this.isSending) return
    if (mayAlone(person, 'product')) void this.#send(products, null)
    else app.approval = { action: 'product', amount: null, reason: 'favourites', allow: (given) => { void this.#send(products, given) } }
  }

  async #send(products: readonly string[] | null, given: GivenApproval | null): Promise<void> {
    const staff = app.person?.id ?? null
    this.isSending = true
    try {
      if (given !== null) await till().write('approval.given', given, { staff })
      const said = await till().ask('favourites', { products, staff, approver: given?.approver ?? null })
      if (said?.status === 200) {
        await till().pullPart()
        this.end()
        app.say(t('arrange.saved'))
        app.home()
      } else app.say(t(said === null ? 'product.no_answer' : said.status === 403 ? 'product.forbidden' : 'product.refused'), 'alert')
    } catch (problem) {
      reportError(problem)
      app.say(t('error.write_move'), 'alert')
    } finally {
      this.isSending = false
    }
  }
}

export const arranging = new Arranging()
