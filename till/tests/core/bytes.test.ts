import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromBase64Url, fromHex, toBase64Url, toHex, uuidBytes } from '../../src/core/bytes.ts'

it('base64url agrees with Node for any bytes, both ways', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
    const text = toBase64Url(bytes)
    expect(text).toBe(Buffer.from(bytes).toString('base64url'))
    expect(toHex(fromBase64Url(text))).toBe(toHex(bytes))
  }))
})

it('base64 with padding or with plus is refused', () => {
  expect(() => fromBase64Url('AA==')).toThrow(RangeError)
  expect(() => fromBase64Url('+/')).toThrow(RangeError)
})

it('hex of odd length or in capitals is refused', () => {
  expect(() => fromHex('abc')).toThrow(RangeError)
  expect(() => fromHex('AB')).toThrow(RangeError)
})

it('a UUID has sixteen bytes in the order of its digits', () => {
  expect(toHex(uuidBytes('0199b2a4-7000-7a00-8a00-000000000001'))).toBe('0199b2a470007a008a00000000000001')
})
