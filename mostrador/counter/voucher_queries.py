"""Reads of vouchers: those of a ticket, where one of that number was taken before, and numbers that were taken twice. Amounts: int minor units."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from mostrador.counter.models import Sale
from mostrador.counter.queries import number_of
from mostrador.counter.voucher_models import VoucherKind, VoucherSlip
from mostrador.counter.voucher_rules import FLAGS
from mostrador.people.models import Device, Store

PAGE = 100


@dataclass(frozen=True, slots=True)
class Slip:
    """A voucher that paid a ticket."""

    sale_id: uuid.UUID
    ticket: str
    store: str
    at: dt.datetime
    kind: str
    number: str
    value: int


@dataclass(frozen=True, slots=True)
class Twice:
    """A number of a kind that was taken more than once, by the oldest first: one of them is no voucher of its issuer."""

    kind: str
    number: str
    slips: tuple[Slip, ...]

    @property
    def at_risk(self) -> int:
        """What the issuer may not pay for: all but the first."""
        return sum(slip.value for slip in self.slips[1:])


@dataclass(frozen=True, slots=True)
class Beyond:
    """A sale whose vouchers did not keep their owner's rules: `flags` say which."""

    sale_id: uuid.UUID
    ticket: str
    at: dt.datetime
    flags: tuple[str, ...]


def of_sale(sale_id: uuid.UUID) -> list[Slip]:
    """Return the vouchers that paid a ticket, in their order."""
    return _slips(VoucherSlip.objects.filter(sale_id=sale_id).order_by("n"))


def seen(kind_id: uuid.UUID, number: str) -> list[Slip]:
    """Return where a voucher of that number was taken, the oldest first."""
    return _slips(VoucherSlip.objects.filter(kind_id=kind_id, number=number).exclude(number="").order_by("at", "sale_id", "n")[:PAGE])


def twice() -> list[Twice]:
    """Return the numbers that were taken more than once, those of the latest ticket first."""
    rows = VoucherSlip.objects.exclude(number="").values_list("kind_id", "number").annotate(times=Count("n")).filter(times__gt=1)
    named = {(kind_id, number) for kind_id, number, _ in rows.order_by("kind_id", "number")[:PAGE]}
    found: dict[tuple[uuid.UUID, str], list[VoucherSlip]] = defaultdict(list)
    among = Q(kind_id__in={kind for kind, _ in named}, number__in={number for _, number in named})
    for row in VoucherSlip.objects.filter(among).order_by("at", "sale_id", "n"):
        if (row.kind_id, row.number) in named:
            found[row.kind_id, row.number].append(row)
    listed = [_slips(rows) for rows in found.values()]
    return sorted((Twice(slips[0].kind, slips[0].number, tuple(slips)) for slips in listed), key=lambda one: one.slips[-1].at, reverse=True)


def beyond_rules() -> list[Beyond]:
    """Return the sales whose vouchers did not keep their owner's rules, the latest first."""
    paid = VoucherSlip.objects.values("sale_id")
    rows = list(Sale.objects.filter(id__in=paid, flags__contains="voucher_").order_by("-occurred_at", "-id")[:PAGE])
    series = dict(Device.objects.filter(id__in={sale.journal_id for sale in rows}).values_list("id", "series"))
    return [
        Beyond(
            sale.id,
            number_of(series.get(sale.journal_id, "?"), sale.number),
            sale.occurred_at,
            tuple(flag for flag in sale.flags.split() if flag in FLAGS),
        )
        for sale in rows
    ]


def worth_by_sale() -> dict[uuid.UUID, int]:
    """Return what the slips of each sale are worth together."""
    return dict(VoucherSlip.objects.values_list("sale_id").annotate(total=Sum("value")).order_by("sale_id"))


def taken() -> dict[uuid.UUID, tuple[int, int]]:
    """Return of each kind how many slips were taken, and what they are worth."""
    rows = VoucherSlip.objects.values_list("kind_id").annotate(count=Count("n"), total=Sum("value")).order_by("kind_id")
    return {kind_id: (count, total) for kind_id, count, total in rows}


def _slips(rows: Iterable[VoucherSlip]) -> list[Slip]:
    found = list(rows)
    sales = {sale.id: sale for sale in Sale.objects.filter(id__in={row.sale_id for row in found})}
    series = dict(Device.objects.filter(id__in={sale.journal_id for sale in sales.values()}).values_list("id", "series"))
    stores = dict(Store.objects.filter(id__in={sale.store_id for sale in sales.values()}).values_list("id", "name"))
    kinds = dict(VoucherKind.objects.values_list("id", "name"))
    return [
        Slip(
            row.sale_id, number_of(series.get(sale.journal_id, "?"), sale.number), stores.get(sale.store_id, ""), row.at, kinds.get(row.kind_id, ""),
            row.number, row.value,
        )
        for row in found
        for sale in [sales[row.sale_id]]
    ]  # fmt: skip
