// The page of a ticket is closed, or gets a code of its own anew, with the ticket in hand.
import type { Fact } from '../../data/index.ts'
import { app, till } from '../app.svelte.ts'
import { t } from '../words.svelte.ts'
import { printCopy } from './printing.svelte.ts'

/** Close what every paper of a sale opens but the gift tickets, for whoever has the ticket in hand; a fact for each, with or without a network. */
export async function closePage(fact: Fact<'sale.recorded'>): Promise<void> {
  for (const hash of await till().tickets.openings(fact.body.sale)) await till().write('page.closed', { sale: fact.body.sale, hash }, { staff: app.person?.id ?? null })
  app.say(t('page.was_closed'))
}

/** Close the page of a sale and print a copy that opens it anew. */
export async function renewPage(fact: Fact<'sale.recorded'>): Promise<void> {
  await closePage(fact)
  await printCopy(fact)
  app.say(t('page.renewed'))
}
