/** A journal's chain: how a fact is built on the one before it, and what its device signs (rulings 1, 2 and 8). */
import { fromHex, toBase64Url, toHex, utf8, uuidBytes } from './bytes.ts'
import { canonical, parseCanonical } from './canonical.ts'
import type { Annex, AnyFact, Fact, Flag, Kind, Visit, Bodies } from './facts.ts'
import { sha256, sha256Hex } from './sha256.ts'

/** `prev` of the first fact of a journal. */
export const NO_HASH = '0'.repeat(64)

/** The end of a chain: the last fact written. */
export interface Head {
  readonly seq: number
  readonly hash: string
  readonly at: number
}

export const EMPTY_HEAD: Head = { seq: 0, hash: NO_HASH, at: 0 }

/** What the caller says; the chain adds journal, seq, prev, version and time. */
export interface FactInput<K extends Kind = Kind> {
  readonly id: string
  readonly kind: K
  readonly staff: string | null
  readonly body: Bodies[K]
  readonly visit?: Visit | undefined
  readonly annexes?: readonly Annex[] | undefined
}

export interface Clock {
  /** Milliseconds since 1970 UTC by the till's clock. */
  readonly now: number
  /** The till has never compared its clock with the server's. */
  readonly unknown: boolean
}

/** A fact, the bytes that travel and are stored, and the head after it. */
export interface Link {
  readonly fact: AnyFact
  readonly bytes: string
  readonly head: Head
}

/** Most bytes of one fact (ruling 14). */
export const MAX_FACT_BYTES = 256 * 1024

/** A fact that is too large to travel: the till prevents it before payment. */
export class FactTooLarge extends Error {
  readonly code = 'fact_too_large'
}

/** Build the next fact of a journal. Time never goes back within one: then it is the last + 1 s, and flagged. */
export function nextLink(journal: string, head: Head, input: FactInput, clock: Clock): Link {
  const flags: Flag[] = []
  const isBack = clock.now < head.at
  if (isBack) flags.push('clock_back')
  if (clock.unknown) flags.push('clock_unknown')
  const document = {
    id: input.id,
    journal,
    seq: head.seq + 1,
    prev: head.hash,
    kind: input.kind,
    v: 1,
    at: isBack ? head.at + 1000 : clock.now,
    staff: input.staff,
    visit: input.visit,
    body: input.body,
    annexes: input.annexes?.length ? input.annexes.map(({ id, hash }) => ({ id, hash })) : undefined,
    flags: flags.length > 0 ? flags : undefined,
  }
  const bytes = canonical(document)
  if (utf8(bytes).length > MAX_FACT_BYTES) throw new FactTooLarge(`more than ${String(MAX_FACT_BYTES)} bytes`)
  // What is handed on is read back from the bytes, so that nobody can show or print something else than what was stored.
  const fact = JSON.parse(bytes) as AnyFact
  return { fact, bytes, head: { seq: fact.seq, hash: sha256Hex(bytes), at: fact.at } }
}

/** Read a fact from its bytes; refuses bytes that are not canonical (NotCanonical). */
export function readFact(bytes: string): AnyFact {
  return parseCanonical(bytes) as unknown as AnyFact
}

/** The hash of a fact: SHA-256 of its bytes, lower-case hex. */
export function factHash(bytes: string): string {
  return sha256Hex(bytes)
}

export type ChainFault = 'not_canonical' | 'journal' | 'seq' | 'prev' | 'time'

/** Say where a run of facts stops being a chain, or null. `before` is the head that the first one must follow. */
export function findChainFault(
  journal: string,
  facts: readonly string[],
  before: Head = EMPTY_HEAD,
): { readonly index: number; readonly fault: ChainFault } | null {
  let head = before
  for (const [index, bytes] of facts.entries()) {
    let fact: Fact
    try {
      fact = readFact(bytes)
    } catch {
      return { index, fault: 'not_canonical' }
    }
    if (fact.journal !== journal) return { index, fault: 'journal' }
    if (fact.seq !== head.seq + 1) return { index, fault: 'seq' }
    if (fact.prev !== head.hash) return { index, fault: 'prev' }
    if (fact.at < head.at) return { index, fault: 'time' }
    head = { seq: fact.seq, hash: factHash(bytes), at: fact.at }
  }
  return null
}

/** The bytes that a device signs for the head of a batch: "mostrador-head-v1" || journal || seq (8, big-endian) || hash. */
export function headMessage(journal: string, seq: number, hash: string): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(17 + 16 + 8 + 32)
  message.set(utf8('mostrador-head-v1'), 0)
  message.set(uuidBytes(journal), 17)
  new DataView(message.buffer).setBigUint64(33, BigInt(seq))
  message.set(fromHex(hash), 41)
  return message
}

/** Make the annex of a text: the fact will hold its id and SHA-256(salt || text), so that the text can be erased (ruling 3). */
export function makeAnnex(id: string, salt: Uint8Array, text: string): Annex {
  return { id, hash: annexHash(salt, text), salt: toBase64Url(salt), text }
}

/** SHA-256 of the salt's bytes and then the text's UTF-8, lower-case hex. */
export function annexHash(salt: Uint8Array, text: string): string {
  const letters = utf8(text)
  const joined = new Uint8Array(salt.length + letters.length)
  joined.set(salt)
  joined.set(letters, salt.length)
  return toHex(sha256(joined))
}
