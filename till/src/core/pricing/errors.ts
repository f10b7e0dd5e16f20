/** Why a basket was not priced. The codes and their data are listed in docs/algorithms/pricing.md, section 7. */

export type Datum = string | number | null

/** A refusal with a code and data, the same in Python and in TypeScript. */
export class PricingError extends Error {
  readonly code: string
  readonly data: Readonly<Record<string, Datum>>

  constructor(code: string, data: Readonly<Record<string, Datum>>) {
    const facts = Object.entries(data).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    super([code, ...facts].join(' '))
    this.name = 'PricingError'
    this.code = code
    this.data = data
  }
}
