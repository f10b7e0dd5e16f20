/** What a sale may spend of a buyer's account, asked of the server before it is written: two tills that can ask never spend the same money. */
import type { AccountName } from '../../core/account.ts'
import type { GiftCard } from '../../core/gift_card.ts'
import { asInteger, asObject, asText } from '../../core/json.ts'
import { readKnown, type Known } from '../catalogue/rows.ts'
import type { Environment } from '../environment.ts'
import { callServer, NoAnswer } from './http.ts'

/** A wish: so much of this account for this sale; 0 lets go of what was kept for it. */
export interface Spending {
  readonly sale: string
  readonly buyer: string
  readonly account: AccountName
  readonly amount: number
}

/** The same of a gift card: by its id, or by the hash of its code. */
export interface CardWish {
  readonly sale: string
  readonly amount: number
  readonly card: { readonly gift_card: string } | { readonly code: string }
}

/** What there is of a card for this sale; a code that the server does not know; or nobody can say. */
export type CardRoom = { readonly room: number; readonly card: GiftCard } | 'unknown' | null

/** What there is for this sale, and the buyer as the server knows them. */
export interface Spendable {
  readonly room: number
  readonly row: unknown
  readonly known: Known
}

const WAIT_MS = 3000

/** Ask; null when nobody can say: then what is known here counts. Never rejects. */
export async function askSpend(environment: Environment, token: string, wish: Spending): Promise<Spendable | null> {
  const reply = await askWaiting(environment, token, 'spend', wish)
  const row = reply?.status === 200 ? asObject(reply.json) : undefined
  const room = asInteger(row?.['room'], 0)
  return room === undefined ? null : { room, row: row?.['buyer'] ?? null, known: readKnown(row?.['known']) }
}

/** The same of a gift card. */
export async function askCard(environment: Environment, token: string, { sale, amount, card }: CardWish): Promise<CardRoom> {
  const reply = await askWaiting(environment, token, 'spend', { sale, account: 'gift_card', amount, ...card })
  if (reply?.status === 404) return 'unknown'
  const answer = reply?.status === 200 ? asObject(reply.json) : undefined
  const row = asObject(answer?.['gift_card'])
  const [room, id, balance] = [asInteger(answer?.['room'], 0), asText(row?.['id']), asInteger(row?.['balance'])]
  if (room === undefined || id === undefined || balance === undefined) return null
  return { room, card: { id, balance, isBlocked: row?.['blocked'] === true, isUnspent: row?.['unspent'] === true } }
}

/** Ask at a door while a sale waits; null when nobody answers in time. Never rejects. */
export async function askWaiting(environment: Environment, token: string, door: string, wish: object): Promise<Awaited<ReturnType<typeof callServer>> | null> {
  try {
    return await callServer({ ...environment, rhythm: { ...environment.rhythm, answer: WAIT_MS } }, { path: door, token, body: JSON.stringify(wish) })
  } catch (error) {
    if (error instanceof NoAnswer) return null
    throw error
  }
}
