/** The network of one till: up or cut, and what goes wrong with the next calls. What reached the server is written into the shop's story. */
import type { Story } from './story.ts'

/** `before`: never arrives. `lost`: arrives, and its answer does not. `half`: half of the answer does. `twice`: arrives twice. */
export const FAULTS = ['before', 'lost', 'half', 'twice'] as const
export type Fault = (typeof FAULTS)[number]

export class Wire {
  isUp = true
  /** What happens to the next call of a door; `gives`: to the next that hands tickets over to other tills. */
  readonly faults = new Map<string, Fault>()
  /** The pushes that arrived, to be repeated. */
  readonly pushed: { readonly url: string; readonly options: RequestInit }[] = []
  readonly #story: Story
  readonly #now: () => number

  constructor(story: Story, now: () => number) {
    this.#story = story
    this.#now = now
  }

  readonly fetch = async (url: string, options: RequestInit): Promise<Response> => {
    const door = doorOf(url) === 'parked' && handsOver(options.body) ? 'gives' : doorOf(url)
    const fault = this.isUp ? this.faults.get(door) : 'before'
    if (this.isUp) this.faults.delete(door)
    if (fault === 'before') throw new TypeError('fetch failed')
    const response = await this.deliver(url, options)
    if (fault === 'lost') throw new TypeError('fetch failed')
    if (fault === 'twice') return this.deliver(url, options)
    if (fault !== 'half') return response
    const text = await response.text()
    return new Response(text.slice(0, text.length >> 1), { status: response.status })
  }

  /** Bring a call to the server, whatever the network is like. */
  async deliver(url: string, options: RequestInit): Promise<Response> {
    const headers = { ...(options.headers as Record<string, string>), 'X-Histories-Now': String(this.#now()) }
    const response = await fetch(url, { ...options, headers })
    const door = doorOf(url)
    if (door !== 'push' && door !== 'coupon') return response
    const text = await response.text()
    if (door === 'coupon') this.#story.asked(options.body as string, text, this.#now())
    else {
      this.#story.pushed(options.body as string, response.status, this.#now())
      this.pushed.push({ url, options })
    }
    return new Response(text, { status: response.status, headers: response.headers })
  }

  heal(): void {
    this.isUp = true
    this.faults.clear()
  }
}

function handsOver(body: unknown): boolean {
  return typeof body === 'string' && ((JSON.parse(body) as { readonly gives?: readonly unknown[] }).gives ?? []).length > 0
}

function doorOf(url: string): string {
  return /\/api\/till\/v1\/(?<door>[a-z_]+)/u.exec(url)?.groups?.['door'] ?? ''
}
