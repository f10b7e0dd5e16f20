import { ESLint } from 'eslint'
import { expect, test } from 'vitest'

const eslint = new ESLint({ cwd: new URL('../..', import.meta.url).pathname })

/** The names of the house's own rules that the text breaks when it stands in an existing file. */
async function broken(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: file })
  return (result?.messages ?? []).map((message) => message.ruleId ?? '').filter((rule) => rule.startsWith('ours/'))
}

// The first one waits for ESLint to read the types of the whole till.
test('core may not import the data that stands above it', { timeout: 180_000 }, async () => {
  expect(await broken('src/core/ids.ts', "import '../data/store.ts'\n")).toEqual(['ours/direction'])
})

test('data may import core', async () => {
  expect(await broken('src/data/store.ts', "import '../core/ids.ts'\n")).toEqual([])
})

test('data may not import screens, even to hand a name on', async () => {
  expect(await broken('src/data/store.ts', "export * from '../screens/app.svelte.ts'\n")).toEqual(['ours/direction'])
})

test('a division of numbers in core is refused', async () => {
  expect(await broken('src/core/ids.ts', 'export const half = (value: number): number => value / 2\n')).toEqual(['ours/integers'])
})

test('a division of bigints in core is exact, so it may stand', async () => {
  expect(await broken('src/core/ids.ts', 'export const half = (value: bigint): bigint => value / 2n\n')).toEqual([])
})

test('a fraction, toFixed, parseFloat and Math.round in core are each refused', async () => {
  const text = 'export const all = (n: number): unknown[] => [0.5, n.toFixed(2), parseFloat("1"), Math.round(n)]\n'
  expect(await broken('src/core/ids.ts', text)).toEqual(Array(4).fill('ours/integers'))
})
