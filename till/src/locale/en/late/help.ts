import type { help as spanish } from '../../es/late/help.ts'
import type { Dictionary } from '../../types.ts'

// The strip for the buyer: what somebody came for, what was kept for them, who helps.
export const help: Pick<Dictionary, keyof typeof spanish> = {
  'strip.need': 'Need',
  'strip.recommend': 'Advise',
  'strip.sample': 'Sample',
  'strip.promise': 'Promise',
  'strip.hold': 'Thinking',
  'strip.handoff': 'Hand over',
  'strip.need_ask': 'What are they looking for?',
  'strip.need_said': 'Looking for: {name}',
  'strip.no_sale_done': 'Helped, nothing bought',
  'strip.no_sale_more': 'The visit is kept',
  'strip.undo': 'Undo',
  'strip.unfold': 'Visit',
  'strip.said': 'What was just written down',

  'hold.empty': 'Put on the ticket what they want to think about.',
  'hold.said': 'Price kept until {day}',
  'hold.number': 'Quotation {number}, no obligation',

  'handoff.joins': 'Who helps too?',
  'handoff.goes_on': 'Goes on with the visit',
  'handoff.goes_on_name': '{name} goes on',
  'handoff.joined': '{name} helps too',
  'handoff.went_on': '{name} goes on',

  'helped.none': 'Here stays whom you helped: a sale, a promise, a piece of advice.',
  'helped.yours': 'Only you see it, on this till. It is neither counted nor compared with anybody.',
}
