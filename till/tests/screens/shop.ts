// An invented shop for looking at the screens: the products of the mocks, two families, scale codes, four people.
import { createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

interface Row {
  id: string; sku: string; name: string; category: string; family: string | null; variant: string | null; unit: string; by: 'piece' | 'weight'
  content: number | null; content_unit: string | null; price: number | null; tax_group: string; tax_units: null; picto: string; tint: string
  favourite: number | null; barcodes: [string, number][]; age: number | null; trace: 'serial' | 'lot' | null
}

const id = (group: number, n: number): string => `0199f000-${String(group).padStart(4, '0')}-7000-8000-${String(n).padStart(12, '0')}`

export const CATEGORIES = ['Café y pan', 'Abarrotes', 'Frescos', 'Limpieza'].map((name, place) => ({
  id: id(1, place + 1), name, parent: null, position: place, picto: null, tint: null,
}))

const [CAFE = '', ABARROTES = '', FRESCOS = '', LIMPIEZA = ''] = CATEGORIES.map((category) => category.id)

type Short = [name: string, category: string, price: number | null, content: [number, string] | null, unit: string, picto: string, tint: string, group: string]

const SHORT: Short[] = [
  ['Café de olla molido', CAFE, 890000, [250, 'g'], 'pz', 'bolsa', 'cafe', 'ALIM'],
  ['Chocolate de metate', CAFE, 1180000, [500, 'g'], 'pz', 'tablilla', 'cafe', 'ALIM'],
  ['Pan de yema', CAFE, 90000, null, 'pz', 'pan', 'maiz', 'ALIM'],
  ['Café americano', CAFE, 320000, [355, 'ml'], 'pz', 'vaso', 'crema', 'IVA'],
  ['Leche entera', FRESCOS, 270000, [1, 'l'], 'pz', 'carton', 'cielo', 'ALIM'],
  ['Huevo blanco', FRESCOS, 460000, [12, 'pz'], 'pz', 'huevo', 'crema', 'ALIM'],
  ['Tortilla de maíz', FRESCOS, 240000, [1, 'kg'], 'pz', 'disco', 'maiz', 'ALIM'],
  ['Frijol negro a granel', ABARROTES, 420000, null, 'kg', 'granel', 'jamaica', 'ALIM'],
  ['Jitomate saladet', FRESCOS, 380000, null, 'kg', 'fruta', 'tomate', 'ALIM'],
  ['Limón con semilla', FRESCOS, 340000, null, 'kg', 'limon', 'hoja', 'ALIM'],
  ['Quesillo de hebra', FRESCOS, 1680000, null, 'kg', 'queso', 'crema', 'ALIM'],
  ['Agua en garrafón', ABARROTES, 520000, [20, 'l'], 'pz', 'garrafon', 'cielo', 'ALIM'],
  ['Jabón de barra', LIMPIEZA, 210000, [400, 'g'], 'pz', 'barra', 'rosa', 'IVA'],
  ['Miel de abeja', ABARROTES, 760000, [330, 'g'], 'pz', 'frasco', 'maiz', 'ALIM'],
  ['Refresco de cola', ABARROTES, 195000, [600, 'ml'], 'pz', 'botella', 'tomate', 'REFRESCO'],
  ['Mole negro', ABARROTES, 950000, [500, 'g'], 'pz', 'lata', 'gris', 'ALIM'],
]

function ean13(body: string): string {
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0)
  return body + String((10 - (sum % 10)) % 10)
}

function row(short: Short, n: number): Row {
  const [name, category, price, content, unit, picto, tint, group] = short
  return {
    id: id(2, n), sku: `P${String(n).padStart(4, '0')}`, name, category, family: null, variant: null, unit, by: unit === 'kg' ? 'weight' : 'piece',
    content: content ? content[0] * 1000 : null, content_unit: content ? content[1] : null, price, tax_group: group, tax_units: null, picto, tint,
    favourite: n <= 16 ? n : null,
    barcodes: unit === 'kg' ? [[String(10000 + n), 1000]] : [[ean13(`200${String(n).padStart(9, '0')}`), 1000], [ean13(`201${String(n).padStart(9, '0')}`), 12000]],
    age: null, trace: null,
  }
}

function variants(): Row[] {
  return ['Roja S', 'Roja M', 'Azul S', 'Azul M'].map((variant, place) => ({
    ...row(['Playera de algodón', LIMPIEZA, 1290000, null, 'pz', 'bolsa', 'tomate', 'IVA'], 900 + place),
    name: `Playera de algodón ${variant}`, family: id(3, 1), variant, favourite: null,
  }))
}

const [SMALL, LARGE, CONCHA, COMBO, PANTRY] = [910, 911, 920, 930, 931] as const

/** Goods that ask for something when they are sold: a size and a milk, an age, a number; and what is made of others. */
function asking(): Row[] {
  const one = (n: number, name: string, category: string, price: number, more: Partial<Row> = {}): Row => ({
    ...row([name, category, price, null, 'pz', 'caja', 'crema', 'ALIM'], n), favourite: null, ...more,
  })
  return [
    ...([[SMALL, 'Chico', 420000], [LARGE, 'Grande', 520000]] as const).map(([n, variant, price]) => one(n, 'Capuchino', CAFE, price, { family: id(3, 2), variant, picto: 'taza', tint: 'cafe' })),
    one(CONCHA, 'Concha de vainilla', CAFE, 120000, { picto: 'pan', tint: 'maiz' }),
    one(921, 'Mezcal joven', ABARROTES, 3800000, { age: 18, picto: 'botella', content: 750_000, content_unit: 'ml' }),
    one(922, 'Audífonos de diadema', ABARROTES, 2490000, { trace: 'serial' }),
    one(COMBO, 'Combo desayuno', CAFE, 400000, { picto: 'taza', tint: 'maiz' }),
    one(PANTRY, 'Despensa básica', ABARROTES, 2050000, { picto: 'bolsa', tint: 'hoja' }),
  ]
}

export const COMBOS = [
  {
    id: id(2, COMBO), slots: [
      { name: 'Bebida', quantity: 1000, choices: [{ product_id: id(2, 4), name: 'Café americano', extra: 0 }, { product_id: id(2, 5), name: 'Leche entera', extra: 0 }, { product_id: id(2, SMALL), name: 'Capuchino chico', extra: 120000 }] },
      { name: 'Pan', quantity: 1000, choices: [{ product_id: id(2, 3), name: 'Pan de yema', extra: 0 }, { product_id: id(2, CONCHA), name: 'Concha de vainilla', extra: 30000 }] },
    ],
  },
]
export const KITS = [
  { id: id(2, PANTRY), components: [{ product_id: id(2, 5), name: 'Leche entera', quantity: 2000 }, { product_id: id(2, 6), name: 'Huevo blanco', quantity: 1000 }, { product_id: id(2, 13), name: 'Jabón de barra', quantity: 1000 }] },
]

/** Return the shop's products, then as many made ones as are wanted. */
export function products(extra = 0): Row[] {
  const words = ['Galleta', 'Arroz', 'Aceite', 'Salsa', 'Atún', 'Pasta', 'Jugo', 'Cereal', 'Detergente', 'Servilleta']
  const kinds = ['clásica', 'integral', 'grande', 'sin sal', 'picante', 'de la casa', 'light', 'familiar']
  const own = [...SHORT.map((short, place) => row(short, place + 1)), ...variants(), ...asking(), { ...row(['Servicio de envío', ABARROTES, null, null, 'pz', 'caja', 'gris', 'IVA'], 990), favourite: null }]
  const made = Array.from({ length: extra }, (_, n) => {
    const name = `${words[n % words.length] ?? ''} ${kinds[(n >> 3) % kinds.length] ?? ''} ${String(n)}`
    return row([name, [ABARROTES, FRESCOS, LIMPIEZA, CAFE][n % 4] ?? ABARROTES, 100000 + (n % 900) * 1000, [250 + (n % 4) * 250, 'g'], 'pz', 'caja', 'cielo', 'ALIM'], 1000 + n)
  })
  return [...own, ...made]
}

export const TAXES = [
  { id: id(4, 1), code: 'IVA16', name: 'IVA 16 %', kind: 'percent', rate: 160000, amount: null, in_base: false },
  { id: id(4, 2), code: 'IVA0', name: 'IVA 0 %', kind: 'percent', rate: 0, amount: null, in_base: false },
  { id: id(4, 3), code: 'IEPS', name: 'IEPS bebidas', kind: 'percent', rate: 80000, amount: null, in_base: true },
]
export const TAX_GROUPS = [
  { id: 'IVA', name: 'IVA 16 %', taxes: ['IVA16'] }, { id: 'ALIM', name: 'Alimentos', taxes: ['IVA0'] }, { id: 'REFRESCO', name: 'Refrescos', taxes: ['IEPS', 'IVA16'] },
]
export const MODIFIERS = [
  {
    id: id(6, 1), name: 'Tamaño', position: 1, least: 1, most: 1, pick: { products: [id(2, 4)] },
    options: [{ id: id(7, 1), name: 'Chico', price: 0, default: true }, { id: id(7, 2), name: 'Grande', price: 80000, default: false }],
  },
  {
    id: id(6, 2), name: 'Leche', position: 2, least: 1, most: 1, pick: { products: [id(2, SMALL), id(2, LARGE)] },
    options: [{ id: id(7, 11), name: 'Entera', price: 0, default: true }, { id: id(7, 12), name: 'Deslactosada', price: 0, default: false }, { id: id(7, 13), name: 'Avena', price: 80000, default: false }],
  },
]
export const FAMILIES = [{ id: id(3, 1), name: 'Playera de algodón' }, { id: id(3, 2), name: 'Capuchino' }]
export const RULES = [
  { id: id(5, 1), prefix: '20', kind: 'weight', item_digits: 5, value_digits: 5, decimals: 3, check: true },
  { id: id(5, 2), prefix: '29', kind: 'price', item_digits: 5, value_digits: 5, decimals: 2, check: true },
]

function pin(text: string): object {
  const salt = randomBytes(16)
  const device = randomBytes(16)
  const base = pbkdf2Sync(text, salt, 10_000, 32, 'sha256')
  return { salt: salt.toString('base64url'), iterations: 10_000, device_salt: device.toString('base64url'), verifier: createHmac('sha256', device).update(base).digest('base64url') }
}

/** What the shop takes beside cash and cards: of one kind with face values, and with a number for who wants to write it down. */
const VOUCHERS = [
  { id: '01a21078-0000-7000-8000-0000000000b1', name: 'Despensa', values: [5000, 10000, 20000], change: 'none', change_max: null, number: 'may', limit: null, without: [] },
  { id: '01a21078-0000-7000-8000-0000000000b2', name: 'DIF municipal', values: [5000, 10000], change: 'cash', change_max: null, number: 'no', limit: null, without: [] },
]

/** Return the till part of the shop; everybody's PIN is four times the place in the list (1111, 2222, ...). */
export function part(publicUrl: string): object {
  const people: [string, string, object][] = [
    ['Rosa Méndez', 'cashier', { discount: 100000, may_open_drawer: false, may_move_cash: true, may_return: true, may_return_without_ticket: false, may_change_price: false, may_void: true, may_exceed_account: false, may_edit_products: false, may_approve: false }],
    ['Julián Ortiz', 'cashier', { discount: 0, may_open_drawer: false, may_move_cash: false, may_return: false, may_return_without_ticket: false, may_change_price: false, may_void: false, may_exceed_account: false, may_edit_products: false, may_approve: false }],
    ['Elena Cruz', 'manager', { discount: 500000, may_open_drawer: true, may_move_cash: true, may_return: true, may_return_without_ticket: true, may_change_price: true, may_void: true, may_exceed_account: true, may_edit_products: true, may_approve: true }],
    ['Don Beto', 'owner', { discount: 1000000, may_open_drawer: true, may_move_cash: true, may_return: true, may_return_without_ticket: true, may_change_price: true, may_void: true, may_exceed_account: true, may_edit_products: true, may_approve: true }],
  ]
  return {
    epoch: 'fixture', n: 1,
    organization: { id: id(6, 1), name: 'Abarrotes y Café La Esquina', legal_name: 'La Esquina SA de CV', tax_id: 'LES010101AB1', country: 'MX', currency: { code: 'MXN', digits: 2 }, locale: 'es-MX' },
    store: { id: id(7, 1), code: 'CENTRO', name: 'La Esquina', address: 'Calle 5 de Mayo 12, Oaxaca', phone: '951 000 0000', zone: 'America/Mexico_City', day_start_minutes: 0, tips: [50_000, 100_000, 150_000] },
    till: { id: id(8, 1), code: '1', name: 'Caja 1', series: 'A1' },
    staff: people.map(([name, role, limits], place) => ({ id: id(9, place + 1), name, role, pin: pin(String(place + 1).repeat(4)), limits })),
    settings: { prices_include_tax: true, tax_rounding: 'line', cash_rounding: { step: 50, mode: 'half_up' }, public_url: publicUrl, receipt_footer: 'Gracias por su visita', vouchers: VOUCHERS, points: { scheme: '01a21078-0000-7000-8000-0000000000a1', earn_per: 1000, worth: { points: 10, amount: 100 }, least: 0, unearning: ['points'], without: { categories: [], products: [] } }, transfer: { holder: 'La Esquina SA de CV', number: '032180000118359719' } },
  }
}

export const ORGANIZATION = id(6, 1)
export const STORE = id(7, 1)
export const TILL = id(8, 1)

/** What this shop promises, the days of most of it as its own history says. */
export const PROMISES = ([['Pedirlo para usted', 4, true], ['Avisarle si llega', 8, true], ['Guardárselo', 1, true], ['Averiguarlo', 0, false], ['Llevárselo a casa', 1, true], ['Arreglarlo', 11, false]] as const)
  .map(([name, days, honest], n) => ({ id: `0199b2a4-7000-7b00-8b00-000000000b0${String(n + 1)}`, name, days, honest }))

/** What is said of the goods, and what is asked of many. */
const said = (n: number, kind: 'strength' | 'limit', says: string): object => ({ id: `0199b2a4-7000-7b00-8b00-000000000c0${String(n)}`, kind, says, basis: 'own_use' })
export const SHEETS = [2, 900, 901].map((product) => ({
  id: '0199b2a4-7000-7b00-8b00-000000000c00', product: id(2, product),
  points: [said(1, 'strength', 'Se disuelve sin grumos en agua o leche'), said(2, 'strength', 'Cacao molido en Tlacolula'), said(3, 'limit', 'No sirve si evita el azúcar o la nuez')],
}))
export const TOPICS = [{ id: '0199b2a4-7000-7b00-8b00-000000000c08', name: '¿Cuánto dura abierto?' }]

/** Where else somebody is well served. */
export const PLACES = [
  {
    id: '0199b2a4-7000-7b00-8b00-000000000b01', name: 'Farmacia San Jacinto', good_for: 'Medicinas, abierta de noche', why: 'we_lack_it', address: 'Calzada Madero 418',
    phone: '951 555 0261', url: '', fee: '', verified_on: '2025-01-15',
  },
  {
    id: '0199b2a4-7000-7b00-8b00-000000000b02', name: 'Taller de celulares Ruiz', good_for: 'Recargas y arreglo de celulares', why: 'they_specialise', address: '',
    phone: '951 555 0277', url: '', fee: '', verified_on: '2026-11-01',
  },
]

/** What this shop gives to try; of some it is said what they contain, one is not for everybody. */
export const SAMPLES = ([[11, 20, 'leche', 20], [2, 20, 'leche, soya', null], [3, 100, 'gluten, huevo', null], [14, 1000, '', null], [16, 20, 'cacahuate, ajonjolí', 10], [921, 1000, '', null]] as const)
  .map(([n, quantity, allergens, day_max]) => ({ product: id(2, n), quantity, allergens, day_max }))

/** What people come for, in the owner's words. */
export const NEEDS = ['Algo para desayunar', 'La comida de hoy', 'Un regalo', 'Recargar el celular'].map((name, n) => ({ id: `0199b2a4-7000-7b00-8b00-000000000a0${String(n + 1)}`, name }))
