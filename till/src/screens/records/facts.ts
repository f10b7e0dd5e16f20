import type { AnyFact } from '../../data/index.ts'
import { ticketNumber } from '../../core/sale.ts'
import { money } from '../texts.svelte.ts'
import { t } from '../words.svelte.ts'

/** Name a fact for a list: what it was, and its amount where it has one. */
export function factName(fact: AnyFact): { readonly name: string; readonly amount: string } {
  switch (fact.kind) {
    case 'sale.recorded':
      return { name: t('kind.sale.recorded', { number: ticketNumber(fact.body.series, fact.body.number) }), amount: money(fact.body.totals.gross) }
    case 'return.recorded':
      return { name: `${t('kind.return.recorded')} ${ticketNumber(fact.body.series, fact.body.number)}`, amount: money(-fact.body.totals.gross) }
    case 'account.paid':
      return { name: `${t('kind.account.paid')} ${ticketNumber(fact.body.series, fact.body.number)}`, amount: money(fact.body.amount) }
    case 'order.opened':
      return { name: `${t(`order.kind.${fact.body.kind}`)} ${ticketNumber(fact.body.series, fact.body.number)}`, amount: money(fact.body.totals.gross) }
    case 'order.paid':
      return { name: `${t('kind.order.paid')} ${ticketNumber(fact.body.series, fact.body.number)}`, amount: money(fact.body.amount) }
    case 'gift_card.refunded':
      return { name: `${t('kind.gift_card.refunded')} ${ticketNumber(fact.body.series, fact.body.number)}`, amount: money(-fact.body.amount) }
    case 'order.closed':
      return { name: `${t('kind.order.closed')} ${ticketNumber(fact.body.series, fact.body.number)}`, amount: money(fact.body.kept.amount - fact.body.paid) }
    case 'cash.moved':
      return { name: t(fact.body.direction === 'in' ? 'move.in_title' : 'move.out_title'), amount: money(fact.body.amount) }
    case 'shift.opened':
      return { name: t('kind.shift.opened'), amount: money(fact.body.float) }
    default:
      return { name: t.code('kind', fact.kind), amount: '' }
  }
}
