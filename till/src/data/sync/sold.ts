/** A ticket of any till of the business, asked of the server: for goods that come back here. */
import type { ReturnRecorded, SaleRecorded } from '../../core/facts.ts'
import { asArray, asInteger, asObject } from '../../core/json.ts'
import type { PaperCode } from '../../core/sale.ts'
import type { Environment } from '../environment.ts'
import { callServer, NoAnswer } from './http.ts'

/** A ticket with what came back of it so far, oldest first. */
export interface SoldTicket {
  readonly at: number
  readonly sale: SaleRecorded
  readonly returns: readonly ReturnRecorded[]
  /** Whether the secret that was shown is that of a gift ticket. */
  readonly isGift: boolean
}

/** `none`: no such ticket there. `no_answer`: nobody can say. */
export type SoldFound = SoldTicket | 'none' | 'no_answer'

const WAIT_MS = 4000

/** Ask for the ticket of a paper; `hash` makes of a secret what the server knows it by. Never rejects. */
export async function askSold(environment: Environment, token: string | null, paper: PaperCode, hash: (secret: string) => string): Promise<SoldFound> {
  if (token === null) return 'no_answer'
  const query = 'secret' in paper ? `token=${hash(paper.secret)}` : `code=${encodeURIComponent(`${paper.series}-${String(paper.number)}-${paper.tail.toUpperCase()}`)}`
  try {
    const reply = await callServer({ ...environment, rhythm: { ...environment.rhythm, answer: WAIT_MS } }, { path: `sold?${query}`, token })
    if (reply.status === 404) return 'none'
    return (reply.status === 200 ? readSold(reply.json) : null) ?? 'no_answer'
  } catch (error) {
    if (error instanceof NoAnswer) return 'no_answer'
    throw error
  }
}

// The bodies are facts that the server has taken in: their shape was looked at there.
function readSold(document: unknown): SoldTicket | null {
  const row = asObject(document)
  const at = asInteger(row?.['at'], 1)
  const sale = asObject(row?.['sale'])
  const returns = asArray(row?.['returns'])
  if (at === undefined || sale === undefined || returns === undefined) return null
  return { at, sale: sale as unknown as SaleRecorded, isGift: row?.['paper'] === 'gift', returns: returns.flatMap((one) => (asObject(one)?.['body'] as ReturnRecorded | undefined) ?? []) }
}
