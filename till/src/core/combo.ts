/**
 * Combos: a product at one price, made of a choice for each slot. On a ticket its parts are lines like any other, and one combo holds them together:
 * what is done to one of them is done to the combo. What each part costs the engine of prices says (docs/algorithms/combos.md).
 */
import { freshLine, type Adding, type Sellable } from './adding.ts'
import { mulDivRound } from './integer.ts'
import { extraOf, preselected, type Chosen, type ModifierGroup, type Modifier } from './modifier.ts'
import type { Combo as BasketCombo, Component } from './pricing/index.ts'
import {
  activeLines, amountProblem, discountProblem, lineAmount, lineOf, MAX_LINES, ONE, orNone, priceProblem, quantityProblem, setLineDiscount, setPrice, setQuantity, voided,
  type Changed, type Discount, type Refusal, type Ticket, type TicketCombo, type TicketLine,
} from './ticket.ts'

/** What a combo is made of, as the catalogue says it; the first choice of a slot is the usual one. */
export interface Combo {
  /** Of its product. */
  readonly id: string
  readonly slots: readonly {
    readonly name: string
    /** Thousandths of the choice in one combo. */
    readonly quantity: number
    readonly choices: readonly { readonly product_id: string; readonly name: string; /** Ten-thousandths a combo. */ readonly extra: number }[]
  }[]
}

/** A part as it is put down: so much of a product in one combo, and what was chosen beside it. */
export interface Part {
  readonly product: Sellable
  readonly taxes: readonly string[]
  readonly quantity: number
  readonly extra: number
  readonly modifiers: readonly Modifier[]
  readonly components: readonly Component[]
}

/** What the sheet asks for a combo: its slots, then what must be chosen beside what fills them. */
export interface Questions {
  readonly groups: readonly ModifierGroup[]
  readonly chosen: Chosen
}

const NOTHING = { everything: false, categories: [], products: [], without: [] }
const SLASH = '/'

/**
 * Return the groups to ask for, with what is chosen now. A slot is a group of one; what its choice asks for itself follows all slots, with ids that
 * begin with the place of the slot, for two slots may be filled by one product. `asked`: the groups that a product must have something of.
 */
export function questionsOf(combo: Combo, before: Chosen, asked: (product: string) => readonly ModifierGroup[]): Questions {
  const slots = combo.slots.map(({ name, choices }, place): ModifierGroup => ({
    id: String(place), name, position: place, least: 1, most: 1, pick: NOTHING,
    options: choices.map((choice, at) => ({ id: `${String(place)}${SLASH}${choice.product_id}`, name: choice.name, price: choice.extra, preselected: at === 0 })),
  }))
  const ofSlots = keptOrUsual(slots, before)
  const beside = combo.slots.flatMap(({ quantity, choices }, place) => {
    const choice = choices.find(({ product_id }) => ofSlots.has(`${String(place)}${SLASH}${product_id}`))
    return choice === undefined ? [] : asked(choice.product_id).map((group): ModifierGroup => ({
      ...group, id: `${String(place)}${SLASH}${group.id}`, name: `${choice.name}: ${group.name}`,
      options: group.options.map((option) => ({ ...option, id: `${String(place)}${SLASH}${option.id}`, price: mulDivRound(option.price, quantity, ONE) })),
    }))
  })
  return { groups: [...slots, ...beside], chosen: new Set([...ofSlots, ...keptOrUsual(beside, before)]) }
}

// What was chosen of a group stays; a group that nobody has been asked about begins with what is usual.
function keptOrUsual(groups: readonly ModifierGroup[], before: Chosen): Chosen {
  return new Set(groups.flatMap((group) => {
    const own = group.options.filter(({ id }) => before.has(id)).map(({ id }) => id)
    return own.length > 0 ? own : [...preselected([group])]
  }))
}

/** Return what fills each slot, and the options chosen beside it, out of what the sheet answered. */
export function answersOf(combo: Combo, chosen: Chosen): readonly { readonly product_id: string; readonly extra: number; readonly quantity: number; readonly options: Chosen }[] {
  return combo.slots.flatMap(({ quantity, choices }, place) => {
    const begin = `${String(place)}${SLASH}`
    const options = new Set([...chosen].filter((id) => id.startsWith(begin)).map((id) => id.slice(begin.length)))
    const choice = choices.find(({ product_id }) => options.has(product_id))
    return choice === undefined ? [] : [{ product_id: choice.product_id, extra: choice.extra, quantity, options }]
  })
}

export type ComboAdded = { readonly ok: true; readonly ticket: Ticket } | { readonly ok: false; readonly refused: Refusal }

/** Put a combo on a ticket: as many as the multiplier says. An equal one that stands there already becomes more. */
export function addCombo(ticket: Ticket, product: Sellable, parts: readonly Part[], adding: Pick<Adding, 'digits' | 'visit' | 'pack'>): ComboAdded {
  const quantity = mulDivRound(ticket.multiplier ?? ONE, adding.pack ?? ONE, ONE)
  if (product.price === null) return { ok: false, refused: 'combo_price' }
  if (parts.some(({ product: { trace } }) => (trace ?? null) !== null)) return { ok: false, refused: 'combo_trace' }
  const fresh = freshCombo(ticket, product, parts, quantity, adding)
  const twin = (ticket.combos ?? []).find((one) => keyOf(ticket, one) === keyOf({ ...ticket, lines: fresh.lines }, fresh.combo))
  const base: Ticket = { ...ticket, visit: ticket.visit ?? adding.visit, multiplier: null, parked_at: null }
  if (twin !== undefined) {
    const more = setComboQuantity(base, twin, twin.quantity + quantity, adding.digits)
    return more.ok ? more : { ok: false, refused: more.refused }
  }
  const refused = problemOf(fresh, adding.digits) ?? (activeLines(ticket).length + parts.length > MAX_LINES ? 'lines_full' : null)
  if (refused !== null) return { ok: false, refused }
  const lines = [...ticket.lines, ...fresh.lines]
  const combos = [...(ticket.combos ?? []), fresh.combo]
  return { ok: true, ticket: { ...base, lines, combos, next_line: ticket.next_line + parts.length, selected: fresh.combo.id } }
}

interface Fresh { readonly combo: TicketCombo; readonly lines: readonly TicketLine[] }

function freshCombo(ticket: Ticket, product: Sellable, parts: readonly Part[], quantity: number, adding: Pick<Adding, 'digits' | 'visit'>): Fresh {
  const id = String(ticket.next_line)
  const lines = parts.map((part, place): TicketLine => {
    // Its weight: what it would cost alone, with what this choice adds to the combo.
    const price = (part.product.price ?? 0) + extraOf(part.modifiers) + mulDivRound(part.extra, ONE, part.quantity)
    const at = { ...ticket, next_line: ticket.next_line + place }
    const line = freshLine(at, part.product, { ...adding, taxes: part.taxes, modifiers: part.modifiers, components: part.components }, mulDivRound(part.quantity, quantity, ONE), price)
    return { ...line, list_price: price, base_price: price, price_entry: null, price_list: null, combo: id }
  })
  const extra = parts.reduce((sum, part) => sum + part.extra + mulDivRound(extraOf(part.modifiers), part.quantity, ONE), 0)
  const base = product.listed == null ? product.price : product.listed.base
  const combo: TicketCombo = {
    id, product_id: product.id, name: product.variant === null || product.variant === '' ? product.name : `${product.name} ${product.variant}`,
    quantity, extra, base_price: base, unit_price: (product.price ?? 0) + extra, price_entry: product.listed?.entry ?? null, price_list: product.listed?.list ?? null, discount: null,
    parts: parts.map((part, place) => ({ line: lines[place]?.id ?? '', extra: part.extra, each: part.quantity })),
  }
  return { combo, lines }
}

function problemOf({ combo, lines }: Fresh, digits: number): Refusal | null {
  const own = quantityProblem(combo.quantity, 'piece') ?? priceProblem(combo.unit_price) ?? amountProblem(combo.quantity, combo.unit_price, digits)
  return lines.reduce<Refusal | null>((found, line) => {
    return found ?? quantityProblem(line.quantity, 'weight') ?? priceProblem(line.unit_price) ?? amountProblem(line.quantity, line.unit_price, digits)
  }, own)
}

// Two combos are one when nobody could tell them apart.
function keyOf(ticket: Ticket, combo: TicketCombo): string {
  const lines = ticket.lines.filter((line) => line.combo === combo.id)
  const isPlain = combo.discount === null && lines.every(({ note, removed_at }) => note === '' && removed_at === null)
  const parts = lines.map(({ product_id, unit_price, modifiers = [], components = [], taxes }) => [product_id, unit_price, modifiers, components, taxes])
  return JSON.stringify([isPlain ? '' : combo.id, combo.product_id, combo.base_price, combo.extra, combo.parts.map(({ extra, each }) => [extra, each]), parts])
}

/** What was chosen of a combo that stands on a ticket, as its sheet asks for it; a slot says its choice by its place. */
export function chosenOf(ticket: Ticket, combo: TicketCombo): Chosen {
  return new Set(combo.parts.flatMap(({ line: id }, place) => {
    const line = lineOf(ticket, id)
    return line === null ? [] : [line.product_id, ...(line.modifiers ?? []).map((modifier) => modifier.id)].map((one) => `${String(place)}${SLASH}${one}`)
  }))
}

/** Make a combo of other choices: as many of it, with its discount and its notes. `product`: as it was put down, at its own price. */
export function changeParts(ticket: Ticket, combo: TicketCombo, product: Sellable, parts: readonly Part[], adding: Pick<Adding, 'digits' | 'visit'>): Changed {
  if (parts.some(({ product: { trace } }) => (trace ?? null) !== null)) return { ok: false, refused: 'combo_trace' }
  if (parts.length !== combo.parts.length) return { ok: false, refused: 'combo_gone' }
  // Its lines keep their places: what is selected, and what stands on paper in which order, stays.
  const fresh = freshCombo({ ...ticket, next_line: Number(combo.id) }, product, parts, combo.quantity, adding)
  const before = new Map(ticket.lines.map((line) => [line.id, line]))
  const lines = fresh.lines.map((line) => ({ ...line, note: before.get(line.id)?.note ?? '' }))
  const after = { ...combo, extra: fresh.combo.extra, unit_price: combo.unit_price - combo.extra + fresh.combo.extra, parts: fresh.combo.parts }
  const refused = problemOf({ combo: after, lines }, adding.digits)
  if (refused !== null) return { ok: false, refused }
  const replaced = new Map(lines.map((line) => [line.id, line]))
  return { ok: true, ticket: { ...withCombo(ticket, after), lines: ticket.lines.map((line) => replaced.get(line.id) ?? line), selected: combo.id } }
}

/** The combo that a line is part of; null for any other line. */
export function comboOf(ticket: Ticket, line: string): TicketCombo | null {
  const id = lineOf(ticket, line)?.combo
  return id === undefined ? null : ((ticket.combos ?? []).find((combo) => combo.id === id) ?? null)
}

/** What stands on a ticket as people count it: a combo is one. */
export function countOfRows(ticket: Ticket): number {
  return new Set(activeLines(ticket).map(({ id, combo }) => combo ?? id)).size
}

/** Minor units of what a line and all that belongs to it would cost, so much of it (thousandths). */
export function amountWith(ticket: Ticket, line: string, digits: number, quantity: number | null = null): number {
  const found = comboOf(ticket, line) ?? lineOf(ticket, line)
  return found === null ? 0 : lineAmount(quantity ?? found.quantity, found.unit_price, digits)
}

/** Change the quantity of a line, thousandths; of a part that of its combo, and so of all its parts. */
export function changeQuantity(ticket: Ticket, id: string, quantity: number, digits: number): Changed {
  const combo = comboOf(ticket, id)
  return combo === null ? setQuantity(ticket, id, quantity, digits) : setComboQuantity(ticket, combo, quantity, digits)
}

function setComboQuantity(ticket: Ticket, combo: TicketCombo, quantity: number, digits: number): Changed {
  const changed: TicketCombo = { ...combo, quantity }
  const each = new Map(combo.parts.map((part) => [part.line, part.each]))
  const lines = ticket.lines.map((line) => (line.combo === combo.id ? { ...line, quantity: mulDivRound(each.get(line.id) ?? 0, quantity, ONE) } : line))
  const refused = problemOf({ combo: changed, lines: lines.filter((line) => line.combo === combo.id) }, digits)
  if (refused !== null) return { ok: false, refused }
  const less = combo.quantity - quantity
  const counted = less > 0 ? voided(ticket, [lineAmount(less, combo.unit_price, digits)]) : ticket
  return { ok: true, ticket: { ...withCombo(counted, changed), lines, selected: combo.id } }
}

/** Give a line a discount, or the combo that it is part of. */
export function changeDiscount(ticket: Ticket, id: string, discount: Discount | null): Changed {
  const combo = comboOf(ticket, id)
  if (combo === null) return setLineDiscount(ticket, id, discount)
  const refused = discountProblem(discount)
  return refused === null ? { ok: true, ticket: { ...withCombo(ticket, { ...combo, discount: orNone(discount) }), selected: combo.id } } : { ok: false, refused }
}

/** Change the unit price of a line; a combo has the price that the owner says. */
export function changePrice(ticket: Ticket, id: string, unitPrice: number, digits: number): Changed {
  return comboOf(ticket, id) === null ? setPrice(ticket, id, unitPrice, digits) : { ok: false, refused: 'combo_price' }
}

function withCombo(ticket: Ticket, combo: TicketCombo): Ticket {
  return { ...ticket, combos: (ticket.combos ?? []).map((other) => (other.id === combo.id ? combo : other)) }
}

/** The combos of a ticket as the basket has them. */
export function basketCombos(ticket: Ticket): readonly BasketCombo[] {
  const active = new Set(activeLines(ticket).map(({ combo }) => combo))
  return (ticket.combos ?? []).filter(({ id }) => active.has(id)).map(({ id, quantity, unit_price, parts, discount, product_id, name, price_entry }) => ({
    id, quantity, unit_price, parts: parts.map(({ line, extra }) => (extra === 0 ? { line } : { line, extra })), discount, product_id, name,
    ...(price_entry === null ? {} : { price_entry }),
  }))
}
