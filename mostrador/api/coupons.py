"""The doors of single-use coupons: keep a code for a ticket, and the codes that a till may take without asking."""

import uuid

import msgspec
from django.http import HttpRequest, HttpResponse

from mostrador.api.doors import after, answer, door, in_scope
from mostrador.counter import coupon_queries, reserving
from mostrador.kernel.errors import NotFound
from mostrador.people import throttle
from mostrador.people.callers import Caller
from mostrador.sync import contract, down, down_coupons
from mostrador.sync.documents_coupons import CouponRequest
from mostrador.sync.errors import NotAPush


@door("GET")
@in_scope
def coupons(caller: Caller, request: HttpRequest) -> HttpResponse:
    """The codes that a till may take without asking, a thousand at a time, as buyers are."""
    known = down.known_of(caller.id)
    rows = down_coupons.coupons(after=after(request))
    return answer({"coupons": rows, "more": len(rows) == down_coupons.COUPONS_MAX, "known": known})


@door("POST")
@in_scope
def coupon(caller: Caller, request: HttpRequest) -> HttpResponse:
    """Keep a code for a ticket, or let go of it, and say how it stands.

    A till that asks for codes that there are not is answered no more for a while: it asks for what people bring, not for what may be.
    """
    try:
        wanted = msgspec.json.decode(request.body, type=CouponRequest)
    except contract.UNREADABLE as error:
        raise NotAPush(where=str(error)[:200]) from error
    with throttle.counted("coupon", str(caller.till_id)):
        coupon_id = uuid.UUID(wanted.coupon) if wanted.coupon else coupon_queries.by_hash(bytes.fromhex(wanted.code or ""))
        if coupon_id is None:
            raise NotFound
        found, room = reserving.reserve_coupon(sale_id=uuid.UUID(wanted.sale), coupon_id=coupon_id, keep=wanted.keep)
    return answer({"coupon": down_coupons.coupon(found), "kept": room.reserved > 0})
