/** A combo on paper: its name and price, and under it what it is made of. */
import type { BasketLine, SaleBasket } from './basket.ts'
import { isMeasured, type Formats } from './format.ts'
import { pair, text, type Row } from './paper.ts'
import type { Combo } from './pricing/index.ts'
import type { PaperWords } from './receipt.ts'

/** The rows of a basket's lines, in their order: each line's own, and of a combo those of the whole, once. */
export function rowsByCombo(basket: SaleBasket, ofLine: (line: BasketLine) => readonly Row[], ofCombo: (combo: Combo, lines: readonly BasketLine[]) => readonly Row[]): readonly Row[] {
  const owner = new Map((basket.combos ?? []).flatMap((combo) => combo.parts.map(({ line }) => [line, combo] as const)))
  const said = new Set<Combo>()
  return basket.lines.flatMap((line) => {
    const combo = owner.get(line.id)
    if (combo === undefined) return ofLine(line)
    if (said.has(combo)) return []
    said.add(combo)
    return ofCombo(combo, combo.parts.flatMap((part) => basket.lines.find(({ id }) => id === part.line) ?? []))
  })
}

/** A combo with what was chosen; `amount`: minor units. */
export function comboRows(combo: Combo, lines: readonly BasketLine[], amount: number, formats: Formats, words: PaperWords): readonly Row[] {
  const name = combo.name ?? ''
  const each = words('receipt.each', { quantity: formats.quantity(combo.quantity), price: formats.unitPrice(combo.unit_price) })
  const head = combo.quantity === 1000 ? [pair(name, formats.amount(amount))] : [text(name), pair(each, formats.amount(amount), { indent: true })]
  const extras = new Map(combo.parts.map(({ line, extra = 0 }) => [line, extra]))
  return [...head, ...lines.flatMap((line) => partRows(line, extras.get(line.id) ?? 0, formats))]
}

function partRows(line: BasketLine, extra: number, formats: Formats): readonly Row[] {
  const isWeighed = isMeasured(line.unit) || line.quantity % 1000 !== 0
  const many = line.quantity === 1000 && !isWeighed ? '' : `${formats.quantity(line.quantity, isWeighed ? line.unit : null, isWeighed)} `
  const name = pair(`${many}${line.name}`, extra === 0 ? '' : `+${formats.unitPrice(extra)}`, { indent: true })
  return [name, ...beside(line, formats).map((words) => pair(words, '', { indent: true }))]
}

/** What was chosen beside a line, and what a kit holds. */
export function beside({ modifiers = [], components = [] }: BasketLine, formats: Formats): readonly string[] {
  return [
    ...modifiers.map(({ name, price }) => `+ ${name}${price === 0 ? '' : ` ${formats.unitPrice(price)}`}`),
    ...components.map(({ name, quantity }) => `· ${formats.quantity(quantity)} ${name}`),
  ]
}
