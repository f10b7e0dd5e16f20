/** The slip for another place: whose word it is, what it is good for, how to get there, when somebody looked, and what the shop gets for it, if anything. */
import { describe, expect, test } from 'vitest'
import { formatsOf } from '../../src/core/format.ts'
import type { OtherPlace } from '../../src/core/guidance.ts'
import { isStale, placePaper, type PlaceWords } from '../../src/core/place_paper.ts'
import type { Paper } from '../../src/core/paper.ts'

const HEAD = { business: 'La Esquina', legal_name: null, tax_id: null, store: 'Centro', address: 'Hidalgo 3', phone: '951 555 0100', till: 'Caja 1', footer: null }
const WORDS: PlaceWords = {
  title: 'Le conviene este lugar:', why: 'Es lo suyo.', ours: 'Es otra tienda nuestra.', looked: (day) => `Lo revisamos el ${day}.`,
  stale: 'Hace tiempo: llame antes de ir.', fee: (says) => `Por mandarle recibimos: ${says}`,
}
const SHOES: OtherPlace = {
  id: 'p1', name: 'Zapatería Ruiz', good_for: 'Arreglo de zapatos', why: 'they_specialise', address: 'Reforma 12', phone: '951 555 0199', url: '', fee: '', verified_on: '2025-11-20',
}
const formats = formatsOf('es-MX', 'America/Mexico_City', { code: 'MXN', digits: 2 })
const NOW = Date.UTC(2025, 10, 24, 18)

const lines = (paper: Paper): readonly string[] => paper.sections.flatMap(({ rows }) => rows.flatMap((row) => ('text' in row ? [row.text] : [])))
const slip = (place: Parameters<typeof placePaper>[0], now = NOW): readonly string[] => lines(placePaper(place, WORDS, HEAD, formats, now))

describe('the slip of another place', () => {
  test('says whose word it is and public facts', () => {
    const said = slip(SHOES)
    expect(said.slice(0, 4)).toEqual(['La Esquina', 'Centro', 'Hidalgo 3', '951 555 0100'])
    expect(said.slice(-7)).toEqual([
      'Le conviene este lugar:', 'Zapatería Ruiz', 'Arreglo de zapatos', 'Es lo suyo.', 'Reforma 12', '951 555 0199', `Lo revisamos el ${formats.businessDate('2025-11-20')}.`,
    ])
  })

  test('says what the shop gets for it, and that nobody has looked for long', () => {
    const said = slip({ ...SHOES, fee: 'Un café', verified_on: '2025-01-02' })
    expect(said).toContain('Por mandarle recibimos: Un café')
    expect(said).toContain('Hace tiempo: llame antes de ir.')
  })

  test('of a store of ours says that it is ours, and no day', () => {
    const said = slip({ id: 's2', name: 'Reforma', address: 'Reforma 40', phone: '' })
    expect(said.slice(-4)).toEqual(['Le conviene este lugar:', 'Reforma', 'Reforma 40', 'Es otra tienda nuestra.'])
  })

  test('is stale after 180 whole days, and not before', () => {
    const on = (days: number): boolean => isStale(SHOES, Date.parse('2025-11-20T12:00:00Z') + days * 86_400_000)
    expect([on(0), on(180), on(181)]).toEqual([false, false, true])
  })

  test('has no line longer than 32 letters, but for what somebody wrote', () => {
    const own = [WORDS.title, WORDS.why, WORDS.ours, WORDS.stale, WORDS.looked(formats.businessDate('2025-11-20'))]
    expect(own.filter((line) => line.length > 32)).toEqual([])
  })
})
