/**
 * A day at a till, a fact of each kind, and the next day's ticket paid by vouchers: the worked examples of contracts/examples/facts and of vectors/facts.
 * The arithmetic of the sale: 2 x 89.00 = 178.00, less 10 % = 160.20, IVA 16 % within = 22.10; 0.750 x 38.00 = 28.50 at 0 %; 188.70 due;
 * 100.00 by card, 88.70 of 100.00 in cash, 11.30 change. One bag of coffee comes back: 80.10 in cash, 11.05 of it tax.
 * 50.00 are paid on account by transfer. A repair of 89.00 is ordered, 50.00 paid of it by card, and cancelled: 45.00 go back.
 * A gift card of 20.00 is taken back, by transfer. A point for each 10.00: 18 of 188.70, and round(18 x 80.10 / 188.70) = 8 go back with the coffee.
 * The drawer: 500.00 + 88.70 - 80.10 - 150.00 = 358.60, counted 358.40.
 *
 * The next day 89.00 + 38.00 = 127.00 are paid by vouchers. One of 50.00 that may pay no coffee pays the 38.00: of its rest 10.00 go back in cash,
 * 2.00 stay with the shop. Two of 50.00 pay the 89.00, and 11.00 are owed to the buyer. So 150.00 lie there as paper and the drawer has 10.00 less.
 *
 * The day after, a single-use coupon takes 10 % off a bag of coffee: 89.00 - 8.90 = 80.10, IVA 16 % within = 11.05, in cash.
 */
import type { FactInput } from '../../src/core/chain.ts'
import type { Annex } from '../../src/core/facts.ts'
import { makeAnnex } from '../../src/core/chain.ts'

/** A key for tests only: its private half is public. */
export const TEST_KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: 'yO33_eZYfg8A1030fhsI2MaGH_KoOEkucEef4sYbwd0',
  y: 'Xl2dwS_ILj1OdSE7b5q8ZkhlxhYmcQvkyEbb8VTxmyI',
  d: '-KufYdvaCwLm-PGmkDkpJbM7R8IQEx4C7sTNIOB5nr8',
}
export const PUBLIC_KEY = 'BMjt9_3mWH4PANdN9H4bCNjGhh_yqDhJLnBHn-LGG8HdXl2dwS_ILj1OdSE7b5q8ZkhlxhYmcQvkyEbb8VTxmyI'

export const JOURNAL = '0199b2a4-7000-7a00-8a00-000000000001'
const id = (n: number): string => `0199b2a4-7000-7b00-8b00-${String(n).padStart(12, '0')}`
const ROSA = id(901)
const MANAGER = id(902)
const LUIS = id(904)
const SHIFT = id(10)
const SALE = id(11)
const APPROVAL = id(3)
const START = 1764032400000
const NOTE: Annex = makeAnnex(id(801), Uint8Array.from({ length: 16 }, (_, i) => i), 'Molido grueso, para prensa. Ñandú «así» ☕')

export const FOR_WHOM: Annex = makeAnnex(id(804), Uint8Array.from({ length: 16 }, (_, i) => i + 48), 'Para mi abuela, que ya no come azúcar')

export const OWN_WORDS: Annex = makeAnnex(id(805), Uint8Array.from({ length: 16 }, (_, i) => i + 64), 'Dos frascos, del que no pica')

export const DETAILS: Annex = makeAnnex(id(803), Uint8Array.from({ length: 16 }, (_, i) => i + 32), 'Zapatos negros, n.º 40: tapas de goma')

const basket = {
  version: 1,
  currency: { code: 'MXN', digits: 2 },
  prices_include_tax: true,
  tax_rounding: 'line',
  cash_rounding: null,
  taxes: [
    { code: 'IVA16', kind: 'percent', rate: 160000, in_base: false },
    { code: 'IVA0', kind: 'percent', rate: 0, in_base: false },
  ],
  lines: [
    {
      id: '1', quantity: 2000, unit_price: 890000, discount: { percent: 100000 }, taxes: ['IVA16'],
      product_id: id(701), name: 'Café de olla molido 250 g', unit: 'pz', note_annex: NOTE.id,
    },
    {
      id: '2', quantity: 750, unit_price: 380000, discount: null, taxes: ['IVA0'],
      product_id: id(702), name: 'Jitomate saladet', unit: 'kg', note_annex: null,
    },
  ],
  discount: null,
  tip: 0,
  payments: [{ method: 'card', amount: 10000 }, { method: 'cash', amount: 10000 }],
}

const taxes = [
  { code: 'IVA16', base: 13810, amount: 2210 },
  { code: 'IVA0', base: 2850, amount: 0 },
]

const totals = {
  version: 1,
  engine: 1,
  lines: [
    { id: '1', list: 17800, discount: 1780, share: 0, net: 13810, tax: 2210, gross: 16020, taxes: taxes.slice(0, 1) },
    { id: '2', list: 2850, discount: 0, share: 0, net: 2850, tax: 0, gross: 2850, taxes: taxes.slice(1) },
  ],
  list: 20650, discount: 1780, net: 16660, tax: 2210, gross: 18870, taxes,
  tip: 0, due: 18870, rounding: 0, paid: 20000, change: 1130, missing: 0,
}

const voucherTaxes = [{ code: 'IVA16', base: 7672, amount: 1228 }, { code: 'IVA0', base: 3800, amount: 0 }]
const voucherBasket = {
  ...basket,
  lines: basket.lines.map((line) => ({ ...line, quantity: 1000, discount: null, note_annex: null })),
  payments: [
    { method: 'voucher', amount: 3800, voucher: { kind: id(981), name: 'Despensa', slips: [{ value: 5000, number: 'SD-0001' }], surplus: 200, change: 1000 } },
    { method: 'voucher', amount: 8900, voucher: { kind: id(982), name: 'Municipio', slips: [{ value: 5000 }, { value: 5000 }], credit: 1100 } },
  ],
}
const voucherTotals = {
  version: 1, engine: 1,
  lines: [
    { id: '1', list: 8900, discount: 0, share: 0, net: 7672, tax: 1228, gross: 8900, taxes: voucherTaxes.slice(0, 1) },
    { id: '2', list: 3800, discount: 0, share: 0, net: 3800, tax: 0, gross: 3800, taxes: voucherTaxes.slice(1) },
  ],
  list: 12700, discount: 0, net: 11472, tax: 1228, gross: 12700, taxes: voucherTaxes, tip: 0, due: 12700, rounding: 0, paid: 12700, change: 0, missing: 0,
}
const voucherKinds = [{ kind: id(981), name: 'Despensa', slips: 1, amount: 5000 }, { kind: id(982), name: 'Municipio', slips: 2, amount: 10000 }]
const voucherFigures = {
  sales: 1, visits_without_sale: 0, first_number: 8, last_number: 8,
  gross: 12700, net: 11472, tax: 1228, discount: 0, rounding: 0, tips: 0, taxes: voucherTaxes,
  payments: [
    { method: 'cash' as const, amount: -1000 }, { method: 'voucher' as const, amount: 15000 }, { method: 'credit' as const, amount: -1100 },
    { method: 'surplus' as const, amount: -200 },
  ],
  float: 50000, cash_in: 0, cash_out: 0, drawer_openings: 0, reprints: 0,
  vouchers: { kinds: voucherKinds, surplus: 200, change: 1000, credit: 1100 },
}

const couponTaxes = [{ code: 'IVA16', base: 6905, amount: 1105 }]
const couponBasket = {
  ...basket, taxes: basket.taxes.slice(0, 1), payments: [{ method: 'cash', amount: 8010 }],
  lines: basket.lines.slice(0, 1).map((line) => ({ ...line, quantity: 1000, discount: null, note_annex: null })),
  promotions: [{ id: id(995), name: 'Bienvenida', kind: 'each', reward: { percent: 100000 }, lines: ['1'] }],
}
const couponTotals = {
  version: 1, engine: 2,
  lines: [{
    id: '1', list: 8900, discount: 0, savings: [{ promotion: id(995), amount: 890 }], share: 0, net: 6905, tax: 1105, gross: 8010, taxes: couponTaxes,
  }],
  list: 8900, discount: 0, savings: 890, promotions: [{ promotion: id(995), amount: 890 }], net: 6905, tax: 1105, gross: 8010, taxes: couponTaxes, tip: 0, due: 8010, rounding: 0, paid: 8010, change: 0, missing: 0,
}

const orderBasket = {
  ...basket, taxes: basket.taxes.slice(0, 1), payments: [],
  lines: [{
    id: '1', quantity: 1000, unit_price: 890000, discount: null, taxes: ['IVA16'], product_id: id(701), name: 'Cambio de tapas', unit: 'pz', note_annex: null,
  }],
}

const orderTaxes = [{ code: 'IVA16', base: 7672, amount: 1228 }]
const orderTotals = {
  version: 1, engine: 1, lines: [{ id: '1', list: 8900, discount: 0, share: 0, net: 7672, tax: 1228, gross: 8900, taxes: orderTaxes }],
  list: 8900, discount: 0, net: 7672, tax: 1228, gross: 8900, taxes: orderTaxes, tip: 0, due: 8900, rounding: 0, paid: 0, change: 0, missing: 8900,
}

const backTaxes = [{ code: 'IVA16', base: 6905, amount: 1105 }]
const returned = {
  version: 1 as const,
  currency: { code: 'MXN', digits: 2 },
  cash_rounding: null,
  lines: [
    {
      id: '1', quantity: 1000, sold: { quantity: 2000, gross: 16020, taxes: taxes.slice(0, 1) }, before: null, line: 0,
      reason: 'not_needed', goods: 'shelf' as const, product_id: id(701), name: 'Café de olla molido 250 g', unit: 'pz',
    },
  ],
  refunds: [{ method: 'cash', amount: 8010 }],
}
const returnTotals = {
  version: 1 as const, engine: 1,
  lines: [{ id: '1', net: 6905, tax: 1105, gross: 8010, taxes: backTaxes }],
  net: 6905, tax: 1105, gross: 8010, taxes: backTaxes, rounding: 0, paid: 8010, change: 0, missing: 0,
}

const CONTACT: Annex = makeAnnex(id(802), Uint8Array.from({ length: 16 }, (_, i) => 16 + i), JSON.stringify({ name: 'Lucía Ñandú', phone: '951 555 0102', consent: ['whatsapp'] }))

const figures = {
  sales: 1, visits_without_sale: 1, first_number: 1, last_number: 7,
  gross: 18870, net: 16660, tax: 2210, discount: 1780, rounding: 0, tips: 0, taxes,
  payments: [{ method: 'cash' as const, amount: 860 }, { method: 'card' as const, amount: 10500 }, { method: 'transfer' as const, amount: 3000 }],
  float: 50000, cash_in: 0, cash_out: 15000, drawer_openings: 1, reprints: 1,
  returned: {
    returns: 1, gross: 8010, net: 6905, tax: 1105, rounding: 0, taxes: backTaxes, refunds: [{ method: 'cash' as const, amount: 8010 }],
  },
  accounts: { payments: 1, amount: 5000 },
  orders: { opened: 1, payments: 1, paid: 5000, back: 4500, kept: 500 },
  gift_cards: { sold: 0, amount: 0, back: 2000 },
}

/** What is said, and when, in the order of its writing; `of`: what it is an example of, where it is not the first of its kind. */
export const DAY: readonly (FactInput & { readonly now: number; readonly title: string; readonly of?: string })[] = [
  {
    title: 'A journal begins', now: START, id: id(1), kind: 'journal.opened', staff: null,
    body: {
      organization: id(501), store: id(502), till: id(503), series: 'A1', replaces: null, server_head: null,
      public_key: PUBLIC_KEY, protocol: 1, app: 'mostrador-till 0.1.0',
    },
  },
  {
    title: 'Rosa opens the shift with 500.00', now: START + 60_000, id: id(2), kind: 'shift.opened', staff: ROSA,
    body: { shift: SHIFT, business_date: '2025-11-24', currency: 'MXN', float: 50000, clock_offset_ms: -1200 },
  },
  {
    title: 'The manager allows 10 % off', now: START + 120_000, id: APPROVAL, kind: 'approval.given', staff: ROSA,
    body: { approver: MANAGER, action: 'discount', reason: 'damaged', amount: 1780 },
  },
  {
    title: 'Ticket A1-1: coffee and tomatoes, by card and in cash; Lucía earns 18 points', now: START + 120_000, id: id(4), kind: 'sale.recorded', staff: ROSA,
    visit: { id: id(601), opened_at: START + 90_000 },
    body: {
      sale: SALE, shift: SHIFT, series: 'A1', number: 1, basket, totals,
      references: [{ payment: 0, value: 'AUT-482913' }],
      tokens: [{ kind: 'ticket', hash: '7c4a8d09ca3762af61e59520943dc26494f8941b3c6f6d1d0a4e1b2c3d4e5f60' }],
      approvals: [APPROVAL], catalogue: { epoch: id(504), n: 18 },
      price_changes: [{ line: '2', list_price: 400000 }], voided: { times: 2, amount: 3700 },
      buyer: id(951), points: { scheme: id(971), earned: 18, spent: 0, without: [] },
    },
    annexes: [NOTE],
  },
  {
    title: 'Somebody was helped and needed nothing', now: START + 110_000, id: id(5), kind: 'visit.closed', staff: ROSA,
    visit: { id: id(602), opened_at: START + 100_000 },
    body: { shift: SHIFT, by_product: 'nothing_needed', voided: { times: 1, amount: 1850 }, not_sold: { times: 1, amount: 38000 }, approvals: [], unknown_codes: ['7501030459941', 'ZAP-38.N'] },
  },
  {
    title: '150.00 leave the drawer for the baker', now: START + 300_000, id: id(6), kind: 'cash.moved', staff: ROSA,
    body: { shift: SHIFT, direction: 'out', currency: 'MXN', amount: 15000, reason: 'supplier', approvals: [] },
  },
  {
    title: 'The drawer is opened to give change', now: START + 400_000, id: id(7), kind: 'drawer.opened', staff: ROSA,
    body: { shift: SHIFT, reason: 'change', approvals: [] },
  },
  {
    title: 'A copy of ticket A1-1', now: START + 500_000, id: id(8), kind: 'ticket.reprinted', staff: ROSA,
    body: { sale: SALE, tokens: [{ kind: 'reprint', hash: '3d4e5f607c4a8d09ca3762af61e59520943dc26494f8941b3c6f6d1d0a4e1b2c' }] },
  },
  {
    title: 'A bag of coffee of ticket A1-1 comes back, and 8 of the points go with it', now: START + 600_000, id: id(9), kind: 'return.recorded', staff: ROSA,
    visit: { id: id(603), opened_at: START + 590_000 },
    body: {
      return: id(12), shift: SHIFT, series: 'A1', number: 2, sale: { id: SALE, series: 'A1', number: 1 }, knew: [],
      document: returned, totals: returnTotals, references: [], approvals: [],
      buyer: id(951), points: { buyer: id(951), taken: { whole: 18, of: 18870, now: 8010, before: 0, points: 8 } },
    },
  },
  {
    title: 'Somebody wants to be known', now: START + 700_000, id: id(13), kind: 'buyer.met', staff: ROSA,
    body: { buyer: id(951), contact: CONTACT.id }, annexes: [CONTACT],
  },
  {
    title: '50.00 of what stood on account, by transfer', now: START + 800_000, id: id(14), kind: 'account.paid', staff: ROSA,
    visit: { id: id(604), opened_at: START + 790_000 },
    body: {
      payment: id(15), buyer: id(951), shift: SHIFT, series: 'A1', number: 3, currency: 'MXN', amount: 5000,
      payments: [{ method: 'transfer', amount: 5000 }], change: 0, references: [{ payment: 0, value: 'TR-77' }], approvals: [],
    },
  },
  {
    title: 'Soles are to be replaced by Friday: a repair at 89.00', now: START + 810_000, id: id(16), kind: 'order.opened', staff: ROSA,
    visit: { id: id(605), opened_at: START + 805_000 },
    annexes: [DETAILS],
    body: {
      order: id(17), kind: 'repair', shift: SHIFT, series: 'A1', number: 4, basket: orderBasket, totals: orderTotals,
      due: { promise: id(18), by: '2025-11-28' }, kept_share: 100000, details: DETAILS.id, tokens: [{ kind: 'ticket', hash: 'd'.repeat(64) }],
      approvals: [], catalogue: { epoch: id(500), n: 412 }, buyer: id(951),
    },
  },
  {
    title: '50.00 of it at once, by card: 43.10 and 6.90 of tax', now: START + 811_000, id: id(19), kind: 'order.paid', staff: ROSA,
    visit: { id: id(605), opened_at: START + 805_000 },
    body: {
      payment: id(21), order: id(17), shift: SHIFT, series: 'A1', number: 5, currency: 'MXN', amount: 5000, payments: [{ method: 'card', amount: 5000 }],
      change: 0, shares: [{ line: '1', net: 4310, taxes: [{ code: 'IVA16', amount: 690 }] }], references: [{ payment: 0, value: 'VI-9' }], approvals: [],
    },
  },
  {
    title: 'The soles have come loose again: a day later, as agreed', now: START + 812_000, id: id(22), kind: 'order.changed', staff: ROSA,
    body: { order: id(17), shift: SHIFT, step: null, due: { promise: id(23), by: '2025-11-29' }, told: true },
  },
  {
    title: 'The buyer wants them back as they are: 45.00 go back, 5.00 are kept', now: START + 813_000, id: id(24), kind: 'order.closed', staff: ROSA,
    visit: { id: id(606), opened_at: START + 812_500 },
    body: {
      order: id(17), shift: SHIFT, series: 'A1', number: 6, currency: 'MXN', outcome: 'cancelled', paid: 5000,
      refunds: [{ method: 'card', amount: 4500 }], kept: { amount: 500, taxes: [] }, references: [], approvals: [], buyer: id(951),
    },
  },
  {
    title: 'A gift card of 20.00 is taken back, unspent: its money goes back by transfer', now: START + 820_000, id: id(25), kind: 'gift_card.refunded', staff: ROSA,
    visit: { id: id(607), opened_at: START + 819_000 },
    body: { refund: id(26), gift_card: id(961), shift: SHIFT, series: 'A1', number: 7, currency: 'MXN', amount: 2000, method: 'transfer', approvals: [] },
  },
  {
    title: 'Z 1: twenty cents are missing', now: START + 36_000_000, id: id(20), kind: 'shift.closed', staff: ROSA,
    body: {
      shift: SHIFT, z: 1, business_date: '2025-11-24', currency: 'MXN',
      expected: [{ method: 'cash', amount: 35860 }, { method: 'card', amount: 10500 }, { method: 'transfer', amount: 3000 }],
      counted: [{ method: 'cash', amount: 35840 }, { method: 'card', amount: 10500 }, { method: 'transfer', amount: 3000 }],
      difference: [{ method: 'cash', amount: -20 }, { method: 'card', amount: 0 }, { method: 'transfer', amount: 0 }],
      denominations: [20000, 10000, 5000, 500, 200, 100, 20].map((value) => ({ value, count: value === 20 ? 2 : 1 })),
      figures, perpetual: 18870, reason: 'miscounted', recounts: 1,
    },
  },
  {
    title: 'Another repair was looked at: 89.00, the buyer said by telephone that it is fine', now: START + 36_100_000, id: id(27), kind: 'order.repriced', staff: ROSA,
    body: { order: id(28), shift: SHIFT, basket: orderBasket, totals: orderTotals, agreed: 'phone', approvals: [], catalogue: { epoch: id(500), n: 412 } },
  },
  {
    title: 'The next morning', of: 'vouchers', now: START + 86_400_000, id: id(29), kind: 'shift.opened', staff: ROSA,
    body: { shift: id(30), business_date: '2025-11-25', currency: 'MXN', float: 50000, clock_offset_ms: -1200 },
  },
  {
    title: 'Ticket A1-8 by vouchers of two kinds: of their rest 10.00 go back in cash, 2.00 stay, and 11.00 are owed to Lucía', of: 'vouchers',
    now: START + 86_500_000, id: id(31), kind: 'sale.recorded', staff: ROSA,
    visit: { id: id(608), opened_at: START + 86_490_000 },
    body: {
      sale: id(32), shift: id(30), series: 'A1', number: 8, basket: voucherBasket, totals: voucherTotals, references: [],
      tokens: [{ kind: 'ticket', hash: '5f607c4a8d09ca3762af61e59520943dc26494f8941b3c6f6d1d0a4e1b2c3d4e' }],
      approvals: [], catalogue: { epoch: id(504), n: 18 }, buyer: id(951),
    },
  },
  {
    title: 'Z 2: three vouchers should lie in the drawer, and one of the second kind lacks', of: 'vouchers',
    now: START + 122_400_000, id: id(33), kind: 'shift.closed', staff: ROSA,
    body: {
      shift: id(30), z: 2, business_date: '2025-11-25', currency: 'MXN',
      expected: [{ method: 'cash', amount: 49000 }, { method: 'voucher', amount: 15000 }],
      counted: [{ method: 'cash', amount: 49000 }, { method: 'voucher', amount: 10000 }],
      difference: [{ method: 'cash', amount: 0 }, { method: 'voucher', amount: -5000 }],
      denominations: [{ value: 1000, count: 49 }],
      figures: voucherFigures, perpetual: 31570, reason: 'miscounted', recounts: 1,
      vouchers: [{ kind: id(981), name: 'Despensa', slips: 1, amount: 5000 }, { kind: id(982), name: 'Municipio', slips: 1, amount: 5000 }],
    },
  },
  {
    title: 'Somebody looks for a gift of at most 300.00 for Friday, and says for whom', now: START + 86_600_000, id: id(34), kind: 'need.stated', staff: ROSA,
    visit: { id: id(609), opened_at: START + 86_599_000 },
    body: { shift: id(30), chip: id(991), origin: 'buyer_said', max_spend: 30000, needed_by: '2025-11-28', text: FOR_WHOM.id },
    annexes: [FOR_WHOM],
  },
  {
    title: 'It was another chip: taken back', now: START + 86_604_000, id: id(35), kind: 'record.undone', staff: ROSA,
    body: { record: id(34) },
  },
  {
    title: 'To get mole by Thursday is promised, in the shop\'s own words', now: START + 86_606_000, id: id(36), kind: 'promise.made', staff: ROSA,
    visit: { id: id(609), opened_at: START + 86_599_000 },
    body: { promise: id(951), shift: id(30), chip: id(992), due: '2025-11-27', clock_offset_ms: -1200, product: id(101), text: OWN_WORDS.id },
    annexes: [OWN_WORDS],
  },
  {
    title: 'Another day is agreed by telephone', now: START + 86_608_000, id: id(37), kind: 'promise.renegotiated', staff: ROSA,
    body: { promise: id(951), shift: id(30), due: '2025-11-29', revision: 0, told: 'phone', clock_offset_ms: -1200 },
  },
  {
    title: 'The mole is here, and its buyer knows', now: START + 86_610_000, id: id(38), kind: 'promise.kept', staff: ROSA,
    body: { promise: id(951), shift: id(30), evidence: 'told', clock_offset_ms: -1200 },
  },
  {
    title: 'The buyer of another does not want it any more', now: START + 86_612_000, id: id(39), kind: 'promise.released', staff: ROSA,
    body: { promise: id(952), shift: id(30), revision: 1 },
  },
  {
    title: 'A third was promised to nobody', now: START + 86_614_000, id: id(40), kind: 'promise.voided', staff: ROSA,
    body: { promise: id(953), shift: id(30), reason: 'mistake' },
  },
  {
    title: 'Told that another coffee does the same for less, of two that do', now: START + 86_700_000, id: id(41), kind: 'recommendation.made', staff: ROSA,
    visit: { id: id(609), opened_at: START + 86_599_000 },
    body: {
      shift: id(30), kind: 'own_cheaper', reason: 'same_job_cheaper', target: id(992), need: id(34), instead_of: id(993), eligible: [id(992), id(993)],
      ranker: 1, inputs: ['need', 'price', 'in_reach', 'returns'],
    },
  },
  {
    title: 'Told that a shop in the next street repairs it better', of: 'other_shop', now: START + 86_710_000, id: id(42), kind: 'recommendation.made', staff: ROSA,
    visit: { id: id(610), opened_at: START + 86_705_000 },
    body: { shift: id(30), kind: 'other_shop', reason: 'they_specialise', target: id(994), eligible: [], ranker: 1, inputs: [] },
  },
  {
    title: 'Luis joins Rosa: he knows moles', now: START + 86_720_000, id: id(43), kind: 'handoff.made', staff: ROSA,
    visit: { id: id(609), opened_at: START + 86_599_000 },
    body: { shift: id(30), to: LUIS, part: 'joins' },
  },
  {
    title: 'Asked whether the coffee is ground, and told that it is, as its sheet says', now: START + 86_730_000, id: id(70), kind: 'claim.stated', staff: ROSA,
    visit: { id: id(609), opened_at: START + 86_599_000 },
    body: { shift: id(30), product: id(992), said: 'yes', sheet: id(971), point: id(972) },
  },
  {
    title: 'Asked whether it keeps for a month: nobody knows, and it was promised to find out', of: 'found_out', now: START + 86_740_000, id: id(71), kind: 'claim.stated', staff: ROSA,
    visit: { id: id(609), opened_at: START + 86_599_000 },
    body: { shift: id(30), product: id(992), said: 'unsure', topic: id(973), promise: id(974) },
  },
  {
    title: 'The shelf says 85.00 and the till 89.00', now: START + 86_750_000, id: id(72), kind: 'shelf_price.stated', staff: ROSA,
    visit: { id: id(609), opened_at: START + 86_599_000 },
    body: { shift: id(30), product: id(993), shelf_price: 850_000, till_price: 890_000 },
  },
  {
    title: 'The third morning', of: 'coupons', now: START + 172_800_000, id: id(1036), kind: 'shift.opened', staff: ROSA,
    body: { shift: id(1037), business_date: '2025-11-26', currency: 'MXN', float: 50000, clock_offset_ms: -1200 },
  },
  {
    title: 'Ticket A1-9: coffee at 10 % less by a single-use coupon; one code that was scanned no product carries', of: 'coupons',
    now: START + 172_900_000, id: id(1038), kind: 'sale.recorded', staff: ROSA,
    visit: { id: id(1610), opened_at: START + 172_890_000 },
    body: {
      sale: id(1039), shift: id(1037), series: 'A1', number: 9, basket: couponBasket, totals: couponTotals, references: [],
      tokens: [{ kind: 'ticket', hash: '0a4e1b2c3d4e5f607c4a8d09ca3762af61e59520943dc26494f8941b3c6f6d1d' }],
      approvals: [], catalogue: { epoch: id(504), n: 19 }, coupons: [{ id: id(996), promotion: id(995) }], unknown_codes: ['7501030459941'],
    },
  },
  {
    title: 'The page of ticket A1-9 is closed: its paper was left on the counter', now: START + 172_960_000, id: id(1040), kind: 'page.closed', staff: ROSA,
    body: { sale: id(1039), hash: '0a4e1b2c3d4e5f607c4a8d09ca3762af61e59520943dc26494f8941b3c6f6d1d' },
  },
  {
    title: 'Somebody tries 20 g of a cheese, after hearing what it contains', now: START + 172_970_000, id: id(1041), kind: 'sample.given', staff: ROSA,
    visit: { id: id(1611), opened_at: START + 172_969_000 },
    body: { shift: id(1037), product: id(104), quantity: 20, lot: 'L-2025-11', told: true },
  },
]

export { CONTACT, NOTE }
