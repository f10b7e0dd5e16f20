// The texts of a locale at once, for tests and the papers they make: both languages are here.
import { en } from '../../src/locale/en/index.ts'
import { late } from '../../src/locale/es/late/index.ts'
import { languageOf, spanish, translator, type Dictionary, type Translate } from '../../src/locale/index.ts'

export function dictionaryOf(locale: string): Dictionary {
  return languageOf(locale) === 'en' ? en : spanish(locale, late)
}

export function wordsOf(locale: string): Translate {
  return translator(locale, dictionaryOf(locale))
}
