"""What the bearer of a ticket says on its page: whether it helped, and whether a promise was kept. Their word, kept as such; nothing is decided by it (ruling 34)."""

import uuid

from django.http import HttpRequest

from mostrador.counter.models import BuyerToken, Sale
from mostrador.kernel.actor import bearer
from mostrador.kernel.errors import DomainError
from mostrador.people import throttle
from mostrador.trust import outcomes, promise_reports


def keep(request: HttpRequest, token: BuyerToken) -> str:
    """Keep what was said, and return the section of the page it stands in; empty where it could not be kept. Its business must be in scope.

    Who was given a present is asked nothing. Too many answers from one address are not kept.
    """
    sale = Sale.objects.filter(id=token.sale_id).first()
    if sale is None or token.kind == "gift":
        return ""
    address, actor = str(request.META.get("REMOTE_ADDR", "")), bearer(token.organization_id)
    try:
        throttle.refuse_if_tired("answer", address)
        throttle.count("answer", address)
        if "answer" in request.POST:
            outcomes.answer(
                actor, sale_id=sale.id, visit_id=sale.visit_id, said=request.POST["answer"], is_internal=request.user.is_authenticated
            )
            return "ask"
        promise = uuid.UUID(request.POST.get("promise", ""))
        promise_reports.report(actor, visit_id=sale.visit_id, promise_id=promise, said=request.POST.get("said", ""))
    except (DomainError, ValueError):
        return ""
    return "promised"
