import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capsOf, named, refusalOf, withKey } from '../../src/core/key_rules.ts'
import { keyOf, STANDARD, type ChosenKeys, type KeyAct } from '../../src/core/keys.ts'

const ACTS = Object.keys(STANDARD) as KeyAct[]

describe('the keys of a device', () => {
  it('are the standard ones, each of one act', () => {
    expect(ACTS.map((act) => keyOf(act, {}))).toEqual(Object.values(STANDARD))
    expect(new Set(Object.values(STANDARD)).size).toBe(ACTS.length)
    for (const act of ACTS) expect(refusalOf(act, STANDARD[act], {})).toBeNull()
  })

  it.each(['F5', 'F11', 'F12', 'Ctrl+w', 'Ctrl+t', 'Ctrl+r', 'Ctrl+p', 'Ctrl+c', 'Ctrl+v', 'Ctrl+Tab'])('leave %s to the browser', (key) => {
    expect(refusalOf('pay', key, {})).toEqual({ reason: 'browser' })
  })

  it.each(['Enter', 'Escape', 'Tab', 'Delete', 'ArrowUp', 'PageDown', 'Ctrl+Enter', 'Ctrl+g', 'Ctrl+u', '?'])('leave %s as it is everywhere', (key) => {
    expect(refusalOf('pay', key, {})).toEqual({ reason: 'fixed' })
  })

  it.each(['a', '7', '+', ' '])('leave «%s» to what is written', (key) => {
    expect(refusalOf('pay', key, {})).toEqual({ reason: 'writes' })
  })

  it('are not given twice, and one that was given up is free', () => {
    expect(refusalOf('pay', 'F2', {})).toEqual({ reason: 'taken', by: 'search' })
    const chosen = withKey('search', 'Home', {})
    expect(refusalOf('pay', 'F2', chosen)).toBeNull()
    expect(refusalOf('search', 'F2', withKey('pay', 'F2', chosen))).toEqual({ reason: 'taken', by: 'pay' })
  })

  it('say how they are pressed, whatever the shift lock says', () => {
    expect([capsOf('Ctrl+e'), capsOf('F9'), named('Ctrl+E'), named('Home')]).toEqual([['Ctrl', 'E'], ['F9'], 'Ctrl+e', 'Home'])
  })

  it('stay one for each act, however they are changed', () => {
    const keys = [...Object.values(STANDARD), 'Home', 'End', 'PageUp', 'Ctrl+k', 'Ctrl+5', 'F5', 'a', 'Enter']
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.constantFrom(...keys))), (changes) => {
      let chosen: ChosenKeys = {}
      for (const [act, key] of changes) if (refusalOf(act, key, chosen) === null) chosen = withKey(act, key, chosen)
      const now = ACTS.map((act) => keyOf(act, chosen))
      expect(new Set(now).size).toBe(ACTS.length)
      for (const act of ACTS) expect(chosen[act]).not.toBe(STANDARD[act])
    }))
  })
})
