// What a text is and which values it asks for, read from the Spanish texts themselves.
import type { es } from './es/index.ts'
import type { late } from './es/late/index.ts'

type Spanish = typeof es & typeof late

/** A counted text: the form is chosen by the language's plural rule of `n`. */
export interface Plural {
  readonly one: string
  readonly other: string
}

export type Entry = string | Plural
export type Key = keyof Spanish

/** Every key, each with a text or a counted text like the Spanish one. */
export type Dictionary = { readonly [K in Key]: Spanish[K] extends string ? string : Plural }

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type NamesOf<E> = E extends Plural ? 'n' | Names<E['one']> | Names<E['other']> : Names<E>
type Value<E, Name> = E extends Plural ? (Name extends 'n' ? number : string | number) : string | number

/** The values a text asks for: `n` is a number where it is counted. */
export type Params<K extends Key> = {
  readonly [Name in NamesOf<Spanish[K]>]: Value<Spanish[K], Name>
}

type Arguments<K extends Key> = [NamesOf<Spanish[K]>] extends [never] ? [] : [params: Params<K>]

export interface Translate {
  /** The text of a key with its values put in; numbers are written the way of the language. */
  <K extends Key>(key: K, ...params: Arguments<K>): string
  /** The text of `prefix.code` for a code that came as data, else of `prefix.other`, else the code itself. */
  readonly code: (prefix: string, code: string) => string
  /** BCP 47 tag the texts were made for. */
  readonly locale: string
}
