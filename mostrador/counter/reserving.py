"""Before a till spends of an account it asks here, while it can: what is truly there, less what other tills are about to spend (ruling 29).

A reservation refuses nothing that happens: a sale that arrives is counted, reserved or not. It keeps two tills that both can ask from
spending the same money, and it is worth nothing once its sale has come or its minutes have passed.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Sum

from mostrador.buyers import joins
from mostrador.buyers.models import Account, Buyer, Reservation
from mostrador.counter import accounts, coupon_queries, gift_card_queries
from mostrador.counter.coupon_models import CouponCode
from mostrador.counter.coupon_queries import Coupon
from mostrador.counter.gift_card_models import GiftCard
from mostrador.counter.models import Sale
from mostrador.kernel import clock
from mostrador.kernel.errors import NotFound
from mostrador.kernel.scoping import current_organization
from mostrador.kernel.writing import use_case

KEPT_FOR = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Room:
    """What a sale may still spend of an account, and what of it is kept for that sale now: all that it wished, or nothing."""

    room: int
    reserved: int


def reserve(*, sale_id: uuid.UUID, buyer_id: uuid.UUID, account: Account, amount: int) -> Room:
    """Keep so much of a buyer's account for a sale, where there is as much; 0 lets go of it. Asked again, the last answer counts. Of buyers who are one
    it is the account of the one that is kept, whomever the till asks for.

    Raises NotFound for a buyer of no row here.
    """
    with use_case():
        # Two tills that ask in the same moment must not both be given the same money, and what is left is a sum over many rows.
        buyer = _locked(buyer_id)

        def there() -> int:
            held = accounts.balances([buyer.id]).get((buyer.id, account), 0)
            return buyer.fiado_limit - held if account == "fiado" else held

        return _kept(Wish(sale_id, buyer.id, account, amount), there)


def _locked(buyer_id: uuid.UUID) -> Buyer:
    """The row of whom an id stands for, locked: as long as it is, they are joined to nobody else."""
    while True:
        row = Buyer.objects.select_for_update().filter(id=buyer_id).first()
        if row is None:
            raise NotFound
        kept_id = joins.kept(buyer_id)
        if kept_id == buyer_id:
            return row
        buyer_id = kept_id


def reserve_of_card(*, sale_id: uuid.UUID, card_id: uuid.UUID, amount: int) -> Room:
    """Keep so much of a gift card for a sale, as of an account. Of a blocked card there is nothing. Raises NotFound for a card of no row here."""
    with use_case():
        card = GiftCard.objects.select_for_update().filter(id=card_id).first()
        if card is None:
            raise NotFound

        def there() -> int:
            state = gift_card_queries.card(card_id)
            return 0 if state is None or state.is_blocked else state.balance

        return _kept(Wish(sale_id, card_id, "gift_card", amount), there)


def reserve_coupon(*, sale_id: uuid.UUID, coupon_id: uuid.UUID, keep: bool) -> tuple[Coupon, Room]:
    """Keep a single-use code for a sale, where it may be used and no other sale has it; or let go of it. Raises NotFound for a code of no row here."""
    with use_case():
        if CouponCode.objects.select_for_update().filter(id=coupon_id).first() is None:
            raise NotFound

        def there() -> int:
            found = coupon_queries.coupon(coupon_id)
            return int(found is not None and found.state == "free")

        kept = _kept(Wish(sale_id, coupon_id, "coupon", int(keep)), there)
        coupon = coupon_queries.coupon(coupon_id)
        assert coupon is not None
        return coupon, kept


class Wish(NamedTuple):
    """So much of an account for a sale. `holder_id`: whose account it is: a buyer (of those who are one the one that is kept), a card, or a coupon's code."""

    sale_id: uuid.UUID
    holder_id: uuid.UUID
    account: str
    amount: int


def _kept(wish: Wish, there: Callable[[], int]) -> Room:
    """Write down what is kept, all of it or nothing. Reservations are read first: a sale that comes in between is then counted twice for a
    moment, never not at all.
    """
    sale_id, holder_id, account, amount = wish
    holders = joins.joined().spread([holder_id])  # before they were joined something may have been kept of either account
    kept = _reserved_by_others(holders, account, sale_id)
    room = max(0, there() - kept)
    Reservation.objects.filter(holder_id__in=holders, account=account, until__lte=clock.now()).delete()
    Reservation.objects.filter(sale_id=sale_id, holder_id__in=holders, account=account).delete()
    reserved = amount if 0 < amount <= room else 0
    if reserved:
        Reservation.objects.create(
            organization_id=current_organization(), sale_id=sale_id, account=account, holder_id=holder_id, amount=reserved, until=clock.now() + KEPT_FOR
        )  # fmt: skip
    return Room(room, reserved)


def _reserved_by_others(holders: list[uuid.UUID], account: str, sale_id: uuid.UUID) -> int:
    rows = Reservation.objects.filter(holder_id__in=holders, account=account, until__gt=clock.now()).exclude(sale_id=sale_id)
    come = Sale.objects.filter(id__in=list(rows.values_list("sale_id", flat=True))).values_list("id", flat=True)
    return int(rows.exclude(sale_id__in=list(come)).aggregate(total=Sum("amount"))["total"] or 0)
