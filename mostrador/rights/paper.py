"""What tills print: the rights that a receipt may say, each with the goods that have it, so that a till without a network says what the page will."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from mostrador.catalogue.models import Category, Product
from mostrador.rights import pack, terms
from mostrador.rights.rule import Rule, Span
from mostrador.rights.terms import BUSINESS, OFFERED, Terms

type Asked = Callable[[uuid.UUID | None, uuid.UUID | None], bool]
type Has = tuple[tuple[uuid.UUID, bool], ...]
NAMES = {"voluntary_return": ("Lo cambiamos", "Our returns"), "commercial_guarantee": ("Garantía", "Guarantee")}


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A right as a till prints it. `usual`: of goods that neither `categories` nor `products` name. `stale_after`: said no longer than that; None of what the shop gives."""

    es: str
    en: str
    lasts: Span
    stale_after: dt.date | None
    usual: bool
    categories: Has
    products: Has


@dataclass(frozen=True, slots=True)
class _Known:
    """The scopes of which anything is said, and the terms."""

    stood: Terms
    categories: tuple[uuid.UUID, ...]
    products: tuple[tuple[uuid.UUID, uuid.UUID | None], ...]


def on_paper(country: str, today: dt.date) -> list[OnPaper]:
    """Return what receipts may say today: the law first, what lasts longest first. What an agreement or a law's least would change is left to the page."""
    stood = terms.standing()
    scopes = {scope for _, scope in stood.by_scope}
    ids = [which for kind, which in scopes if kind == "product" and which]
    products = tuple(Product.objects.filter(id__in=ids).order_by("id").values_list("id", "category_id"))
    named = {which for kind, which in scopes if kind == "category" and which} | {category for _, category in products if category}
    categories = tuple(Category.objects.filter(id__in=named).order_by("id").values_list("id", flat=True))
    known = _Known(stood, categories, products)
    rules = [rule for rule in pack.rules(country) if rule.holds_on(today) and rule.may_be_said(today)]
    law = sorted((_of_law(rule, known) for rule in rules if _is_said(rule)), key=lambda one: one.lasts.after(today), reverse=True)
    least = max((rule.lasts.after(today) for rule in rules if rule.kind == "commercial_floor" and rule.lasts), default=today)
    return [*law, *(one for one in _of_shop(known) if one.es != NAMES["commercial_guarantee"][0] or one.lasts.after(today) >= least)]


def _is_said(rule: Rule) -> bool:
    return bool(rule.paper_es) and "shop" in rule.sale and rule.lasts is not None


def _of_law(rule: Rule, known: _Known) -> OnPaper:
    assert rule.lasts is not None, "only what has an end is said on paper"

    def has(product: uuid.UUID | None, category: uuid.UUID | None) -> bool:
        goods, agreed = known.stood.goods(product or uuid.UUID(int=0), category)
        return goods in rule.goods and not (agreed and rule.agreed_least)

    return _who_has(rule.paper_es, rule.paper_en, rule.lasts, rule.stale_after, has, known)


def _of_shop(known: _Known) -> list[OnPaper]:
    found = []
    for kind in OFFERED:
        stands = [one.lasts for (name, _), one in known.stood.by_scope.items() if name == kind and one.lasts]
        for lasts in dict.fromkeys(stands):

            def has(product: uuid.UUID | None, category: uuid.UUID | None, kind: str = kind, lasts: Span = lasts) -> bool:
                one = known.stood.of(kind, product or uuid.UUID(int=0), category)
                return one is not None and one.lasts == lasts

            found.append(_who_has(*NAMES[kind], lasts, None, has, known))
    return found


def _who_has(es: str, en: str, lasts: Span, stale_after: dt.date | None, has: Asked, known: _Known) -> OnPaper:
    """Ask of each scope of which anything is said; all others are as the business."""
    categories = tuple((one, has(None, one)) for one in known.categories)
    products = tuple((one, has(one, category)) for one, category in known.products)
    return OnPaper(es, en, lasts, stale_after, has(None, BUSINESS[1]), categories, products)
