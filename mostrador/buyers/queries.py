"""Reads of buyers: found by words, phone or tax id, without accents."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from mostrador.buyers.models import AccountEntry, AuthorisedPerson, Buyer, BuyerGroup, OfflineLimit
from mostrador.catalogue.words import fold
from mostrador.kernel.ready import ready

PAGE = 50
# What a till may spend of an account without asking, where the owner has not said; None: all that it knows to be there (ruling 29).
OFFLINE: dict[str, int | None] = {"fiado": None, "credit": None, "gift_card": 0, "points": 0, "coupon": 0}

type Balances = dict[tuple[uuid.UUID, str], int]
"""(buyer, account): minor units, of points whole points."""


def buyers(words: str = "", *, archived: bool = False) -> QuerySet[Buyer]:
    """Return buyers by name: every word of the search somewhere in name, phone, tax id or email."""
    rows = Buyer.objects.exclude(archived_at=None) if archived else Buyer.objects.filter(archived_at=None)
    for word in fold(words).split()[:6]:
        rows = rows.filter(search__contains="".join(letter for letter in word if letter.isalnum() or letter in "@.-"))
    return rows.order_by("name", "id")


def buyer(buyer_id: uuid.UUID) -> Buyer | None:
    """Return one buyer of the business in scope, or None."""
    return Buyer.objects.filter(id=buyer_id).first()


def names(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what these buyers are called."""
    return dict(_names(list(ids)))


@ready
def _names(ids: list[uuid.UUID]) -> Any:
    return Buyer.objects.filter(id__in=ids).values_list("id", "name")


def entered(ids: Iterable[uuid.UUID] | None = None) -> Balances:
    """Return what people wrote into the accounts of these buyers, or of all, minor units."""
    return {(buyer_id, account): total for buyer_id, account, total in _entered(None if ids is None else list(ids))}


@ready
def _entered(ids: list[uuid.UUID] | None) -> Any:
    rows = AccountEntry.objects.all() if ids is None else AccountEntry.objects.filter(buyer_id__in=ids)
    return rows.values_list("buyer_id", "account").annotate(total=Sum("amount")).order_by()


def entries(buyer_id: uuid.UUID, account: str) -> list[AccountEntry]:
    """Return what people wrote into an account, oldest first."""
    return list(AccountEntry.objects.filter(buyer_id=buyer_id, account=account).order_by("at", "id"))


def groups(*, archived: bool = False) -> list[BuyerGroup]:
    """Return the groups of buyers by name; with `archived`, those that ended as well, last."""
    rows = BuyerGroup.objects.all() if archived else _groups()
    return sorted(rows, key=lambda row: (row.archived_at is not None, row.name.casefold(), row.id))


@ready
def _groups() -> Any:
    return BuyerGroup.objects.filter(archived_at=None)


def sizes() -> dict[uuid.UUID, int]:
    """Return how many buyers each group has."""
    rows = Buyer.objects.filter(archived_at=None).exclude(group_id=None).values_list("group_id").annotate(n=Count("id")).order_by()
    return dict(rows)


def authorised(ids: Iterable[uuid.UUID], *, ended: bool = False) -> dict[uuid.UUID, list[AuthorisedPerson]]:
    """Return who may take goods on the accounts of these buyers, by name; with `ended`, who no longer may as well."""
    found: dict[uuid.UUID, list[AuthorisedPerson]] = {}
    for row in _authorised(list(ids)):
        if ended or row.ended_at is None:
            found.setdefault(row.buyer_id, []).append(row)
    return found


@ready
def _authorised(buyers: list[uuid.UUID]) -> Any:
    return AuthorisedPerson.objects.filter(buyer_id__in=buyers).order_by("name", "id")


def person_name(person_id: uuid.UUID) -> str:
    """Return what somebody who may take goods on an account is called, or nothing."""
    return AuthorisedPerson.objects.filter(id=person_id).values_list("name", flat=True).first() or ""


def person_names(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what these people who may take goods on accounts, or could, are called."""
    return dict(AuthorisedPerson.objects.filter(id__in=list(ids)).values_list("id", "name"))


def offline_limits() -> dict[str, int | None]:
    """Return how much a till may spend of one account while it cannot ask, by kind of account; None: all that it knows to be there."""
    said = dict(_offline())
    return {account: said.get(account, amount) for account, amount in OFFLINE.items()}


@ready
def _offline() -> Any:
    return OfflineLimit.objects.values_list("account", "amount")


def largest_limit() -> int:
    """Return the most that any buyer may owe, minor units."""
    return int(Buyer.objects.filter(archived_at=None).aggregate(most=Max("fiado_limit"))["most"] or 0)
