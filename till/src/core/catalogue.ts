/** What can be sold, as it comes down to the till. Source: contracts/README.md, "Pull". Names are those of the contract. */

export interface Product {
  readonly id: string
  readonly sku: string
  readonly name: string
  readonly category: string | null
  readonly family: string | null
  /** What tells this one from its family: «38», «rojo». */
  readonly variant: string | null
  /** Unit of quantity: `pieza`, `kg`, ... */
  readonly unit: string
  readonly by: 'piece' | 'weight'
  /** What one unit holds, in thousandths of `content_unit`; null when unknown. */
  readonly content: number | null
  readonly content_unit: string | null
  /** Ten-thousandths of the major unit; null: the till asks. */
  readonly price: number | null
  readonly tax_group: string | null
  /** Thousandths of a fixed tax's unit in one unit sold, by code of the tax: `{"IEPS_L":600}`; null: 1000 each. */
  readonly tax_units: Readonly<Record<string, number>> | null
  readonly picto: string | null
  readonly tint: string | null
  /** Place among the favourites, or null. */
  readonly favourite: number | null
  /** `[code, quantity in thousandths]`. */
  readonly barcodes: readonly (readonly [string, number])[]
  /** What price lists say of it. */
  readonly prices?: readonly ListPrice[] | null
  /** Whoever buys it has to be so old. */
  readonly age?: number | null
  /** What is asked of each one that is sold. */
  readonly trace?: 'serial' | 'lot' | null
  /** The units it is sold in besides its own, smallest first. A barcode that stands for as much as one of them sells it. */
  readonly units?: readonly SellingUnit[] | null
}

/** A box of twelve, a sack of 25 kg: `factor` thousandths of the product's own unit at a price of its own; a sale names the `entry`. */
export interface SellingUnit {
  readonly unit: string
  readonly factor: number
  readonly price: number
  readonly entry: string
}

/** In a list it costs this from so many thousandths on; a sale names the entry. */
export interface ListPrice {
  readonly list: string
  readonly from: number
  readonly price: number
  readonly entry: string
}

export interface Category {
  readonly id: string
  readonly name: string
  readonly position: number
  readonly picto: string | null
  readonly tint: string | null
}

export interface Tax {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly kind: 'percent' | 'fixed' | 'exempt'
  /** Parts per million, of a percent. */
  readonly rate: number | null
  /** Ten-thousandths of the major unit per unit, of a fixed one. */
  readonly amount: number | null
  readonly in_base: boolean
}

export interface TaxGroup {
  readonly id: string
  readonly name: string
  /** Codes of taxes, in the order in which they are computed. */
  readonly taxes: readonly string[]
}

export interface Family {
  readonly id: string
  readonly name: string
}

/** How a code printed by a scale or the shop is read. */
export interface BarcodeRule {
  readonly id: string
  readonly prefix: string
  readonly kind: 'weight' | 'price'
  readonly item_digits: number
  readonly value_digits: number
  readonly decimals: number
}
