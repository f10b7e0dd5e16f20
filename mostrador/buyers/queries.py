"""Reads of buyers: found by words, phone or tax id, without accents."""

import uuid
from collections.abc import Iterable

from django.db.models import Max, QuerySet, Sum

from mostrador.buyers.models import AccountEntry, Buyer, OfflineLimit
from mostrador.catalogue.words import fold

PAGE = 50
# What a till may spend of an account without asking, where the owner has not said; None: all that it knows to be there (ruling 29).
OFFLINE: dict[str, int | None] = {"fiado": None, "credit": None}

type Balances = dict[tuple[uuid.UUID, str], int]
"""(buyer, account): minor units."""


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
    return dict(Buyer.objects.filter(id__in=list(ids)).values_list("id", "name"))


def entered(ids: Iterable[uuid.UUID] | None = None) -> Balances:
    """Return what people wrote into the accounts of these buyers, or of all, minor units."""
    rows = AccountEntry.objects.all() if ids is None else AccountEntry.objects.filter(buyer_id__in=list(ids))
    return {
        (buyer_id, account): total
        for buyer_id, account, total in rows.values_list("buyer_id", "account").annotate(total=Sum("amount")).order_by()
    }


def entries(buyer_id: uuid.UUID, account: str) -> list[AccountEntry]:
    """Return what people wrote into an account, oldest first."""
    return list(AccountEntry.objects.filter(buyer_id=buyer_id, account=account).order_by("at", "id"))


def offline_limits() -> dict[str, int | None]:
    """Return how much a till may spend of one account while it cannot ask, by kind of account; None: all that it knows to be there."""
    said = dict(OfflineLimit.objects.values_list("account", "amount"))
    return {account: said.get(account, amount) for account, amount in OFFLINE.items()}


def largest_limit() -> int:
    """Return the most that any buyer may owe, minor units."""
    return int(Buyer.objects.filter(archived_at=None).aggregate(most=Max("fiado_limit"))["most"] or 0)
