import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AnyFact } from '../../src/core/facts.ts'
import { formatsOf } from '../../src/core/format.ts'
import { cardMovesOf, cardNumber, giftCode, giftCodeHash, loadsOf, payableBy, readGiftCode } from '../../src/core/gift_card.ts'
import { giftCardPaper } from '../../src/core/gift_card_paper.ts'
import { textOf } from '../../src/core/paper.ts'
import { asPaid, documentOf, returnables, sourceOf } from '../../src/core/returning.ts'
import { price } from '../../src/core/pricing/index.ts'
import type { SaleRecorded } from '../../src/core/facts.ts'
import { es } from '../../src/locale/es/index.ts'

interface Vectors { readonly cases: readonly { readonly code: string; readonly hash: string }[]; readonly drawn: readonly { readonly bytes: string; readonly code: string }[] }
const vectors = JSON.parse(readFileSync(new URL('../../../vectors/gift_cards.json', import.meta.url), 'utf8')) as Vectors

const CARD = '0199b2a4-7000-7b00-8b00-0000004f9a21'
const OTHER = '0199b2a4-7000-7b00-8b00-00000077aa10'

/** One thing of 100.00, paid as said. */
function sale(payments: readonly { readonly method: string; readonly amount: number; readonly gift_card?: string }[], gift_cards: readonly { readonly id: string; readonly amount: number }[] = []): SaleRecorded {
  const basket = {
    version: 1, currency: { code: 'MXN', digits: 2 }, prices_include_tax: true, tax_rounding: 'line', cash_rounding: null, taxes: [], discount: null, tip: 0, payments,
    lines: [{ id: '1', quantity: 2000, unit_price: 500_000, discount: null, taxes: [], product_id: 'p', name: 'Café', unit: 'pieza', note_annex: null }],
    ...(gift_cards.length === 0 ? {} : { gift_cards }),
  } as const
  return { sale: 's', shift: 'x', series: 'A1', number: 1, basket, totals: price(basket), references: [], tokens: [], approvals: [], catalogue: null }
}

describe('the code of a gift card', () => {
  it.each(vectors.cases)('has its hash, however it was typed: $code', ({ code, hash }) => {
    expect(giftCodeHash(code)).toBe(hash)
  })

  it.each(vectors.drawn)('is drawn from sixteen bytes: $bytes', ({ bytes, code }) => {
    expect(giftCode(Uint8Array.from(bytes.match(/../gu) ?? [], (pair) => parseInt(pair, 16)))).toBe(code)
    expect(readGiftCode(code)).toBe(code.replaceAll('-', ''))
  })

  it.each(['', 'GC-0123', '7501031311309', 'GC-0123-4567-89AB-CDEI', 'https://x.example/t/AAAAAAAAAAAAAAAAAAAAAA'])('is no other text: %s', (text) => {
    expect(readGiftCode(text)).toBeNull()
  })

  it('goes into a fact as its hash, beside that of its page, and into no fact again', () => {
    const made = { code: vectors.drawn[0]?.code ?? '', page: 'A'.repeat(22) }

    expect(loadsOf([{ id: CARD, amount: 500, isNew: true }, { id: OTHER, amount: 100, isNew: false }], new Map([[CARD, made]]))).toEqual([
      { id: CARD, amount: 500, code: giftCodeHash(made.code), page: expect.stringMatching(/^[0-9a-f]{64}$/u) as string }, { id: OTHER, amount: 100 },
    ])
  })
})

describe('what a fact does to cards', () => {
  it('is what a sale loads and what it spends, what comes back, and what is given out', () => {
    const sold = { kind: 'sale.recorded', body: sale([{ method: 'gift_card', amount: 4000, gift_card: OTHER }, { method: 'cash', amount: 11000 }], [{ id: CARD, amount: 5000 }]) } as AnyFact
    const back = { kind: 'return.recorded', body: { document: { refunds: [{ method: 'gift_card', amount: 700, gift_card: OTHER }, { method: 'cash', amount: 1 }] } } } as unknown as AnyFact
    const refunded = { kind: 'gift_card.refunded', body: { gift_card: CARD, amount: 5000 } } as AnyFact

    expect(cardMovesOf(sold)).toEqual([{ id: CARD, amount: 5000 }, { id: OTHER, amount: -4000 }])
    expect(cardMovesOf(back)).toEqual([{ id: OTHER, amount: 700 }])
    expect(cardMovesOf(refunded)).toEqual([{ id: CARD, amount: -5000 }])
  })

  it('never lets a card pay for a card', () => {
    expect([payableBy(10_000, 6000, 0), payableBy(10_000, 6000, 5000), payableBy(10_000, 6000, 6000), payableBy(500, 6000, 0)]).toEqual([6000, 1000, 0, 500])
  })
})

describe('goods that were paid with cards', () => {
  const sold = sale([{ method: 'gift_card', amount: 3000, gift_card: CARD }, { method: 'gift_card', amount: 2000, gift_card: OTHER }, { method: 'cash', amount: 5000 }])
  const source = sourceOf(sold)
  const back = (quantity: number, earlier: Parameters<typeof asPaid>[1] = []) =>
    asPaid(source, earlier, documentOf(source, returnables(source, earlier), [{ place: 0, quantity }], { reason: 'defective', goods: 'shelf' }, earlier))

  it('go back to each card, at most what it paid, and then in cash', () => {
    expect(back(2000).document.refunds).toEqual([
      { method: 'gift_card', gift_card: CARD, amount: 3000 }, { method: 'gift_card', gift_card: OTHER, amount: 2000 }, { method: 'cash', amount: 5000 },
    ])
  })

  it('go on where an earlier return stopped', () => {
    const first = back(800)
    const earlier = [{ return: 'r', document: first.document, totals: first.totals }] as unknown as Parameters<typeof asPaid>[1]

    expect(first.document.refunds).toEqual([{ method: 'gift_card', gift_card: CARD, amount: 3000 }, { method: 'gift_card', gift_card: OTHER, amount: 1000 }])
    expect(back(1200, earlier).document.refunds).toEqual([{ method: 'gift_card', gift_card: OTHER, amount: 1000 }, { method: 'cash', amount: 5000 }])
  })
})

describe('the paper of a card', () => {
  const words = (key: string, params: Readonly<Record<string, string | number>> = {}): string =>
    (es as unknown as Readonly<Record<string, string>>)[key]?.replaceAll(/\{(?<name>\w+)\}/gu, (_, name: string) => String(params[name] ?? '')) ?? key
  const options = { head: { business: 'La Esquina', store: 'Centro', till: 'Caja 1' }, formats: formatsOf('es-MX', 'America/Mexico_City', { code: 'MXN', digits: 2 }), words, at: 1_764_032_640_000 }
  const card = { id: CARD, amount: 50_000, code: 'GC-7K2M-9QXT-0VWB-3HNP', page: 'A'.repeat(22) }

  it('bears the code that pays apart from the one that shows the balance', () => {
    const paper = giftCardPaper(card, 'https://tienda.example', options)
    const codes = paper.sections.flatMap(({ rows }) => rows).flatMap((row) => (row.kind === 'qr' ? [row.data] : []))

    expect(codes).toEqual([card.code, `https://tienda.example/t/${card.page}`])
    expect(textOf(paper, 58)).toContain(`     ${card.code}`)
    expect(textOf(paper, 58).join('\n')).toContain(`Tarjeta ${cardNumber(CARD)}`)
  })

  it('promises no page where the shop has none', () => {
    const codes = giftCardPaper(card, null, options).sections.flatMap(({ rows }) => rows).filter(({ kind }) => kind === 'qr')

    expect(codes).toHaveLength(1)
  })
})
