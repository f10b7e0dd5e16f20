/**
 * Write vectors/facts and contracts/examples/facts from the day in facts.ts. Run from till/: `node tests/vectors/make.ts`.
 * ECDSA draws a number at random, so a signature that still verifies is kept.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { EMPTY_HEAD, headMessage, nextLink } from '../../src/core/chain.ts'
import { fromBase64Url, toBase64Url } from '../../src/core/bytes.ts'
import { CONTACT, DAY, DETAILS, FOR_WHOM, JOURNAL, NOTE, OWN_WORDS, PUBLIC_KEY, TEST_KEY } from './facts.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const ROOT = new URL('../../../', import.meta.url)

interface Vector {
  readonly hash: string
  readonly signature: string
}

async function signatureOf(path: URL, hash: string, message: Uint8Array<ArrayBuffer>): Promise<string> {
  const publicKey = await crypto.subtle.importKey('raw', fromBase64Url(PUBLIC_KEY), ALGORITHM, true, ['verify'])
  if (existsSync(path)) {
    const old = JSON.parse(readFileSync(path, 'utf8')) as Vector
    const holds = await crypto.subtle.verify(ALGORITHM, publicKey, fromBase64Url(old.signature), message)
    if (old.hash === hash && holds) return old.signature
  }
  const key = await crypto.subtle.importKey('jwk', TEST_KEY, ALGORITHM, false, ['sign'])
  return toBase64Url(new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, message)))
}

function write(path: URL, document: unknown): void {
  mkdirSync(new URL('.', path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(document, null, 1)}\n`)
}

let head = EMPTY_HEAD
for (const { title, now, of, ...input } of DAY) {
  const link = nextLink(JOURNAL, head, input, { now, unknown: false })
  head = link.head
  const name = `${input.kind}.v1${of === undefined ? '' : `.${of}`}.json`
  const path = new URL(`vectors/facts/${name}`, ROOT)
  const signature = await signatureOf(path, head.hash, headMessage(JOURNAL, head.seq, head.hash))
  const annexes = [NOTE, CONTACT, DETAILS, FOR_WHOM, OWN_WORDS].filter(({ id }) => input.annexes?.some((annex) => annex.id === id))
  write(new URL(`contracts/examples/facts/${name}`, ROOT), { title, fact: link.fact })
  write(path, {
    title, fact: link.fact, bytes: link.bytes, hash: head.hash, public_key: PUBLIC_KEY, signature,
    annexes, test_key: { ...TEST_KEY, note: 'for tests only: this private key is public' },
  })
}
