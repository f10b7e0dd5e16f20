/** What the till knows of countries: a table, so that no code asks for one by its name (tests/laws/test_countries.py). */

/** How a business's tax number is called on paper. */
const TAX_NUMBERS: Readonly<Record<string, string>> = { MX: 'RFC', ES: 'NIF' }

/** The tax number with its name, as it stands on a receipt; null without one. */
export function taxNumber(country: string, number: string): string | null {
  if (number === '') return null
  const name = TAX_NUMBERS[country]
  return name === undefined ? number : `${name} ${number}`
}
