import { afterEach, describe, expect, it, vi } from 'vitest'
import { add } from '../../src/core/adding.ts'
import { newTicket, park } from '../../src/core/ticket.ts'
import { till } from '../../src/screens/app.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import type { OpenTicket } from '../../src/screens/sell/open_ticket.ts'
import { anId } from '../data/support.ts'
import { COFFEE, goHome, standAtTheTill } from './standing.ts'

afterEach(goHome)

const [ID, WANT, PARKED_AT] = [anId(), anId(), 1_764_032_000_000]

/** A ticket with a coffee as another till parked it. */
function parked(): OpenTicket {
  const added = add(newTicket(ID), COFFEE, { taxes: [], digits: 2, visit: { id: anId(), opened_at: PARKED_AT } })
  if (!added.ok) throw new Error('not added')
  return { kind: 'ticket', letter: 'A', ticket: park(added.ticket, PARKED_AT), misread: [], parked: { staff: null, total: 8900 } }
}

describe('a ticket that was given to this till before anybody stood at it', () => {
  it('waits here, with a letter of its own, and for the other tills too', async () => {
    await standAtTheTill({}, (server) => {
      server.said.set('parked', { others: 1, waiting: [], asked: [], given: [ID], kept: [] })
      server.said.set('claim', { state: 'yours', till: 'Caja 2', want: WANT, content: JSON.stringify(parked()) })
    })

    expect(counter.parked.map(({ ticket, letter }) => [ticket.id, letter])).toEqual([[ID, 'A']])
    expect([counter.ticket.lines.length, counter.current?.letter]).toEqual([0, 'B'])
    await vi.waitFor(() => {
      expect(till().drafts.all.get().find(({ id }) => id === ID)?.parked).toEqual({ staff: null, letter: 'A', lines: 1, total: 8900, at: PARKED_AT })
    })
  })
})
