/**
 * Plays histories. A line of JSON on stdin is a shop to open and its histories to play; a line on stdout is a history that was played, or why it
 * could not be. Shops are played side by side, each step by step. `python -m tests.histories` speaks with it.
 */
import { createInterface } from 'node:readline'
import { play, planned, type Plan } from './history.ts'
import { Shop } from './shop.ts'

/** `histories`: a seed each, or a plan to be played again. */
interface Order {
  readonly shop: number
  readonly address: string
  readonly seed: number
  readonly histories: readonly (number | Plan)[]
}

// Whoever asked has heard enough.
process.stdout.on('error', () => process.exit(0))

function say(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document)}\n`)
}

async function serve({ shop: name, address, seed, histories }: Order): Promise<void> {
  const shop = new Shop(address, seed)
  let at = 0
  let plan: Plan | null = null
  try {
    await shop.open()
    for (const history of histories) {
      plan = typeof history === 'number' ? planned(history) : history
      const played = await play(shop, plan, at === histories.length - 1)
      say({ shop: name, history: at, organization: shop.organization, plan, ...played })
      at += 1
    }
  } catch (error) {
    say({ shop: name, history: at, organization: shop.organization, plan, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  } finally {
    await shop.close().catch(() => undefined)
  }
  say({ shop: name, ended: true })
}

for await (const line of createInterface({ input: process.stdin })) void serve(JSON.parse(line) as Order)
