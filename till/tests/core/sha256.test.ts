import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { toHex } from '../../src/core/bytes.ts'
import { sha256, sha256Hex } from '../../src/core/sha256.ts'

// Source: FIPS 180-4 examples (NIST, SHA256.pdf) and the empty message.
it.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
])('the published digest of %j comes out', (message, digest) => {
  expect(sha256Hex(message)).toBe(digest)
})

it('agrees with another implementation for every length around the block borders', () => {
  for (let length = 0; length <= 260; length++) {
    const message = Uint8Array.from({ length }, (_, i) => (i * 131 + length) & 255)
    expect(toHex(sha256(message))).toBe(createHash('sha256').update(message).digest('hex'))
  }
})
