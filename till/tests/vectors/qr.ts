// The square codes of texts as rows of 0 and 1, made as the till makes them: a JSON list of texts in, a list of lists out. For an independent reader.
import { readFileSync } from 'node:fs'
import { encode } from 'uqr'

const texts = JSON.parse(readFileSync(0, 'utf8')) as readonly string[]
const rows = texts.map((text) => {
  const { data, version } = encode(text, { ecc: 'M', border: 0 })
  return { version, rows: data.map((row) => row.map((isDark) => (isDark ? '1' : '0')).join('')) }
})
process.stdout.write(JSON.stringify(rows))
