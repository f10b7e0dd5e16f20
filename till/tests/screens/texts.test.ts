import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { app } from '../../src/screens/app.svelte.ts'
import { decimalMark, typedPercent, typedText } from '../../src/screens/texts.svelte.ts'
import type { TillPart } from '../../src/data/index.ts'

const SOURCE = join(import.meta.dirname, '../../src')
const LOCALE = join(SOURCE, 'locale')
/** Texts for codes that come as data: the reasons of a server, the units of a catalogue. */
const FOR_DATA = ['parked.reason.', 'unit.']

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|svelte)$/u.test(name)).map((name) => join(folder, name))
}

const source = filesOf(SOURCE).filter((path) => !path.startsWith(LOCALE)).map((path) => readFileSync(path, 'utf8')).join('\n')
const all = (pattern: RegExp): readonly RegExpMatchArray[] => [...source.matchAll(pattern)]

const quoted = new Set(all(/'([\w.]+)'/gu).map((match) => match[1] ?? ''))
/** What the vectors of papers hand to the other language. */
const handed = new Set(['sales', 'shifts'].flatMap((name) => {
  const { words } = JSON.parse(readFileSync(join(SOURCE, `../../vectors/receipt/${name}.json`), 'utf8')) as { readonly words: Readonly<Record<string, object>> }
  return Object.values(words).flatMap((texts) => Object.keys(texts))
}))
/** Templates of one code, `before${code}after`; and the groups of `t.code`. */
const templates = all(/`([\w.]*)\$\{[^`{}]+\}([\w.]*)`/gu).map((match) => ({ before: match[1] ?? '', after: match[2] ?? '' }))
const built = templates.filter(({ before }) => before.includes('.'))
const groups = all(/t\.code\('([\w.]+)'/gu).map((match) => ({ before: `${match[1] ?? ''}.`, after: '' }))
/** A code is a word of the source, or such a word in a template. */
const endings = templates.filter(({ before, after }) => !before.includes('.') && before + after !== '')

function isCode(text: string): boolean {
  return quoted.has(text) || endings.some((ending) => isBetween(text, ending, (inner) => quoted.has(inner)))
}

function isBetween(text: string, { before, after }: { readonly before: string; readonly after: string }, fits: (inner: string) => boolean): boolean {
  return text.startsWith(before) && text.endsWith(after) && fits(text.slice(before.length, text.length - after.length))
}

function isSaid(key: string): boolean {
  return quoted.has(key) || handed.has(key) || FOR_DATA.some((group) => key.startsWith(group)) || [...built, ...groups].some((one) => isBetween(key, one, isCode))
}

function keysOf(language: 'es' | 'en'): readonly string[] {
  const files = filesOf(join(LOCALE, language)).filter((path) => !/(index|spain)\.ts$/u.test(path))
  return files.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/^ {2}'([\w.]+)':/gmu)].map((match) => match[1] ?? ''))
}

function standIn(locale: string, code: string): void {
  app.part = { organization: { locale, currency: { code, digits: 2 } }, store: { zone: 'UTC' } } as unknown as TillPart
}

describe('what was typed, as the store writes figures', () => {
  afterEach(() => { app.part = null })

  it('has a comma and a space before the sign in Spain', () => {
    standIn('es-ES', 'EUR')

    expect(decimalMark()).toBe(',')
    expect(typedText('12.5')).toBe('12,5')
    expect(typedPercent('7.5')).toMatch(/^7,5\s%$/)
  })

  it('has a point and no space in Mexico', () => {
    standIn('es-MX', 'MXN')

    expect(decimalMark()).toBe('.')
    expect(typedText('12.')).toBe('12.')
    expect(typedPercent('7.5')).toBe('7.5%')
  })
})

describe('the texts', () => {
  it('are said somewhere, each of them', () => {
    expect(keysOf('es').filter((key) => !isSaid(key))).toEqual([])
  })

  it.each(['es', 'en'] as const)('stand in one place, each of them, in %s', (language) => {
    const keys = keysOf(language)

    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([])
    expect(keys.length).toBeGreaterThan(300)
  })
})
