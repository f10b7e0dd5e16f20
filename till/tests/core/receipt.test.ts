import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReturnRecorded, SaleRecorded, ShiftClosed } from '../../src/core/facts.ts'
import { formatsOf, type Currency } from '../../src/core/format.ts'
import { giftPaper, type GiftPaperOptions } from '../../src/core/gift_paper.ts'
import { clean, pair, text, textOf, widthOf, wrap, type Paper } from '../../src/core/paper.ts'
import { price, type Basket } from '../../src/core/pricing/index.ts'
import { receiptOf, type ReceiptOptions } from '../../src/core/receipt.ts'
import { returnPaper, type ReturnAccount, type ReturnPaperOptions } from '../../src/core/return_paper.ts'
import type { TicketRange } from '../../src/core/shift.ts'
import { partialPaper, shiftPaper, type ShiftPaperOptions } from '../../src/core/shift_paper.ts'
import type { Entry } from '../../src/locale/index.ts'
import { dictionaryOf, wordsOf } from '../locale/words.ts'

type Written<Options> = Omit<Options, 'formats' | 'words'> & {
  readonly locale: string
  readonly zone: string
  readonly currency: Currency
  readonly language: string
}
interface Case<Body, Options> {
  readonly title: string
  readonly body: Body
  readonly options: Written<Options>
  readonly qr?: readonly string[]
  readonly lines_58: readonly string[]
  readonly lines_80: readonly string[]
}
interface Vectors<Body, Options> {
  readonly words: Readonly<Record<string, Readonly<Record<string, Entry>>>>
  readonly cases: readonly Case<Body, Options>[]
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../vectors/receipt/${name}.json`, import.meta.url), 'utf8'))
const sales = read('sales') as Vectors<SaleRecorded, ReceiptOptions>
const shifts = read('shifts') as Vectors<ShiftClosed, ShiftPaperOptions & { readonly series?: string }>
const gifts = read('gifts') as { readonly cases: readonly Case<SaleRecorded, GiftPaperOptions>[] }
const returns = read('returns') as Vectors<ReturnRecorded, ReturnPaperOptions>

function saleOn({ body, options }: Case<SaleRecorded, ReceiptOptions>): Paper {
  const formats = formatsOf(options.locale, options.zone, options.currency)
  return receiptOf(body, { ...options, formats, words: wordsOf(options.language) as ReceiptOptions['words'] })
}

function shiftOn({ body, options: { series, ...options } }: (typeof shifts)['cases'][number], ranges = rangesOf(body, series)): Paper {
  const formats = formatsOf(options.locale, options.zone, options.currency)
  return shiftPaper(body, { ...options, ...(ranges && { ranges }), formats, words: wordsOf(options.language) as ReceiptOptions['words'] })
}

/** Without a series the paper is made from the fact alone. */
function rangesOf({ figures: { first_number, last_number } }: ShiftClosed, series?: string): readonly TicketRange[] | undefined {
  return series === undefined || first_number === null || last_number === null ? undefined : [{ series, first: first_number, last: last_number }]
}

/** The figures of the worked example in the contracts, as they stood before the count. */
function closedDay(): Pick<ShiftClosed, 'business_date' | 'figures' | 'expected'> {
  const { business_date, figures, expected } = shifts.cases.at(-1)!.body
  return { business_date, figures, expected }
}

const codes = (paper: Paper): readonly string[] => paper.sections.flatMap(({ rows }) => rows.flatMap((row) => (row.kind === 'qr' ? [row.data] : [])))

describe('a receipt', () => {
  it.each(sales.cases)('$title', (vector) => {
    const paper = saleOn(vector)

    expect(textOf(paper, 58)).toEqual(vector.lines_58)
    expect(textOf(paper, 80)).toEqual(vector.lines_80)
    expect(codes(paper)).toEqual(vector.qr)
  })

  it.each(sales.cases)('has the totals of the engine of prices: $title', ({ body }) => {
    expect(price(body.basket as Basket)).toEqual(body.totals)
  })

  it.each(sales.cases)('fits the roll and holds no control byte: $title', ({ lines_58, lines_80 }) => {
    expect(Math.max(...lines_58.map(widthOf))).toBeLessThanOrEqual(32)
    expect(Math.max(...lines_80.map(widthOf))).toBeLessThanOrEqual(48)
    expect([...lines_58, ...lines_80].filter((line) => /[\p{Cc}\p{Cf}\p{Cs}]/u.test(line))).toEqual([])
  })

  it('says COPIA only when it is one', () => {
    const copies = sales.cases.map(({ lines_58, options }) => [lines_58.some((line) => line.trim() === 'COPIA'), options.isCopy])

    expect(copies.every(([said, is]) => said === is)).toBe(true)
  })

  it('says what was promised, a line each, and nothing where nothing was', () => {
    const one = sales.cases.find(({ options }) => options.locale === 'es-MX')!
    const lines = (promises: ReceiptOptions['promises']): readonly string[] => textOf(saleOn({ ...one, options: { ...one.options, promises: promises ?? [] } }), 58)
    const said = lines([{ name: 'Pedirlo para usted', due: '2026-11-26' }])
    expect(said[said.indexOf('Le prometimos') + 1]).toBe('Pedirlo para usted    26/11/2026')
    expect(lines([])).toEqual(one.lines_58)
  })

  it('says a promise and one right in four lines of narrow paper, whatever they are called', () => {
    const one = sales.cases.find(({ options }) => options.locale === 'es-MX')!
    for (const name of ['Garantía legal', 'Legal warranty', 'Reclamación', 'Lo cambiamos']) {
      for (const promise of ['Pedirlo para usted', 'Pedir y avisar en cuanto llegue a tienda']) {
        const said = { promises: [{ name: promise, due: '2026-11-26' }], right: { name, until: '2029-11-23' } }
        const lines = textOf(saleOn({ ...one, options: { ...one.options, ...said } }), 58)
        const first = lines.indexOf('Le prometimos')
        const right = lines.findIndex((line) => line.startsWith(name))
        expect(lines[right]).toBe(`${name}${' '.repeat(32 - name.length - 16)}hasta 23/11/2029`)
        expect(lines.slice(first, right + 1).filter((line) => line.trim() !== '' && !/^-+$/u.test(line)).length).toBeLessThanOrEqual(4)
      }
    }
  })

  it('says under the square code where it opens without a camera, and nothing without a code', () => {
    const one = sales.cases.find(({ options }) => options.publicUrl !== null && options.secret !== null && options.locale === 'es-MX')!
    const lines = (code: string | null): string => textOf(saleOn({ ...one, options: { ...one.options, code } }), 58).map((line) => line.trim()).join(' ')
    expect(lines('K7QM-2XRD')).toMatch(/Sin cámara: \S+\/t, código K7QM-2XRD/u)
    expect(lines(null)).not.toContain('Sin cámara')
  })

  it('says what was given to try, at nothing, and nothing where nothing was', () => {
    const one = sales.cases.find(({ options }) => options.locale === 'es-MX')!
    const lines = (samples: readonly string[]): readonly string[] => textOf(saleOn({ ...one, options: { ...one.options, samples } }), 58)
    const said = lines(['Queso fresco'])
    const place = said.indexOf('Muestra sin costo ni compromiso')
    expect(place < 0 ? said.join('|') : said[place + 1]).toBe('Queso fresco                0.00')
    expect(lines([])).toEqual(one.lines_58)
  })

  it('uses the words that the vectors hand to the other language', () => {
    const printed = (locale: string, group: RegExp): object =>
      Object.fromEntries(Object.entries(dictionaryOf(locale)).filter(([key]) => group.test(key)))

    for (const [locale, words] of Object.entries(sales.words)) expect(printed(locale, /^receipt\./u)).toEqual(words)
    for (const [locale, words] of Object.entries(returns.words)) expect(printed(locale, /^receipt\./u)).toEqual(words)
    for (const [locale, words] of Object.entries(shifts.words)) expect(printed(locale, /^(receipt|z)\./u)).toEqual(words)
  })
})

describe('a gift ticket', () => {
  const paperOf = ({ body, options }: (typeof gifts)['cases'][number]): Paper =>
    giftPaper(body, { ...options, formats: formatsOf(options.locale, options.zone, options.currency), words: wordsOf(options.language) as ReceiptOptions['words'] })

  it.each(gifts.cases)('$title', (vector) => {
    const paper = paperOf(vector)

    expect(textOf(paper, 58)).toEqual(vector.lines_58)
    expect(textOf(paper, 80)).toEqual(vector.lines_80)
    expect(codes(paper)).toEqual(vector.qr)
    expect(Math.max(...vector.lines_58.map(widthOf))).toBeLessThanOrEqual(32)
  })

  it.each(gifts.cases)('says nothing of what it cost, nor how it was paid: $title', (vector) => {
    const formats = formatsOf(vector.options.locale, vector.options.zone, vector.options.currency)
    const basket = vector.body.basket as Basket
    const totals = price(basket)
    const said = textOf(paperOf(vector), 80).join('\n')

    const figures = [totals.gross, totals.due, totals.paid, ...totals.lines.flatMap(({ list, gross, net }) => [list, gross, net])].map(formats.amount)
    expect(figures.filter((figure) => said.includes(figure))).toEqual([])
    expect(basket.lines.filter(({ unit_price: each }) => said.includes(formats.unitPrice(each)))).toEqual([])
  })
})

describe('a return on paper', () => {
  it.each(returns.cases)('$title', ({ body, options, lines_58, lines_80 }) => {
    const formats = formatsOf(options.locale, options.zone, options.currency)
    const paper = returnPaper(body, { ...options, formats, words: wordsOf(options.language) as ReceiptOptions['words'] })

    expect(textOf(paper, 58)).toEqual(lines_58)
    expect(textOf(paper, 80)).toEqual(lines_80)
    expect(Math.max(...lines_58.map(widthOf))).toBeLessThanOrEqual(32)
  })
})

describe('a return to an account on paper', () => {
  const [first] = returns.cases
  const formats = formatsOf(first?.options.locale ?? '', first?.options.zone ?? '', first?.options.currency ?? { code: 'MXN', digits: 2 })
  const paperOf = (method: 'fiado' | 'credit' | 'cash', account: ReturnAccount | null): string => {
    if (first === undefined) throw new Error('no case')
    const body = { ...first.body, document: { ...first.body.document, refunds: [{ method, amount: 100 }] } }
    return textOf(returnPaper(body, { ...first.options, formats, words: wordsOf('es') as ReceiptOptions['words'], account }), 58).join('\n')
  }
  const account = { name: 'Lucía', owes: 128_00, credit: 45_00 }

  it.each([['fiado', 'Queda a deber', '128.00'], ['credit', 'Tiene a favor', '45.00']] as const)('says what %s stands at', (method, word, amount) => {
    expect(paperOf(method, account)).toMatch(new RegExp(`Lucía\\n${word} +\\$${amount}`, 'u'))
  })

  it('names nobody whose account did not move', () => {
    expect(paperOf('cash', null)).not.toMatch(/Lucía|a deber|a favor/u)
  })
})

describe('a Z on paper', () => {
  it.each(shifts.cases)('$title', (vector) => {
    const paper = shiftOn(vector)

    expect(textOf(paper, 58)).toEqual(vector.lines_58)
    expect(textOf(paper, 80)).toEqual(vector.lines_80)
  })

  it('has a row for each series of a shift that went on in a new journal', () => {
    const paper = shiftOn(shifts.cases[0]!, [{ series: 'A1', first: 480, last: 482 }, { series: 'A2', first: 1, last: 3 }])

    expect(textOf(paper, 58).filter((line) => line.startsWith('Tickets'))).toEqual(['Tickets A1-480 a A1-482', 'Tickets A2-1 a A2-3'])
  })

  it('says so of a shift without tickets', () => {
    expect(textOf(shiftOn(shifts.cases[0]!, []), 58)).toContain('Sin tickets')
  })
})

describe('an X on paper', () => {
  const { options } = shifts.cases[0]!
  const sums = { ...closedDay(), shift: 's', currency: 'MXN', opened_at: options.opened_at, ranges: [{ series: 'A1', first: 1, last: 2 }] }
  const x = partialPaper(sums, { ...options, formats: formatsOf(options.locale, options.zone, options.currency), words: wordsOf(options.language) as ReceiptOptions['words'] })

  it('has what was sold and what should be there, and nothing that only a count says', () => {
    const lines = textOf(x, 58)

    expect(lines.some((line) => line.trim() === 'Corte parcial X')).toBe(true)
    expect(lines.slice(-3).map((line) => line.trim().replace(/ +/u, ' '))).toEqual(['Esperado', 'Efectivo 358.60', 'Tarjeta 100.00'])
    expect(lines.filter((line) => /Contado|Diferencia|Firma|Z /u.test(line))).toEqual([])
  })

  it('adds up as the Z of the same shift', () => {
    const z = textOf(shiftOn(shifts.cases.at(-1)!), 58)
    const sold = (lines: readonly string[]): readonly string[] => lines.slice(lines.findIndex((line) => line.includes('atendidas')), lines.findIndex((line) => line.startsWith('Reimpresiones')))

    expect(sold(textOf(x, 58))).toEqual(sold(z))
  })
})

describe('text on paper', () => {
  it('loses control bytes and marks that turn the reading, and keeps letters of all languages', () => {
    expect(clean('\u001b@Peña\u0000\u009b \u202eabc\u2069\n\tMúl\u0301tiple €')).toBe('@Peña abc Múĺtiple €')
  })

  it('breaks at blanks and cuts what has none', () => {
    expect(wrap('uno dos tres', 8)).toEqual(['uno dos', 'tres'])
    expect(wrap('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl'])
  })

  it('counts wide signs twice and accents that stand apart not at all', () => {
    expect([widthOf('豆腐'), widthOf('ñandú'), widthOf('e\u0301')]).toEqual([4, 5, 1])
  })

  it('gives a figure its own line where its text leaves no room', () => {
    const paper: Paper = { sections: [{ name: 's', rows: [pair('a'.repeat(30), '1.00')] }] }

    expect(textOf(paper, 58)).toEqual(['a'.repeat(30), `${' '.repeat(28)}1.00`])
  })

  it('never passes the edge of the roll and loses no letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), fc.constantFrom(58 as const, 80 as const), (value, roll) => {
        const lines = textOf({ sections: [{ name: 's', rows: [text(value)] }] }, roll)

        expect(Math.max(0, ...lines.map(widthOf))).toBeLessThanOrEqual(roll === 58 ? 32 : 48)
        expect(lines.join('').replaceAll(' ', '')).toBe(clean(value).replaceAll(' ', ''))
      }),
    )
  })
})
