"""What tills hear from the doors of pull, as types: contracts/README.md says it in words, contracts/openapi.json is made of these.

The doors build the same from rows; a test reads every answer of a real shop by these types and finds nothing unknown and nothing missing.
"""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from mostrador.catalogue.terms import Conditions, Pick, Terms
from mostrador.pricing.basket import CashRounding
from mostrador.sync.contract import ReturnRecorded, SaleRecorded, ServerHead
from mostrador.sync.contract_types import Amount, Currency, JournalState, Known, Millionths, NotNegative, Said, Series, Uuid
from mostrador.sync.documents_accounts import GiftCard
from mostrador.sync.documents_buyers import Buyer
from mostrador.sync.documents_coupons import CouponCode
from mostrador.sync.documents_made import Combo, Kit
from mostrador.sync.documents_orders import OrderTerms
from mostrador.sync.documents_vouchers import VoucherKind

Base64 = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]+$")]
Trace = Literal["serial", "lot"] | None


class PairRequest(Struct):
    """What a device sends to become a till, or to go on with a new journal (`code` null, with a token)."""

    journal: Uuid
    public_key: str
    code: str | None = None
    replaces: Uuid | None = None


class Paired(Said, frozen=True):
    """A till's place and its token, told once."""

    token: str
    organization: Uuid
    store: Uuid
    till: Uuid
    series: Series
    epoch: Uuid
    server_head: ServerHead | None
    replaces: Uuid | None


class Pong(Said, frozen=True):
    """The server is there: where the feed stands, the time in milliseconds, how far this journal has come. `parked`, where it was asked for: as in TillPart."""

    epoch: Uuid
    n: NotNegative
    time: NotNegative
    journal: JournalState
    watermark: NotNegative
    parked: "tuple[Waiting, ...] | UnsetType" = UNSET


class Problem(Struct, frozen=True):
    """A refusal (RFC 9457): a code, and data of its own beside it."""

    type: str
    status: int
    code: str


class CurrencyUsed(Said, frozen=True):
    """A currency and its decimals."""

    code: Currency
    digits: Annotated[int, Meta(ge=0, le=3)]


class Business(Said, frozen=True):
    """Whose till it is."""

    id: Uuid
    name: str
    legal_name: str
    tax_id: str
    country: str
    currency: CurrencyUsed
    locale: str


class Shop(Said, frozen=True):
    """The store: what stands on its tickets, its day, and the tips that it offers, millionths of the total."""

    id: Uuid
    code: str
    name: str
    address: str
    phone: str
    zone: str
    day_start_minutes: int
    tips: tuple[Millionths, ...]


class Till(Said, frozen=True):
    """The till and the series of its tickets."""

    id: Uuid
    code: str
    name: str
    series: Series


class Pin(Said, frozen=True):
    """How a device checks a PIN without knowing it (contracts/README.md, till part)."""

    salt: Base64
    iterations: NotNegative
    device_salt: Base64
    verifier: Base64


class Limits(Said, frozen=True):
    """What a person may do alone. `discount`: millionths of the list price. `may_return`: with a ticket. `may_void`: take lines off a ticket.

    `may_exceed_account`: sell on account beyond a buyer's limit. `may_edit_products`: create and correct products, arrange favourites. Who may approve may do all of it.
    """

    discount: Millionths
    may_open_drawer: bool
    may_move_cash: bool
    may_return: bool
    may_return_without_ticket: bool
    may_change_price: bool
    may_void: bool
    may_exceed_account: bool
    may_edit_products: bool
    may_approve: bool


class Staff(Said, frozen=True):
    """A person who may use this till."""

    id: Uuid
    name: str
    role: str
    pin: Pin | None
    limits: Limits


class OfflineLimits(Said, frozen=True):
    """How much of one account a till may spend while it cannot ask, minor units, whole points, or single-use codes; null: all that it knows to be there."""

    fiado: NotNegative | None
    credit: NotNegative | None
    gift_card: NotNegative | None
    points: NotNegative | None
    coupon: NotNegative | None


class PointsWorth(Said, frozen=True):
    """So many points are worth so many minor units."""

    points: NotNegative
    amount: NotNegative


class PointsWithout(Said, frozen=True):
    """What earns no points."""

    categories: tuple[Uuid, ...]
    products: tuple[Uuid, ...]


class Points(Said, frozen=True):
    """The scheme of points in force (docs/algorithms/points.md). `earn_per`: minor units that earn one, null: none are earned any more."""

    scheme: Uuid
    earn_per: NotNegative | None
    worth: PointsWorth
    least: NotNegative
    unearning: tuple[str, ...]
    without: PointsWithout


class BankAccount(Said, frozen=True):
    """Where buyers pay by transfer: in whose name, and an IBAN or CLABE without spaces."""

    holder: str
    number: str


class Settings(Said, frozen=True):
    """How this business prices, rounds and prints, and what its tills may spend without asking."""

    prices_include_tax: bool
    tax_rounding: Literal["line", "document"]
    cash_rounding: CashRounding | None
    public_url: str | None
    receipt_footer: str
    blind_count: bool
    count_tolerance: NotNegative | None
    transfer: BankAccount | None
    offline: OfflineLimits
    points: Points | None
    vouchers: tuple[VoucherKind, ...]
    orders: dict[str, OrderTerms]


class Waiting(Said, frozen=True):
    """Of one journal: how far it has come, and which of its facts wait for a person: parked ones, and refused ones."""

    journal: Uuid
    watermark: NotNegative
    seqs: tuple[int, ...]
    waiting_refused: tuple[int, ...]


class FavouritesPage(Struct, forbid_unknown_fields=True, frozen=True):
    """A page of a store's grid, its products in their order. A page that stands alone needs no name."""

    name: Annotated[str, Meta(max_length=24)]
    products: Annotated[tuple[Uuid, ...], Meta(max_length=120)]


class TillPart(Said, frozen=True):
    """All that a till shows besides the catalogue. `favourites`: the pages of the store's grid in their order; null: the business's, one page."""

    epoch: Uuid
    n: NotNegative
    organization: Business
    store: Shop
    till: Till
    staff: tuple[Staff, ...]
    settings: Settings
    parked: tuple[Waiting, ...]
    favourites: tuple[FavouritesPage, ...] | None


class Category(Said, frozen=True):
    """A category of the grid."""

    id: Uuid
    name: str
    position: int
    picto: str
    tint: str


class Tax(Said, frozen=True):
    """A tax: millionths of the price, or minor units a piece in ten-thousandths."""

    id: Uuid
    code: str
    name: str
    kind: Literal["percent", "fixed", "exempt"]
    rate: int | None
    amount: int | None
    in_base: bool


class TaxGroup(Said, frozen=True):
    """Taxes that go together, by their codes, in the order of computation."""

    id: Uuid
    name: str
    taxes: tuple[str, ...]


class Family(Said, frozen=True):
    """Variants of one thing."""

    id: Uuid
    name: str


class BarcodeRule(Said, frozen=True):
    """How a scale's barcode is read."""

    id: Uuid
    prefix: str
    kind: str
    item_digits: int
    value_digits: int
    decimals: int


class Promotion(Said, frozen=True):
    """A promotion as its version says (docs/algorithms/promotions.md). `coupon` of its terms is the hash of a code, or what stands for all its single-use codes."""

    id: Uuid
    version: Uuid
    name: str
    position: int
    terms: Terms


class PriceList(Said, frozen=True):
    """A price list, and when and where it is in force; what it says stands in the products' `prices`."""

    id: Uuid
    name: str
    position: int
    conditions: Conditions


class ModifierOption(Said, frozen=True):
    """An option, and what it adds to the price of one unit, ten-thousandths; below zero it takes off."""

    id: Uuid
    name: str
    price: Amount
    default: bool


class ModifierGroup(Said, frozen=True):
    """Between `least` and `most` of these options may be chosen of the products that `pick` says; a till asks when it must be some."""

    id: Uuid
    name: str
    position: int
    least: NotNegative
    most: NotNegative
    pick: Pick
    options: tuple[ModifierOption, ...]


# Of a product: (list, from so many thousandths, ten-thousandths, the entry that a sale names).
ListPrices = tuple[tuple[Uuid, NotNegative, NotNegative, Uuid], ...] | None


# Of a product: (unit, thousandths of its own, ten-thousandths, the row that a sale names).
SellingUnits = tuple[tuple[str, NotNegative, NotNegative, Uuid], ...] | None


class Product(Said, frozen=True):
    """A product on sale. `price`: ten-thousandths of the currency; `content` and barcode quantities: thousandths."""

    id: Uuid
    sku: str
    name: str
    category: Uuid | None
    family: Uuid | None
    variant: str | None
    unit: str
    by: str
    content: int | None
    content_unit: str | None
    price: Amount | None
    tax_group: Uuid
    tax_units: dict[str, int] | None
    picto: str | None
    tint: str | None
    favourite: int | None
    barcodes: tuple[tuple[str, int], ...]
    prices: ListPrices
    age: int | None
    trace: Trace
    units: SellingUnits


class Columns(Said, frozen=True):
    """A part of the catalogue: columns of equal length, with the names and values of a product. The last three are left out where no product of
    the part has any.
    """

    id: tuple[Uuid, ...]
    sku: tuple[str, ...]
    name: tuple[str, ...]
    category: tuple[Uuid | None, ...]
    family: tuple[Uuid | None, ...]
    variant: tuple[str | None, ...]
    unit: tuple[str, ...]
    by: tuple[str, ...]
    content: tuple[int | None, ...]
    content_unit: tuple[str | None, ...]
    price: tuple[Amount | None, ...]
    tax_group: tuple[Uuid, ...]
    tax_units: tuple[dict[str, int] | None, ...]
    picto: tuple[str | None, ...]
    tint: tuple[str | None, ...]
    favourite: tuple[int | None, ...]
    barcodes: tuple[tuple[tuple[str, int], ...], ...]
    prices: tuple[ListPrices, ...]
    age: tuple[int | None, ...] = ()
    trace: tuple[Trace, ...] = ()
    units: tuple[SellingUnits, ...] = ()


class Part(Said, frozen=True):
    """The file that a part lies in, and how many products it holds. Parts of one file are its lines, in this order."""

    path: str
    count: NotNegative


class Manifest(Said, frozen=True):
    """A version of the catalogue: its parts, and what is short enough to stand here."""

    epoch: Uuid
    n: NotNegative
    version: str
    format: Literal[2]
    count: NotNegative
    parts: tuple[Part, ...]
    categories: tuple[Category, ...]
    taxes: tuple[Tax, ...]
    tax_groups: tuple[TaxGroup, ...]
    families: tuple[Family, ...]
    barcode_rules: tuple[BarcodeRule, ...]
    promotions: tuple[Promotion, ...]
    price_lists: tuple[PriceList, ...]
    modifier_groups: tuple[ModifierGroup, ...]
    kits: tuple[Kit, ...]
    combos: tuple[Combo, ...]


class Change(Said, frozen=True):
    """A numbered change: the row as it is now, or null when it is gone. Of kind `till` it has none: take the till part anew."""

    n: NotNegative
    kind: Literal[
        "product",
        "category",
        "tax",
        "tax_group",
        "family",
        "barcode_rule",
        "promotion",
        "price_list",
        "modifier_group",
        "kit",
        "combo",
        "buyer",
        "order",
        "gift_card",
        "coupon",
        "till",
    ]
    id: Uuid
    row: dict[str, Any] | None


class Changes(Said, frozen=True):
    """The changes after a number, and whether there are more."""

    epoch: Uuid
    n: NotNegative
    more: bool
    known: Known
    changes: tuple[Change, ...]


class NewEpoch(Said, frozen=True):
    """Another database: take a new snapshot."""

    epoch: Uuid


class Found(Said, frozen=True):
    """Products by code or words, at most 20."""

    products: tuple[Product, ...]


class Returned(Said, frozen=True):
    """A return of the ticket: when, and the body of its fact as it was written."""

    at: NotNegative
    body: ReturnRecorded


class Sold(Said, frozen=True):
    """A ticket of any till: when, the body of its sale as it was written, and the returns of it so far, oldest first.

    `paper`: which paper the secret stands on; null when it was asked for by its number.
    """

    at: NotNegative
    paper: Literal["ticket", "gift", "slip", "reprint"] | None
    sale: SaleRecorded
    returns: tuple[Returned, ...]


ROWS: dict[str, type[Said]] = {
    "product": Product, "category": Category, "tax": Tax, "tax_group": TaxGroup, "family": Family, "barcode_rule": BarcodeRule,
    "promotion": Promotion, "price_list": PriceList, "modifier_group": ModifierGroup, "kit": Kit, "combo": Combo,
    "buyer": Buyer, "gift_card": GiftCard, "coupon": CouponCode,
}  # fmt: skip
