/** The words of the later file: what comes first asks for none of them. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { es } from '../../src/locale/es/index.ts'
import { late } from '../../src/locale/es/late/index.ts'

const SOURCE = resolve(import.meta.dirname, '../../src')
const IMPORTED = /^\s*(?:import|export) (?!type\b)(?:[^'"`;]*? from )?'(\.[^']+)'/gmu
const BEGINS = /`([a-z_.0-9]+[._])\$\{|t\.code\('([a-z_.0-9]+)'/gu

/** Every file that is loaded before the first picture, whatever comes with it. */
function first(): string[] {
  const found = new Set<string>()
  const waiting = [resolve(SOURCE, 'main.ts')]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file) || !existsSync(file)) continue
    found.add(file)
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(IMPORTED)) waiting.push(resolve(dirname(file), name))
  }
  return [...found].filter((file) => !file.includes('/locale/'))
}

/** The late words that a file asks for: by their key, or by how it begins. */
function asked(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const begins = [...text.matchAll(BEGINS)].map(([, start, prefix]) => start ?? `${prefix ?? ''}.`)
  return Object.keys(late).filter((key) => text.includes(`'${key}'`) || begins.some((start) => key.startsWith(start))).map((key) => `${file.slice(SOURCE.length + 1)}: ${key}`)
}

test('what comes first asks for no word that comes later', () => {
  const files = first()
  expect(files.length).toBeGreaterThan(100)
  expect(files.flatMap(asked)).toEqual([])
})

test('a word stands in one place', () => {
  expect(Object.keys(late).filter((key) => key in es)).toEqual([])
})

test('a word that is asked for too early would be found', () => {
  expect(asked(resolve(SOURCE, 'screens/goods/Check.svelte')).length).toBeGreaterThan(0)
})
