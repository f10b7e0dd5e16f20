"""Reads of buyers: found by words, phone or tax id, without accents."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from mostrador.buyers import joins
from mostrador.buyers.models import AccountEntry, AuthorisedPerson, Buyer, BuyerGroup, OfflineLimit
from mostrador.catalogue.words import fold
from mostrador.kernel.ready import ready

PAGE = 50
# What a till may spend of an account without asking, where the owner has not said; None: all that it knows to be there (ruling 29).
OFFLINE: dict[str, int | None] = {"fiado": None, "credit": None, "gift_card": 0, "points": 0, "coupon": 0}

type Balances = dict[tuple[uuid.UUID, str], int]
"""(buyer, account): minor units, of points whole points."""


def buyers(words: str = "", *, archived: bool = False) -> QuerySet[Buyer]:
    """Return buyers by name: every word of the search somewhere in name, phone, tax id or email; of people who are one the one that is kept, also by
    what another of them is called.
    """
    now, found = joins.joined(), Q()
    for word in fold(words).split()[:6]:
        found &= Q(search__contains="".join(letter for letter in word if letter.isalnum() or letter in "@.-"))
    rows = alone(now)
    rows = rows.exclude(archived_at=None) if archived else rows.filter(archived_at=None)
    if words and now.rows:
        by_another = Buyer.objects.filter(found, id__in=list(now.rows)).values_list("id", flat=True)
        found |= Q(id__in=[now.of(one) for one in by_another])
    return rows.filter(found).order_by("name", "id")


def alone(now: joins.Joined) -> QuerySet[Buyer]:
    """Return the buyers who stand for themselves: all but those who are joined to another."""
    return Buyer.objects.exclude(id__in=list(now.rows)) if now.rows else Buyer.objects.all()


def ids_of(words: str) -> list[uuid.UUID]:
    """Return all ids by which the buyers that a search finds may stand in rows."""
    return joins.joined().spread(buyers(words).values_list("id", flat=True))


def buyer(buyer_id: uuid.UUID) -> Buyer | None:
    """Return one buyer of the business in scope, of people who are one the one that is kept; or None."""
    return Buyer.objects.filter(id=joins.kept(buyer_id)).first()


def names(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what these buyers are called: people who are one by the name of the one that is kept."""
    now, wanted = joins.joined(), list(ids)
    found = dict(_names({now.of(one) for one in wanted}))
    return {one: found[now.of(one)] for one in wanted if now.of(one) in found}


@ready
def _names(ids: Iterable[uuid.UUID]) -> Any:
    return Buyer.objects.filter(id__in=ids).values_list("id", "name")


def entered(ids: Iterable[uuid.UUID] | None = None) -> Balances:
    """Return what people wrote into the accounts of these ids, or of all, minor units; nothing of who is joined to whom."""
    return {(buyer_id, account): total for buyer_id, account, total in _entered(None if ids is None else list(ids))}


@ready
def _entered(ids: list[uuid.UUID] | None) -> Any:
    rows = AccountEntry.objects.all() if ids is None else AccountEntry.objects.filter(buyer_id__in=ids)
    return rows.values_list("buyer_id", "account").annotate(total=Sum("amount")).order_by()


def groups(*, archived: bool = False) -> list[BuyerGroup]:
    """Return the groups of buyers by name; with `archived`, those that ended as well, last."""
    rows = BuyerGroup.objects.all() if archived else _groups()
    return sorted(rows, key=lambda row: (row.archived_at is not None, row.name.casefold(), row.id))


@ready
def _groups() -> Any:
    return BuyerGroup.objects.filter(archived_at=None)


def sizes() -> dict[uuid.UUID, int]:
    """Return how many buyers each group has."""
    rows = alone(joins.joined()).filter(archived_at=None).exclude(group_id=None).values_list("group_id").annotate(n=Count("id")).order_by()
    return dict(rows)


def authorised(ids: Iterable[uuid.UUID], *, ended: bool = False) -> dict[uuid.UUID, list[AuthorisedPerson]]:
    """Return who may take goods on the accounts of these buyers, by name; with `ended`, who no longer may as well. Of people who are one: whom any of
    them allowed.
    """
    now = joins.joined()
    found: dict[uuid.UUID, list[AuthorisedPerson]] = {}
    for row in _authorised(now.spread(ids)):
        if ended or row.ended_at is None:
            found.setdefault(now.of(row.buyer_id), []).append(row)
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
    return int(alone(joins.joined()).filter(archived_at=None).aggregate(most=Max("fiado_limit"))["most"] or 0)
