/**
 * Canonical bytes of a fact: RFC 8785 over strings, booleans, null, arrays, objects and integers within ±(2^53-1) (ruling 2).
 * Texts here are JavaScript strings; their bytes are their UTF-8.
 */

export type Json = string | boolean | number | null | readonly Json[] | { readonly [name: string]: Json }

/** A value that has no canonical bytes, and where it stands in the document. */
export class NotCanonical extends Error {
  readonly code = 'not_canonical'
  readonly path: string

  constructor(path: string, why: string) {
    super(`${path === '' ? 'the document' : path}: ${why}`)
    this.path = path
  }
}

/** Write a value in its one canonical form. Properties that are undefined count as absent. Refuses all else (NotCanonical). */
export function canonical(value: unknown, path = ''): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new NotCanonical(path, 'half a surrogate pair')
      return JSON.stringify(value)
    case 'number':
      if (!Number.isSafeInteger(value)) throw new NotCanonical(path, 'a number that is no safe integer')
      return Object.is(value, -0) ? '0' : String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? canonicalArray(value, path) : canonicalObject(value, path)
    default:
      throw new NotCanonical(path, `a ${typeof value}`)
  }
}

function canonicalArray(items: readonly unknown[], path: string): string {
  return `[${items.map((item, index) => canonical(item, `${path}/${String(index)}`)).join(',')}]`
}

function canonicalObject(value: object, path: string): string {
  const members: string[] = []
  // The default order of strings is by UTF-16 code units, which is what RFC 8785 3.2.3 asks for.
  for (const name of Object.keys(value).sort()) {
    const member: unknown = (value as Readonly<Record<string, unknown>>)[name]
    if (member !== undefined) members.push(`${canonical(name, path)}:${canonical(member, `${path}/${name}`)}`)
  }
  return `{${members.join(',')}}`
}

/** Read canonical bytes. Refuses text that is no JSON or not the canonical form of what it says (NotCanonical). */
export function parseCanonical(text: string): Json {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    throw new NotCanonical('', 'no JSON')
  }
  if (canonical(value) !== text) throw new NotCanonical('', 'not in canonical form')
  return value
}
