import type { SaleTotals } from '../../core/basket.ts'
import { app } from '../app.svelte.ts'

const last = $derived.by(() => {
  const sale = [...(app.shift?.facts ?? [])].reverse().find((fact) => fact.kind === 'sale.recorded')
  if (sale?.kind !== 'sale.recorded') return null
  const totals = sale.body.totals as SaleTotals
  return { series: sale.body.series, number: sale.body.number, gross: totals.gross, change: totals.change }
})

/** The last sale of the open shift, for the quiet line under «Listo»: what change was given, in case somebody asks. */
export const lastSale = { get now() { return last } }
