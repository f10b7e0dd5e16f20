// Whether the strip is folded: by itself when tickets come fast, and open again for whoever wants it, until the queue is over.
import { isRush } from '../../core/rush.ts'
import { app } from '../app.svelte.ts'

class Rush {
  #ends = $state.raw<readonly number[]>([])
  #isOpened = $state.raw(false)
  #isRush = $derived(isRush(this.#ends, app.now))
  isFolded = $derived(this.#isRush && !this.#isOpened)

  /** A ticket ended. */
  ended(): void {
    if (!isRush(this.#ends, app.now)) this.#isOpened = false
    this.#ends = [...this.#ends, app.now].slice(-3)
  }

  unfold(): void {
    this.#isOpened = true
  }
}

export const rush = new Rush()
