// What is kept of an open ticket beside the journal.
import type { CardCharge } from '../../core/card.ts'
import type { CardOnTicket } from '../../core/gift_card.ts'
import type { ScanProblem } from '../../core/barcode.ts'
import type { ReturnRecorded } from '../../core/facts.ts'
import type { Chosen, HowBack, Source } from '../../core/returning.ts'
import type { Order } from '../../core/order.ts'
import { activeLines, isEmpty, type Ticket } from '../../core/ticket.ts'
import { heldBy } from '../../core/units.ts'
import type { Tip } from '../../core/tip.ts'
import type { ParkedAs } from '../../data/index.ts'
import type { GivenApproval } from '../app.svelte.ts'
import type { Piece } from './helping.svelte.ts'

/** A code that sold nothing: a row in the ticket, with what to do. */
export interface Misread { readonly code: string; readonly problem: ScanProblem }

/** Goods that came back for this ticket's: what was returned pays for it, and nothing is written before it is. Plain data, kept with the ticket. */
export interface Exchange {
  readonly source: Source
  readonly earlier: readonly ReturnRecorded[]
  readonly chosen: readonly Chosen[]
  readonly how: HowBack
  /** What it is worth, minor units. */
  readonly gross: number
  readonly given: GivenApproval | null
  /** A gift ticket was shown: what is left over does not go to whoever paid. */
  readonly isGift?: boolean
}

/** Something written down of the visit, by the piece of the strip that wrote it. `most`: of a need, up to how much, minor units. */
export interface VisitRecord { readonly fact: string; readonly piece: Piece; readonly name: string; readonly most?: number }

export interface OpenTicket {
  readonly kind: 'ticket'
  /** What people call it while it is open: A, B, C. Its number comes when it is paid. */
  readonly letter: string
  readonly ticket: Ticket
  readonly misread: readonly Misread[]
  /** Codes that were scanned for it and that no product carried, each once: said when its visit ends, whatever became of their rows. */
  readonly unknown?: readonly string[]
  readonly exchange?: Exchange | null
  /** The order that this ticket delivers, as it stood then: its lines and prices are not changed here. */
  readonly order?: (Order & { readonly part?: true }) | null
  /** The order of which this ticket agrees another price. */
  readonly reprices?: Order | null
  /** What the buyer gives beyond the price. */
  readonly tip?: Tip | null
  /** Gift cards that are sold on it, or get more put on them. */
  readonly giftCards?: readonly CardOnTicket[]
  /** Charges at the card terminal that are not part of a sale yet, and how many there have been of this ticket. */
  readonly cards?: readonly CardCharge[]
  readonly cardsBefore?: number
  /** Whose ticket it is, where somebody wanted to be known. */
  readonly buyer?: string | null
  /** Who else takes it along on the buyer's account. */
  readonly takenBy?: string | null
  /** What was written down of the visit besides what it buys: the fact, and its words. */
  readonly records?: readonly VisitRecord[]
  /** Who parked it, and what it came to then, minor units. */
  readonly parked?: { readonly staff: string | null; readonly total: number }
}

/** Whether a kept value is an open ticket of this version of the till. */
export function fits(value: unknown): value is OpenTicket {
  if (typeof value !== 'object' || value === null) return false
  const open = value as Partial<OpenTicket>
  return open.kind === 'ticket' && typeof open.letter === 'string' && Array.isArray(open.ticket?.lines) && Array.isArray(open.misread)
}

/** Whether nothing waits on it: no line, no gift card, nothing that came back for it, and no card that was or may have been charged. */
export function isFree({ ticket, exchange, cards = [], giftCards = [] }: OpenTicket): boolean {
  return isEmpty(ticket) && (exchange ?? null) === null && cards.length === 0 && giftCards.length === 0
}

/**
 * How the other tills of the store see it while it waits; null: it stays at this till. A charge at the card terminal, goods that lie here to be
 * exchanged, the delivery of an order and another price of one are no other till's.
 */
export function parkedAs({ ticket, letter, parked, exchange, order, reprices, cards = [] }: OpenTicket): ParkedAs | null {
  const lines = activeLines(ticket).length
  if (ticket.parked_at === null || parked === undefined || lines === 0 || cards.length > 0 || exchange || order || reprices) return null
  return { ...parked, letter, lines, at: ticket.parked_at }
}

/** The first letter that no open ticket has. */
export function firstFree(all: readonly OpenTicket[]): string {
  const taken = new Set(all.map((open) => open.letter))
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters.find((letter) => !taken.has(letter)) ?? String(all.length + 1)
}

/** How many of each product a ticket holds: pieces by piece, weighed things by weighing. */
export function countsOf(ticket: Ticket): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const line of activeLines(ticket)) {
    counts.set(line.product_id, (counts.get(line.product_id) ?? 0) + (line.by === 'weight' ? 1000 : heldBy(line)))
    const combo = line.combo === line.id ? ticket.combos?.find(({ id }) => id === line.id) : undefined
    if (combo !== undefined) counts.set(combo.product_id, (counts.get(combo.product_id) ?? 0) + combo.quantity)
  }
  return counts
}
