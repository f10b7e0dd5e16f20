// What stands on the strip, always in this order: what each is called, when it is offered, what opens it.
import type { Component } from 'svelte'
import type { Drawn } from '../../ui/icons.ts'
import { helping, type Piece } from '../sell/helping.svelte.ts'
import { colleagues } from './colleagues.ts'
import { guidance } from './guidance.svelte.ts'
import Handoff from './Handoff.svelte'
import { thinkItOver } from './hold.ts'
import { icons } from './icons.ts'
import Needs from './Needs.svelte'
import Promise from './Promise.svelte'
import Recommend from './Recommend.svelte'
import Sample from './Sample.svelte'

export interface StripPiece {
  readonly piece: Piece
  readonly label: `strip.${Piece}`
  readonly icon: Drawn
  /** Whether the shop has what it takes. */
  readonly isReady: () => boolean
  /** What rises over the ticket; null: one tap is all. */
  readonly sheet: Component | null
  readonly press: () => void
}

function opens(piece: Piece): () => void {
  return () => { helping.open = helping.open === piece ? null : piece }
}

const PIECES: readonly StripPiece[] = [
  { piece: 'need', label: 'strip.need', icon: icons.need, isReady: () => guidance.needs.length > 0, sheet: Needs, press: opens('need') },
  {
    piece: 'recommend', label: 'strip.recommend', icon: icons.recommend, isReady: () => guidance.needs.length > 0 || guidance.places.length > 0, sheet: Recommend,
    press: opens('recommend'),
  },
  { piece: 'sample', label: 'strip.sample', icon: icons.sample, isReady: () => guidance.samples.length > 0, sheet: Sample, press: opens('sample') },
  { piece: 'promise', label: 'strip.promise', icon: icons.promise, isReady: () => guidance.promises.length > 0, sheet: Promise, press: opens('promise') },
  { piece: 'hold', label: 'strip.hold', icon: icons.hold, isReady: () => true, sheet: null, press: thinkItOver },
  { piece: 'handoff', label: 'strip.handoff', icon: icons.handoff, isReady: () => colleagues().length > 0, sheet: Handoff, press: opens('handoff') },
]

/** What this shop offers: what it has, less what the owner took from the strip. */
export function offered(): readonly StripPiece[] {
  return PIECES.filter(({ piece, isReady }) => !guidance.hidden.includes(piece) && isReady())
}

/** The piece whose sheet is open. */
export function opened(): StripPiece | undefined {
  return PIECES.find(({ piece }) => piece === helping.open)
}
