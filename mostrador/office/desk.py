"""Who sits at the desk: a signed-in person of one business, what each room lets their role see and do, and how a refusal looks."""

import functools
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Concatenate
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from mostrador.kernel.actor import Actor, Role
from mostrador.kernel.errors import DomainError, Forbidden, NotFound
from mostrador.kernel.formats import Formats
from mostrador.kernel.models import Organization
from mostrador.kernel.scoping import scope
from mostrador.office.texts import sentence
from mostrador.people import first_run, queries
from mostrador.people.models import User
from mostrador.people.queries import SESSION_KEY, Membership
from mostrador.sync.queries import waiting_counts

LEADERS: tuple[Role, ...] = ("owner", "manager")
READERS: tuple[Role, ...] = (*LEADERS, "accountant", "auditor")
GOODS: tuple[Role, ...] = (*LEADERS, "stock")

# Room: who may look, who may act. Cashiers have no office.
ROOMS: dict[str, tuple[tuple[Role, ...], tuple[Role, ...]]] = {
    "home": (READERS, ()),
    "money": (READERS, ()),
    "tickets": (READERS, LEADERS),
    "shifts": (READERS, LEADERS),
    "accountability": ((*LEADERS, "auditor"), LEADERS),
    "products": ((*READERS, "stock"), GOODS),
    "favourites": ((*READERS, "stock"), GOODS),
    "unknown_codes": ((*READERS, "stock"), GOODS),
    "shelf_prices": ((*READERS, "stock"), GOODS),
    "stock": ((*READERS, "stock"), GOODS),
    "imports": (GOODS, GOODS),
    "price_lists": ((*READERS, "stock"), LEADERS),
    "modifiers": ((*READERS, "stock"), LEADERS),
    "combos": ((*READERS, "stock"), LEADERS),
    "promotions": ((*READERS, "stock"), LEADERS),
    "coupons": (LEADERS, LEADERS),
    "buyers": (READERS, LEADERS),
    "orders": (READERS, LEADERS),
    "gift_cards": (READERS, LEADERS),
    "points": (READERS, ("owner",)),
    "vouchers": (READERS, LEADERS),
    "needs": ((*READERS, "stock"), LEADERS),
    "advice": ((*READERS, "stock"), LEADERS),
    "elsewhere": ((*READERS, "stock"), GOODS),
    "promises": ((*LEADERS, "auditor"), LEADERS),
    "rights": (READERS, ("owner",)),
    "samples": ((*LEADERS, "auditor"), LEADERS),
    "promise_chips": ((*LEADERS, "auditor"), LEADERS),
    "sheets": ((*LEADERS, "auditor", "stock"), GOODS),
    "claims": ((*LEADERS, "auditor"), LEADERS),
    "claim_topics": ((*LEADERS, "auditor"), LEADERS),
    "tills": ((*LEADERS, "auditor"), LEADERS),
    "team": ((*LEADERS, "auditor"), LEADERS),
    "limits": ((*LEADERS, "auditor"), ("owner",)),
    "review": ((*LEADERS, "auditor"), LEADERS),
    "stores": (READERS, LEADERS),
    "categories": ((*READERS, "stock"), GOODS),
    "taxes": (READERS, ("owner",)),
    "settings": (READERS, ("owner",)),
    "offline": (READERS, ("owner",)),
    "account": ((*READERS, "stock"), (*READERS, "stock")),
}
THEMES = ("light", "dark")
THEME_COOKIE = "theme"


@dataclass(frozen=True, slots=True)
class Desk:
    """A request of somebody who may be here."""

    request: HttpRequest
    room: str
    user: User
    membership: Membership
    businesses: tuple[Membership, ...]
    formats: Formats

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.membership.actor

    @property
    def organization(self) -> Organization:
        """The business."""
        return self.membership.organization

    @property
    def may_write(self) -> bool:
        """Whether this room lets this role change something."""
        return self.membership.role in ROOMS[self.room][1]

    def may_see(self, room: str) -> bool:
        """Whether a room is open to this role."""
        return self.membership.role in ROOMS[room][0]

    @property
    def rooms(self) -> frozenset[str]:
        """The rooms that are open to this role."""
        return frozenset(room for room in ROOMS if self.may_see(room))

    @property
    def waiting(self) -> int:
        """How many facts wait for somebody who may decide."""
        return sum(waiting_counts()) if self.may_see("review") else 0

    def say(self, key: str, **values: object) -> str:
        """Return a sentence in the reader's language."""
        return sentence(key, self.formats.language, **values)

    def say_code(self, group: str, code: str) -> str:
        """Return the word of a code of a group, in the reader's language; the code itself where there is none."""
        try:
            return self.say(f"{group}.{code}")
        except KeyError:
            return code

    def choices(self, group: str, codes: Iterable[str]) -> list[tuple[str, str]]:
        """Return [(code, word)] of a group of codes, for a list to choose from."""
        return [(code, self.say(f"{group}.{code}")) for code in codes]

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """Return a page of the office, which no browser keeps."""
        response = render(self.request, f"office/{template}", {"desk": self, **context}, status=status)
        response["Cache-Control"] = "no-store"
        response["Vary"] = "HX-Request, Cookie"
        return response

    def done(self, address: str, key: str, **values: object) -> HttpResponse:
        """Go on to a page that says what was done."""
        messages.success(self.request, self.say(key, **values))
        return HttpResponseRedirect(address)


type View[**P] = Callable[Concatenate[Desk, P], HttpResponseBase]
type DjangoView[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def room[**P](name: str) -> Callable[[View[P]], DjangoView[P]]:
    """Make a view a room of the office: signed in, in one business, with a role that may look (GET) or act (POST)."""

    def make(view: View[P]) -> DjangoView[P]:
        @functools.wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _ask_who(request)
            if request.method not in {"GET", "HEAD", "POST"}:
                return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
            desk = _desk_of(request, name)
            if desk is None:
                return _no_office(request)
            with scope(desk.organization.id), translation.override(desk.formats.language):
                return _answer(desk, functools.partial(view, desk, *args, **kwargs))

        return inner

    return make


def _answer(desk: Desk, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    look, act = ROOMS[desk.room]
    try:
        if desk.membership.role not in (act if desk.request.method == "POST" else look):
            raise Forbidden
        return view()
    except DomainError as error:
        return refused(desk, error)


def refused(desk: Desk, error: DomainError) -> HttpResponse:
    """Return a refusal as a page: what it is, and the way back."""
    if isinstance(error, Forbidden) and desk.room == "home" and desk.request.method == "GET":
        return HttpResponseRedirect("/productos/")  # whoever keeps the stock begins among the goods
    key = error.code if error.code in {"not_found", "forbidden"} else "refused"
    return desk.page("refused.html", status=error.status, key=key, error=error_sentence(desk, error))


def error_sentence(desk: Desk, error: DomainError) -> str:
    """Return what a refusal of a service means, in words."""
    for key in (*(f"error.{field}.{code}" for field, code in error.data.items()), f"error.{error.code}"):
        try:
            return desk.say(key, **{name: value for name, value in error.data.items() if name.isidentifier()})
        except KeyError:
            continue
    return desk.say("error.other", code=error.code)


def formats_of(organization: Organization, language: str) -> Formats:
    """Return how a reader of a language sees the figures of a business."""
    return Formats(organization.locale, "en" if language.startswith("en") else "es", organization.currency, organization.timezone)


def theme_of(request: HttpRequest) -> str:
    """Return the theme that this browser chose, or nothing: then the system's."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


def _desk_of(request: HttpRequest, name: str) -> Desk | None:
    user = request.user
    assert isinstance(user, User)
    businesses = tuple(queries.memberships(user.id))
    if not businesses:
        return None
    chosen = request.session.get(SESSION_KEY)
    membership = next((one for one in businesses if str(one.organization.id) == chosen), businesses[0])
    return Desk(request, name, user, membership, businesses, formats_of(membership.organization, user.language))


def _ask_who(request: HttpRequest) -> HttpResponse:
    if first_run.is_empty():
        return HttpResponseRedirect("/primera-vez/")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": "/entrar/"})
    back = request.get_full_path() if request.method == "GET" else "/"
    query = "" if back == "/" else "?" + urlencode({"siguiente": back})
    return HttpResponseRedirect(f"/entrar/{query}")


def _no_office(request: HttpRequest) -> HttpResponse:
    """Somebody who signed in and works nowhere, or at the till alone."""
    return render(request, "office/no_office.html", status=403)


def identifier(text: str) -> uuid.UUID | None:
    """Return the id that a query names, or None where it names none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def found[T](row: T | None) -> T:
    """Return a row, or refuse: nothing of that name in this business."""
    if row is None:
        raise NotFound
    return row
