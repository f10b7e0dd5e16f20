// The paper of a ticket opens what can come back of it: one of this till at once, any other with the server's help.
import { readPaperCode, type PaperCode } from '../../core/sale.ts'
import { app, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { t } from '../words.svelte.ts'

/** Open the ticket that a code or the address in a QR names. Returns false for any other text. */
export function openPaper(text: string): boolean {
  const paper = readPaperCode(text)
  if (paper === null) return false
  open(paper).catch(fault)
  return true
}

async function open(paper: PaperCode): Promise<void> {
  const here = await ofThisTill(paper)
  if (here !== null) {
    app.sound('scanned')
    app.go({ name: 'return', ...here })
    return
  }
  const { zone } = app
  app.say(t('return.asking'))
  const found = await till().findSold(paper)
  // Whoever went on meanwhile is not called back from a payment.
  if (app.zone !== zone || app.approval !== null) return
  if (typeof found !== 'string') {
    app.sound('scanned')
    app.go({ name: 'return', sale: found.sale.sale, elsewhere: found, isGift: found.isGift || isMarked(paper) })
    return
  }
  app.sound('unknown')
  app.say(t(found === 'none' ? 'return.unknown' : 'return.no_server'), 'alert')
}

const isMarked = (paper: PaperCode): boolean => 'tail' in paper && paper.isGift === true

async function ofThisTill(paper: PaperCode): Promise<{ readonly sale: string; readonly isGift: boolean } | null> {
  const { tickets } = till()
  if ('secret' in paper) {
    const opened = await tickets.byToken(till().hashOf(paper.secret))
    return opened === null ? null : { sale: opened.ticket.fact.body.sale, isGift: opened.paper === 'gift' }
  }
  const ticket = await tickets.byNumber(paper.number, paper.series)
  const sale = ticket?.fact.body.sale
  return sale?.endsWith(paper.tail) === true ? { sale, isGift: isMarked(paper) } : null
}
