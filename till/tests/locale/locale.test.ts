import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { languageOf, type Entry } from '../../src/locale/index.ts'
import { spain } from '../../src/locale/es/spain.ts'
import { dictionaryOf, wordsOf } from './words.ts'

const mexican: Readonly<Record<string, Entry>> = dictionaryOf('es-MX')
const english: Readonly<Record<string, Entry>> = dictionaryOf('en')

function forms(entry: Entry): string[] {
  return typeof entry === 'string' ? [entry] : [entry.one, entry.other]
}

function names(entry: Entry): string[] {
  const found = forms(entry).flatMap((form) => [...form.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? ''))
  return [...new Set(found)].sort()
}

describe('the texts of the till', () => {
  it('puts values into a text', () => {
    expect(wordsOf('es-MX')('line.each', { price: '$89.00' })).toBe('$89.00 c/u')
  })

  it('chooses the plural form by the number', () => {
    const t = wordsOf('es-MX')

    expect([t('ticket.lines', { n: 0 }), t('ticket.lines', { n: 1 }), t('ticket.lines', { n: 6 })]).toEqual([
      '0 partidas',
      '1 partida',
      '6 partidas',
    ])
  })

  it('writes numbers in the way of the locale', () => {
    expect(wordsOf('es-MX')('catalogue.ready', { n: 100000 })).toBe('100,000 productos en esta caja')
    expect(wordsOf('es-ES')('catalogue.ready', { n: 100000 })).toBe('100.000 productos en esta caja')
  })

  it('says it the way of Spain only where Spain says it another way', () => {
    expect(wordsOf('es-ES')('z.title', { number: '12' })).toBe('Cierre Z 12')
    expect(wordsOf('es-MX')('z.title', { number: '12' })).toBe('Corte Z 12')
    expect(wordsOf('es-ES')('pay.charge')).toBe('Cobrar')
  })

  it('speaks English when asked and Spanish to all others', () => {
    expect(wordsOf('en')('pay.charge')).toBe('Charge')
    expect([languageOf('en-GB'), languageOf('es-CL'), languageOf('fr')]).toEqual(['en', 'es', 'es'])
  })

  it('words a code that came as data, and falls back to the general wording', () => {
    const t = wordsOf('es-MX')

    expect(t.code('move.reason', 'bank_deposit')).toBe('Depósito al banco')
    expect(t.code('move.reason', 'never_heard')).toBe('Otro motivo')
    expect(t.code('nothing', 'never_heard')).toBe('never_heard')
  })

  it('leaves a missing value visible', () => {
    const loose = wordsOf('es-MX') as unknown as (key: string, params: object) => string

    expect(loose('line.each', {})).toBe('{price} c/u')
  })

  it('has every key in English, with the same values and as many forms', () => {
    const shape = (all: Readonly<Record<string, Entry>>): Record<string, string> =>
      Object.fromEntries(Object.entries(all).map(([key, entry]) => [key, `${typeof entry}:${names(entry).join()}`]))

    expect(shape(english)).toEqual(shape(mexican))
  })

  it('replaces only existing keys for Spain, with the same values', () => {
    const wrong = Object.entries(spain).filter(([key, entry]) => names(entry).join() !== names(mexican[key] ?? '').join())

    expect(wrong).toEqual([])
  })

  it('never shouts, apologises or blames', () => {
    const all = [...Object.values(mexican), ...Object.values(english), ...Object.values(spain)].flatMap(forms)
    const rude = all.filter((text) => /[!¡]|\bups\b|lo sentimos|sorry|oops|venta perdida|lost sale/iu.test(text))

    expect(rude).toEqual([])
  })

  it('addresses the person at the counter as usted', () => {
    const familiar = Object.values(mexican)
      .flatMap(forms)
      .filter((text) => /(?<!\p{L})(tú|tu|tus|te|contigo)(?!\p{L})/iu.test(text))

    expect(familiar).toEqual([])
  })

  it('calls the rooms of the office as the office does', () => {
    const frame = readFileSync(new URL('../../../mostrador/office/texts/frame.py', import.meta.url), 'utf8')
    const rooms = new Set([...frame.matchAll(/"nav\.\w+": \("([^"]+)", "([^"]+)"\)/gu)].flatMap(([, spanish, english]) => [spanish, english]))
    const all = [...Object.values(mexican), ...Object.values(english), ...Object.values(spain)].flatMap(forms)
    const named = all.flatMap((text) => [...text.matchAll(/(?:oficina,? en|office, under) [«“]?(\p{Lu}[^»”.]*)/gu)].map((match) => match[1]))

    expect(named.length).toBeGreaterThanOrEqual(10)
    expect(named.filter((room) => !rooms.has(room))).toEqual([])
  })
})
