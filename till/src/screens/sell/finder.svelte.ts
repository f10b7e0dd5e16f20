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
