"""How a page of ours goes out: nothing of the request in it, no cookie, no script, nothing from elsewhere; robots and referrers stay outside."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import get_template
from django.utils import translation
from django.utils.csp import CSP

from mostrador.kernel.sentences import say
from mostrador.page.texts import TABLE
from mostrador.people.errors import TooManyTries

POLICY = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}


def language() -> str:
    """The reader's language: es or en."""
    return "en" if (translation.get_language() or "es").startswith("en") else "es"


def answer(template: str, status: int = 200, **shown: Any) -> HttpResponse:
    """Return a page without anything of the request in it: no processor, so no session is touched and no cookie set."""
    reader = language()
    texts = {key.replace(".", "_"): text[1 if reader == "en" else 0] for key, text in TABLE.items() if "{" not in text[0]}
    said = {}
    if purchase := shown.get("purchase"):
        said["ticket"] = say(TABLE, "ticket", reader, number=purchase.number)
        said["code"] = say(TABLE, "return_code", reader, code=purchase.return_code)
    return closed(
        HttpResponse(get_template(f"page/{template}").render({"t": texts, "said": said, "language": reader, **shown}), status=status)
    )


def closed(response: HttpResponse) -> HttpResponse:
    """Return an answer that nobody keeps, finds or hears of."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "private, no-store"
    response["Vary"] = "Accept-Language"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark: a refused secret must not stand in a log
    return response


def tired(error: TooManyTries) -> HttpResponse:
    """Return the page for who tried too often."""
    response = answer("tired.html", 429)
    response["Retry-After"] = str(error.data["seconds"])
    return response
