// What is being looked for: the words in the search well, the shelf below it, the key that Enter would press.
import type { Shelf } from './products.ts'

class Finder {
  query = $state('')
  shelf = $state.raw<Shelf>({ kind: 'favourites' })
  selected = $state(0)
  input = $state.raw<HTMLInputElement | undefined>()
  /** On a phone, whether the products cover the ticket. */
  open = $state(false)

  show(shelf: Shelf): void {
    this.shelf = shelf
    this.clear()
  }

  clear(): void {
    this.query = ''
    this.selected = 0
  }

  focus(): void {
    this.input?.focus()
    this.input?.select()
  }
}

export const finder = new Finder()
