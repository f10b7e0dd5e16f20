"""Goods between till and server beside the catalogue: how much there is, and what a person at a till says of a product."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from mostrador.sync.contract_types import Amount, Known, NotNegative, Said, Uuid
from mostrador.sync.documents import FavouritesPage, Product

Name = Annotated[str, Meta(min_length=1, max_length=120, pattern="\\S")]
Code = Annotated[str, Meta(pattern="^[!-~]{1,48}\\Z")]


class HeldElsewhere(Said, frozen=True):
    """Another store that holds some of a product, thousandths."""

    store: Uuid
    name: str
    quantity: Amount


class OnHand(Said, frozen=True):
    """How much of a product there is. `here`: thousandths, null where nobody counts it; `others`: those with most first, `more`: how many others there are.

    `known` says how far the asking till's journal had come in then; null when not all of it is counted yet.
    """

    at: NotNegative
    here: Amount | None
    others: tuple[HeldElsewhere, ...]
    more: NotNegative
    known: Known | None


class ProductRequest(Struct, forbid_unknown_fields=True, frozen=True):
    """A person at the till creates a product, under an id that the till made, or corrects one. `approver`: who allowed it, by PIN, where they may not alone.

    What is left out stays as it is; `price` null: the till asks; `barcode` is one more. `category`, `tax_group` and `by` are of a new product;
    without a group of taxes it gets the one that most products of its category have.
    """

    act: Literal["create", "correct"]
    product: Uuid
    staff: Uuid
    approver: Uuid | None = None
    name: Name | UnsetType = UNSET
    price: NotNegative | UnsetType | None = UNSET
    barcode: Code | UnsetType = UNSET
    category: Uuid | None = None
    tax_group: Uuid | None = None
    by: Literal["piece", "weight"] = "piece"


class ProductSaid(Said, frozen=True):
    """The product as it is now."""

    product: Product


class ProductTaken(Said, frozen=True):
    """Another product has this barcode: its row, null when it is archived, and its name."""

    product: Product | None
    name: str


class FavouritesRequest(Struct, forbid_unknown_fields=True, frozen=True):
    """A person at the till arranges the favourites of its store, 120 on all pages; null: those of the business again. `approver`: as in ProductRequest."""

    staff: Uuid
    pages: Annotated[tuple[FavouritesPage, ...], Meta(max_length=12)] | None
    approver: Uuid | None = None


class FavouritesSaid(Said, frozen=True):
    """The favourites of the store as they are now; null: the business's."""

    favourites: tuple[FavouritesPage, ...] | None
