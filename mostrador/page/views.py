"""The door of the buyer: a secret in, a page out; and what its bearer says of it. No cookie, no script, nothing from elsewhere.

An unknown secret, one that is not even a secret, and one whose sale has not arrived get the same page with the same status, 404, so
that nothing can be learned by trying. Who tries too many unknown ones is told to wait (429).
"""

import re
import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from mostrador.counter import gift_card_queries, order_queries, queries
from mostrador.counter.models import BuyerToken
from mostrador.kernel.scoping import scope
from mostrador.page import reported
from mostrador.page.answer import POLICY, answer, closed, language, tired
from mostrador.page.gift_card import gift_card_page
from mostrador.page.order import order_page
from mostrador.page.pdf import pdf_of
from mostrador.page.purchase import Purchase, purchase_of
from mostrador.people import queries as people
from mostrador.people import throttle
from mostrador.people.errors import TooManyTries

SECRET = re.compile(r"[A-Za-z0-9_-]{22}")
PDF = ".pdf"
MAY_PREVIEW = frozenset({"owner", "manager", "accountant", "auditor"})


# No cookie says who asks, so there is none to forge a request with: who has the secret may say what its bearer may.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@csp_override(POLICY)
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the purchase that a secret opens, or give it as a PDF; POST: its bearer says something of it."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        throttle.refuse_if_tired("page", address)
    except TooManyTries as error:
        return tired(error)
    bare = secret.removesuffix(PDF)
    token = queries.by_secret(bare) if SECRET.fullmatch(bare) else None
    if token is not None:
        return show(request, token, f"/t/{bare}", as_pdf=bare != secret)
    return _order(secret, address)


def show(request: HttpRequest, token: BuyerToken, here: str, *, as_pdf: bool = False) -> HttpResponse:
    """Show a purchase to the bearer of one of its tokens, or keep what they say of it. `here`: its address, where its forms go."""
    if request.method == "POST":
        with scope(token.organization_id):
            said = reported.keep(request, token)
        return closed(HttpResponseRedirect(f"{here}#{said}")) if said else answer("unknown.html", 404)
    shown = _purchase(token)
    if not as_pdf:
        return answer("purchase.html", purchase=shown, here=here, may_say=token.kind != "gift")
    response = HttpResponse(pdf_of(shown, language()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{shown.number}.pdf"'
    return closed(response)


def _purchase(token: BuyerToken) -> Purchase:
    with scope(token.organization_id):
        ticket = queries.ticket(token.sale_id)
        assert ticket is not None, "a token's sale is there: the database holds the key"
        return purchase_of(ticket, people.business(token.organization_id), kind=token.kind, language=language())


def _order(secret: str, address: str) -> HttpResponse:
    """The page of an order, or that of the unknown."""
    token = order_queries.by_secret(secret) if SECRET.fullmatch(secret) else None
    if token is None:
        return _gift_card(secret, address)
    with scope(token.organization_id):
        state = order_queries.order(token.order_id)
        assert state is not None, "a token's order is there: the database holds the key"
        shown = order_page(state, people.business(token.organization_id), language())
    return answer("order.html", order=shown)


def _gift_card(secret: str, address: str) -> HttpResponse:
    """The balance of a gift card, or the page of the unknown."""
    found = gift_card_queries.by_secret(secret) if SECRET.fullmatch(secret) else None
    if found is None:
        throttle.count("page", address)
        return answer("unknown.html", 404)
    organization_id, card_id = found
    with scope(organization_id):
        state = gift_card_queries.card(card_id)
        assert state is not None, "a key's card is there: the database holds the key"
        shown = gift_card_page(state, people.business(organization_id), language())
    return answer("gift_card.html", card=shown)


@require_safe
@csp_override(POLICY)
def preview(request: HttpRequest, sale_id: uuid.UUID) -> HttpResponse:
    """Show a purchase as its buyer sees it to somebody of that business's office; to anybody else, the page of the unknown."""
    membership = _membership(request)
    if membership is None:
        return answer("unknown.html", 404)
    with scope(membership.organization.id):
        ticket = queries.ticket(sale_id)
        if ticket is None:
            return answer("unknown.html", 404)
        shown = purchase_of(ticket, membership.organization, kind="ticket", language=language())
    return answer("purchase.html", purchase=shown, back=f"/tickets/{sale_id}/", may_say=True)


def _membership(request: HttpRequest) -> people.Membership | None:
    if not request.user.is_authenticated:
        return None
    chosen = request.session.get(people.SESSION_KEY)
    found = [one for one in people.memberships(request.user.id) if one.role in MAY_PREVIEW]
    return next((one for one in found if str(one.organization.id) == chosen), None)
