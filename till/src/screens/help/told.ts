// What is told of reduced prices on a ticket, in words.
import type { SaleTotals } from '../../core/basket.ts'
import { chargedEach, percentOff, savedOf, toldOf, type Prices, type Told } from '../../core/prior.ts'
import { activeLines, type Ticket, type TicketLine } from '../../core/ticket.ts'
import { part, till } from '../app.svelte.ts'
import type { Telling } from '../sell/telling.svelte.ts'
import { money, percent, unitPrice } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'

/** What is told of a ticket. */
export function tellOf(ticket: Ticket, totals: SaleTotals, prices: Prices): Telling {
  const { digits } = part().organization.currency
  const lines = activeLines(ticket)
  const isLowered = totals.lines.some(({ savings = [] }) => savings.length > 0)
  const told = isLowered ? toldOf(lines, totals, prices, till().serverNow(), digits) : []
  const byId = new Map(lines.map((line) => [line.id, line]))
  return {
    texts: new Map(told.flatMap((one) => { const line = byId.get(one.line); return line ? [[one.line, wordsOf(line, one, totals, prices.days)]] : [] })),
    saved: told.length === 0 ? null : savedOf(lines, totals, told, digits),
    priors: told.map(({ line, price }) => ({ line, price })),
  }
}

/** What is said of a line: the price before and by how much it is lower, or just the price. */
function wordsOf(line: TicketLine, told: Told, totals: SaleTotals, days: number): string {
  const { digits } = part().organization.currency
  if (told.price === null && told.isNew) return [...namesOf(line, totals), t('line.launch', { price: unitPrice(chargedEach(line, totals, digits)) })].join(' · ')
  if (told.price === null) return t('line.price_today', { price: unitPrice(chargedEach(line, totals, digits)) })
  const off = percentOff(line, totals, told.price, digits)
  const saved = savedOf([line], { ...totals, discount: 0 }, [told], digits)
  const before = t('line.prior', { saved: money(saved), before: unitPrice(told.price), days })
  return off > 0 ? `−${percent(off)} · ${before}` : before
}

// Of what is new there is nothing to compare with: the promotion's own name says why it costs this.
function namesOf(line: TicketLine, totals: SaleTotals): readonly string[] {
  const versions = (totals.lines.find(({ id }) => id === line.id)?.savings ?? []).map(({ promotion }) => promotion)
  return till().catalogue.promotions().filter(({ version }) => versions.includes(version)).map(({ name }) => name)
}
