import { describe, expect, it } from 'vitest'
import { drawnChange } from '../../src/screens/drawer/values.ts'

describe('the pieces of a change', () => {
  it('names coins below one peso by the sign for hundredths, below one euro by the letter that is used there', () => {
    const texts = (code: string): string[] => drawnChange(50, { code, digits: 2 }).map(({ text }) => text)

    expect(texts('MXN')).toEqual(['50¢'])
    expect(texts('EUR')).toEqual(['50\u00a0c'])
  })
})
