/** Reads the till part that the server sends. Null when something that selling needs is missing. */
import { asInteger, asList, asObject, asText, asWord } from './json.ts'
import type { JsonObject } from './json.ts'
import type { OrderKind } from './facts.ts'
import type { OrderTerms } from './order.ts'
import { readScheme } from './points.ts'
import type { FavouritePage, PinVerifier, Review, StaffMember, TillPart } from './part.ts'
import type { VoucherKind } from './voucher.ts'

const ROLES = ['owner', 'manager', 'cashier', 'stock', 'accountant', 'auditor'] as const

function textOr(value: unknown, fallback = ''): string {
  return asText(value) ?? fallback
}

function readPin(value: unknown): PinVerifier | null {
  const row = asObject(value)
  const salt = asText(row?.['salt'])
  const device_salt = asText(row?.['device_salt'])
  const verifier = asText(row?.['verifier'])
  const iterations = asInteger(row?.['iterations'], 1)
  if (salt === undefined || device_salt === undefined || verifier === undefined || iterations === undefined) return null
  return { salt, iterations, device_salt, verifier }
}

function readPerson(value: unknown): StaffMember | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const name = asText(row?.['name'])
  const role = asWord(row?.['role'], ROLES)
  if (id === undefined || name === undefined || role === undefined) return undefined
  const limits = asObject(row?.['limits'])
  return {
    id, name, role, pin: readPin(row?.['pin']),
    limits: {
      discount: asInteger(limits?.['discount'], 0) ?? 0,
      may_open_drawer: limits?.['may_open_drawer'] === true,
      may_move_cash: limits?.['may_move_cash'] === true,
      may_return: limits?.['may_return'] === true,
      may_return_without_ticket: limits?.['may_return_without_ticket'] === true,
      may_change_price: limits?.['may_change_price'] === true,
      // A server that does not speak of it yet forbids nothing that was always allowed.
      may_void: limits?.['may_void'] !== false,
      may_exceed_account: limits?.['may_exceed_account'] === true,
      may_edit_products: limits?.['may_edit_products'] === true,
      may_approve: limits?.['may_approve'] === true,
    },
  }
}

function readOrganization(row: JsonObject | undefined): TillPart['organization'] | undefined {
  const id = asText(row?.['id'])
  const currency = asObject(row?.['currency'])
  const code = asText(currency?.['code'])
  const digits = asInteger(currency?.['digits'], 0)
  if (id === undefined || code === undefined || digits === undefined) return undefined
  return {
    id, name: textOr(row?.['name']), legal_name: textOr(row?.['legal_name']), tax_id: textOr(row?.['tax_id']),
    country: textOr(row?.['country']), currency: { code, digits }, locale: textOr(row?.['locale'], 'es-MX'),
  }
}

function readStore(row: JsonObject | undefined): TillPart['store'] | undefined {
  const id = asText(row?.['id'])
  const zone = asText(row?.['zone'])
  if (id === undefined || zone === undefined) return undefined
  return {
    id, zone, code: textOr(row?.['code']), name: textOr(row?.['name']), address: textOr(row?.['address']),
    phone: textOr(row?.['phone']), day_start_minutes: asInteger(row?.['day_start_minutes'], 0) ?? 0,
    tips: asList(row?.['tips'], (rate) => asInteger(rate, 1)) ?? [],
  }
}

function readCashRounding(value: unknown): TillPart['settings']['cash_rounding'] {
  const row = asObject(value)
  const step = asInteger(row?.['step'], 1)
  const mode = asWord(row?.['mode'], ['half_up', 'half_down', 'down'] as const)
  return step === undefined || mode === undefined ? null : { step, mode }
}

function readTransfer(value: unknown): TillPart['settings']['transfer'] {
  const row = asObject(value)
  const number = asText(row?.['number'])
  return number === undefined || number === '' ? null : { holder: textOr(row?.['holder']), number }
}

function readOffline(value: unknown): TillPart['settings']['offline'] {
  const row = asObject(value)
  const of = (account: string): number | null => asInteger(row?.[account], 0) ?? null
  // A server that says nothing of cards, or of points, lets none be spent without asking.
  const said = (account: string): number | null => (row !== undefined && account in row ? of(account) : 0)
  return { fiado: of('fiado'), credit: of('credit'), gift_card: said('gift_card'), points: said('points'), coupon: said('coupon') }
}

const USUAL_DAYS: Readonly<Record<OrderKind, number>> = { layaway: 30, special: 7, repair: 7, delivery: 1, quote: 15 }

function readTerms(row: JsonObject | undefined): TillPart['settings']['orders'] {
  const of = (kind: OrderKind): OrderTerms => {
    const said = asObject(row?.[kind])
    return {
      days: asInteger(said?.['days'], 0) ?? USUAL_DAYS[kind],
      deposit_share: asInteger(said?.['deposit_share'], 0) ?? 0,
      kept_share: asInteger(said?.['kept_share'], 0) ?? 0,
    }
  }
  return { layaway: of('layaway'), special: of('special'), repair: of('repair'), delivery: of('delivery'), quote: of('quote') }
}

function readVoucher(value: unknown): VoucherKind | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const change = asWord(row?.['change'], ['none', 'cash', 'credit'] as const)
  const number = asWord(row?.['number'], ['no', 'may', 'must'] as const)
  if (id === undefined || change === undefined || number === undefined) return undefined
  const amount = (name: string): number | null => asInteger(row?.[name], 1) ?? null
  return {
    id, change, number, name: textOr(row?.['name']), values: asList(row?.['values'], (one) => asInteger(one, 1)) ?? [], change_max: amount('change_max'), limit: amount('limit'),
    without: asList(row?.['without'], asText) ?? [], back: row?.['back'] === 'cash' ? 'cash' : 'credit',
  }
}

function readReview(value: unknown): Review | undefined {
  const row = asObject(value)
  const journal = asText(row?.['journal'])
  const watermark = asInteger(row?.['watermark'], 0)
  const seqs = readSeqs(row?.['seqs'])
  const refused = readSeqs(row?.['waiting_refused']) ?? null
  return journal === undefined || watermark === undefined || !seqs ? undefined : { journal, watermark, seqs, refused }
}

function readSeqs(value: unknown): readonly number[] | undefined {
  return asList(value, (seq) => asInteger(seq, 1))
}

/** What the document of `GET till` says of parked and refused facts; nothing where it does not speak of them. */
export function readReviews(value: unknown): readonly Review[] {
  return asList(asObject(value)?.['parked'], readReview) ?? []
}

function readFavourites(document: JsonObject | undefined): readonly FavouritePage[] | null {
  const pages = asList(document?.['favourites'], (value) => {
    const row = asObject(value)
    const products = asList(row?.['products'], asText)
    return products && { name: textOr(row?.['name']), products }
  })
  return pages ?? null
}

/** Read the document of `GET till`. */
export function readPart(value: unknown): TillPart | null {
  const document = asObject(value)
  const organization = readOrganization(asObject(document?.['organization']))
  const store = readStore(asObject(document?.['store']))
  const till = asObject(document?.['till'])
  const id = asText(till?.['id'])
  const staff = asList(document?.['staff'], readPerson)
  const settings = asObject(document?.['settings'])
  const tax_rounding = asWord(settings?.['tax_rounding'], ['line', 'document'] as const)
  if (!organization || !store || id === undefined || !staff || !settings || tax_rounding === undefined) return null
  return {
    organization, store, staff,
    favourites: readFavourites(document),
    till: { id, code: textOr(till?.['code']), name: textOr(till?.['name']), series: textOr(till?.['series']) },
    settings: {
      ...settings,
      prices_include_tax: settings['prices_include_tax'] === true,
      tax_rounding,
      cash_rounding: readCashRounding(settings['cash_rounding']),
      public_url: asText(settings['public_url']) ?? null,
      receipt_footer: textOr(settings['receipt_footer']),
      blind_count: settings['blind_count'] !== false,
      count_tolerance: asInteger(settings['count_tolerance'], 0) ?? null,
      transfer: readTransfer(settings['transfer']),
      offline: readOffline(settings['offline']),
      points: readScheme(settings['points']),
      vouchers: asList(settings['vouchers'], readVoucher) ?? [],
      orders: readTerms(asObject(settings['orders'])),
    },
  }
}
