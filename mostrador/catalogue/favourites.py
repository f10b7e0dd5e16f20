"""The favourites of each store: pages of products, in the order of its grid. A store that has not arranged its own has those of the business."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from mostrador.catalogue.models import Product, StoreFavourites
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ready import ready
from mostrador.kernel.writing import building_block, use_case
from mostrador.people.models import Store

FAVOURITES_MAX = 120
PAGES_MAX = 12
NAME_MAX = 24


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the grid: what it is called, and its products in their order. A page that stands alone needs no name."""

    name: str
    products: tuple[uuid.UUID, ...]

    def said(self) -> dict[str, object]:
        """The page as it is stored, and told to tills."""
        return {"name": self.name, "products": [str(product) for product in self.products]}


def arrange(actor: Actor, *, store_id: uuid.UUID, pages: Sequence[Page] | None) -> None:
    """Let these be the pages of a store's grid, in this order; None: those of the business again. A product stands on the first page that has it.

    What is archived is on no page that anybody sees, and keeps its place. Refuses what is no product of the business, and pages that nobody could tell apart.
    """
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden
    if not Store.objects.filter(id=store_id).exists():
        raise NotFound
    wanted = None if pages is None else _once(pages)
    products = {product for page in wanted or () for product in page.products}
    if wanted is not None:
        _refuse_untold(wanted)
    if len(products) > FAVOURITES_MAX:
        raise Invalid(products="too_many")
    if products and Product.objects.filter(id__in=products).count() != len(products):
        raise Invalid(products="unknown")
    with use_case():
        put(actor, store_id=store_id, pages=None if wanted is None else _with_archived(store_id, wanted, FAVOURITES_MAX - len(products)))


def _with_archived(store_id: uuid.UUID, wanted: Sequence[Page], room: int) -> list[Page]:
    """The pages with what is archived where it stood, as far as there is room: on its page, behind the nearest before it that stands there still."""
    stood = _stored(store_id)
    if stood is None:
        stood = [_all_of_business()]
    said = {product for page in wanted for product in page.products}
    hidden = _archived({product for page in stood for product in page.products} - said)
    pages = [list(page.products) for page in wanted]
    for at, page in enumerate(stood):
        if not wanted or hidden.isdisjoint(page.products):
            continue
        now = pages[_now_at(page, at, wanted)]
        place = 0
        for product in page.products:
            if product in now:
                place = now.index(product) + 1
            elif product in hidden and room > 0:
                now.insert(place, product)
                place, room = place + 1, room - 1
    return [Page(page.name, tuple(products)) for page, products in zip(wanted, pages, strict=True)]


def _now_at(page: Page, at: int, wanted: Sequence[Page]) -> int:
    """Which page this one is now: the one of its name, else the one with most of its products, else the one at its place."""
    named = (place for place, one in enumerate(wanted) if one.name == page.name)
    nearest = max(range(len(wanted)), key=lambda place: (len(set(page.products) & set(wanted[place].products)), place == at))
    return next(named, nearest)


def _archived(products: Collection[uuid.UUID]) -> set[uuid.UUID]:
    return set(Product.objects.filter(id__in=products).exclude(archived_at=None).values_list("id", flat=True)) if products else set()


def _once(pages: Sequence[Page]) -> list[Page]:
    """The pages with each product where it stands first, and no space around their names."""
    seen: set[uuid.UUID] = set()
    once: list[Page] = []
    for page in pages:
        once.append(Page(page.name.strip(), tuple(product for product in dict.fromkeys(page.products) if product not in seen)))
        seen.update(page.products)
    return once


def _refuse_untold(pages: Sequence[Page]) -> None:
    names = [page.name for page in pages]
    if len(pages) > PAGES_MAX:
        raise Invalid(page="too_many")
    if any(len(name) > NAME_MAX for name in names):
        raise Invalid(page="too_long")
    if len(pages) > 1 and (not all(names) or len({name.casefold() for name in names}) != len(names)):
        raise Invalid(page="taken" if all(names) else "empty")


def put(actor: Actor, *, store_id: uuid.UUID, pages: Sequence[Page] | None) -> None:
    """As `arrange`, inside the caller's transaction, of pages that are known to be right."""
    had = StoreFavourites.objects.filter(store_id=store_id).values_list("pages", flat=True).first()
    said = None if pages is None else [page.said() for page in pages]
    if said == had:
        return
    with building_block():
        if said is None:
            StoreFavourites.objects.filter(store_id=store_id).delete()
        else:
            StoreFavourites.objects.update_or_create(
                organization_id=actor.organization_id, store_id=store_id, defaults={"pages": said, "updated_at": clock.now()}
            )
        trail.record(actor, "favourites", store_id, {"products": (_count(had), _count(said)), "pages": (_names(had), _names(said))})
        # It stands in the till part: every till takes that anew.
        touched(actor.organization_id, "till", [store_id])


def _count(pages: Sequence[dict[str, object]] | None) -> int | None:
    return None if pages is None else sum(len(page.products) for page in map(_read, pages))


def _names(pages: Sequence[dict[str, object]] | None) -> str | None:
    return None if pages is None else ", ".join(str(page["name"]) for page in pages if page["name"]) or None


def _read(page: dict[str, object]) -> Page:
    products = page["products"]
    assert isinstance(products, list)
    return Page(str(page["name"]), tuple(uuid.UUID(product) for product in products))


@ready
def _pages(store_id: uuid.UUID) -> Any:
    return StoreFavourites.objects.filter(store_id=store_id).values_list("pages", flat=True)


def _stored(store_id: uuid.UUID) -> list[Page] | None:
    return next(([_read(page) for page in pages] for pages in _pages(store_id)), None)


def of_store(store_id: uuid.UUID) -> list[Page] | None:
    """Return the pages that a store has arranged, with what is on sale, in its order; None: it has those of the business."""
    pages = _stored(store_id)
    if pages is None:
        return None
    archived = _archived([product for page in pages for product in page.products])
    return [Page(page.name, tuple(product for product in page.products if product not in archived)) for page in pages]


def of_business() -> Page:
    """Return the favourites of the business in their order: one page."""
    return Page("", _business(Product.objects.filter(archived_at=None)))


def _all_of_business() -> Page:
    return Page("", _business(Product.objects.all()))


def _business(rows: QuerySet[Product]) -> tuple[uuid.UUID, ...]:
    return tuple(rows.exclude(favourite=None).order_by("favourite", "id").values_list("id", flat=True)[:FAVOURITES_MAX])
