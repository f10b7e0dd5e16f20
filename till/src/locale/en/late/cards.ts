import type { cards as spanish } from '../../es/late/cards.ts'
import type { Dictionary } from '../../types.ts'

// Gift cards: sold, spent, taken back, and what their papers say.
export const cards: Pick<Dictionary, keyof typeof spanish> = {
  'gift_card.new': 'New card',
  'gift_card.number': 'Card {number}',
  'gift_card.balance': 'Balance {amount}',
  'gift_card.amount': 'Amount',
  'gift_card.help': 'Say how much is on it. Its code is printed when it is paid.',
  'gift_card.code': 'Code of a card',
  'gift_card.find': 'Look',
  'gift_card.looking': 'Asking the server…',
  'gift_card.sell': 'Sell for {amount}',
  'gift_card.top_up': 'Top up {amount}',
  'gift_card.give_back': 'Give back {amount}',
  'gift_card.how_back': 'Say above how the money goes back.',
  'gift_card.given_back': 'Card {number}: {amount} given back. It is worth nothing now.',
  'gift_card.unspent': 'Not used yet.',
  'gift_card.spent': 'It was used: no money is given back.',
  'gift_card.problem.bad': 'That is not the code of a gift card.',
  'gift_card.problem.unknown': 'No card has that code, or the shop gave it another.',
  'gift_card.problem.offline': 'Without internet nobody can say what is on it. Take it another way, or wait.',
  'gift_card.problem.practice': 'True cards are not used in practice.',
  'gift_card.problem.blocked': 'The shop has blocked this card. Ask in the office.',
  'z.gift_cards': 'Gift cards sold: {n}',
  'z.gift_cards_sold': 'Put on cards (no sale)',
  'z.gift_cards_back': 'Cards taken back',
}
