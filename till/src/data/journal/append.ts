/** How facts are added to a journal: number, seq, chain and bytes are made inside the one transaction that stores them. */
import type { Clock, FactInput, Link } from '../../core/chain.ts'
import { nextLink } from '../../core/chain.ts'
import type { AnyFact, Bodies, Kind } from '../../core/facts.ts'
import { done } from '../database.ts'
import type { FactDraft, NumberedKind } from '../types.ts'
import type { JournalRecord, StoredAnnex, StoredFact } from './records.ts'

/** What the journal does not write, because it would contradict what already stands in it. Nothing was stored. */
export class WriteRefused extends Error {
  readonly code: 'not_paired' | 'no_open_shift' | 'other_shift' | 'shift_already_open' | 'sale_already_recorded' | 'return_already_recorded' | 'more_came_back'

  constructor(code: WriteRefused['code']) {
    super(`the journal refuses: ${code}`)
    this.code = code
  }
}

export interface Appended {
  readonly record: JournalRecord
  readonly facts: readonly AnyFact[]
}

/** The sales among the drafts that are in the journal already. */
export async function soldBefore(transaction: IDBTransaction, drafts: readonly FactDraft[]): Promise<ReadonlySet<string>> {
  const index = transaction.objectStore('facts').index('sale')
  const sales = drafts.filter((draft) => draft.kind === 'sale.recorded').map(({ body }) => body.sale)
  const keys = await Promise.all(sales.map((sale) => done(index.getKey(sale))))
  return new Set(sales.filter((_, at) => keys[at] !== undefined))
}

/**
 * Refuse what would give the same money twice: a return that is in the journal already, and one that does not know of every return of its sale
 * that this till wrote. Whoever made it read the journal before; what counts is the disk.
 */
export async function refuseSecondReturn(transaction: IDBTransaction, drafts: readonly FactDraft[]): Promise<void> {
  const facts = transaction.objectStore('facts')
  for (const draft of drafts) {
    if (draft.kind !== 'return.recorded') continue
    const { body } = draft
    const [same, written] = await Promise.all([
      done(facts.index('returned').getKey(body.return)),
      body.sale === null ? [] : done(facts.index('return_of').getAll(body.sale.id) as IDBRequest<StoredFact[]>),
    ])
    if (same !== undefined) throw new WriteRefused('return_already_recorded')
    if (written.some(({ returned }) => returned !== undefined && !body.knew.includes(returned))) throw new WriteRefused('more_came_back')
  }
}

/** Add facts to the chain within an open transaction over `journals`, `facts` and `annexes`. */
export function appendAll(
  transaction: IDBTransaction,
  before: { readonly record: JournalRecord; readonly twins: ReadonlySet<string> },
  drafts: readonly FactDraft[],
  clock: Clock,
  newId: () => string,
): Appended {
  let { record } = before
  const sold = new Set(before.twins)
  const facts: AnyFact[] = []
  for (const draft of drafts) {
    refuseContradiction(record, sold, draft)
    const { body, next } = filled(record, draft)
    const input: FactInput = { ...draft, id: draft.id ?? newId(), body }
    const link = nextLink(record.id, record.head, input, clock)
    record = { ...next, head: link.head }
    if (link.fact.kind === 'shift.opened') {
      record = { ...record, shift: { id: link.fact.body.shift, journal: record.id, seq: link.fact.seq } }
    }
    put(transaction, link, draft)
    facts.push(link.fact)
  }
  transaction.objectStore('journals').put(record)
  return { record, facts }
}

/** Store the very first fact of a journal. */
export function putFirst(transaction: IDBTransaction, record: JournalRecord, link: Link): void {
  transaction.objectStore('facts').add(stored(link))
  transaction.objectStore('journals').add(record)
}

function refuseContradiction(record: JournalRecord, sold: Set<string>, draft: FactDraft): void {
  if (draft.kind === 'shift.opened') {
    if (record.shift) throw new WriteRefused('shift_already_open')
    return
  }
  if ('shift' in draft.body) {
    if (!record.shift) throw new WriteRefused('no_open_shift')
    if (draft.body.shift !== record.shift.id) throw new WriteRefused('other_shift')
  }
  if (draft.kind === 'sale.recorded') {
    if (sold.has(draft.body.sale)) throw new WriteRefused('sale_already_recorded')
    sold.add(draft.body.sale)
  }
}

/** The whole body, and the record after it, apart from its head. */
function filled(record: JournalRecord, draft: FactDraft): { readonly body: Bodies[Kind]; readonly next: JournalRecord } {
  if (draft.kind === 'sale.recorded') {
    const number = record.number + 1
    const perpetual = record.perpetual + draft.body.totals.gross
    return { body: { ...draft.body, series: record.series, number }, next: { ...record, number, perpetual } }
  }
  if (isNumbered(draft)) {
    const number = record.number + 1
    return { body: { ...draft.body, series: record.series, number }, next: { ...record, number } }
  }
  if (draft.kind === 'shift.closed') {
    const z = record.z + 1
    return { body: { ...draft.body, z, perpetual: record.perpetual }, next: { ...record, z, shift: null } }
  }
  return { body: draft.body, next: record }
}

type NumberedDraft = Extract<FactDraft, { readonly kind: NumberedKind }>

const NUMBERED: ReadonlySet<string> = new Set<NumberedKind>(['return.recorded', 'account.paid', 'order.opened', 'order.paid', 'order.closed', 'gift_card.refunded'])

function isNumbered(draft: FactDraft): draft is NumberedDraft {
  return NUMBERED.has(draft.kind)
}

function put(transaction: IDBTransaction, link: Link, draft: FactDraft): void {
  // `add`, never `put`: were there another writer, the whole transaction must fail instead of writing over a fact.
  transaction.objectStore('facts').add(stored(link))
  for (const annex of draft.annexes ?? []) {
    const row: StoredAnnex = { ...annex, fact: link.fact.id, journal: link.fact.journal, seq: link.fact.seq }
    transaction.objectStore('annexes').add(row)
  }
}

function stored({ fact, bytes, head }: Link): StoredFact {
  const { journal, seq, id, kind, at } = fact
  const plain: StoredFact = { journal, seq, id, kind, at, bytes, hash: head.hash, answer: null }
  if (fact.kind === 'sale.recorded') {
    return {
      ...plain, sale: fact.body.sale, sold: [at, seq], ticket: [fact.body.series, fact.body.number], opened_by: hashesOf(fact.body.tokens),
    }
  }
  if (fact.kind === 'return.recorded') {
    const returned = { ...plain, returned: fact.body.return }
    return fact.body.sale === null ? returned : { ...returned, return_of: fact.body.sale.id }
  }
  return fact.kind === 'ticket.reprinted' ? { ...plain, copy_of: fact.body.sale, opened_by: hashesOf(fact.body.tokens) } : plain
}

function hashesOf(tokens: readonly { readonly hash: string }[]): readonly string[] {
  return tokens.map(({ hash }) => hash)
}
