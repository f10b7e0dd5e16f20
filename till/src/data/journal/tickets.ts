/** The sales of this till, for lists and reprints. */
import { readFact } from '../../core/chain.ts'
import { isGift, type Fact, type TicketReprinted } from '../../core/facts.ts'
import { read, walk } from '../database.ts'
import type { Tickets } from '../index.ts'
import type { OpenedTicket, Ticket } from '../types.ts'
import { annexesOf } from './answers.ts'
import type { Journal } from './journal.ts'
import type { StoredFact } from './records.ts'

function ticketOf(stored: StoredFact | undefined): Ticket | null {
  return stored ? { fact: readFact(stored.bytes) as Fact<'sale.recorded'>, answer: stored.answer } : null
}

async function latest(journal: Journal, limit: number, before?: Ticket): Promise<readonly Ticket[]> {
  const range = before ? IDBKeyRange.upperBound([before.fact.at, before.fact.seq], true) : null
  const found: Ticket[] = []
  const index = journal.database.transaction('facts', 'readonly').objectStore('facts').index('sold')
  if (limit < 1) return found
  await walk(index, range, 'prev', (stored) => {
    const ticket = ticketOf(stored as StoredFact)
    if (ticket) found.push(ticket)
    return found.length < limit
  })
  return found
}

function get(journal: Journal, index: string, key: IDBValidKey): Promise<StoredFact | undefined> {
  return read(journal.database, 'facts', (store) => store.index(index).get(key) as IDBRequest<StoredFact | undefined>)
}

// A copy has a secret of its own and names its sale.
async function byToken(journal: Journal, hash: string): Promise<OpenedTicket | null> {
  const found = await get(journal, 'opened_by', hash)
  const ticket = ticketOf(found?.copy_of === undefined ? found : await get(journal, 'sale', found.copy_of))
  if (found === undefined || ticket === null) return null
  const { body } = readFact(found.bytes) as Fact<'sale.recorded' | 'ticket.reprinted'>
  return { ticket, paper: body.tokens.find((token) => token.hash === hash)?.kind ?? 'ticket' }
}

async function reprints(journal: Journal, sale: string): Promise<number> {
  const found = await read(journal.database, 'facts', (store) => store.index('copy_of').getAll(sale) as IDBRequest<StoredFact[]>)
  return found.filter(({ bytes }) => !isGift(readFact(bytes).body as TicketReprinted)).length
}

// What opens the page of a sale: its own secrets and those of its copies, as hashes; a present is somebody else's.
async function openings(journal: Journal, sale: string): Promise<readonly string[]> {
  const copies = await read(journal.database, 'facts', (store) => store.index('copy_of').getAll(sale) as IDBRequest<StoredFact[]>)
  const own = await get(journal, 'sale', sale)
  const bodies = [...(own ? [own] : []), ...copies].map(({ bytes }) => readFact(bytes).body as TicketReprinted)
  return bodies.flatMap(({ tokens }) => tokens).flatMap(({ kind, hash }) => (kind === 'gift' ? [] : [hash]))
}

async function returnsOf(journal: Journal, sale: string): Promise<readonly Fact<'return.recorded'>[]> {
  const found = await read(journal.database, 'facts', (store) => store.index('return_of').getAll(sale) as IDBRequest<StoredFact[]>)
  return found.map(({ bytes }) => readFact(bytes) as Fact<'return.recorded'>).sort((one, other) => one.at - other.at)
}

/** Whether a sale or a return with this id is in the journal: an open ticket has the id of what it becomes. */
export async function isWritten(journal: Journal, id: string): Promise<boolean> {
  return (await get(journal, 'sale', id)) !== undefined || (await get(journal, 'returned', id)) !== undefined
}

/** The face that the screens read. */
export function ticketsOf(journal: Journal): Tickets {
  return {
    revision: journal.revision,
    latest: (limit, before) => latest(journal, limit, before),
    byNumber: async (number, series = journal.current.get()?.series ?? '') =>
      ticketOf(await get(journal, 'ticket', [series, number])),
    byToken: (hash) => byToken(journal, hash),
    bySale: async (sale) => ticketOf(await get(journal, 'sale', sale)),
    annexesOf: async (fact) =>
      (await annexesOf(journal, fact)).map(({ id, hash, salt, text }) => ({ id, hash, salt, text })),
    returnsOf: (sale) => returnsOf(journal, sale),
    reprints: (sale) => reprints(journal, sale),
    openings: (sale) => openings(journal, sale),
  }
}
