/** A catalogue for tests, as the server serves it: any number of products, made from a few words and a seed. */
import type { TestServer } from './server.ts'

const THINGS = [
  'Café', 'Leche', 'Jabón', 'Chocolate', 'Frijol', 'Tortilla', 'Queso', 'Miel', 'Agua', 'Pan', 'Refresco', 'Limón', 'Azúcar', 'Aceite',
  'Arroz', 'Atún', 'Galleta', 'Detergente', 'Champú', 'Yogur', 'Mantequilla', 'Salsa', 'Chile', 'Mole', 'Harina', 'Avena', 'Papel', 'Cerveza',
]
const KINDS = [
  'molido', 'entero', 'integral', 'orgánico', 'tradicional', 'negro', 'blanco', 'rojo', 'de olla', 'con canela', 'sin azúcar', 'ligero',
  'de metate', 'en barra', 'en polvo', 'líquido', 'suave', 'añejo', 'fresco', 'natural', 'ahumado', 'picante', 'dulce', 'premium',
]
const PLACES = ['Oaxaca', 'Veracruz', 'Chiapas', 'Puebla', 'Jalisco', 'Sonora', 'Norte', 'Sur', 'Sierra', 'Valle', 'Costa', 'Istmo']
const SIZES = [[100, 'g'], [250, 'g'], [400, 'g'], [500, 'g'], [1, 'kg'], [250, 'ml'], [600, 'ml'], [1, 'L'], [2, 'L'], [12, 'pz']] as const

export const CATEGORIES = ['Café y pan', 'Abarrotes', 'Frescos', 'Limpieza'].map((name, at) => ({
  id: `0199b2a4-7000-7d00-8d00-00000000000${String(at)}`, name, position: at, picto: 'caja', tint: 'gris',
}))

/** Numbers in [0, below) from a seed: mulberry32. */
export function chances(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

export function productId(n: number): string {
  return `0199b2a4-7000-7e00-8e00-${String(n).padStart(12, '0')}`
}

export function barcodeOf(n: number): string {
  const body = `750${String(1_000_000_00 + n * 7).padStart(9, '0')}`
  const sum = [...body].reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return `${body}${String((10 - (sum % 10)) % 10)}`
}

export type Row = Record<string, unknown>

export function aProduct(n: number, more: Row = {}): Row {
  const pick = chances(n + 1)
  const [amount, unit] = SIZES[pick(SIZES.length)]!
  const name = [THINGS[pick(THINGS.length)], KINDS[pick(KINDS.length)], PLACES[pick(PLACES.length)], amount, unit].join(' ')
  return {
    id: productId(n), sku: `P-${String(n).padStart(6, '0')}`, name, category: CATEGORIES[pick(CATEGORIES.length)]!.id, family: null, variant: '',
    unit: 'pieza', by: 'piece', content: amount * 1000, content_unit: unit, price: (pick(50_000) + 100) * 100, tax_group: 'g1', tax_units: null,
    picto: 'caja', tint: 'gris', favourite: null, barcodes: [[barcodeOf(n), 1000]], ...more,
  }
}

export const TAXES = {
  taxes: [
    { id: 't1', code: 'IVA16', name: 'IVA 16 %', kind: 'percent', rate: 160000, amount: 0, in_base: false },
    { id: 't2', code: 'IEPS_L', name: 'IEPS', kind: 'fixed', rate: 0, amount: 16451, in_base: true },
  ],
  tax_groups: [{ id: 'g1', name: 'General', taxes: ['IEPS_L', 'IVA16'] }],
}

/** Let a server serve these products: so many a part, so many parts a file. */
export function serve(server: TestServer, rows: readonly Row[], partSize = 2000, fileSize = 3): void {
  const parts: { path: string; count: number }[] = []
  const version = `v${String(server.n)}`
  server.parts.clear()
  for (let at = 0; at < rows.length; at += partSize) {
    const slice = rows.slice(at, at + partSize)
    const columns = Object.fromEntries(Object.keys(slice[0]!).map((name) => [name, slice.map((row) => row[name])]))
    const path = `catalogue/${version}/${String(Math.floor(parts.length / fileSize))}`
    server.parts.set(path, `${server.parts.get(path) ?? ''}${JSON.stringify(columns)}\n`)
    parts.push({ path, count: slice.length })
  }
  server.manifest = {
    epoch: server.epoch, n: server.n, version, format: 2, count: rows.length, parts, categories: CATEGORIES, families: [{ id: 'f1', name: 'Playera' }],
    barcode_rules: [{ id: 'r1', prefix: '20', kind: 'weight', item_digits: 5, value_digits: 5, decimals: 3 }], ...TAXES,
  }
}

export function change(server: TestServer, id: string, row: Row | null, kind = 'product'): void {
  server.n += 1
  server.changes = [...server.changes.filter((one) => one.kind !== kind || one.id !== id), { n: server.n, kind, id, row }]
}
