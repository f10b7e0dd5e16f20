import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Catalogue, Till } from '../../src/data/index.ts'
import { openTill } from '../../src/data/index.ts'
import { json } from './server.ts'
import { aProduct, barcodeOf, CATEGORIES, change, productId, serve } from './shop.ts'
import type { Row } from './shop.ts'
import { aDevice, aPairedTill } from './support.ts'
import type { Device } from './support.ts'

let device: Device
let till: Till
afterEach(() => till.close())

async function begin(rows: readonly Row[], partSize = 3): Promise<Catalogue> {
  device = aDevice()
  serve(device.server, rows, partSize)
  till = await aPairedTill(device)
  return till.catalogue
}

async function restart(): Promise<Catalogue> {
  await till.close()
  device.server.calls.length = 0
  till = await openTill(device.environment)
  return till.catalogue
}

function names(products: readonly { readonly name: string }[]): readonly string[] {
  return products.map(({ name }) => name)
}

const SHOP: readonly Row[] = [
  aProduct(0, { name: 'Café de olla molido 250 g', category: CATEGORIES[0]!.id, favourite: 2 }),
  aProduct(1, { name: 'Café americano', category: CATEGORIES[0]!.id, barcodes: [['0075010001', 1000], ['75010001', 1000], ['CAJA-7', 12000]] }),
  aProduct(2, { name: 'Jabón de café', category: CATEGORIES[3]!.id }),
  aProduct(3, { name: 'Playera', variant: 'rojo', family: 'f1', category: null, favourite: 1 }),
  aProduct(4, { name: 'Playera', variant: 'azul', family: 'f1', category: null }),
  aProduct(5, { name: 'Limón con semilla', by: 'weight', unit: 'kg', price: null, category: CATEGORIES[2]!.id, tax_units: { IEPS_L: 600 } }),
  aProduct(6, { name: 'Pan de yema', category: CATEGORIES[0]!.id }),
]

describe('a catalogue from the server', () => {
  it('is whole, ready and in the order of the shop', async () => {
    const catalogue = await begin(SHOP)

    expect(catalogue.state.get()).toMatchObject({ loaded: 7, total: 7, scanReady: true, ready: true })
    expect(catalogue.all().map(({ id }) => id)).toEqual(SHOP.map(({ id }) => id))
    expect(catalogue.cursor()).toEqual({ epoch: device.server.epoch, n: 1 })
  })

  it('gives products with what is empty as null', async () => {
    const catalogue = await begin(SHOP)

    expect(catalogue.byId(productId(5))).toMatchObject({ price: null, by: 'weight', variant: null, family: null, favourite: null, tax_units: { IEPS_L: 600 } })
    expect(catalogue.bySku('P-000003')).toMatchObject({ variant: 'rojo', family: 'f1', category: null })
    expect(catalogue.byId(productId(99))).toBeNull()
  })

  it('finds a barcode only as it is, with leading zeros and pack quantity', async () => {
    const catalogue = await begin(SHOP)

    expect(catalogue.byBarcode('0075010001')).toMatchObject({ product: { name: 'Café americano' }, quantity: 1000 })
    expect(catalogue.byBarcode('CAJA-7')).toMatchObject({ product: { name: 'Café americano' }, quantity: 12000 })
    expect(catalogue.byBarcode('075010001')).toBeNull()
    expect(catalogue.byBarcode('caja-7')).toBeNull()
    expect(await catalogue.scan('00075010001')).toBeNull()
  })

  it('lists categories, favourites and families', async () => {
    const catalogue = await begin(SHOP)

    expect(names(catalogue.byCategory(CATEGORIES[0]!.id))).toEqual(['Café de olla molido 250 g', 'Café americano', 'Pan de yema'])
    expect(names(catalogue.byCategory(CATEGORIES[0]!.id, 1, 1))).toEqual(['Café americano'])
    expect(catalogue.countOf(null)).toBe(2)
    expect(catalogue.favourites().map(({ id }) => id)).toEqual([productId(3), productId(0)])
    expect(catalogue.variants('f1').map(({ variant }) => variant)).toEqual(['rojo', 'azul'])
    expect(catalogue.categories().map(({ name }) => name)).toEqual(['Café y pan', 'Abarrotes', 'Frescos', 'Limpieza'])
    expect(catalogue.barcodeRules()).toMatchObject([{ prefix: '20', kind: 'weight' }])
  })

  it('names the taxes of a product in the order of their group', async () => {
    const catalogue = await begin(SHOP)

    expect(catalogue.taxesOf(catalogue.byId(productId(0))!).map(({ code }) => code)).toEqual(['IEPS_L', 'IVA16'])
  })
})

describe('search', () => {
  it.each([
    ['cafe', ['Café de olla molido 250 g', 'Café americano', 'Jabón de café', 'Pan de yema']],
    ['CAFÉ OLLA', ['Café de olla molido 250 g']],
    ['olla caf', ['Café de olla molido 250 g']],
    ['250g', ['Café de olla molido 250 g']],
    ['jabon', ['Jabón de café']],
    ['roj', ['Playera']],
    ['limpieza', ['Jabón de café']],
    ['limpieza cafe', ['Jabón de café']],
    ['P-000006', ['Pan de yema']],
    ['00750', ['Café americano']],
    ['café té', []],
    ['   ', []],
  ])('for %j finds %j', async (text, found) => {
    const catalogue = await begin(SHOP)

    expect(names(catalogue.search(text))).toEqual(found)
  })

  it('puts the product of a whole barcode first', async () => {
    const catalogue = await begin(SHOP)

    expect(catalogue.search(barcodeOf(6))[0]?.name).toBe('Pan de yema')
  })

  it('gives no more than asked for', async () => {
    const catalogue = await begin(SHOP)

    expect(names(catalogue.search('cafe', 2))).toEqual(['Café de olla molido 250 g', 'Café americano'])
  })
})

describe('changes', () => {
  it('take the place of a product everywhere', async () => {
    const catalogue = await begin(SHOP)
    change(device.server, productId(1), aProduct(1, { name: 'Té verde', price: 990000, category: CATEGORIES[1]!.id, barcodes: [['111', 1000]] }))
    await till.sync.now()

    expect(catalogue.byId(productId(1))).toMatchObject({ name: 'Té verde', price: 990000 })
    expect(catalogue.byBarcode('111')?.product.name).toBe('Té verde')
    expect(catalogue.byBarcode('75010001')).toBeNull()
    expect(names(catalogue.search('te'))).toEqual(['Té verde'])
    expect(names(catalogue.search('americano'))).toEqual([])
    expect(names(catalogue.byCategory(CATEGORIES[1]!.id))).toEqual(['Té verde'])
    expect(catalogue.cursor()?.n).toBe(2)
  })

  it('are found by a search that was made before them', async () => {
    const catalogue = await begin(SHOP)
    const before = names(catalogue.search('americano'))
    change(device.server, productId(1), aProduct(1, { name: 'Té verde' }))
    change(device.server, productId(51), aProduct(51, { name: 'Pan americano' }))
    await till.sync.now()

    expect(before).toEqual(['Café americano'])
    expect(names(catalogue.search('americano'))).toEqual(['Pan americano'])
  })

  it('bring new products and take away gone ones', async () => {
    const catalogue = await begin(SHOP)
    change(device.server, productId(50), aProduct(50, { name: 'Mole negro', category: null, favourite: 0 }))
    change(device.server, productId(0), null)
    await till.sync.now()

    expect(names(catalogue.search('mole'))).toEqual(['Mole negro'])
    expect(catalogue.byId(productId(0))).toBeNull()
    expect(catalogue.byBarcode(barcodeOf(0))).toBeNull()
    expect(names(catalogue.favourites())).toEqual(['Mole negro', 'Playera'])
    expect(names(catalogue.search('olla'))).toEqual([])
  })

  it('are there again after a restart, without asking', async () => {
    await begin(SHOP)
    change(device.server, productId(1), aProduct(1, { name: 'Té verde' }))
    change(device.server, productId(50), aProduct(50, { name: 'Mole negro' }))
    change(device.server, CATEGORIES[0]!.id, { ...CATEGORIES[0], name: 'Bebidas' }, 'category')
    await till.sync.now()
    const catalogue = await restart()
    await till.sync.now()

    expect(device.server.calls.filter((path) => path.startsWith('catalogue') || path.startsWith('changes'))).toEqual([])
    expect(catalogue.byId(productId(1))?.name).toBe('Té verde')
    expect(names(catalogue.search('mole'))).toEqual(['Mole negro'])
    expect(catalogue.category(CATEGORIES[0]!.id)?.name).toBe('Bebidas')
    expect(catalogue.all()).toHaveLength(8)
  })

  it('and a snapshot are the same as a later snapshot', async () => {
    const later: Row[] = [...SHOP.slice(1, 6).map((row, at) => ({ ...row, price: 1000 + at })), aProduct(60)]
    const catalogue = await begin(SHOP)
    for (const row of later) change(device.server, row['id'] as string, row)
    for (const gone of [SHOP[0], SHOP[6]]) change(device.server, gone!['id'] as string, null)
    await till.sync.now()
    const byChanges = catalogue.all()
    await till.close()

    expect(byChanges).toEqual((await begin(later)).all())
  })

  /** A change of a price goes out; while its answer is on its way (`when`), this till learns of a newer one. */
  async function corrected(catalogue: Catalogue, when: (learn: () => void, answer: Response) => Response): Promise<void> {
    const id = SHOP[1]!['id'] as string
    change(device.server, id, { ...SHOP[1], price: 110_000 })
    device.server.disturb = (path) => {
      if (!path.startsWith('changes')) return null
      device.server.disturb = null
      const answer = json({ epoch: device.server.epoch, n: device.server.n, more: false, known: device.server.known(), changes: [...device.server.changes] })
      const newer = { ...SHOP[1], price: 120_000 }
      return {
        when: 'before', response: when(() => {
          device.server.changes = device.server.changes.map((one) => (one.id === id ? { ...one, row: newer } : one))
          void catalogue.learn(newer)
        }, answer),
      }
    }
    await till.sync.now()
  }

  it.each([
    ['on its way', (learn: () => void, answer: Response): Response => { learn(); return answer }],
    ['being kept', (learn: () => void, answer: Response): Response => {
      const text = answer.text.bind(answer)
      // Read to the end first: then it is past every look at what was learnt.
      return Object.assign(answer, { text: async () => { const said = await text(); setImmediate(learn); return said } })
    }],
  ])('that are %s do not bring back a price that was corrected here meanwhile, nor does the disk', async (_when, during) => {
    let catalogue = await begin(SHOP)
    await corrected(catalogue, during)

    await vi.waitFor(() => { expect(catalogue.byId(productId(1))?.price).toBe(120_000) })
    await till.sync.now()
    expect(catalogue.byId(productId(1))?.price).toBe(120_000)
    device.server.disturb = () => ({ when: 'before' })
    catalogue = await restart()
    expect(catalogue.byId(productId(1))?.price).toBe(120_000)
  })

  it('of the till part make the till ask for it', async () => {
    await begin(SHOP)
    device.server.part = { ...(device.server.part as Row), staff: [] }
    change(device.server, 'x', {}, 'till')
    await till.sync.now()
    await till.sync.now()

    expect(till.part.get()?.staff).toEqual([])
  })
})

describe('a till that starts again', () => {
  it('has its catalogue from the disk, offline', async () => {
    await begin(SHOP)
    device.server.disturb = () => ({ when: 'before' })
    const catalogue = await restart()
    await till.sync.now()

    expect(catalogue.state.get()).toMatchObject({ ready: true, loaded: 7 })
    expect(names(catalogue.search('cafe', 1))).toEqual(['Café de olla molido 250 g'])
  })

  it('answers a scan before all its products are in memory', async () => {
    await begin(SHOP, 1)
    let isHeld = true
    await till.close()
    // Nothing goes on in slices until the test says so: what is asked for comes first.
    const pauses: (() => void)[] = []
    device = { ...device, environment: { ...device.environment, pause: () => (isHeld ? new Promise<void>((go) => pauses.push(go)) : Promise.resolve()) } }
    till = await openTill(device.environment)
    const before = till.catalogue.state.get()
    const hit = await till.catalogue.scan(barcodeOf(6))
    isHeld = false
    for (const go of pauses) go()

    expect(before).toMatchObject({ scanReady: true, ready: false })
    expect(hit?.product.name).toBe('Pan de yema')
  })

  it('loads everything again when the cache was damaged', async () => {
    await begin(SHOP)
    await till.close()
    await new Promise((resolve) => {
      const open = device.environment.indexedDB.open('mostrador-catalogue')
      open.onsuccess = () => {
        const transaction = open.result.transaction('parts', 'readwrite')
        transaction.objectStore('parts').delete(['v1', 1])
        transaction.oncomplete = () => {
          open.result.close()
          resolve(null)
        }
      }
    })
    till = await openTill(device.environment)
    await till.sync.now()
    await till.sync.now()

    expect(till.catalogue.state.get()).toMatchObject({ ready: true, loaded: 7 })
  })

  it('keeps the journal and sells when the cache is gone', async () => {
    await begin(SHOP)
    await till.close()
    await new Promise((resolve) => {
      device.environment.indexedDB.deleteDatabase('mostrador-catalogue').onsuccess = resolve
    })
    till = await openTill(device.environment)

    expect(till.state.get().name).toBe('ready')
    await till.sync.now()
    await till.sync.now()
    expect(till.catalogue.state.get().loaded).toBe(7)
  })
})

describe('a download', () => {
  it('goes on where it was cut', async () => {
    device = aDevice()
    serve(device.server, SHOP, 1)
    const whole = device.server.parts.get('catalogue/v1/1')!
    // The second of three files ends in the middle of its second line.
    device.server.parts.set('catalogue/v1/1', whole.slice(0, whole.indexOf('\n') + 40))
    till = await aPairedTill(device)
    const halfway = till.catalogue.state.get()
    device.server.parts.set('catalogue/v1/1', whole)
    device.server.calls.length = 0
    await till.sync.now()

    expect(halfway).toMatchObject({ loaded: 4, total: 7, ready: false })
    expect(till.catalogue.state.get()).toMatchObject({ loaded: 7, ready: true })
    expect(device.server.calls.filter((path) => path.startsWith('catalogue/'))).toEqual(['catalogue/v1/1', 'catalogue/v1/2'])
  })

  it('asks the server for what is not there yet', async () => {
    device = aDevice()
    serve(device.server, SHOP, 1)
    device.server.disturb = (path) => (path.startsWith('catalogue/') ? { when: 'before' } : null)
    till = await aPairedTill(device)
    device.server.lookups = [SHOP[6]]

    expect((await till.catalogue.scan(barcodeOf(6)))?.product.name).toBe('Pan de yema')
    expect(names(await till.catalogue.find('yema'))).toEqual(['Pan de yema'])
  })

  it('begins anew when the server lives in another epoch', async () => {
    const catalogue = await begin(SHOP)
    device.server.restore(9)
    device.server.n = 9
    serve(device.server, SHOP.slice(0, 2))
    await till.sync.now()
    await till.sync.now()

    expect(catalogue.all()).toHaveLength(2)
    expect(catalogue.cursor()).toEqual({ epoch: device.server.epoch, n: 9 })
  })
})
