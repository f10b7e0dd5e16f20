// What somebody was told of a product when they asked: a point of its sheet or a question of the shop's, and yes, no, or that nobody knows; then it is promised to find out.
import type { HonestSheet } from '../../core/guidance.ts'
import { dueDay } from '../../core/promising.ts'
import type { FactDraft } from '../../data/index.ts'
import { app, till } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { today } from '../orders/orders.svelte.ts'
import { counter } from '../sell/counter.svelte.ts'
import { helping } from '../sell/helping.svelte.ts'
import { t } from '../words.svelte.ts'
import { guidance } from './guidance.svelte.ts'
import { clockOffset, dayWords } from './promise.ts'
import { takeBack, UNDO_MS } from './records.ts'

export const ANSWERS = ['yes', 'no', 'unsure'] as const
export type Answer = (typeof ANSWERS)[number]

/** What a buyer may ask of a product. `kind`: of a point; null: a question of the shop's. */
export interface Question {
  readonly id: string
  readonly says: string
  readonly kind: 'strength' | 'limit' | null
}

// So many stand under a thumb, and each has a digit.
const MOST = 8

/** What may be asked of a product: what its sheet says, and then what is asked of many. */
export function questionsOf(product: string): { readonly sheet: HonestSheet | null; readonly questions: readonly Question[] } {
  const sheet = guidance.sheets.get(product) ?? null
  const topics = guidance.topics.map(({ id, name }) => ({ id, says: name, kind: null }))
  return { sheet, questions: [...(sheet?.points ?? []), ...topics].slice(0, MOST) }
}

/** Write down what they were told. Nothing waits for it, and it is taken back within ten seconds, with the promise that it made. */
export function answer(product: { readonly id: string; readonly name: string }, { id, says, kind }: Question, said: Answer): void {
  const { person, shift } = app
  helping.open = null
  if (person === null || shift === null) return
  const { id: ticket } = counter.ticket
  const [visit, sheet] = [counter.beginVisit(), guidance.sheets.get(product.id)]
  const chip = said === 'unsure' ? guidance.finder : null
  const due = chip === null ? null : dueDay(today(), chip.days, guidance.closed)
  const promise = till().newId()
  const staff = person.id
  const drafts: FactDraft[] = [{
    kind: 'claim.stated', staff, visit, body: {
      shift: shift.id, product: product.id, said, ...(sheet ? { sheet: sheet.id } : {}), ...(kind === null ? { topic: id } : { point: id }), ...(chip ? { promise } : {}),
    },
  }]
  if (chip && due) drafts.unshift({ kind: 'promise.made', staff, visit, body: { promise, shift: shift.id, chip: chip.id, due, ...clockOffset(), product: product.id } })
  till().writeAll(drafts).then((facts) => {
    for (const { id: fact, kind: of } of facts) counter.noteRecord(ticket, of === 'promise.made' ? { fact, piece: 'promise', name: chip?.name ?? '' } : { fact, piece: 'said', name: says })
    helping.say({
      title: t(`said.told_${said}`, { says }), ...(due === null ? {} : { detail: t('said.found_out', { day: dayWords(due) }) }), until: app.now + UNDO_MS,
      undo: () => { for (const { id: fact } of facts) takeBack(ticket, fact) },
    })
  }, fault)
}
