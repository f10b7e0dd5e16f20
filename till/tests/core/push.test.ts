import { describe, expect, it } from 'vitest'
import { batchLength, judge, keptAnswer, pushBody, readPing, readPushAnswer } from '../../src/core/push.ts'
import type { Held } from '../../src/core/push.ts'

const held: Held = { epoch: 'e1', watermark: 10, headSeq: 15, isBroken: false, hashOf: (seq) => (seq === 15 ? 'aa' : undefined) }
const answer = {
  protocol: 1, epoch: 'e1', watermark: 2, head: 'ab', journal: 'open', time: 5,
  answers: [{ seq: 1, id: 'x', state: 'accepted', reason: null }, { seq: 2, id: 'y', state: 'parked', reason: 'totals' }],
}

describe('a batch', () => {
  it('ends at the most facts or at the most bytes, and always has one', () => {
    expect(batchLength([1, 1, 1], 2, 100)).toBe(2)
    expect(batchLength([60, 30, 30], 9, 100)).toBe(2)
    expect(batchLength([500, 1], 9, 100)).toBe(1)
    expect(batchLength([], 9, 100)).toBe(0)
  })

  it('carries its facts as their own bytes', () => {
    const facts = [{ seq: 1, id: 'i', hash: 'h', bytes: '{"z":1,"a":"ñ"}' }]

    expect(pushBody('j', facts, { seq: 1, hash: 'h', signature: 's' }, [])).toBe(
      '{"protocol":1,"journal":"j","facts":[{"z":1,"a":"ñ"}],"head":{"hash":"h","seq":1,"signature":"s"},"annexes":[]}',
    )
  })
})

describe('the answer to a push', () => {
  it('is read whole', () => {
    const { protocol: _, ...rest } = answer
    expect(readPushAnswer(answer)).toEqual(rest)
  })

  it.each([
    ['a text', 'ok'], ['null', null], ['a list', []], ['another protocol', { ...answer, protocol: 2 }],
    ['a fraction as watermark', { ...answer, watermark: 1.5 }], ['a negative watermark', { ...answer, watermark: -1 }],
    ['an unknown state of the journal', { ...answer, journal: 'closed' }], ['no time', { ...answer, time: undefined }],
    ['an unknown state of a fact', { ...answer, answers: [{ seq: 1, id: 'x', state: 'fine' }] }],
    ['an answer without a seq', { ...answer, answers: [{ id: 'x', state: 'accepted' }] }],
  ])('is not %s', (_, document) => {
    expect(readPushAnswer(document)).toBeNull()
  })
})

it('a ping without its number of changes is no ping', () => {
  const ping = { epoch: 'e', n: 3, time: 9, journal: 'open', watermark: 0 }

  expect(readPing(ping)).toEqual(ping)
  expect(readPing({ ...ping, n: '3' })).toBeNull()
})

describe('the verdict', () => {
  it('never moves a watermark back within an epoch', () => {
    expect(judge(held, { epoch: 'e1', watermark: 7, journal: 'open' })).toEqual({ epochChanged: false, watermark: 10, status: 'open' })
  })

  it('moves it back in a new epoch', () => {
    expect(judge(held, { epoch: 'e2', watermark: 7, journal: 'open' })).toEqual({ epochChanged: true, watermark: 7, status: 'open' })
  })

  it('is a new journal when the server knows more than was written', () => {
    expect(judge(held, { epoch: 'e1', watermark: 16, journal: 'open' })).toEqual({ epochChanged: false, watermark: 15, status: 'reopen' })
  })

  it('is a new journal when the server has another fact at the same place', () => {
    expect(judge(held, { epoch: 'e1', watermark: 15, journal: 'open', head: 'bb' }).status).toBe('reopen')
    expect(judge(held, { epoch: 'e1', watermark: 15, journal: 'open', head: 'aa' }).status).toBe('open')
  })

  it('leaves a broken chain broken', () => {
    expect(judge({ ...held, isBroken: true }, { epoch: 'e2', watermark: 3, journal: 'open' }).status).toBe('reopen')
  })
})

it('a fact that was parked stays so when it is sent again, and an early one is judged when its gap fills', () => {
  expect(keptAnswer('parked', 'known')).toBe('parked')
  expect(keptAnswer('early', 'known')).toBe('known')
  expect(keptAnswer(null, 'known')).toBe('known')
  expect(keptAnswer('parked', 'accepted')).toBe('accepted')
})
