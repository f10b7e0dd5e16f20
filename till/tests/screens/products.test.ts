import { describe, expect, it } from 'vitest'
import type { Catalogue, Product } from '../../src/data/index.ts'
import { favouritesOf, found, grouped, reasonOf } from '../../src/screens/sell/products.ts'

function product(id: string, name: string, family: string | null = null): Product {
  return {
    id, sku: id, name, category: null, family, variant: family === null ? null : name, unit: 'pieza', by: 'piece', content: null, content_unit: null,
    price: 10000, tax_group: null, tax_units: null, picto: null, tint: null, favourite: null, barcodes: [],
  }
}

function catalogueOf(products: readonly Product[], ready = true): Catalogue {
  const search = (text: string, limit = 20): readonly Product[] =>
    products.filter(({ name }) => text.split(' ').every((word) => name.includes(word))).slice(0, limit)
  const state = { loaded: products.length, total: ready ? products.length : products.length + 5, scanReady: ready, ready, revision: 1 }
  return { search, state: { get: () => state }, variants: (family: string) => products.filter((one) => one.family === family) } as unknown as Catalogue
}

const soap = product('1', 'jabón rosa')
const red = product('2', 'playera roja', 'f')
const blue = product('3', 'playera azul', 'f')
const shop = catalogueOf([soap, red, blue])

describe('what the bed of products shows', () => {
  it('shows a family once, with how many variants stand behind it', () => {
    const shown = grouped([soap, red, blue], () => 2)

    expect(shown.map(({ product: { id }, variants }) => [id, variants])).toEqual([['1', 1], ['2', 2]])
  })

  it('shows a variant of its own when only it was searched for', () => {
    expect(found(shop, 'playera azul').slice(0, 9)).toEqual([{ product: blue, variants: 1 }])
  })

  it('shows the family when several of its variants were found', () => {
    expect(found(shop, 'playera').slice(0, 9)).toEqual([{ product: red, variants: 2 }])
  })
})

describe('the favourites of a store', () => {
  const catalogue = { favourites: () => [soap], byId: (id: string) => [soap, red, blue].find((one) => one.id === id) ?? null } as unknown as Catalogue
  const pages = [{ name: 'Ropa', products: ['3', 'gone', '2'] }, { name: 'Baño', products: ['1'] }]

  it("are the business's until it has its own, then page by page without what is gone", () => {
    expect(favouritesOf(catalogue, null, 3)).toEqual([soap])
    expect(favouritesOf(catalogue, pages)).toEqual([blue, red])
    expect(favouritesOf(catalogue, pages, 1)).toEqual([soap])
    expect(favouritesOf(catalogue, [], 0)).toEqual([])
  })

  it('show the last page where the one on show was taken out meanwhile', () => {
    expect(favouritesOf(catalogue, pages, 7)).toEqual([soap])
  })
})

describe('why nothing was found', () => {
  it('names the word that no product has', () => {
    expect(reasonOf(shop, 'jabón verde')).toEqual({ why: 'word', word: 'verde' })
  })

  it('says that the words never meet', () => {
    expect(reasonOf(shop, 'jabón azul')).toEqual({ why: 'together' })
  })

  it('says how much of the catalogue is still to come', () => {
    expect(reasonOf(catalogueOf([soap], false), 'azul')).toEqual({ why: 'loading', missing: 5 })
  })
})
