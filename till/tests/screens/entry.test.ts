import { describe, expect, it } from 'vitest'
import { erased, scaled, textOf, typed } from '../../src/screens/entry.ts'

describe('what is typed on a numpad', () => {
  it('reads 462.5 as 46250 minor units of a currency with two decimals', () => {
    const text = ['4', '6', '2', '.', '5'].reduce((sofar, key) => typed(sofar, key, 2), '')

    expect(text).toBe('462.5')
    expect(scaled(text, 2)).toBe(46250)
  })

  it('takes no third decimal of a currency with two', () => {
    expect(typed('1.25', '9', 2)).toBe('1.25')
  })

  it('takes no decimal mark where there are no decimals', () => {
    expect(typed('12', '.', 0)).toBe('12')
  })

  it('begins with a zero when the mark comes first', () => {
    expect(typed('', ',', 3)).toBe('0.')
    expect(scaled('0.', 3)).toBe(0)
  })

  it('lets a digit take the place of a lone zero', () => {
    expect(typed('0', '7', 2)).toBe('7')
  })

  it('takes the key of two zeros as two digits', () => {
    expect(typed('5', '00', 2)).toBe('500')
  })

  it('knows nothing typed from zero', () => {
    expect(scaled('', 2)).toBeNull()
    expect(scaled('0', 2)).toBe(0)
  })

  it('takes the last key back', () => {
    expect(erased('12.5')).toBe('12.')
    expect(erased('5')).toBe('')
  })

  it('writes an integer as the text that reads back as it', () => {
    expect(textOf(12350, 3)).toBe('12.35')
    expect(scaled(textOf(12350, 3), 3)).toBe(12350)
  })
})
