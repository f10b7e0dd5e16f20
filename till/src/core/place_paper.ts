/** Where else somebody is well served, on paper: public facts, the day somebody looked, what the shop gets for it, if anything, and whose word it is. */
import type { OtherPlace, OtherStore } from './guidance.ts'
import type { Formats } from './format.ts'
import { text, type Paper, type Row } from './paper.ts'
import { headRows, type PaperHead } from './receipt.ts'

/** After so many days nobody knows whether it is still so. Its twin: mostrador/trust/places.py. */
export const STALE_DAYS = 180
const DAY_MS = 86_400_000

/** The words of the paper, in the language of the till. */
export interface PlaceWords {
  readonly title: string
  readonly why: string
  readonly ours: string
  readonly looked: (day: string) => string
  readonly stale: string
  readonly fee: (says: string) => string
}

/** Whether it was too long ago that somebody looked. */
export function isStale({ verified_on }: OtherPlace, now: number): boolean {
  return now - Date.parse(`${verified_on}T00:00:00Z`) >= (STALE_DAYS + 1) * DAY_MS
}

/** Return the slip of a place, or of another store of the business. */
export function placePaper(place: OtherPlace | OtherStore, words: PlaceWords, head: PaperHead, formats: Formats, now: number): Paper {
  const ways = [place.address, place.phone, ...('url' in place ? [place.url] : [])].filter((way) => way !== '')
  const foot: Row[] = 'verified_on' in place
    ? [
        text(words.looked(formats.businessDate(place.verified_on)), 'center'), ...(isStale(place, now) ? [text(words.stale, 'center')] : []),
        ...(place.fee === '' ? [] : [text(words.fee(place.fee), 'center')]),
      ]
    : [text(words.ours, 'center')]
  return { sections: [
    { name: 'head', rows: [...headRows(head), text(formats.dateTime(now))] },
    { name: 'lines', rows: [
      text(words.title, 'center'), text(place.name, 'center', true), ...('good_for' in place ? [text(place.good_for, 'center'), text(words.why, 'center')] : []),
      ...ways.map((way) => text(way, 'center')),
    ] },
    { name: 'foot', rows: foot },
  ] }
}
