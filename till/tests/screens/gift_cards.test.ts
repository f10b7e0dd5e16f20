import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sellable } from '../../src/core/adding.ts'
import type { SaleBasket } from '../../src/core/basket.ts'
import { giftCodeHash } from '../../src/core/gift_card.ts'
import { textOf } from '../../src/core/paper.ts'
import { app, till } from '../../src/screens/app.svelte.ts'
import { findCard, payWith, type Found } from '../../src/screens/cards/gift_card.svelte.ts'
import { charge } from '../../src/screens/pay/charge.ts'
import { paying } from '../../src/screens/pay/payment.svelte.ts'
import { salePaper } from '../../src/screens/records/printing.svelte.ts'
import { counter } from '../../src/screens/sell/counter.svelte.ts'
import { money } from '../../src/screens/texts.svelte.ts'
import { t } from '../../src/screens/words.svelte.ts'
import { PART, type Device } from '../data/support.ts'
import { goHome, standAtTheTill } from './standing.ts'

const coffee: Sellable = { id: 'p-coffee', name: 'Café', variant: '', unit: 'pieza', by: 'piece', price: 890_000 }
const CODE = 'GC-7K2M-9QXT-0VWB-3HNP'
const CARD = { id: '0199b2a4-7000-7b00-8b00-0000004f9a21', code: giftCodeHash(CODE), balance: 10_000 }
let device: Device

async function begin(limit: number | null): Promise<void> {
  device = await standAtTheTill({}, (server) => {
    server.part = { ...PART, settings: { ...PART.settings, offline: { fiado: null, credit: null, gift_card: limit } } }
    server.giftCards = [CARD]
    server.manifest = {
      epoch: server.epoch, n: 1, version: 'v1', format: 2, count: 0, parts: [], categories: [], taxes: [], tax_groups: [], families: [], barcode_rules: [],
    }
  })
  await till().sync.now()
  counter.put(coffee, {})
}

async function goOffline(): Promise<void> {
  device.server.disturb = () => ({ when: 'before' })
  await till().sync.now()
  expect(app.sync?.online).toBe(false)
}

async function present(code = CODE): Promise<Found> {
  const card = await findCard(code)
  if (typeof card === 'string') throw new Error(card)
  payWith(card)
  return card
}

/** What the paper of the sale says of the card that paid, its blanks drawn together; a copy says nothing of it. */
function leftOnPaper(isCopy = false): readonly string[] {
  const { fact, cardsLeft: cards } = counter.done ?? {}
  if (fact === undefined || cards === undefined) throw new Error('nothing was sold')
  const paper = isCopy ? salePaper(fact, { secret: null, copy: true }) : salePaper(fact, { secret: null, copy: false, cards })
  return textOf(paper, 58).filter((line) => line.trim().startsWith('Saldo')).map((line) => line.trim().replaceAll(/ {2,}/gu, ' '))
}

const basketOf = (): SaleBasket => counter.done?.fact.body.basket as SaleBasket

async function sold(): Promise<void> {
  await vi.waitFor(() => { expect(counter.done).not.toBeNull() })
}

beforeEach(() => { app.approval = null; app.notice = null })
afterEach(async () => {
  counter.finish(null)
  paying.presented = null
  await goHome()
})

describe('a card that pays', () => {
  it('is a part of the payment as soon as it was scanned, and is asked for before it is written', async () => {
    await begin(0)
    await present()
    expect([app.zone.name, paying.isPaid]).toEqual(['pay', true])

    await charge(paying.tenders)
    await sold()

    expect(basketOf().payments).toEqual([{ method: 'gift_card', amount: 8_900, gift_card: CARD.id }])
    expect(device.server.wishes.map(({ amount, code, gift_card }) => [amount, code ?? gift_card])).toEqual([[0, CARD.code], [8_900, CARD.id]])
    expect([leftOnPaper(), leftOnPaper(true)]).toEqual([[`${t('receipt.gift_card_left')} ${money(1_100)}`], []])
  })

  it('in two parts of one sale is asked for once, and says what both leave', async () => {
    await begin(0)
    const part = { method: 'gift_card' as const, reference: null, gift_card: CARD.id }
    await charge([{ ...part, amount: 4_000 }, { ...part, amount: 4_900 }])
    await sold()

    expect(device.server.wishes.map(({ amount }) => amount)).toEqual([8_900])
    expect(leftOnPaper()).toEqual([`${t('receipt.gift_card_left')} ${money(1_100)}`])
  })

  it('and has more put on it in the same sale, says what it holds after both', async () => {
    await begin(0)
    counter.putGiftCard({ id: CARD.id, amount: 5_000, isNew: false })
    await present()
    paying.addPart()
    await charge(paying.tenders)
    await sold()

    expect(leftOnPaper()).toEqual([`${t('receipt.gift_card_left')} ${money(6_100)}`])
  })

  it('pays what it holds, and the rest comes otherwise', async () => {
    await begin(0)
    counter.put(coffee, {})
    await present()
    expect([paying.isPaid, paying.due]).toEqual([false, 7_800])
    paying.addPart()
    await charge(paying.tenders)
    await sold()

    expect(basketOf().payments).toEqual([{ method: 'gift_card', amount: 10_000, gift_card: CARD.id }, { method: 'cash', amount: 7_800 }])
  })

  it('is not spent where another till has spent it meanwhile', async () => {
    await begin(0)
    await present()
    device.server.rooms.set(CARD.id, 500)
    await charge(paying.tenders)

    await vi.waitFor(() => { expect(app.notice).toEqual({ text: t('pay.gift_card_short', { amount: money(500) }), tone: 'alert' }) })
    expect(counter.done).toBeNull()
  })

  it('does not pay for another card', async () => {
    await begin(0)
    counter.putGiftCard({ id: till().newId(), amount: 50_000, isNew: true })
    await present()

    expect(paying.parts.map(({ amount }) => amount)).toEqual([8_900])
  })
})

describe('without the server', () => {
  it('no card is known and none is spent, as at first', async () => {
    await begin(0)
    await goOffline()

    expect(await findCard(CODE)).toBe('offline')
  })

  it('a card is spent up to what the owner allows, and the till counts what it spent', async () => {
    await begin(9_000)
    await vi.waitFor(() => { expect(till().giftCards.byCode(CARD.code)).not.toBeNull() })
    await goOffline()
    expect(await present()).toMatchObject({ id: CARD.id, balance: 9_000, isSure: false })
    await charge(paying.tenders)
    await sold()

    expect(till().giftCards.byCode(CARD.code)).toMatchObject({ id: CARD.id, balance: 1_100 })
    expect(leftOnPaper()).toEqual([`${t('receipt.gift_card_left_here')} ${money(1_100)}`])
    expect(await findCard(CODE)).toMatchObject({ balance: 100 })
  })
})

describe('a card that is sold', () => {
  it('is paid with the goods, bears no tax, and its code is known by its hash alone', async () => {
    await begin(0)
    const card = till().newId()
    counter.putGiftCard({ id: card, amount: 50_000, isNew: true })
    await charge([{ method: 'cash', amount: 60_000, reference: null }])
    await sold()

    const made = counter.done?.giftCards[0]
    expect(counter.done?.totals).toMatchObject({ gross: 8_900, due: 58_900, gift_cards: 50_000, change: 1_100 })
    expect(basketOf().gift_cards).toEqual([{ id: card, amount: 50_000, code: giftCodeHash(made?.code ?? ''), page: till().hashOf(made?.page ?? '') }])
    expect(JSON.stringify(counter.done?.fact)).not.toContain(made?.code)
  })

  it('is sold alone, and more is put on one that is there', async () => {
    await begin(0)
    counter.finish(null)
    counter.putGiftCard({ id: CARD.id, amount: 2_000, isNew: false })
    expect(counter.isPayable).toBe(true)
    await charge([{ method: 'card', amount: 2_000, reference: null }])
    await sold()

    expect(basketOf()).toMatchObject({ lines: [], gift_cards: [{ id: CARD.id, amount: 2_000 }] })
    expect(counter.done?.giftCards).toEqual([])
  })
})
