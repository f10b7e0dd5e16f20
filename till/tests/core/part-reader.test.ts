import { expect, it } from 'vitest'
import { readPart, readReviews } from '../../src/core/part-reader.ts'
import { PART } from '../data/support.ts'

it('the till part is read, and settings that this till does not know are kept', () => {
  const part = readPart({ ...PART, settings: { ...PART.settings, later: [1] } })

  expect(part?.staff).toEqual([{
    id: PART.staff[0]!.id, name: 'Rosa', role: 'cashier', pin: null,
    limits: { discount: 100000, may_open_drawer: false, may_move_cash: false, may_return: false, may_return_without_ticket: false, may_change_price: false, may_void: true, may_exceed_account: false, may_edit_products: false, may_approve: false },
  }])
  expect(part?.settings['later']).toEqual([1])
  expect(part?.organization.currency).toEqual({ code: 'MXN', digits: 2 })
})

it.each([
  ['a currency', { ...PART, organization: { ...PART.organization, currency: null } }],
  ['a zone', { ...PART, store: { ...PART.store, zone: 3 } }],
  ['a way of rounding', { ...PART, settings: { ...PART.settings, tax_rounding: 'never' } }],
  ['a role that is known', { ...PART, staff: [{ ...PART.staff[0], role: 'king' }] }],
])('a till part without %s is none', (_, document) => {
  expect(readPart(document)).toBeNull()
})

it('a verifier that lacks a piece is no PIN', () => {
  const staff = [{ ...PART.staff[0], pin: { salt: 'AA', iterations: 0, device_salt: 'AA', verifier: 'AA' } }]

  expect(readPart({ ...PART, staff })?.staff[0]?.pin).toBeNull()
})

it('what waits in the office is read journal by journal, and nothing where the server does not speak of it', () => {
  const parked = [{ journal: 'a', watermark: 8, seqs: [3, 5], waiting_refused: [9] }, { journal: 'b', watermark: 0, seqs: [], waiting_refused: [] }]

  expect(readReviews({ ...PART, parked })).toEqual([
    { journal: 'a', watermark: 8, seqs: [3, 5], refused: [9] }, { journal: 'b', watermark: 0, seqs: [], refused: [] },
  ])
  expect(readReviews(PART)).toEqual([])
  expect(readReviews({ ...PART, parked: [...parked, { journal: 'c', watermark: -1, seqs: [] }] })).toEqual([])
})

it.each([['none at all', undefined], ['no list', 'none'], ['a place that is no number', ['9']]])('of refused facts nothing is told by %s', (_, waiting_refused) => {
  expect(readReviews({ ...PART, parked: [{ journal: 'a', watermark: 8, seqs: [], waiting_refused }] })).toEqual([
    { journal: 'a', watermark: 8, seqs: [], refused: null },
  ])
})
