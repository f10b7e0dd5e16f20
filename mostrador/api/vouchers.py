"""The door of vouchers: whether one of that number was taken before. Nothing is kept for whoever asks: the paper is in their hand."""

import uuid

from django.http import HttpRequest, HttpResponse

from mostrador.api.doors import answer, door, in_scope
from mostrador.counter import voucher_queries
from mostrador.kernel import clock
from mostrador.kernel.errors import NotFound
from mostrador.people.callers import Caller


@door("GET")
@in_scope
def vouchers(_caller: Caller, request: HttpRequest) -> HttpResponse:
    """Say where a voucher of a kind and number was taken before, the oldest first."""
    try:
        kind_id = uuid.UUID(request.GET.get("kind", ""))
    except ValueError:
        raise NotFound from None
    found = voucher_queries.seen(kind_id, request.GET.get("number", "")[:40])
    return answer({"seen": [{"number": one.number, "ticket": one.ticket, "at": clock.to_ms(one.at)} for one in found[:3]]})
