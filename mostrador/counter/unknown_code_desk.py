"""Codes that tills scanned and no product carries: which they are, as the office sees them, and saying no more of one.

Nothing is told of a code that a product carries by now, by itself and in any form of its GTIN: so whoever creates the product is done.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from mostrador.catalogue import queries as catalogue
from mostrador.catalogue.barcode_forms import forms
from mostrador.catalogue.models import Barcode
from mostrador.counter.unknown_code_models import SilencedCode, UnknownScan
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, NotFound
from mostrador.kernel.writing import use_case
from mostrador.people.models import Store

DAYS = 90
"""What was scanned longer ago is told no more: whoever asked for it is not coming back for it."""
SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class Missing:
    """A code that nobody carries: while how many people were helped it was scanned, when last, and how often in each store, by its name.

    `archived`: the product that carries it and is on no till any more, and its name.
    """

    code: str
    times: int
    last: dt.datetime
    stores: tuple[tuple[str, int], ...]
    archived: tuple[uuid.UUID, str] | None


def missing(*, silenced: bool = False) -> list[Missing]:
    """Return the codes that nobody carries, those asked for most first, at most SHOWN_MAX; or those of them of which nothing is told."""
    since = _since()
    rows, carried = _open(since, silenced=silenced)
    stores = _by_store(since, [code for code, _, _ in rows])
    names = catalogue.names(product for code, _, _ in rows for product, _ in carried[code])
    return [
        Missing(code, times, last, stores[code], next(((product, names[product]) for product, _ in carried[code]), None))
        for code, times, last in rows
    ]


def count() -> int:
    """Return how many codes `missing` would tell of."""
    return len(_open(_since(), silenced=False)[0])


def find(code: str) -> Missing:
    """Return a code of the list, also a silenced one. Refuses another: NotFound."""
    for silenced in (False, True):
        for one in missing(silenced=silenced):
            if one.code == code:
                return one
    raise NotFound


def silence(actor: Actor, *, code: str, silenced: bool) -> None:
    """Tell of a code no more, or again; again changes nothing. Refuses a code that no till scanned: NotFound."""
    if not actor.may("owner", "manager", "stock"):
        raise Forbidden
    with use_case():
        if not UnknownScan.objects.filter(code=code).exists():
            raise NotFound
        if silenced:
            row = SilencedCode(organization_id=actor.organization_id, code=code, actor_id=actor.id, at=clock.now())
            SilencedCode.objects.bulk_create([row], ignore_conflicts=True)
        else:
            SilencedCode.objects.filter(code=code).delete()


type _Row = tuple[str, int, dt.datetime]
type _Carriers = dict[str, list[tuple[uuid.UUID, bool]]]


def _since() -> dt.datetime:
    return clock.now() - dt.timedelta(days=DAYS)


def _open(since: dt.datetime, *, silenced: bool) -> tuple[list[_Row], _Carriers]:
    """The codes that no product on the tills carries in any form, and who carried them before."""
    rows = list(_grouped(since, silenced=silenced)[:SHOWN_MAX])
    carried = _carriers(code for code, _, _ in rows)
    return [row for row in rows if not any(is_sold for _, is_sold in carried[row[0]])], carried


def _grouped(since: dt.datetime, *, silenced: bool) -> QuerySet[UnknownScan, _Row]:
    own = {"organization_id": OuterRef("organization_id"), "code": OuterRef("code")}
    hushed, sold = Exists(SilencedCode.objects.filter(**own)), Exists(Barcode.objects.filter(**own, product__archived_at=None))
    rows = UnknownScan.objects.filter(hushed if silenced else ~hushed, ~sold, at__gte=since)
    counted = rows.values("code").annotate(times=Count("fact_id"), last=Max("at")).order_by("-times", "-last", "code")
    return counted.values_list("code", "times", "last")


def _carriers(codes: Iterable[str]) -> _Carriers:
    """The products that carry a code in any form of it, and whether tills have them."""
    by_form = defaultdict(list)
    for code in codes:
        for form in forms(code):
            by_form[form].append(code)
    found: _Carriers = defaultdict(list)
    rows = Barcode.objects.filter(code__in=list(by_form)).order_by("code").values_list("code", "product_id", "product__archived_at")
    for form, product_id, archived_at in rows:
        for code in by_form[form]:
            found[code].append((product_id, archived_at is None))
    return found


def _by_store(since: dt.datetime, codes: list[str]) -> dict[str, tuple[tuple[str, int], ...]]:
    names = dict(Store.objects.values_list("id", "name"))
    rows = UnknownScan.objects.filter(code__in=codes, at__gte=since).values("code", "store_id").annotate(times=Count("fact_id"))
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for code, store_id, times in rows.order_by("-times", "store_id").values_list("code", "store_id", "times"):
        found[code].append((names[store_id], times))
    return defaultdict(tuple, {code: tuple(stores) for code, stores in found.items()})
