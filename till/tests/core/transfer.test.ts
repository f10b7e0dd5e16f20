import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatsOf } from '../../src/core/format.ts'
import { textOf } from '../../src/core/paper.ts'
import type { PaperWords } from '../../src/core/receipt.ts'
import { grouped, plainAmount, transferCode, transferReference, type Transfer } from '../../src/core/transfer.ts'
import { transferPaper } from '../../src/core/transfer_paper.ts'
import { wordsOf } from '../locale/words.ts'

const { cases } = JSON.parse(readFileSync(new URL('../../../vectors/transfer/codes.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly { readonly name: string; readonly transfer: Transfer; readonly code: string | null }[]
}

describe('a transfer', () => {
  it.each(cases)('is coded as banks read it: $name', ({ transfer, code }) => {
    expect(transferCode(transfer)).toBe(code)
  })

  it('has an amount with all its decimals, an account in groups, and a reference of its ticket', () => {
    expect([plainAmount(5, 2), plainAmount(12_345, 2), plainAmount(7, 0), plainAmount(1_234, 3)]).toEqual(['0.05', '123.45', '7', '1.234'])
    expect([grouped('032180000118359719'), grouped('ABCD')]).toEqual(['0321 8000 0118 3597 19', 'ABCD'])
    expect(transferReference('0199b2a4-7000-7b00-8b00-0000deadbeef')).toBe('VDEADBEEF')
  })

  it('is printed as a slip that says that it is no receipt', () => {
    const transfer = cases[0]!.transfer
    const head = { business: 'Cal Sabater', legal_name: '', tax_id: null, store: 'Inca', address: '', phone: '', till: 'Caja 1', footer: '' }
    const formats = formatsOf('es-ES', 'Europe/Madrid', transfer.currency)
    const paper = transferPaper(transfer, { head, formats, words: wordsOf('es-ES') as PaperWords, at: 1_764_032_400_000 })
    const lines = textOf(paper, 58).map((line) => line.trim())
    for (const line of ['Pago por transferencia', 'ES91 2100 0418 4502 0005 1332', 'No es un comprobante de pago']) expect(lines).toContain(line)
    expect(lines.join('\n')).toMatch(/Por pagar\s+123,45/u)
    expect(paper.sections.flatMap(({ rows }) => rows.flatMap((row) => (row.kind === 'qr' ? [row.data] : [])))).toEqual([cases[0]!.code])
  })
})
