"""The page without a camera: the short code of the paper, together with the ticket's number and its total, opens it for an hour."""

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mostrador.counter import short_codes
from mostrador.counter.models import BuyerToken
from mostrador.counter.short_codes import Asked
from mostrador.kernel import base64url
from mostrador.kernel.reading import NotANumber, read_number, scaled
from mostrador.page.answer import POLICY, answer, closed, tired
from mostrador.page.views import PDF, show
from mostrador.people import throttle
from mostrador.people.errors import TooManyTries

SALT = "mostrador.page.opening"
OPEN_FOR_S = 3600
DIGITS = (2, 0)
"""The minor digits that an amount may have: its currency is known once the ticket is."""
LONGEST = 40


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@csp_override(POLICY)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for code, number and total; POST goes on to the page that they open. Whatever is wrong, the same is said."""
    if request.method != "POST":
        return answer("by_code.html")
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        throttle.refuse_if_tired("short_code", address)
    except TooManyTries as error:
        return tired(error)
    typed = {name: str(request.POST.get(name, ""))[:LONGEST].strip() for name in ("code", "number", "total")}
    token = next((found for total in _totals(typed["total"]) if (found := _opened(typed, total))), None)
    if token is None:
        throttle.count("short_code", address)
        return answer("by_code.html", 404, typed=typed, is_wrong=True)
    return closed(HttpResponseRedirect(opening_of(bytes(token.token_hash))))


def opening_of(token_hash: bytes) -> str:
    """Return the address that shows what a secret of this hash opens, for an hour; the secret itself stands nowhere in it."""
    return f"/t/con-codigo/{signing.dumps(base64url.encode(token_hash), salt=SALT)}"


def _opened(typed: dict[str, str], total: int) -> BuyerToken | None:
    return short_codes.opened_by(Asked(typed["code"], typed["number"].upper().replace(" ", ""), total))


def _totals(text: str) -> list[int]:
    """What an amount may be in minor units: with a point or a comma for decimals, and whatever its currency's digits."""
    found = []
    for mark in (".", ","):
        for digits in DIGITS:
            try:
                found.append(scaled(read_number(text.lstrip("$€ ").rstrip("€ "), mark), digits))
            except NotANumber:
                continue
    return list(dict.fromkeys(found))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@csp_override(POLICY)
def opened(request: HttpRequest, opening: str) -> HttpResponse:
    """Show what a code has opened within the hour; afterwards, and once its secret is withdrawn, it is as unknown as any."""
    bare = opening.removesuffix(PDF)
    try:
        digest = base64url.decode(signing.loads(bare, salt=SALT, max_age=OPEN_FOR_S))
    except signing.BadSignature:
        return answer("unknown.html", 404)
    token = short_codes.by_hash(digest)
    return answer("unknown.html", 404) if token is None else show(request, token, f"/t/con-codigo/{bare}", as_pdf=bare != opening)
