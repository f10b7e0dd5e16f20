// The texts in the language of this device, else of the store. Reactive: a change of language is seen at once.
import { english, languageOf, spanish, translator, type Dictionary, type Key, type Language, type Late, type Translate } from '../locale/index.ts'
import { app } from './app.svelte.ts'
import { preferences } from './preferences.svelte.ts'

/** The locale in which money, dates and numbers are written: always the store's, whatever the language. */
export function storeLocale(): string {
  return app.part?.organization.locale ?? (typeof navigator === 'undefined' ? 'es-MX' : navigator.language)
}

/** The language in which the till should speak. */
export function wanted(): Language {
  return preferences.language ?? languageOf(storeLocale())
}

let learned = $state.raw<Dictionary | null>(null)
let more = $state.raw<Late | null>(null)

/** Take the Spanish words of the later file, which brings them. */
export function learnLate(words: Late): void {
  more = words
}

/** Fetch the texts of the language that is wanted, if they are not here. Until then the till speaks Spanish. */
export async function learn(): Promise<void> {
  if (wanted() === 'en') learned ??= await english()
}

/** The language in which the till speaks. */
export function language(): Language {
  return wanted() === 'en' && learned !== null ? 'en' : 'es'
}

const speaker = $derived.by(() => {
  const spoken = language()
  const locale = languageOf(storeLocale()) === spoken ? storeLocale() : spoken
  return translator(locale, spoken === 'en' && learned !== null ? learned : spanish(locale, more))
})

type Loose = (key: Key, params?: Readonly<Record<string, string | number>>) => string

const say: Loose = (key, params) => (speaker as unknown as Loose)(key, params)

const extras = {
  code: { value: (prefix: string, value: string): string => speaker.code(prefix, value) },
  locale: { get: (): string => speaker.locale },
}

/** The text of a key, checked against the dictionary; `t.code(prefix, code)` for a code that came as data; `t.locale` for what it is in. */
export const t = Object.defineProperties(say, extras) as unknown as Translate
