// The favourites of this store while they are being put in order. Kept while somebody else allows it; nothing is said to the server before it is saved.
import { areTold, FAVOURITES_MAX, holding, moved, PAGES_MAX, putOn, withoutPage } from '../../core/arranging.ts'
import type { FavouritePage } from '../../core/part.ts'
import type { Product } from '../../data/index.ts'
import { app, till, type GivenApproval } from '../app.svelte.ts'
import { mayAlone } from '../may.ts'
import { t } from '../words.svelte.ts'
import { favouritesOf } from '../sell/products.ts'

class Arranging {
  /** Null: as the store has them. */
  #draft = $state.raw<readonly FavouritePage[] | null>(null)
  #at = $state(0)
  chosen = $state<string | null>(null)
  isSending = $state(false)

  /** The pages in their order: one at least. */
  get pages(): readonly FavouritePage[] {
    void app.catalogue.revision
    const own = app.part?.favourites ?? null
    if (this.#draft !== null) return this.#draft
    return own !== null && own.length > 0 ? own : [{ name: '', products: favouritesOf(till().catalogue, own).map(({ id }) => id) }]
  }

  /** Which page is on show. */
  get at(): number {
    return Math.min(this.#at, this.pages.length - 1)
  }

  get page(): FavouritePage {
    return this.pages[this.at] ?? { name: '', products: [] }
  }

  /** What stands on the page that is on show. */
  get products(): readonly Product[] {
    return this.page.products.map((id) => till().catalogue.byId(id)).filter((product) => product !== null)
  }

  get isChanged(): boolean {
    return this.#draft !== null
  }

  /** Whether the pages may be saved as they are. */
  get isRight(): boolean {
    return areTold(this.pages)
  }

  /** Show another page; what is chosen goes there with the hand that holds it. */
  show(at: number, takes: string | null = null): void {
    const to = Math.max(0, Math.min(this.pages.length - 1, at))
    if (takes !== null && to !== this.at) this.#draft = putOn(this.pages, to, takes)
    this.#at = to
    this.chosen = takes
  }

  /** Move a product to a place of its page. */
  move(id: string, to: number): void {
    // Places are those in sight: what is archived keeps its own.
    const onto = this.products[to]?.id
    const { products } = this.page
    this.#draft = holding(this.pages, this.at, moved(products, products.indexOf(id), onto === undefined ? products.length : products.indexOf(onto)))
    this.chosen = id
  }

  /** Move the page that is on show among the others. */
  movePage(by: number): void {
    const to = Math.max(0, Math.min(this.pages.length - 1, this.at + by))
    if (to === this.at) return
    this.#draft = moved(this.pages, this.at, to)
    this.#at = to
  }

  add(id: string): boolean {
    const at = this.pages.findIndex(({ products }) => products.includes(id))
    if (at >= 0) { this.show(at); this.chosen = id; return true }
    if (this.pages.reduce((count, { products }) => count + products.length, 0) >= FAVOURITES_MAX) { app.say(t('arrange.full', { n: FAVOURITES_MAX }), 'alert'); return false }
    this.#draft = putOn(this.pages, this.at, id)
    this.chosen = id
    return true
  }

  remove(id: string): void {
    const { products } = this.page
    const place = products.indexOf(id)
    const rest = products.filter((one) => one !== id)
    this.#draft = holding(this.pages, this.at, rest)
    this.chosen = rest[Math.min(place, rest.length - 1)] ?? null
  }

  /** One page more, with a name to begin with, and on show. */
  addPage(): void {
    const { pages } = this
    if (pages.length >= PAGES_MAX) return
    const named = pages.map(({ name, products }) => ({ name: name || t('category.favourites'), products }))
    let n = pages.length + 1
    while (named.some(({ name }) => name === t('arrange.page', { n }))) n += 1
    this.#draft = [...named, { name: t('arrange.page', { n }), products: [] }]
    this.#at = pages.length
    this.chosen = null
  }

  rename(name: string): void {
    this.#draft = this.pages.map((page, at) => (at === this.at ? { ...page, name } : page))
  }

  removePage(): void {
    this.#draft = withoutPage(this.pages, this.at)
    this.#at = Math.max(0, this.at - 1)
    this.chosen = null
  }

  /** Leave everything as it was. */
  end(): void {
    this.#draft = null
    this.#at = 0
    this.chosen = null
  }

  /** Say the pages as they stand here. */
  saveAll(): void {
    const { pages } = this
    this.save(pages.map(({ name, products }) => ({ name: pages.length === 1 ? '' : name.trim(), products })))
  }

  /** Say these pages to the server; null: those of the business again. */
  save(pages: readonly FavouritePage[] | null): void {
    const { person } = app
    if (person === null || this.isSending) return
    if (mayAlone(person, 'product')) void this.#send(pages, null)
    else app.approval = { action: 'product', amount: null, reason: 'favourites', allow: (given) => { void this.#send(pages, given) } }
  }

  async #send(pages: readonly FavouritePage[] | null, given: GivenApproval | null): Promise<void> {
    const staff = app.person?.id ?? null
    this.isSending = true
    try {
      if (given !== null) await till().write('approval.given', given, { staff })
      const said = await till().ask('favourites', { pages, staff, approver: given?.approver ?? null })
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
