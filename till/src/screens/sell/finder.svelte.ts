// What is being looked for: the words in the search well, the shelf below it, the key that Enter would press.
import type { Shelf } from './products.ts'

class Finder {
  query = $state('')
  shelf = $state.raw<Shelf>({ kind: 'favourites' })
  selected = $state(0)
  input = $state.raw<HTMLInputElement | undefined>()

  show(shelf: Shelf): void {
    this.shelf = shelf
    this.clear()
  }

  /** The next page of so many of the favourites, or the one before; from another shelf the first, or the last. */
  turn(by: 1 | -1, pages: number): void {
    const from = this.shelf.kind === 'favourites' ? (this.shelf.page ?? 0) : by > 0 ? -1 : pages
    this.show({ kind: 'favourites', page: Math.max(0, Math.min(pages - 1, from + by)) })
  }

  clear(): void {
    this.query = ''
    this.selected = 0
  }

  focus(): void {
    this.input?.focus()
    this.input?.select()
  }

  /** Go on writing in the well what was begun with nothing focused. */
  type(text: string): void {
    const { input } = this
    if (!input) return
    input.focus()
    input.value += text
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

export const finder = new Finder()
