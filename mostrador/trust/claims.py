"""What buyers were told of goods, and what became of it: the sheet that a line was sold with, what was said beyond it, what came back for it, what was put right.

All of it is computed when it is read, and counted by product, statement and store; nothing here knows who said it (invariant C3).
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from mostrador.counter.models import ReturnLine, Sale
from mostrador.kernel import clock
from mostrador.trust import claim_topics, sheets
from mostrador.trust.claim_fold import NOT_AS_SAID, Evidence, Kind, Standing, Statement, fold, pointed_at
from mostrador.trust.claim_models import Claim, Correction, ProductSheet
from mostrador.trust.models import Undoing
from mostrador.trust.sheets import Versions

LINES_MAX = 5000
"""So many lines that came back are looked at, the last ones."""


@dataclass(frozen=True, slots=True)
class Came:
    """A line that came back and speaks against something its buyer was told. `sale_id`: of its ticket, where it had one."""

    statement: Statement
    kind: Kind
    at: dt.datetime
    return_id: uuid.UUID
    sale_id: uuid.UUID | None
    store_id: uuid.UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """Something that a buyer was told: `kind`: strength, limit or topic; `is_asked`: they asked for it; `corrections`: what was put right, the first one first."""

    statement: Statement
    says: str
    kind: str
    basis: str
    is_asked: bool
    standing: Standing
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement of the shop that did not hold, is doubted or was put right. `spoken`: how often it was said when asked; `is_said`: the sheet in force still says it."""

    statement: Statement
    says: str
    kind: str
    standing: Standing
    came: tuple[Came, ...]
    corrections: tuple[Correction, ...]
    spoken: int
    is_said: bool
    last: dt.datetime

    @property
    def next(self) -> str:
        """What there is to do: put it right, look at it, take it off the sheet, or nothing."""
        if self.standing.state == "corrected":
            return "rewrite" if self.is_said else "done"
        return "correct" if self.standing.state == "contradicted" else "look"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that was asked of a product and nobody knew: how often, and when last."""

    product_id: uuid.UUID
    statement_id: uuid.UUID
    says: str
    times: int
    last: dt.datetime


def standing() -> QuerySet[Claim]:
    """What was said when asked, and nobody took back."""
    return Claim.objects.exclude(Exists(Undoing.objects.filter(record_id=OuterRef("fact_id"), organization_id=OuterRef("organization_id"))))


def told_in(sale: Sale, product_ids: Sequence[uuid.UUID], now: dt.datetime | None = None) -> list[Told]:
    """Return what the buyer of a sale was told of its goods, in their order, and of others that they asked about."""
    spoken = list(standing().filter(visit_id=sale.visit_id).order_by("at", "fact_id"))
    products = list(dict.fromkeys([*product_ids, *(claim.product_id for claim in spoken)]))
    known, told = sheets.versions(products), _told(products, sale.occurred_at, spoken)
    of_sale = [one for one in brought(ReturnLine.objects.filter(returned__sale_id=sale.id)) if one.statement in told]
    right = _corrections(products)
    topics = claim_topics.names({one.id for one in told})
    asked = {Statement(one.product_id, one.statement_id, one.said) for one in spoken}
    return [
        Told(
            one, *_words(one, known, topics), one in asked,
            fold(sale.occurred_at, _evidence([came for came in of_sale if came.statement == one], right[one]), now or clock.now()),
            tuple(right[one]),
        )
        for one in told
    ]  # fmt: skip


def brought(lines: QuerySet[ReturnLine]) -> list[Came]:
    """Return what lines that came back say of what their buyers were told: by the sheet in force when they bought, and by what was said in that visit."""
    rows = list(
        lines.order_by("-returned__occurred_at", "-return_id", "n").values_list(
            "return_id", "product_id", "reason", "returned__occurred_at", "returned__sale_id", "returned__store_id", "statement_id"
        )[:LINES_MAX]
    )
    products = {row[1] for row in rows}
    known = sheets.versions(products)
    bought = {one.id: one for one in Sale.objects.filter(id__in={row[4] for row in rows if row[4]}).only("id", "occurred_at", "visit_id")}
    spoken: dict[tuple[uuid.UUID, uuid.UUID], list[Claim]] = defaultdict(list)
    for claim in standing().filter(product_id__in=list(products), visit_id__in=[one.visit_id for one in bought.values()]):
        spoken[claim.visit_id, claim.product_id].append(claim)
    found = []
    for return_id, product_id, reason, at, sale_id, store_id, named in rows:
        sale = bought.get(sale_id) if sale_id else None
        told = _against(product_id, sale.occurred_at if sale else at, spoken[sale.visit_id, product_id] if sale else (), known)
        found += [Came(one, kind, at, return_id, sale_id, store_id, reason) for one, kind in pointed_at(reason, named, told).items()]
    return found


def findings(since: dt.datetime, stores: Collection[uuid.UUID], now: dt.datetime | None = None) -> list[Finding]:
    """Return what did not hold in some stores, is doubted there or was put right, since then: first what waits for somebody, the last one first."""
    said = {*ProductSheet.objects.values_list("product_id", flat=True), *standing().values_list("product_id", flat=True)}
    lines = ReturnLine.objects.filter(product_id__in=list(said), returned__occurred_at__gte=since, returned__store_id__in=list(stores))
    came: dict[Statement, list[Came]] = defaultdict(list)
    for one in brought(lines):
        came[one.statement].append(one)
    right: dict[Statement, list[Correction]] = defaultdict(list)
    for row in Correction.objects.order_by("at", "id"):
        right[Statement(row.product_id, row.statement_id, row.said)].append(row)
    wanted = {*came, *(one for one, rows in right.items() if rows[-1].at >= since)}
    rows = [_finding(one, came[one.statement], right[one.statement], now or clock.now()) for one in _worded(wanted)]
    return sorted(rows, key=lambda one: (_WAITS.index(one.next), -clock.to_ms(one.last), str(one.statement.id)))


def finding(statement: Statement, stores: Collection[uuid.UUID], now: dt.datetime | None = None) -> Finding | None:
    """Return all that is known of one statement in some stores; None for what nobody ever said."""
    worded = _worded([statement])
    if not worded:
        return None
    lines = ReturnLine.objects.filter(product_id=statement.product_id, returned__store_id__in=list(stores))
    came = [one for one in brought(lines) if one.statement == statement]
    return _finding(worded[0], came, _corrections([statement.product_id])[statement], now or clock.now())


def unknown(since: dt.datetime, stores: Collection[uuid.UUID]) -> list[Unknown]:
    """Return what was asked and nobody knew, what was asked most first: what a sheet should say."""
    rows = standing().filter(said="unsure", at__gte=since, store_id__in=list(stores))
    found: dict[tuple[uuid.UUID, uuid.UUID], list[dt.datetime]] = defaultdict(list)
    for product_id, statement_id, at in rows.values_list("product_id", "statement_id", "at"):
        found[product_id, statement_id].append(at)
    known, topics = sheets.versions({one for one, _ in found}), claim_topics.names({one for _, one in found})
    made = [
        Unknown(product, one, _words(Statement(product, one, "unsure"), known, topics)[0], len(hours), max(hours))
        for (product, one), hours in found.items()
    ]
    return sorted(made, key=lambda one: (-one.times, -clock.to_ms(one.last), str(one.statement_id)))


def contradicted(since: dt.datetime, until: dt.datetime) -> dict[uuid.UUID, int]:
    """Return how often something said of a product did not hold, by what came back between two instants."""
    said = list(ProductSheet.objects.values_list("product_id", flat=True).distinct())
    lines = ReturnLine.objects.filter(product_id__in=said, returned__occurred_at__gte=since, returned__occurred_at__lt=until)
    count: dict[uuid.UUID, int] = defaultdict(int)
    for one in brought(lines):
        count[one.statement.product_id] += one.kind == "contradicted"
    return {product: times for product, times in count.items() if times}


_WAITS = ("correct", "rewrite", "look", "done")


@dataclass(frozen=True, slots=True)
class _Worded:
    statement: Statement
    says: str
    kind: str
    is_said: bool
    spoken: int


def _worded(wanted: Iterable[Statement]) -> list[_Worded]:
    """The statements with their words; those that have none were never said here."""
    asked = list(wanted)
    products = {one.product_id for one in asked}
    known, topics = sheets.versions(products), claim_topics.names({one.id for one in asked})
    counted = standing().filter(product_id__in=list(products)).values("product_id", "statement_id", "said").annotate(times=Count("fact_id"))
    spoken = {Statement(row["product_id"], row["statement_id"], row["said"]): row["times"] for row in counted}
    found = []
    for one in asked:
        says, kind, _ = _words(one, known, topics)
        last = known.current(one.product_id)
        is_said = one.said == "yes" and last is not None and any(point.id == one.id for point in last.points)
        if says and one.said in ("yes", "no"):
            found.append(_Worded(one, says, kind, is_said, spoken.get(one, 0)))
    return found


def _finding(one: _Worded, came: Sequence[Came], right: Sequence[Correction], now: dt.datetime) -> Finding:
    hours = [*(row.at for row in came), *(row.at for row in right)]
    last = max(hours, default=now)
    folded = fold(min(hours, default=now), _evidence(came, right), now)
    return Finding(one.statement, one.says, one.kind, folded, tuple(came), tuple(right), one.spoken, one.is_said, last)


def _told(products: Iterable[uuid.UUID], at: dt.datetime, spoken: Sequence[Claim]) -> dict[Statement, None]:
    """What somebody was told, in the order of the goods: the sheets, less what was answered otherwise, and the answers."""
    known = sheets.versions(list(products))
    told: dict[Statement, None] = {}
    for product_id in products:
        told |= dict.fromkeys(_of_product(product_id, at, [one for one in spoken if one.product_id == product_id], known))
    return told


def _of_product(product_id: uuid.UUID, at: dt.datetime, spoken: Sequence[Claim], known: Versions) -> list[Statement]:
    sheet = known.in_force(product_id, at)
    answered = {one.statement_id for one in spoken}
    printed = [Statement(product_id, point.id, "yes") for point in (sheet.points if sheet else ()) if point.id not in answered]
    return [*printed, *dict.fromkeys(Statement(product_id, one.statement_id, one.said) for one in spoken)]


def _against(product_id: uuid.UUID, at: dt.datetime, spoken: Sequence[Claim], known: Versions) -> Mapping[Statement, Collection[str]]:
    """What somebody was told of a product, with the reasons that speak against each. A limit that was told as it is cannot be spoken against, nor what nobody knew."""
    found: dict[Statement, Collection[str]] = {}
    for one in _of_product(product_id, at, spoken, known):
        point = known.point(product_id, one.id)
        if one.said == "unsure" or (point is not None and (point.kind == "strength") != (one.said == "yes")):
            continue
        found[one] = point.reasons if point is not None else (NOT_AS_SAID,)
    return found


def _words(one: Statement, known: Versions, topics: Mapping[uuid.UUID, str]) -> tuple[str, str, str]:
    """What a statement says, of which kind it is, and what it rests on."""
    point = known.point(one.product_id, one.id)
    return (point.says, point.kind, point.basis) if point is not None else (topics.get(one.id, ""), "topic", "")


def _corrections(product_ids: Collection[uuid.UUID]) -> dict[Statement, list[Correction]]:
    found: dict[Statement, list[Correction]] = defaultdict(list)
    for row in Correction.objects.filter(product_id__in=list(product_ids)).order_by("at", "id"):
        found[Statement(row.product_id, row.statement_id, row.said)].append(row)
    return found


def _evidence(came: Iterable[Came], right: Iterable[Correction]) -> list[Evidence]:
    return [
        *(Evidence(f"{one.return_id}", one.kind, one.at) for one in came),
        *(Evidence(str(one.id), "corrected", one.at) for one in right),
    ]
