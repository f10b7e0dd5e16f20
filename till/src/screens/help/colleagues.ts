// Who else works here, for a hand-over: the people of this till, without whoever stands at it.
import { app, part } from '../app.svelte.ts'

export interface Colleague { readonly id: string; readonly name: string }

// As many as fit under a thumb, twice.
const MOST = 6

export function colleagues(): readonly Colleague[] {
  if (app.part === null) return []
  return part().staff.filter(({ id, pin, role }) => id !== app.person?.id && pin !== null && role !== 'accountant' && role !== 'auditor').slice(0, MOST).map(({ id, name }) => ({ id, name }))
}
