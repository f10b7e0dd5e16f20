/**
 * What a buyer needs to pay by bank transfer: as an EPC QR where the account is an IBAN and the money euros, else as plain lines that any
 * camera shows and any bank's app takes by hand.
 *
 * Source: EPC069-12 v3.0 (European Payments Council, "Quick Response Code: Guidelines to Enable Data Capture for the Initiation of a SEPA
 * Credit Transfer"), version 002: the BIC is optional; error correction M, at most 331 bytes (QR version 13).
 */
import { utf8 } from './bytes.ts'
import { clean } from './paper.ts'

/** Where the money goes, as the owner wrote it down. */
export interface BankAccount {
  readonly holder: string
  /** An IBAN or another number of the country's banks, without spaces. */
  readonly number: string
}

export interface Transfer extends BankAccount {
  /** Minor units. */
  readonly amount: number
  readonly currency: { readonly code: string; readonly digits: number }
  /** What the buyer writes beside it, so that it can be found on the account. */
  readonly reference: string
}

const EPC_BYTES = 331
const HOLDER = 70

/** The reference of the transfer that pays a ticket. */
export function transferReference(ticket: string): string {
  return `V${ticket.slice(-8).toUpperCase()}`
}

/** The amount with a point and all its decimals, as banks read it. */
export function plainAmount(amount: number, digits: number): string {
  const text = String(amount).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** An account number in groups of four, as it stands on paper. */
export function grouped(number: string): string {
  return number.replaceAll(/(.{4})(?=.)/gu, '$1 ')
}

/** What the square code holds; null for nothing to pay. */
export function transferCode({ holder, number, amount, currency, reference }: Transfer): string | null {
  if (amount <= 0) return null
  const name = clean(holder).slice(0, HOLDER)
  const figure = plainAmount(amount, currency.digits)
  if (currency.code !== 'EUR' || !/^[A-Z]{2}/u.test(number)) return [name, number, `${figure} ${currency.code}`, reference].join('\n')
  const lines = ['BCD', '002', '1', 'SCT', '', name, number, `EUR${figure}`, '', '', reference]
  return utf8(lines.join('\n')).length <= EPC_BYTES ? lines.join('\n') : null
}
