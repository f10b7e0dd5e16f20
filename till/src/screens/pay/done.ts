import type { SaleTotals } from '../../core/basket.ts'
import type { Tender } from '../../core/pay.ts'
import type { Fact } from '../../data/index.ts'

/** A sale that is on the disk, as the screen after it shows it. */
export interface Done {
  readonly fact: Fact<'sale.recorded'>
  readonly totals: SaleTotals
  readonly tenders: readonly Tender[]
  /** The secret in the QR: only now, only here. The fact holds its hash. */
  readonly secret: string
  readonly printed: boolean
  /** What the buyer still gets for goods that came back, beyond what they paid for here. */
  readonly givenBack: number
}
