/** What happened in a shop, in order, as its judge reads it: bodies of pushes that reached the server, and what the office wrote. */

/** What a till shows of an account: owed to the shop, owed to the buyer, points. */
export type Shown = readonly [number, number, number]

export type Event =
  | { readonly event: 'push'; readonly body: string; readonly status: number; readonly now: number }
  | { readonly event: 'shown'; readonly fact: string; readonly buyer: string; readonly before: Shown; readonly after: Shown }
  | { readonly event: 'spent'; readonly buyer: string }
  | { readonly event: 'spent'; readonly card: string }
  | { readonly event: 'spent'; readonly coupon: string }
  | { readonly event: 'asked'; readonly wish: unknown; readonly said: unknown; readonly now: number }
  | ({ readonly event: 'ticket'; readonly what: 'waits' | 'dropped' | 'lost' } & Readonly<Record<string, unknown>>)
  | ({ readonly event: 'office'; readonly what: string } & Readonly<Record<string, unknown>>)

export class Story {
  #events: Event[] = []

  pushed(body: string, status: number, now: number): void {
    this.#events.push({ event: 'push', body, status, now })
  }

  /** A till wrote a fact that names a buyer: what it showed of them before and at once after. */
  shown(fact: string, buyer: string, before: Shown, after: Shown): void {
    this.#events.push({ event: 'shown', fact, buyer, before, after })
  }

  /** A till spent of a buyer's account, and no server could be asked. */
  spent(buyer: string): void {
    this.#events.push({ event: 'spent', buyer })
  }

  /** The same of a gift card. */
  spentOf(card: string): void {
    this.#events.push({ event: 'spent', card })
  }

  /** The same of a single-use code. */
  spentOfCoupon(coupon: string): void {
    this.#events.push({ event: 'spent', coupon })
  }

  /** A till asked for a single-use code, and the server answered, whether the till heard it or not. */
  asked(wish: string, said: string, now: number): void {
    this.#events.push({ event: 'asked', wish: JSON.parse(wish), said: JSON.parse(said), now })
  }

  /** An open ticket waits at some till from now on, or was let go; or a disk is gone, with what waited on it. */
  ticket(what: 'waits' | 'dropped' | 'lost', more: Readonly<Record<string, unknown>> = {}): void {
    this.#events.push({ event: 'ticket', what, ...more })
  }

  wrote(what: string, more: Readonly<Record<string, unknown>>): void {
    this.#events.push({ event: 'office', what, ...more })
  }

  /** What happened since it was last taken. */
  take(): readonly Event[] {
    const taken = this.#events
    this.#events = []
    return taken
  }
}
