import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromBase64Url } from '../../src/core/bytes.ts'
import { annexHash, EMPTY_HEAD, FactTooLarge, factHash, findChainFault, headMessage, makeAnnex, nextLink, readFact } from '../../src/core/chain.ts'
import type { FactInput } from '../../src/core/chain.ts'
import type { Annex, AnyFact } from '../../src/core/facts.ts'
import { DAY, JOURNAL } from '../vectors/facts.ts'

interface Vector {
  readonly fact: AnyFact
  readonly bytes: string
  readonly hash: string
  readonly public_key: string
  readonly signature: string
  readonly annexes: readonly Annex[]
}
const vectors = readdirSync('../vectors/facts')
  .map((name) => JSON.parse(readFileSync(`../vectors/facts/${name}`, 'utf8')) as Vector)
  .sort((a, b) => a.fact.seq - b.fact.seq)

const opened: FactInput<'drawer.opened'> = {
  id: '0199b2a4-7000-7b00-8b00-000000000007', kind: 'drawer.opened', staff: null,
  body: { shift: '0199b2a4-7000-7b00-8b00-000000000010', reason: 'change', approvals: [] },
}

describe('the vectors', () => {
  it('are the facts of the days, at least one of each kind, and one chain', () => {
    expect(vectors.map(({ fact }) => fact.kind)).toEqual(DAY.map(({ kind }) => kind))
    expect(findChainFault(JOURNAL, vectors.map(({ bytes }) => bytes))).toBeNull()
  })

  it('are what this till writes', () => {
    let head = EMPTY_HEAD
    for (const [index, { now, title: _, of: __, ...input }] of DAY.entries()) {
      const link = nextLink(JOURNAL, head, input, { now, unknown: false })
      head = link.head
      expect(link.bytes).toBe(vectors[index]?.bytes)
      expect(head.hash).toBe(vectors[index]?.hash)
    }
  })

  it.each(vectors)('$fact.kind: bytes, hash and signature belong together', async (vector) => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('raw', fromBase64Url(vector.public_key), algorithm, true, ['verify'])
    const message = headMessage(vector.fact.journal, vector.fact.seq, vector.hash)

    expect(readFact(vector.bytes)).toEqual(vector.fact)
    expect(factHash(vector.bytes)).toBe(vector.hash)
    expect(await crypto.subtle.verify(algorithm, key, fromBase64Url(vector.signature), message)).toBe(true)
  })
})

describe('the next fact', () => {
  it('is one second later than the last when the clock went back, and says so', () => {
    const { fact } = nextLink(JOURNAL, { seq: 4, hash: 'a'.repeat(64), at: 5000 }, opened, { now: 4999, unknown: false })

    expect(fact.at).toBe(6000)
    expect(fact.flags).toEqual(['clock_back'])
  })

  it('carries no flag in the very millisecond of the last', () => {
    const { fact } = nextLink(JOURNAL, { seq: 4, hash: 'a'.repeat(64), at: 5000 }, opened, { now: 5000, unknown: false })

    expect(fact.at).toBe(5000)
    expect(fact.flags).toBeUndefined()
  })

  it('says that the clock was never compared', () => {
    expect(nextLink(JOURNAL, EMPTY_HEAD, opened, { now: 1, unknown: true }).fact.flags).toEqual(['clock_unknown'])
  })

  it('is refused above 256 kB', () => {
    const body = { ...opened.body, reason: 'x'.repeat(256 * 1024) }

    expect(() => nextLink(JOURNAL, EMPTY_HEAD, { ...opened, body }, { now: 1, unknown: false })).toThrow(FactTooLarge)
  })
})

describe('a chain', () => {
  const bytes = vectors.map((vector) => vector.bytes)

  it('shows where a fact was taken out', () => {
    expect(findChainFault(JOURNAL, bytes.toSpliced(3, 1))).toEqual({ index: 3, fault: 'seq' })
  })

  it('shows where a fact was changed', () => {
    const changed = bytes.with(5, bytes[5]?.replace('15000', '25000') ?? '')

    expect(findChainFault(JOURNAL, changed)).toEqual({ index: 6, fault: 'prev' })
  })

  it('shows a fact of another journal', () => {
    expect(findChainFault(JOURNAL.replace('1', '2'), bytes)).toEqual({ index: 0, fault: 'journal' })
  })
})

describe('an annex', () => {
  const salt = Uint8Array.from([1, 2, 3])

  it('hashes salt and text together', () => {
    // Source: printf '\001\002\003ñ' | sha256sum
    expect(annexHash(salt, 'ñ')).toBe('1b966845891cdfedc4b67fd4945c16edf6055eba55d15dd7e8421671c9e67c23')
  })

  it('leaves only its id and hash in the fact', () => {
    const annex = makeAnnex('0199b2a4-7000-7b00-8b00-000000000801', salt, 'secreto')
    const { fact, bytes } = nextLink(JOURNAL, EMPTY_HEAD, { ...opened, annexes: [annex] }, { now: 1, unknown: false })

    expect(fact.annexes).toEqual([{ id: annex.id, hash: annex.hash }])
    expect(bytes).not.toContain('secreto')
  })
})
