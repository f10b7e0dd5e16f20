/** The shapes that the till's data shows to the screens. */
import type { AnyFact, Bodies, Fact, Kind, ShiftOpened, Token, Visit } from '../core/facts.ts'
import type { TillPart } from '../core/part.ts'
import type { Readable } from './store.ts'

/**
 * What the till can do now.
 *
 * - `starting`: still opening its databases.
 * - `insecure`: opened over plain HTTP from another machine; the browser offers neither keys nor a service worker.
 * - `broken`: the browser refused its storage; `reason` says why.
 * - `second_tab`: another tab writes; this one takes over when that one closes.
 * - `unpaired`: waits for a code from the office.
 * - `ready`: sells.
 * - `revoked`: the office took this till's right away; what it holds is still sent.
 * - `reopen`: the server wants a new journal and did not give one by itself: sells on, but pair again.
 */
export interface TillState {
  readonly name:
    | 'starting'
    | 'insecure'
    | 'broken'
    | 'second_tab'
    | 'unpaired'
    | 'ready'
    | 'revoked'
    | 'reopen'
  readonly reason: string | null
}

export type PairResult =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly reason: 'unknown_code' | 'code_used' | 'too_many_tries' | 'no_server' | 'server_error'
    }

export type PinResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrong'; readonly left: number }
  | { readonly ok: false; readonly reason: 'wait'; readonly wait_ms: number }
  | { readonly ok: false; readonly reason: 'no_pin' }

/** Papers with a number of the till's tickets. */
export type NumberedKind = 'sale.recorded' | 'return.recorded' | 'account.paid' | 'order.opened' | 'order.paid' | 'order.closed' | 'gift_card.refunded'

/** The parts of a body that only the journal may fill, inside its transaction. */
type Filled<K extends Kind> = K extends NumberedKind
  ? 'series' | 'number'
  : K extends 'shift.closed'
    ? 'z' | 'perpetual'
    : never

export type DraftBody<K extends Kind> = Omit<Bodies[K], Filled<K>>

export interface WriteOptions {
  readonly staff: string | null
  readonly visit?: Visit
  /** Texts beside the fact, by annexes made with `till.annex(text)`. */
  readonly annexes?: readonly import('../core/facts.ts').Annex[]
  /** Give the id when another fact of the same call names it (an approval); else one is made. */
  readonly id?: string
}

/** One fact to be written: what the till says happened, before number, seq and chain. */
export type FactDraft = {
  [K in WritableKind]: { readonly kind: K; readonly body: DraftBody<K> } & WriteOptions
}[WritableKind]

/** `journal.opened` is written by pairing alone. */
export type WritableKind = Exclude<Kind, 'journal.opened'>

/** A sale of this till, as the lists show it. */
export interface Ticket {
  readonly fact: Fact<'sale.recorded'>
  /** What the server said of it: null while it has said nothing. */
  readonly answer: FactAnswer | null
}

/** A ticket found by the secret on one of its papers, and which paper that is. */
export interface OpenedTicket {
  readonly ticket: Ticket
  readonly paper: Token['kind']
}

export interface FactAnswer {
  readonly state: 'accepted' | 'known' | 'parked' | 'early' | 'refused'
  readonly reason: string | null
}

export interface OpenShift {
  readonly id: string
  readonly opened: ShiftOpened
  readonly opened_at: number
  readonly opened_by: string | null
  /** Every fact since and including `shift.opened`, oldest first: what the figures are folded from. */
  readonly facts: readonly AnyFact[]
}

/** An open ticket beside the journal. `value` is the screens' own; plain data only. */
export interface Draft<T = unknown> {
  readonly id: string
  readonly saved_at: number
  readonly value: T
  /** It waits, and other tills of the store may go on with it. */
  readonly parked?: ParkedAs | null
}

/** What the tills of a store see of a ticket that waits: who parked it and when, how many lines, what it comes to (minor units). */
export interface ParkedAs {
  readonly staff: string | null
  readonly letter: string
  readonly lines: number
  readonly total: number
  readonly at: number
}

/** A ticket that waits at another till of the store. `free`: that till was heard lately, so that it can be asked for. */
export interface ParkedElsewhere extends ParkedAs {
  readonly id: string
  readonly till: string
  readonly free: boolean
}

/**
 * What came of asking for a ticket of another till.
 *
 * - `yours`: go on with `value`; it is kept here.
 * - `taken`: it went to another till. `gone`: it was sold. `silent`: its till does not answer, and may be going on with it.
 * - `no_answer`: the server does not answer.
 */
export type Taken =
  | { readonly state: 'yours'; readonly value: unknown }
  | { readonly state: 'taken' | 'silent'; readonly till: string }
  | { readonly state: 'gone' | 'no_answer' }

/** Parked tickets that came to this till or left it without anybody touching it here. `till`: where it went. */
export interface Moved {
  readonly gone: readonly { readonly id: string; readonly till: string }[]
  readonly come: readonly unknown[]
}

export interface TroubledFact {
  readonly journal: string
  readonly seq: number
  readonly id: string
  readonly kind: Kind
  readonly at: number
  readonly state: 'parked' | 'refused'
  readonly reason: string | null
}

export interface SyncState {
  /** The last answer of the server came through. */
  readonly online: boolean
  /** Since when there has been no answer, by the till's clock; null while online. */
  readonly offlineSince: number | null
  readonly unsent: number
  /** `at` of the oldest unsent fact, or null. */
  readonly oldestAt: number | null
  readonly parked: readonly TroubledFact[]
  readonly lastContactAt: number | null
  /** Server's clock minus the till's, in milliseconds; null before the first contact. */
  readonly offset: number | null
  /** What a person must do something about; selling goes on. */
  readonly problem: 'unknown_token' | 'protocol' | 'reopen' | null
}

export interface StorageState {
  /** The browser's answer to "keep this"; null where it cannot be asked. */
  readonly persisted: boolean | null
  readonly usage: number | null
  readonly quota: number | null
}

export type SaleGate = { readonly ok: true } | { readonly ok: false; readonly reason: 'storage_full' | 'not_ready' }

export type PartStore = Readable<TillPart | null>
