import { afterEach, describe, expect, it } from 'vitest'
import { app } from '../../src/screens/app.svelte.ts'
import { decimalMark, typedPercent, typedText } from '../../src/screens/texts.svelte.ts'
import type { TillPart } from '../../src/data/index.ts'

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
