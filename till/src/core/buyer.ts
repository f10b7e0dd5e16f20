/** Who buys here and wants to be known, as the till needs them. Source: contracts/README.md, "Buyers". Amounts: minor units. */
import { asArray, asInteger, asObject, asText } from './json.ts'
import { fold } from './words.ts'
import { readLapses, type Lapses } from './points_lapse.ts'

export interface Buyer {
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly tax_id: string
  /** How much may be owed, and is owed. */
  readonly fiado: { readonly limit: number; readonly balance: number }
  /** What the shop owes. */
  readonly credit: number
  /** Whole points. */
  readonly points: number
  /** How they run out; null: they do not. */
  readonly lapses: Lapses | null
  /** Price lists and promotions may be for a group alone. */
  readonly group: Named | null
  /** Who may take goods on the account beside the buyer. */
  readonly authorised: readonly Named[]
  /** Cards of the same person that were joined to this one: their ids and words stand for it. */
  readonly others: readonly Pick<Buyer, 'id' | 'name' | 'phone' | 'tax_id'>[]
}

export interface Named {
  readonly id: string
  readonly name: string
}

/** What is said of somebody new; it travels as an annex, never in a fact (ruling 3). */
export interface Contact {
  readonly name: string
  readonly phone: string
  readonly email?: string
  readonly tax_id?: string
  readonly consent: readonly ('whatsapp' | 'email' | 'phone')[]
}

export const MAX_NAME = 120
export const MAX_PHONE = 30
export const MAX_EMAIL = 254
export const MAX_TAX_ID = 20

/** Read a buyer; undefined without an id. */
export function readBuyer(value: unknown): Buyer | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  if (!row || id === undefined) return undefined
  const fiado = asObject(row['fiado'])
  return {
    id, name: asText(row['name']) ?? '', phone: asText(row['phone']) ?? '', tax_id: asText(row['tax_id']) ?? '',
    fiado: { limit: asInteger(fiado?.['limit'], 0) ?? 0, balance: asInteger(fiado?.['balance']) ?? 0 },
    credit: asInteger(row['credit']) ?? 0, points: asInteger(row['points']) ?? 0, lapses: readLapses(row['lapses']), group: readNamed(row['group']) ?? null,
    authorised: (asArray(row['authorised']) ?? []).map(readNamed).filter((person) => person !== undefined),
    others: (asArray(row['others']) ?? []).map(readBuyer).filter((other) => other !== undefined),
  }
}

function readNamed(value: unknown): Named | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  return id === undefined ? undefined : { id, name: asText(row?.['name']) ?? '' }
}

/** How much more this buyer may put on account; never below nothing. */
export function headroom({ fiado }: Buyer): number {
  return Math.max(0, fiado.limit - fiado.balance)
}

/** What is known to be there of an account: what may still be owed, or what the shop owes, points in points. */
export function roomOf(buyer: Buyer, account: 'fiado' | 'credit' | 'points'): number {
  return account === 'fiado' ? headroom(buyer) : Math.max(0, buyer[account])
}

/** A buyer with what a sale, a return or a payment of this till did, which the server has not told yet: owed more, and owed to them more. */
export function withMoves(buyer: Buyer, fiado: number, credit: number, points: number): Buyer {
  if (fiado === 0 && credit === 0 && points === 0) return buyer
  return { ...buyer, fiado: { ...buyer.fiado, balance: buyer.fiado.balance + fiado }, credit: buyer.credit + credit, points: buyer.points + points }
}

/** What searches look in, folded: the name, the digits of the phone, the tax id; also of who is the same person. */
export function searched(buyer: Buyer): string {
  return [buyer, ...buyer.others].map(({ name, phone, tax_id }) => fold(`${name} ${phone.replaceAll(/\D/gu, '')} ${tax_id}`)).join(' ')
}

/** Whether every word of a search begins a word of what is searched, or stands within its digits. */
export function matches(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.startsWith(word) || text.includes(` ${word}`) || (/^\d{3,}$/u.test(word) && text.includes(word)))
}
