/** The till's texts: Spanish first, English complete. Pure: a translator is made per language, nothing is global. */
import { es } from './es/index.ts'
import type { late } from './es/late/index.ts'
import { spain } from './es/spain.ts'
import type { Dictionary, Entry, Translate } from './types.ts'

export type { Dictionary, Entry, Key, Params, Plural, Translate } from './types.ts'

export type Language = 'es' | 'en'

/** The language of a locale tag; Spanish for any other than English. */
export function languageOf(locale: string): Language {
  return locale.toLowerCase().split(/[-_]/u)[0] === 'en' ? 'en' : 'es'
}

/** The English texts: a file of their own, that a till which speaks Spanish does not wait for. */
export async function english(): Promise<Dictionary> {
  return (await import('./en/index.ts')).en
}

/** The words that come with the later file. Until they are here nothing asks for them. */
export type Late = typeof late

/** The Spanish texts for a locale tag; Spain's own words over the shared ones. `more`: those of the later file, once they are here. */
export function spanish(locale: string, more: Late | null): Dictionary {
  return { ...es, ...more, ...(/^es[-_]es$/iu.test(locale) ? spain : {}) } as Dictionary
}

/** `text` with each `{name}` replaced; a name without a value stays visible, so that the gap is seen. */
function fill(text: string, params: Readonly<Record<string, string | number>>, numbers: Intl.NumberFormat): string {
  return text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = params[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? numbers.format(value) : value
  })
}

/**
 * The translator of a locale such as `es-MX`, `es-ES` or `en`, with the texts of its language.
 * Numbers among the values are written in the same locale; money and dates come in as text already.
 */
export function translator(locale: string, dictionary: Dictionary): Translate {
  const texts: Readonly<Record<string, Entry>> = dictionary
  const plural = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })

  function say(key: string, params: Readonly<Record<string, string | number>> = {}): string {
    const entry = texts[key]
    if (entry === undefined) return key
    if (typeof entry === 'string') return fill(entry, params, numbers)
    const form = plural.select(Number(params['n'])) === 'one' ? entry.one : entry.other
    return fill(form, params, numbers)
  }

  function code(prefix: string, value: string): string {
    const entry = texts[`${prefix}.${value}`] ?? texts[`${prefix}.other`]
    return typeof entry === 'string' ? entry : value
  }

  return Object.assign(say, { code, locale })
}
