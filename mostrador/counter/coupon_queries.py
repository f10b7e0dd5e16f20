"""Reads of single-use coupons: batches and how far they are used, a code as it stands, and codes of which more than one sale was made.

A use counts until everything of its ticket has come back: then its code may be used again (docs/adr/0034).
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from mostrador.catalogue import promotions, terms
from mostrador.counter import coupon_codes
from mostrador.counter.coupon_models import CouponBatch, CouponCode, CouponUse
from mostrador.counter.models import ReturnLine, Sale, SaleLine, SaleSaving
from mostrador.counter.queries import number_of
from mostrador.kernel import clock
from mostrador.kernel.sealing import unseal
from mostrador.people.models import Device, Store

type State = Literal["free", "used", "void", "over"]

STATES: tuple[State, ...] = ("free", "used", "void", "over")
PAGE = 100


@dataclass(frozen=True, slots=True)
class Use:
    """A ticket that a code lowered. `saved`: by how much, minor units; `is_back`: everything of it has come back."""

    coupon_id: uuid.UUID
    sale_id: uuid.UUID
    ticket: str
    store: str
    at: dt.datetime
    saved: int
    is_back: bool


@dataclass(frozen=True, slots=True)
class Coupon:
    """A code as it stands. `uses`: those that count, the oldest first. `coupon`: what stands in the promotion as a till has it."""

    id: uuid.UUID
    batch_id: uuid.UUID
    n: int
    state: State
    coupon: str
    until: dt.datetime | None
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it stands: how many of its codes are in each state, and by how much those used lowered tickets, minor units."""

    row: CouponBatch
    promotion: str
    is_over: bool
    issued: int
    free: int
    used: int
    void: int
    saved: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A code in the list of its batch; `code`: as it is printed, "" where this server cannot read it."""

    id: uuid.UUID
    n: int
    code: str
    state: State
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A code that a till which could not ask took although it was spent: twice, or void by then. The oldest ticket first."""

    code: str
    batch_id: uuid.UUID
    batch: str
    why: Literal["twice", "void"]
    uses: tuple[Use, ...]

    @property
    def at_risk(self) -> int:
        """By how much tickets were lowered beyond what the code allowed."""
        return sum(use.saved for use in (self.uses[1:] if self.why == "twice" else self.uses))


def by_hash(digest: bytes) -> uuid.UUID | None:
    """Return the code of a hash, or None."""
    return CouponCode.objects.filter(code_hash=digest).values_list("id", flat=True).first()


def coupon(coupon_id: uuid.UUID) -> Coupon | None:
    """Return a code of the business in scope as it stands, or None."""
    return next(iter(coupons(CouponCode.objects.filter(id=coupon_id))), None)


def coupons(rows: QuerySet[CouponCode]) -> list[Coupon]:
    """Return codes as they stand."""
    found = list(rows.select_related("batch"))
    uses = _uses(CouponUse.objects.filter(coupon_id__in=[row.id for row in found]))
    over = _over({row.batch_id: row.batch for row in found}.values())
    made = []
    for row in found:
        counted = tuple(use for use in uses[row.id] if not use.is_back)
        state = _state(row, is_used=bool(counted), is_over=row.batch_id in over)
        made.append(Coupon(row.id, row.batch_id, row.n, state, terms.codes_hash(row.batch.promotion_id), row.batch.until, counted))
    return made


def unused(*, ids: Iterable[uuid.UUID] | None = None, after: uuid.UUID | None = None, limit: int) -> list[CouponCode]:
    """Return the codes that no sale has ever used and that still lower something, with their batches, in the order of their ids.

    Tills ask for few ids with each change, and for a thousand at a time as they begin. So what is over is looked for from the codes that are asked
    for, and whether one was used in the index of uses: a business keeps every batch and every use it ever had.
    """
    rows = CouponCode.objects.filter(~Exists(CouponUse.objects.filter(coupon_id=OuterRef("id"))), voided_at=None)
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    if after is not None:
        rows = rows.filter(id__gt=after)
    in_time = Q(batch__until=None) | Q(batch__until__gt=clock.now())
    standing = rows.filter(in_time, batch__promotion_id__in=_wanting())
    return list(standing.select_related("batch").order_by("id")[:limit])


def batches(promotion_id: uuid.UUID | None = None) -> list[Batch]:
    """Return the batches, the last made first."""
    rows = CouponBatch.objects.all() if promotion_id is None else CouponBatch.objects.filter(promotion_id=promotion_id)
    return _batches(list(rows.order_by("-made_at", "-id")))


def batch(batch_id: uuid.UUID) -> Batch | None:
    """Return one batch, or None."""
    return next(iter(_batches(list(CouponBatch.objects.filter(id=batch_id)))), None)


def listed(batch_id: uuid.UUID, *, state: str = "", code: str = "", limit: int | None = None) -> list[Listed]:
    """Return the codes of a batch in their order: those in a state, the one that is typed, or all."""
    rows = CouponCode.objects.filter(batch_id=batch_id).select_related("batch").order_by("n")
    if code:
        read = coupon_codes.read(code)
        rows = rows.filter(code_hash=coupon_codes.code_hash(read)) if read else rows.none()
    uses, over = _uses(CouponUse.objects.filter(coupon_id__in=_ids(batch_id))), _over(CouponBatch.objects.filter(id=batch_id))
    made: list[Listed] = []
    for row in rows:
        counted = tuple(use for use in uses[row.id] if not use.is_back)
        stands = _state(row, is_used=bool(counted), is_over=batch_id in over)
        if state and stands != state:
            continue
        made.append(Listed(row.id, row.n, printed(row), stands, counted))
        if limit is not None and len(made) == limit:
            break
    return made


def printed(row: CouponCode) -> str:
    """Return a code as it is printed; "" where it was sealed with another key than this server has."""
    code = unseal(row.sealed, row.id.bytes)
    return "" if code is None else coupon_codes.shown(code.decode())


def of_sale(sale_id: uuid.UUID) -> list[tuple[str, uuid.UUID | None]]:
    """Return the codes that lowered a ticket, as they are printed, with their batches."""
    rows = CouponUse.objects.filter(sale_id=sale_id).order_by("n").values_list("coupon_id", flat=True)
    known = {row.id: row for row in CouponCode.objects.filter(id__in=list(rows))}
    return [(printed(known[one]), known[one].batch_id) if one in known else ("", None) for one in rows]


def doubts() -> list[Doubt]:
    """Return the codes of which more tickets were made than they allow, that of the latest ticket first: what being offline made possible."""
    many = CouponUse.objects.values("coupon_id").annotate(times=Count("n")).filter(times__gt=1).values("coupon_id")
    void = CouponCode.objects.exclude(voided_at=None).values("id")
    uses = _uses(CouponUse.objects.filter(Q(coupon_id__in=many) | Q(coupon_id__in=void)))
    found = []
    for row in CouponCode.objects.filter(id__in=list(uses)).select_related("batch"):
        counted = tuple(use for use in uses[row.id] if not use.is_back)
        # No office makes a used code void, so that one which is both came in later.
        if len(counted) > 1 or (counted and row.voided_at is not None):
            found.append(Doubt(printed(row), row.batch_id, row.batch.name, "twice" if len(counted) > 1 else "void", counted))
    return sorted(found, key=lambda one: one.uses[-1].at, reverse=True)


def strangers() -> int:
    """Return how many uses name a code that this business never issued."""
    return CouponUse.objects.exclude(coupon_id__in=CouponCode.objects.values("id")).count()


def wholly_back(sales: QuerySet[Any]) -> set[uuid.UUID]:
    """Return the sales of which everything has come back. `sales`: a question for their ids."""
    sold = SaleLine.objects.filter(sale_id__in=sales, quantity__gt=0).values_list("sale_id", "n", "quantity")
    left = {(sale_id, n): quantity for sale_id, n, quantity in sold}
    lines = ReturnLine.objects.filter(returned__sale_id__in=sales, line__isnull=False)
    for sale_id, n, back in lines.values_list("returned__sale_id", "line").annotate(back=Sum("quantity")).order_by():
        if (sale_id, n) in left:
            left[sale_id, n] -= back
    stay = {sale_id for (sale_id, _), quantity in left.items() if quantity > 0}
    return {sale_id for sale_id, _ in left} - stay


def _state(row: CouponCode, *, is_used: bool, is_over: bool) -> State:
    if is_used:
        return "used"
    return "void" if row.voided_at is not None else "over" if is_over else "free"


def _over(rows: Iterable[CouponBatch]) -> set[uuid.UUID]:
    """The batches whose codes lower nothing any more: their time is over, or their promotion has ended or wants other coupons now."""
    now, wanting = clock.now(), _wanting()
    return {row.id for row in rows if (row.until is not None and row.until <= now) or row.promotion_id not in wanting}


def _wanting() -> set[uuid.UUID]:
    """The promotions that have not ended and want single-use codes."""
    return {one.id for one in promotions.promotions() if one.terms.single}


def _batches(rows: list[CouponBatch]) -> list[Batch]:
    names = {one.id: one.name for one in promotions.promotions(archived=True)}
    over, ids = _over(rows), [row.id for row in rows]
    counts = CouponCode.objects.filter(batch_id__in=ids).values_list("batch_id").annotate(n=Count("id")).order_by()
    issued: dict[uuid.UUID, int] = dict(counts)
    void: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for batch_id, coupon_id in CouponCode.objects.filter(batch_id__in=ids).exclude(voided_at=None).values_list("batch_id", "id"):
        void[batch_id].add(coupon_id)
    used: dict[uuid.UUID, dict[uuid.UUID, int]] = defaultdict(dict)
    uses = CouponUse.objects.filter(coupon_id__in=CouponCode.objects.filter(batch_id__in=ids).values("id"))
    by_code = _uses(uses)
    for coupon_id, batch_id in CouponCode.objects.filter(id__in=uses.values("coupon_id")).values_list("id", "batch_id"):
        counted = [use.saved for use in by_code[coupon_id] if not use.is_back]
        if counted:
            used[batch_id][coupon_id] = sum(counted)
    return [
        Batch(
            row, names.get(row.promotion_id, ""), row.id in over, issued[row.id], issued[row.id] - len(void[row.id] | used[row.id].keys()),
            len(used[row.id]), len(void[row.id] - used[row.id].keys()), sum(used[row.id].values()),
        )
        for row in rows
    ]  # fmt: skip


def _ids(batch_id: uuid.UUID) -> QuerySet[CouponCode, Any]:
    return CouponCode.objects.filter(batch_id=batch_id).values("id")


def _uses(rows: QuerySet[CouponUse]) -> defaultdict[uuid.UUID, list[Use]]:
    """Uses by their code, the oldest first."""
    made: defaultdict[uuid.UUID, list[Use]] = defaultdict(list)
    found = list(rows.order_by("at", "sale_id", "n"))
    if not found:
        return made
    named = rows.order_by().values("sale_id")
    sales = {sale.id: sale for sale in Sale.objects.filter(id__in=named)}
    series = dict(Device.objects.filter(id__in={sale.journal_id for sale in sales.values()}).values_list("id", "series"))
    stores, back = dict(Store.objects.values_list("id", "name")), wholly_back(named)
    savings = SaleSaving.objects.filter(sale_id__in=named).values_list("sale_id", "promotion_id").annotate(total=Sum("amount")).order_by()
    saved = {(sale_id, promotion_id): total for sale_id, promotion_id, total in savings}
    for row in found:
        sale = sales[row.sale_id]
        number = number_of(series.get(sale.journal_id, "?"), sale.number)
        amount = saved.get((row.sale_id, str(row.promotion_id)), 0)
        made[row.coupon_id].append(
            Use(row.coupon_id, row.sale_id, number, stores.get(sale.store_id, ""), row.at, amount, row.sale_id in back)
        )
    return made
