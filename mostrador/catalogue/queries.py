"""Reads of the catalogue: lists with their pages, one product whole, the history of its price."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from mostrador.catalogue.models import Barcode, Category, CostEvent, Family, Picture, PriceEvent, Product, Tax, TaxGroup
from mostrador.catalogue.words import fold

PAGE = 50
STATES = ("active", "no_price", "no_barcode", "archived")
# What a price per unit is said for: the unit that people compare by, and how many thousandths of it one thousandth of ours is.
COMPARED = {"g": ("kg", 1000), "kg": ("kg", 1), "ml": ("L", 1000), "L": ("L", 1), "m": ("m", 1), "pz": ("pz", 1)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of products should hold: words or a code, one category, one of STATES."""

    words: str = ""
    category_id: uuid.UUID | None = None
    state: str = "active"


@dataclass(frozen=True, slots=True)
class Listed:
    """A product in a list. `per_unit`: (ten-thousandths, unit) or None; `picture`: its digest or empty."""

    id: uuid.UUID
    sku: str
    name: str
    variant: str
    category: str
    price: int | None
    per_unit: tuple[int, str] | None
    content: int | None
    content_unit: str
    unit: str
    sold_by: str
    picto: str
    tint: str
    is_archived: bool
    picture: str


@dataclass(frozen=True, slots=True)
class ProductPage:
    """One page of a list: its rows, how many there are in all, which page this is (from 1)."""

    rows: tuple[Listed, ...]
    total: int
    number: int
    size: int = PAGE

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """Which row of all comes first here, from 1; 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        """Which row of all comes last here."""
        return (self.number - 1) * self.size + len(self.rows)


@dataclass(frozen=True, slots=True)
class PriceStep:
    """From an instant on, a price (ten-thousandths, None: the till asks). `is_declared`: it is of before the first that was recorded here."""

    since: dt.datetime
    price: int | None
    by: uuid.UUID | None
    is_declared: bool = False


@dataclass(frozen=True, slots=True)
class ProductDetail:
    """One product whole. `history`: oldest first, with what is still to come."""

    product: Product
    category: str
    family: str
    per_unit: tuple[int, str] | None
    barcodes: tuple[tuple[str, int], ...]
    history: tuple[PriceStep, ...]
    cost: int | None
    picture: str = field(default="")


def products(wanted: Wanted, page: int = 1) -> ProductPage:
    """Return a page of products by name: words in any order, without accents, over name, variant, SKU and barcodes."""
    rows = _matching(wanted)
    total = rows.count()
    number = min(max(1, page), max(1, -(-total // PAGE)))
    found = list(rows.order_by("name", "id")[(number - 1) * PAGE : number * PAGE])
    return ProductPage(tuple(listed(found)), total, number)


def find(words: str, limit: int = 12) -> list[Listed]:
    """Return the first products that words find, for choosing one."""
    return listed(list(_matching(Wanted(words)).order_by("name", "id")[:limit])) if words.strip() else []


def listed_of(ids: Iterable[uuid.UUID]) -> list[Listed]:
    """Return these products as they stand in lists, in no order."""
    return listed(list(Product.objects.filter(id__in=list(ids))))


def counts() -> dict[str, int]:
    """Return how many products each of STATES holds."""
    return {state: _in_state(state).count() for state in STATES}


def is_empty() -> bool:
    """Whether this business has no product yet, archived ones included."""
    return not Product.objects.exists()


def listed(rows: Sequence[Product]) -> list[Listed]:
    """Return products as they stand in lists, in their order: two statements more, however many there are."""
    names: dict[uuid.UUID | None, str] = dict(
        Category.objects.filter(id__in={row.category_id for row in rows if row.category_id}).values_list("id", "name")
    )
    pictures = dict(Picture.objects.filter(product_id__in=[row.id for row in rows]).values_list("product_id", "digest"))
    return [
        Listed(
            row.id, row.sku, row.name, row.variant, names.get(row.category_id, ""), row.price, per_unit(row), row.content,
            row.content_unit, row.unit, row.sold_by, row.picto, row.tint, row.archived_at is not None, pictures.get(row.id, ""),
        )
        for row in rows
    ]  # fmt: skip


def variants(product_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the other products of a product's family that are sold, or none."""
    family = Product.objects.filter(id=product_id).values_list("family_id", flat=True).first()
    if family is None:
        return []
    rows = Product.objects.filter(family_id=family, archived_at=None).exclude(id=product_id).order_by("id")
    return list(rows.values_list("id", flat=True))


def known(ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of these products this business has, archived ones too."""
    return set(Product.objects.filter(id__in=list(ids)).values_list("id", flat=True))


def prices(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int | None]:
    """Return what these products cost today, ten-thousandths of the major unit; None: the till asks."""
    return dict(Product.objects.filter(id__in=list(ids)).values_list("id", "price"))


def by_codes(codes: Iterable[str]) -> dict[str, uuid.UUID]:
    """Return the products of these SKUs and barcodes, by the code as it was given; codes of no product are left out."""
    wanted = list(codes)
    found = dict(Barcode.objects.filter(code__in=wanted).values_list("code", "product_id"))
    return found | dict(Product.objects.filter(sku__in=wanted).values_list("sku", "id"))


def names(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what these products are called, with their variants."""
    rows = Product.objects.filter(id__in=list(ids)).values_list("id", "name", "variant")
    return {product_id: f"{name} {variant}".strip() for product_id, name, variant in rows}


def by_ids(ids: Iterable[uuid.UUID]) -> list[Product]:
    """Return these products, archived ones too."""
    return list(Product.objects.filter(id__in=list(ids)))


def skus_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the SKU of each of these products."""
    return dict(Product.objects.filter(id__in=list(ids)).values_list("id", "sku"))


def skus(ids: Iterable[uuid.UUID]) -> list[str]:
    """Return the SKUs of these products, in order."""
    return list(Product.objects.filter(id__in=list(ids)).order_by("sku").values_list("sku", flat=True))


def per_unit(product: Product) -> tuple[int, str] | None:
    """Return the price per kilogram, litre, metre or piece (ten-thousandths, unit), half away from zero; None where it says nothing."""
    if product.price is None:
        return None
    if product.sold_by == "weight":
        return product.price, product.unit
    if not product.content or product.content_unit not in COMPARED:
        return None
    unit, factor = COMPARED[product.content_unit]
    return (2 * product.price * 1000 * factor + product.content) // (2 * product.content), unit


def product(product_id: uuid.UUID) -> ProductDetail | None:
    """Return one product of the business in scope with all that the office shows of it, or None."""
    row = Product.objects.filter(id=product_id).first()
    if row is None:
        return None
    history = price_history(product_id)
    cost = CostEvent.objects.filter(product_id=product_id).order_by("-valid_from", "-id").values_list("cost", flat=True).first()
    return ProductDetail(
        row,
        _name_of(Category, row.category_id),
        _name_of(Family, row.family_id),
        per_unit(row),
        tuple(Barcode.objects.filter(product_id=product_id).order_by("code").values_list("code", "quantity")),
        history,
        cost,
        Picture.objects.filter(product_id=product_id).values_list("digest", flat=True).first() or "",
    )


def _name_of(model: type[Category] | type[Family], row_id: uuid.UUID | None) -> str:
    return model.objects.filter(id=row_id).values_list("name", flat=True).first() or "" if row_id else ""


def price_history(product_id: uuid.UUID) -> tuple[PriceStep, ...]:
    """Return the dated prices of a product, oldest first; of two that begin together the later recorded one counts."""
    rows = (
        PriceEvent.objects.filter(product_id=product_id)
        .order_by("valid_from", "id")
        .values_list("valid_from", "price", "actor_id", "is_declared")
    )
    steps = {since: PriceStep(since, price, by, declared) for since, price, by, declared in rows}
    return tuple(steps.values())


def picture(product_id: uuid.UUID) -> Picture | None:
    """Return a product's photo."""
    row: Picture | None = Picture.objects.filter(product_id=product_id).first()
    return row


def categories(*, archived: bool = False) -> list[Category]:
    """Return the categories in the shop's order; with `archived`, all of them."""
    rows = Category.objects.all() if archived else Category.objects.filter(archived_at=None)
    return list(rows.order_by("position", "name"))


def taxes() -> list[Tax]:
    """Return the taxes by code."""
    return list(Tax.objects.order_by("code"))


def tax_groups() -> list[TaxGroup]:
    """Return the groups of taxes by name."""
    return list(TaxGroup.objects.order_by("name"))


def _matching(wanted: Wanted) -> QuerySet[Product]:
    rows = _in_state(wanted.state)
    if wanted.category_id:
        rows = rows.filter(category_id=wanted.category_id)
    words = fold(wanted.words).split()
    if not words:
        return rows
    by_words = Q()
    for word in words[:8]:
        by_words &= Q(search__contains=word)
    code = wanted.words.strip()
    if code.isdecimal() and len(code) >= 4:
        ids = list(Barcode.objects.filter(code__startswith=code).values_list("product_id", flat=True)[:200])
        by_words |= Q(id__in=ids)
    return rows.filter(by_words)


def _in_state(state: str) -> QuerySet[Product]:
    if state == "archived":
        return Product.objects.exclude(archived_at=None)
    rows = Product.objects.filter(archived_at=None)
    if state == "no_price":
        return rows.filter(price=None)
    if state == "no_barcode":
        return rows.exclude(id__in=Barcode.objects.values("product_id"))
    return rows
