/** The short code under the QR, for who has no camera: with the ticket's number and total it opens the same page (mostrador/counter/short_codes.py). */

// Crockford's base 32: no letter that is taken for a figure.
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Return the first forty bits of a hash (hex) as it stands on paper: `K7QM-2XRD`. */
export function shortCode(hash: string): string {
  return `${four(hash.slice(0, 5))}-${four(hash.slice(5, 10))}`
}

// Twenty bits, five to a sign.
function four(hex: string): string {
  const bits = Number.parseInt(hex, 16)
  return [15, 10, 5, 0].map((place) => SIGNS.charAt((bits >> place) & 31)).join('')
}
