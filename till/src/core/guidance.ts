/** What the server says a till may help with. Reads leniently: what is missing is not offered. */
import { asList, asObject, asText } from './json.ts'

/** What somebody may have come for, in the owner's words. */
export interface NeedChip {
  readonly id: string
  readonly name: string
}

export interface Guidance {
  readonly needs: readonly NeedChip[]
  /** What the owner took from the strip, by name. */
  readonly hidden: readonly string[]
}

export const NO_GUIDANCE: Guidance = { needs: [], hidden: [] }

function readNeed(value: unknown): NeedChip | undefined {
  const row = asObject(value)
  const id = asText(row?.['id'])
  const name = asText(row?.['name'])
  return id === undefined || name === undefined ? undefined : { id, name }
}

/** Read the document of `GET guidance`; null when it is none. */
export function readGuidance(value: unknown): Guidance | null {
  const row = asObject(value)
  const needs = asList(row?.['needs'], readNeed)
  return needs ? { needs, hidden: asList(row?.['hidden'], asText) ?? [] } : null
}
