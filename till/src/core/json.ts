/** Reading what a server says without trusting it: each reader returns the value, or undefined when it is not of that kind. */

export type JsonObject = Readonly<Record<string, unknown>>

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A safe integer; `least` is its lower bound. */
export function asInteger(value: unknown, least = Number.MIN_SAFE_INTEGER): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least ? value : undefined
}

export function asArray(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

/** A text that is one of the given words. */
export function asWord<T extends string>(value: unknown, words: readonly T[]): T | undefined {
  return words.find((word) => word === value)
}

/** Read every item, or nothing at all if one of them cannot be read. */
export function asList<T>(value: unknown, item: (value: unknown) => T | undefined): readonly T[] | undefined {
  const found = asArray(value)?.map(item)
  return found?.every((one) => one !== undefined) ? found : undefined
}
