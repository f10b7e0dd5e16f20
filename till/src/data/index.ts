/**
 * The till's data: its journal, its open tickets, its catalogue and the loop that speaks with the server.
 *
 * Owns seven databases of the browser: the journal (strict; nothing resets it), the drafts (open tickets), the catalogue, the buyers, the orders, the gift cards and the coupons (caches).
 * Refuses to draw anything, and to let the network hold up a sale.
 */
import type { Annex, AnyFact, Fact } from '../core/facts.ts'
import type { TillPart } from '../core/part.ts'
import type { Buyer, Contact } from '../core/buyer.ts'
import type { Buyers } from './buyers.ts'
import type { Bearers } from './bearers.ts'
import type { Orders } from './orders.ts'
import type { Catalogue } from './catalogue/face.ts'
import type { PaperCode } from '../core/sale.ts'
import type { Readable } from './store.ts'
import type { SoldFound } from './sync/sold.ts'
import type { Said } from './sync/http.ts'
import type { CardRoom, CardWish, Spending } from './sync/spend.ts'
import type {
  Draft,
  DraftBody,
  FactDraft,
  Moved,
  OpenedTicket,
  OpenShift,
  PairResult,
  ParkedAs,
  ParkedElsewhere,
  PinResult,
  SaleGate,
  StorageState,
  SyncState,
  Taken,
  Ticket,
  TillState,
  WritableKind,
  WriteOptions,
} from './types.ts'

export type { Annex, AnyFact, Bodies, Fact, Kind, Visit } from '../core/facts.ts'
export type { PinVerifier, Role, StaffMember, TillPart } from '../core/part.ts'
export type { BarcodeRule, Category, Family, Product, Tax, TaxGroup } from '../core/catalogue.ts'
export type { Buyer, Contact } from '../core/buyer.ts'
export type { Buyers } from './buyers.ts'
export type { Orders } from './orders.ts'
export type { Bearer, Bearers } from './bearers.ts'
export type { Catalogue, CatalogueState, ScanHit } from './catalogue/face.ts'
export type { Readable, Writable } from './store.ts'
export type { SoldFound, SoldTicket } from './sync/sold.ts'
export type * from './types.ts'
export { openTill } from './till.ts'
export { StorageFailed } from './database.ts'
export { nextFrame } from './frame.ts'

export interface Till {
  readonly state: Readable<TillState>
  /** Organization, store, till, staff and settings; null until they have come once. Kept for offline. */
  readonly part: Readable<TillPart | null>
  readonly sync: Readable<SyncState> & {
    /** Try now instead of waiting for the next round; resolves when that round ends. */
    now(): Promise<void>
  }
  readonly storage: Readable<StorageState>
  /** The shift that is open at this till, folded from its journal; null when none is. */
  readonly openShift: Readable<OpenShift | null>
  readonly catalogue: Catalogue
  readonly buyers: Buyers
  readonly orders: Orders
  readonly giftCards: Bearers
  readonly coupons: Bearers
  readonly tickets: Tickets
  readonly drafts: Drafts
  readonly parked: Parked

  /** Make this browser a till with a code from the office. Writes `journal.opened` when the server agrees. */
  pair(code: string): Promise<PairResult>
  /** Forget the pairing. Refused while facts are unsent and not saved to a file; the journal stays on the disk. */
  unpair(): Promise<{ ok: true } | { ok: false; reason: 'unsent'; unsent: number }>

  /** Check a person's PIN on this till, offline too. Five tries are free, then each costs a wait that reloading does not shorten. */
  checkPin(staffId: string, pin: string): Promise<PinResult>

  /** Write one fact in one strict transaction; resolves when it is on the disk. Print only after this. */
  write<K extends WritableKind>(kind: K, body: DraftBody<K>, options: WriteOptions): Promise<Fact<K>>
  /** Write several facts in one strict transaction, in this order: an approval and the sale that names it. */
  writeAll(drafts: readonly FactDraft[]): Promise<readonly AnyFact[]>
  /** Make an annex for a text (a note, a reason in words) that must stay erasable: pass it on in `annexes`, name its id in the body. */
  annex(text: string): Annex
  /** A UUIDv7, later than any given before. */
  newId(): string
  /** The hash by which facts know a secret that was read from a paper. */
  hashOf(secret: string): string
  /** A buyer's token of 128 bits: `secret` (base64url) goes into the QR, `hash` into the fact. */
  newToken(): { readonly secret: string; readonly hash: string }
  /** Milliseconds since 1970 UTC by this till's clock. */
  now(): number
  /** That clock corrected by the last known offset: what business dates are taken from (ruling 8). */
  serverNow(): number

  /** Write somebody down who wants to be known; who they are travels as an annex. */
  meet(contact: Contact, staff: string | null): Promise<Buyer>
  /** Ask the server for the ticket of a paper, of whichever till, with what came back of it so far. */
  findSold(paper: PaperCode): Promise<SoldFound>
  /** What a sale may spend of a buyer's account, kept for it where that is enough; null when the server cannot say, and what is known here counts. */
  roomFor(wish: Spending): Promise<number | null>
  /** Ask the server something that no sale waits for, at a door of its; null when nobody answers. */
  ask(door: string, body?: object): Promise<Said | null>
  /** Ask while a sale waits: when what this till wrote is sent, and not for long; null when the server cannot say. */
  askToSpend(door: string, wish: object): Promise<Said | null>
  /** Take the till part anew: something of it was just changed from here. */
  pullPart(): Promise<void>
  /** What this till wrote into its journal above a seq and whose bytes hold a text, oldest first. */
  writtenAfter(seq: number, text: string): Promise<readonly AnyFact[]>
  /** The same of a gift card, which is found by the hash of its code or by its id. */
  cardRoom(wish: CardWish): Promise<CardRoom>
  /** The code of a new gift card: printed once, and known by its hash from then on. */
  newGiftCode(): string
  /** Ask before payment whether a sale can still be stored. Frees answered old facts first. */
  canSell(): Promise<SaleGate>
  /** Ask the browser again to keep this till's data; its answer, or null where it cannot be asked. */
  keepData(): Promise<boolean | null>
  /** Everything in the journal as a file that the office takes in (contracts/README.md, "Saved journal"). */
  saveJournal(): Promise<Blob>

  /** True when a newer version waits, or has taken over and waits for its page. While no ticket is open call `applyUpdate` again and again:
   * the first calls ask the browser to hand over, the one after it has reloads the page. */
  readonly updateReady: Readable<boolean>
  applyUpdate(): void
  /** Stop loops and close the databases. */
  close(): Promise<void>
}

export interface Tickets {
  /** Rises by one with every sale or answer: watch it to read lists anew. */
  readonly revision: Readable<number>
  /** The latest sales of this till, newest first; `before` continues a list (the `at` and seq of its last). */
  latest(limit: number, before?: Ticket): Promise<readonly Ticket[]>
  /** By ticket number of the current series or of the one given. */
  byNumber(number: number, series?: string): Promise<Ticket | null>
  /** By the hash of the secret on one of its papers, copies too. */
  byToken(hash: string): Promise<OpenedTicket | null>
  /** By the id of the sale (`body.sale`). */
  bySale(sale: string): Promise<Ticket | null>
  /** Texts of the annexes that stand beside a fact and were not erased. */
  annexesOf(factId: string): Promise<readonly Annex[]>
  /** The returns of a sale that this till wrote, oldest first. */
  returnsOf(sale: string): Promise<readonly Fact<'return.recorded'>[]>
  /** How often this sale was printed again; gift tickets are no copies. */
  reprints(sale: string): Promise<number>
  /** The hashes of the secrets that open the page of a sale; not those of presents. */
  openings(sale: string): Promise<readonly string[]>
}

/** Tickets that wait at the other tills of the store. */
export interface Parked {
  /** Oldest first, as of the last contact. */
  readonly elsewhere: Readable<readonly ParkedElsewhere[]>
  /** Somebody goes on with a ticket that waits here: from this moment on no other till is given it. */
  resume(id: string): void
  /** Ask for a ticket of another till, and wait until that till has let go of it. Never rejects. */
  take(id: string): Promise<Taken>
  /** Tell and hear now, instead of with the next contact. */
  look(): Promise<void>
  /** Who hears of tickets that came or went without anybody touching them here. */
  onMoved(hear: (moved: Moved) => void): void
}

export interface Drafts {
  /** All open tickets, oldest first; filled before the till's state leaves `starting`. */
  readonly all: Readable<readonly Draft[]>
  /** Keep an open ticket; the last value given for an id wins. `parked`: it waits, and other tills may go on with it. Resolves when stored. */
  save(id: string, value: unknown, parked?: ParkedAs | null): Promise<void>
  remove(id: string): Promise<void>
}
