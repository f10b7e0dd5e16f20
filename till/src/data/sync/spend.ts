/** What a sale may spend of a buyer's account, asked of the server before it is written: two tills that can ask never spend the same money. */
import type { AccountName } from '../../core/account.ts'
import { asInteger, asObject } from '../../core/json.ts'
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

/** What there is for this sale, and the buyer as the server knows them. */
export interface Spendable {
  readonly room: number
  readonly row: unknown
  readonly known: Known
}

const WAIT_MS = 3000

/** Ask; null when nobody can say: then what is known here counts. Never rejects. */
export async function askSpend(environment: Environment, token: string, wish: Spending): Promise<Spendable | null> {
  try {
    const reply = await callServer({ ...environment, rhythm: { ...environment.rhythm, answer: WAIT_MS } }, { path: 'spend', token, body: JSON.stringify(wish) })
    const row = reply.status === 200 ? asObject(reply.json) : undefined
    const room = asInteger(row?.['room'], 0)
    return room === undefined ? null : { room, row: row?.['buyer'] ?? null, known: readKnown(row?.['known']) }
  } catch (error) {
    if (error instanceof NoAnswer) return null
    throw error
  }
}
