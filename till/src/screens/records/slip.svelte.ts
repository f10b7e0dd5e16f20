// The paper that stands hidden in the page for the printer.
import type { Paper } from '../../core/paper.ts'

class Slip {
  paper = $state.raw<Paper | null>(null)
  element = $state.raw<HTMLElement | undefined>()
}

export const slip = new Slip()
