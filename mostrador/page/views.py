"""The door of the buyer: a secret in, a page out. No cookie, no script, nothing from elsewhere; robots and referrers stay outside.

An unknown secret, one that is not even a secret, and one whose sale has not arrived get the same page with the same status, 404, so
that nothing can be learned by trying. Who tries too many unknown ones is told to wait (429).
"""

import re
import uuid

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import translation
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from mostrador.counter import gift_card_queries, order_queries, queries
from mostrador.kernel.scoping import scope
from mostrador.kernel.sentences import say
from mostrador.page.gift_card import GiftCardPage, gift_card_page
from mostrador.page.order import OrderPage, order_page
from mostrador.page.purchase import Purchase, purchase_of
from mostrador.page.texts import TABLE
from mostrador.people import queries as people
from mostrador.people import throttle
from mostrador.people.errors import TooManyTries

SECRET = re.compile(r"[A-Za-z0-9_-]{22}")
MAY_PREVIEW = frozenset({"owner", "manager", "accountant", "auditor"})
POLICY = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}


@require_safe
@csp_override(POLICY)
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the purchase that a secret opens."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        throttle.refuse_if_tired("page", address)
    except TooManyTries as error:
        response = _page("tired.html", 429)
        response["Retry-After"] = str(error.data["seconds"])
        return response
    token = queries.by_secret(secret) if SECRET.fullmatch(secret) else None
    if token is None:
        return _order(secret, address)
    with scope(token.organization_id):
        ticket = queries.ticket(token.sale_id)
        assert ticket is not None, "a token's sale is there: the database holds the key"
        shown = purchase_of(ticket, people.business(token.organization_id), kind=token.kind, language=_language())
    return _page("purchase.html", 200, purchase=shown)


def _order(secret: str, address: str) -> HttpResponse:
    """The page of an order, or that of the unknown."""
    token = order_queries.by_secret(secret) if SECRET.fullmatch(secret) else None
    if token is None:
        return _gift_card(secret, address)
    with scope(token.organization_id):
        state = order_queries.order(token.order_id)
        assert state is not None, "a token's order is there: the database holds the key"
        shown = order_page(state, people.business(token.organization_id), _language())
    return _page("order.html", 200, order=shown)


def _gift_card(secret: str, address: str) -> HttpResponse:
    """The balance of a gift card, or the page of the unknown."""
    found = gift_card_queries.by_secret(secret) if SECRET.fullmatch(secret) else None
    if found is None:
        throttle.count("page", address)
        return _page("unknown.html", 404)
    organization_id, card_id = found
    with scope(organization_id):
        state = gift_card_queries.card(card_id)
        assert state is not None, "a key's card is there: the database holds the key"
        shown = gift_card_page(state, people.business(organization_id), _language())
    return _page("gift_card.html", 200, card=shown)


@require_safe
@csp_override(POLICY)
def preview(request: HttpRequest, sale_id: uuid.UUID) -> HttpResponse:
    """Show a purchase as its buyer sees it to somebody of that business's office; to anybody else, the page of the unknown."""
    membership = _membership(request)
    if membership is None:
        return _page("unknown.html", 404)
    with scope(membership.organization.id):
        ticket = queries.ticket(sale_id)
        if ticket is None:
            return _page("unknown.html", 404)
        shown = purchase_of(ticket, membership.organization, kind="ticket", language=_language())
    return _page("purchase.html", 200, purchase=shown, back=f"/tickets/{sale_id}/")


def _membership(request: HttpRequest) -> people.Membership | None:
    if not request.user.is_authenticated:
        return None
    chosen = request.session.get(people.SESSION_KEY)
    found = [one for one in people.memberships(request.user.id) if one.role in MAY_PREVIEW]
    return next((one for one in found if str(one.organization.id) == chosen), None)


def _language() -> str:
    return "en" if (translation.get_language() or "es").startswith("en") else "es"


def _page(
    template: str,
    status: int,
    *,
    purchase: Purchase | None = None,
    order: OrderPage | None = None,
    card: GiftCardPage | None = None,
    back: str = "",
) -> HttpResponse:
    """A page without anything of the request in it: no processor, so no session is touched and no cookie set."""
    language = _language()
    texts = {key.replace(".", "_"): text[1 if language == "en" else 0] for key, text in TABLE.items() if "{" not in text[0]}
    said = {}
    if purchase:
        said["ticket"] = say(TABLE, "ticket", language, number=purchase.number)
        said["code"] = say(TABLE, "return_code", language, code=purchase.return_code)
    body = get_template(f"page/{template}").render(
        {"t": texts, "said": said, "language": language, "purchase": purchase, "order": order, "card": card, "back": back}
    )
    response = HttpResponse(body, status=status)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "private, no-store"
    response["Vary"] = "Accept-Language"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark: a refused secret must not stand in a log
    return response
