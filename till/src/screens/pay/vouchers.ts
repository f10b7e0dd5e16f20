// A voucher that was handed over: taken as part of the payment, or why not.
import { MAX_TENDERS, type Tender } from '../../core/pay.ts'
import { worthOf, type VoucherKind } from '../../core/voucher.ts'
import { asList, asObject, asText } from '../../core/json.ts'
import { till } from '../app.svelte.ts'
import { paying } from './payment.svelte.ts'

const SLIPS_MAX = 40

export type SlipProblem = 'number_missing' | 'number_bad' | 'number_here' | 'over_limit' | 'too_many' | 'pays_nothing'

/** A number as the fact holds it, '' when nobody wrote one, or null. */
export function readNumber(text: string): string | null {
  const number = text.trim().toUpperCase().replaceAll(/[^A-Z0-9-]+/gu, '-')
  return number === '' || /^[A-Z0-9-]{1,40}$/u.test(number) ? number : null
}

/** Why this voucher cannot be taken, or null. */
export function slipProblem(kind: VoucherKind, value: number, number: string | null): SlipProblem | null {
  const slips = partOf(kind)?.voucher?.slips ?? []
  if (number === null) return 'number_bad'
  if (number === '' && kind.number === 'must') return 'number_missing'
  if (number !== '' && slips.some((slip) => slip.number === number)) return 'number_here'
  if (slips.length >= SLIPS_MAX || (slips.length === 0 && paying.parts.length >= MAX_TENDERS)) return 'too_many'
  if (kind.limit !== null && value + worthOf({ slips }) > kind.limit) return 'over_limit'
  return value > 0 && paysMore(kind, value, number) ? null : 'pays_nothing'
}

function partOf(kind: VoucherKind): Tender | undefined {
  return paying.parts.find(({ voucher }) => voucher?.kind === kind.id)
}

// Whether the ticket has something left that this voucher may pay.
function paysMore(kind: VoucherKind, value: number, number: string): boolean {
  const { parts } = paying
  const before = partOf(kind)?.amount ?? 0
  put(kind, value, number)
  const now = partOf(kind)?.amount ?? 0
  paying.parts = parts
  return now > before
}

/** Take it: slips of one kind are one part of the payment. */
export function put(kind: VoucherKind, value: number, number: string): void {
  const slip = { value, ...(number === '' ? {} : { number }) }
  const had = partOf(kind)
  const now = { method: 'voucher' as const, amount: 0, reference: null, voucher: { kind: kind.id, name: kind.name, slips: [...(had?.voucher?.slips ?? []), slip] } }
  paying.parts = had === undefined ? [...paying.parts, now] : paying.parts.map((part) => (part.voucher?.kind === kind.id ? now : part))
  paying.clear()
}

/** The ticket on which a voucher of that number was taken before, as this till or the server knows; null where nobody knows of one. */
export async function takenBefore(kind: VoucherKind, number: string): Promise<string | null> {
  const here = (await till().writtenAfter(0, `"number":"${number}"`)).find((fact) => {
    return fact.kind === 'sale.recorded' && (fact.body.basket as { payments: readonly { voucher?: { kind: string; slips: readonly { number?: string }[] } }[] }).payments
      .some(({ voucher }) => voucher?.kind === kind.id && voucher.slips.some((slip) => slip.number === number))
  })
  if (here?.kind === 'sale.recorded') return `${here.body.series}-${String(here.body.number)}`
  const said = await till().ask(`vouchers?kind=${kind.id}&number=${encodeURIComponent(number)}`)
  if (said?.status !== 200) return null
  return asList(asObject(said.json)?.['seen'], (one) => asText(asObject(one)?.['ticket']))?.[0] ?? null
}
