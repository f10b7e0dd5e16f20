/** The device's key: made at pairing, never leaves the browser, signs the heads of batches. */
import { fromBase64Url, toBase64Url, utf8 } from '../core/bytes.ts'
import { headMessage } from '../core/chain.ts'
import type { PinVerifier } from '../core/part.ts'
import type { SignedHead } from '../core/push.ts'

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const

export interface DeviceKey {
  readonly private_key: CryptoKey
  /** The uncompressed point, base64url. */
  readonly public_key: string
}

export async function makeDeviceKey(subtle: SubtleCrypto): Promise<DeviceKey> {
  const pair = await subtle.generateKey(CURVE, false, ['sign', 'verify'])
  const point = await subtle.exportKey('raw', pair.publicKey)
  return { private_key: pair.privateKey, public_key: toBase64Url(new Uint8Array(point)) }
}

/** Sign the head of a batch or of a saved journal. */
export async function signHead(
  subtle: SubtleCrypto,
  key: CryptoKey,
  journal: string,
  head: { readonly seq: number; readonly hash: string },
): Promise<SignedHead> {
  const signature = await subtle.sign(SIGNATURE, key, headMessage(journal, head.seq, head.hash))
  return { seq: head.seq, hash: head.hash, signature: toBase64Url(new Uint8Array(signature)) }
}

/** Say whether a PIN is this person's: HMAC-SHA-256(device salt, PBKDF2-SHA-256(PIN, salt)) is the verifier (ruling 13). */
export async function pinHolds(subtle: SubtleCrypto, pin: string, given: PinVerifier): Promise<boolean> {
  const typed = await subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits'])
  const slow = { name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64Url(given.salt), iterations: given.iterations }
  const base = await subtle.deriveBits(slow, typed, 256)
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const device = await subtle.importKey('raw', fromBase64Url(given.device_salt), hmac, false, ['verify'])
  return subtle.verify('HMAC', device, fromBase64Url(given.verifier), base)
}
