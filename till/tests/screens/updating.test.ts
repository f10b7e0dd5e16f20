import { expect, it } from 'vitest'
import { mayUpdate, QUIET_ALONE_MS, QUIET_SIGNED_IN_MS, type Moment } from '../../src/screens/updating.svelte.ts'

const ALONE: Moment = { isReady: true, isBusy: false, isSignedIn: false, quiet: QUIET_ALONE_MS }
const SIGNED_IN: Moment = { ...ALONE, isSignedIn: true, quiet: QUIET_SIGNED_IN_MS }

it('a newer version takes over once nothing is open and nothing was touched for a while', () => {
  expect([mayUpdate(ALONE), mayUpdate(SIGNED_IN)]).toEqual([true, true])
})

it.each<[string, Moment]>([
  ['there is none', { ...ALONE, isReady: false }],
  ['a person is in the middle of something', { ...ALONE, isBusy: true }],
  ['the same, signed in', { ...SIGNED_IN, isBusy: true }],
  ['a hand has just moved', { ...ALONE, quiet: QUIET_ALONE_MS - 1 }],
  ['the person who is signed in has only looked away', { ...SIGNED_IN, quiet: QUIET_SIGNED_IN_MS - 1 }],
])('it waits while %s', (_why, moment) => {
  expect(mayUpdate(moment)).toBe(false)
})
