/** Words as people search for them: without accents or case, letters and digits apart («500g» is «500» and «g»). */

// The ASCII range, where nothing has to be taken apart.
const PLAIN = /^[\u0000-\u007f]*$/
const MARKS = /\p{M}+/gu
const WORDS = /\p{L}+|\p{N}+/gu

export function fold(text: string): string {
  const small = text.toLowerCase()
  return PLAIN.test(small) ? small : small.normalize('NFD').replace(MARKS, '')
}

export function wordsOf(text: string): readonly string[] {
  return fold(text).match(WORDS) ?? []
}
