/** Pairing: a code of the office becomes a journal with a key, a token and a series of its own. */
import { asInteger, asObject, asText } from '../../core/json.ts'
import type { Environment } from '../environment.ts'
import { makeDeviceKey } from '../keys.ts'
import type { DeviceKey } from '../keys.ts'
import type { Journal, Opening } from '../journal/journal.ts'
import type { PairResult } from '../types.ts'
import { callServer } from './http.ts'
import type { Reply } from './http.ts'

/** A pairing that was asked for: kept until it is answered, so that asking again asks for the same. */
interface Pending extends DeviceKey {
  readonly code: string | null
  readonly journal: string
  readonly replaces: string | null
}

interface PairAnswer {
  readonly token: string
  readonly organization: string
  readonly store: string
  readonly till: string
  readonly series: string
  readonly epoch: string
  readonly server_head: Opening['server_head']
}

function idOf(value: unknown): string | undefined {
  return asText(value) ?? asText(asObject(value)?.['id'])
}

function readPairAnswer(value: unknown): PairAnswer | null {
  const document = asObject(value)
  const token = asText(document?.['token'])
  const organization = idOf(document?.['organization'])
  const store = idOf(document?.['store'])
  const till = idOf(document?.['till'])
  const series = asText(document?.['series'])
  const epoch = asText(document?.['epoch'])
  if (token === undefined || series === undefined || epoch === undefined) return null
  if (organization === undefined || store === undefined || till === undefined) return null
  const head = asObject(document?.['server_head'])
  const seq = asInteger(head?.['seq'], 0)
  const hash = asText(head?.['hash'])
  const server_head = seq === undefined || hash === undefined ? null : { seq, hash }
  return { token, organization, store, till, series, epoch, server_head }
}

async function pending(environment: Environment, journal: Journal, code: string | null): Promise<Pending> {
  const replaces = journal.current.get()?.id ?? null
  const before = await journal.meta<Pending>('pairing')
  if (before && before.code === code && before.replaces === replaces) return before
  if (!environment.subtle) throw new Error('no keys without a secure context')
  const key = await makeDeviceKey(environment.subtle)
  const made: Pending = { ...key, code, journal: journal.newId(), replaces }
  await journal.setMeta('pairing', made)
  return made
}

/** What became of a pairing; `epoch` comes with the new journal. */
export type Paired = { readonly ok: true; readonly epoch: string } | Exclude<PairResult, { ok: true }>

const REASONS: Readonly<Record<number, Exclude<PairResult, { ok: true }>['reason']>> = {
  400: 'unknown_code', 401: 'unknown_code', 404: 'unknown_code', 409: 'code_used', 410: 'code_used', 429: 'too_many_tries',
}

/** Ask for a journal: with a code from the office, or by the token of the journal that is to be replaced (`code` null). */
export async function pair(environment: Environment, journal: Journal, code: string | null): Promise<Paired> {
  const asked = await pending(environment, journal, code)
  const { journal: id, public_key, replaces } = asked
  const token = code === null ? journal.current.get()?.token : undefined
  let reply: Reply
  try {
    const body = JSON.stringify({ code, journal: id, public_key, replaces })
    reply = await callServer(environment, { path: 'pair', body, ...(token === undefined ? {} : { token }) })
  } catch {
    return { ok: false, reason: 'no_server' }
  }
  const answer = reply.status === 200 || reply.status === 201 ? readPairAnswer(reply.json) : null
  if (!answer) return { ok: false, reason: REASONS[reply.status] ?? 'server_error' }
  const { epoch, ...named } = answer
  await journal.begin({ ...named, id, public_key, private_key: asked.private_key, replaces })
  return { ok: true, epoch }
}
