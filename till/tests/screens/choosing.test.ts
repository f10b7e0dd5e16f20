import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ModifierGroup } from '../../src/core/modifier.ts'
import { choosing } from '../../src/screens/sell/choosing.svelte.ts'

const PICK = { everything: true, categories: [], products: [], without: [] }
const group = (id: string, least: number, most: number): ModifierGroup => ({
  id, name: id, position: 1, least, most, pick: PICK, options: ['1', '2', '3'].map((n) => ({ id: id + n, name: id + n, price: 0, preselected: false })),
})
const [milk, size, extras] = [group('m', 1, 1), group('s', 1, 1), group('e', 0, 2)]
const done = vi.fn()

function begin(groups: readonly ModifierGroup[], chosen: readonly string[]): void {
  choosing.begin({ name: 'Latte', price: 1, groups, chosen: new Set(chosen), done })
}

const said = (): unknown => done.mock.calls.map(([modifiers]) => (modifiers as { id: string }[]).map(({ id }) => id))

describe('choosing beside a product', () => {
  beforeEach(() => {
    choosing.leave()
    done.mockClear()
  })

  it('takes no more than a tap per group where each takes one', () => {
    begin([milk, size], ['m1', 's1'])
    choosing.touch(milk, 'm2')
    expect([said(), choosing.current]).toEqual([[], size])
    choosing.touch(size, 's1')
    expect([said(), choosing.now]).toEqual([[['m2', 's1']], null])
  })

  it('takes one key for what is chosen already', () => {
    begin([milk, size, extras], ['m1', 's1'])
    expect(choosing.settle()).toBe(true)
    expect(said()).toEqual([['m1', 's1']])
  })

  it('waits for the key where several may be chosen', () => {
    begin([milk, extras], ['m1'])
    choosing.touch(extras, 'e1')
    choosing.touch(extras, 'e3')
    choosing.touch(milk, 'm3')
    expect(said()).toEqual([])
    choosing.settle()
    expect(said()).toEqual([['m3', 'e1', 'e3']])
  })

  it('is not done while something must still be chosen, and can be left', () => {
    begin([milk], [])
    expect([choosing.settle(), said(), choosing.lacks]).toEqual([false, [], [milk]])
    choosing.leave()
    expect([choosing.settle(), said()]).toEqual([true, []])
  })

  it('is taken as it stands when the next product comes', () => {
    begin([milk], ['m1'])
    begin([size], ['s1'])
    expect(said()).toEqual([['m1']])
  })
})
