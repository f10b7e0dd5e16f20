"""The gates: opening an empty database, signing in and out, changing business, one's own account."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mostrador.catalogue.begin import COUNTRIES, NewBusiness, begin
from mostrador.kernel.errors import DomainError, Invalid
from mostrador.kernel.formats import Formats
from mostrador.office.desk import THEME_COOKIE, THEMES, Desk, room
from mostrador.office.forms import Form
from mostrador.office.texts import sentence
from mostrador.people import account, first_run, queries, throttle
from mostrador.people.errors import TooManyTries
from mostrador.people.models import User
from mostrador.people.queries import SESSION_KEY

BACKEND = "django.contrib.auth.backends.ModelBackend"
YEAR_S = 365 * 24 * 3600


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _plain_form(request: HttpRequest) -> Form:
    return Form(request.POST, Formats("es-MX", "es", "MXN", "UTC"))


def _language() -> str:
    return (translation.get_language() or "es")[:2]


def _wait(error: TooManyTries) -> tuple[str, int]:
    """The sentence of a refusal that passes, and its status."""
    seconds = error.data["seconds"]
    assert isinstance(seconds, int)
    return sentence("gate.wait", _language(), n=max(1, -(-seconds // 60))), 429


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password", "pin")
def first_run_page(request: HttpRequest) -> HttpResponse:
    """Open an empty database: whoever reads the server's screen knows the code (ruling 23)."""
    if not first_run.is_empty():
        return HttpResponseRedirect("/entrar/")
    form = _plain_form(request)
    if request.method == "GET":
        return render(request, "office/first_run.html", {"form": form, "countries": _countries()})
    problem, status = "", 422
    try:
        _open(request, form)
    except TooManyTries as error:
        problem, status = _wait(error)
    except Invalid as error:
        form.refuse(error)
    if form.is_right and not problem:
        return HttpResponseRedirect("/")
    return render(request, "office/first_run.html", {"form": form, "countries": _countries(), "problem": problem}, status=status)


def _countries() -> list[tuple[str, str]]:
    return [(code, sentence(f"country.{code}", _language())) for code in COUNTRIES]


def _open(request: HttpRequest, form: Form) -> None:
    """Check the code, open the business, sign its owner in."""
    with throttle.counted("pair", address_of(request)):
        if not first_run.matches(form.typed("code")):
            raise Invalid(code="wrong")
    wanted = NewBusiness(
        name=form.text("name", longest=120),
        country=form.choice("country", COUNTRIES),
        owner=form.text("owner", longest=60),
        email=_email(form),
        password=form.data.get("password", ""),
        store=form.text("store", longest=80),
        till=form.text("till", longest=40),
        pin=form.typed("pin"),
    )
    if not form.is_right:
        return
    actor = begin(wanted)
    first_run.used()
    user = account.sign_in(email=wanted.email, password=wanted.password, address=address_of(request))
    _enter(request, user, str(actor.organization_id))


def _email(form: Form) -> str:
    value = form.text("email", longest=254)
    if value and ("@" not in value or " " in value):
        form.errors["email"] = "email"
    return value


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by email and password; wrong tries are slowed down, and nothing tells which accounts exist."""
    if first_run.is_empty():
        return HttpResponseRedirect("/primera-vez/")
    after = _after(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(after)
    form, problem, status = _plain_form(request), "", 200
    if request.method == "POST":
        try:
            user = account.sign_in(email=form.typed("email"), password=request.POST.get("password", ""), address=address_of(request))
        except TooManyTries as error:
            problem, status = _wait(error)
        except account.WrongSignIn:
            problem, status = sentence("gate.wrong", _language()), 401
        else:
            _enter(request, user)
            return HttpResponseRedirect(after)
    response = render(request, "office/sign_in.html", {"form": form, "problem": problem, "after": after}, status=status)
    if status == 429:
        response["Retry-After"] = "60"
    return response


def _enter(request: HttpRequest, user: User, organization: str = "") -> None:
    """Begin a session of its own (never the one that a browser brought along)."""
    login(request, user, backend=BACKEND)
    businesses = queries.memberships(user.id)
    chosen = organization or (str(businesses[0].organization.id) if businesses else "")
    request.session[SESSION_KEY] = chosen


def _after(request: HttpRequest) -> str:
    """Where to go once signed in: only within this site."""
    wanted = request.POST.get("siguiente") or request.GET.get("siguiente") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. Nothing else is cleared: a till of this browser keeps its journal on the same origin."""
    logout(request)
    return HttpResponseRedirect("/entrar/")


@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """Change the language: of the account if somebody is signed in, else of this browser."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(_after(request))
    if language in {"es", "en"}:
        if isinstance(request.user, User):
            account.change_language(user_id=request.user.id, language=language)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR_S, samesite="Lax", httponly=True)
    return response


@require_POST
def show(request: HttpRequest) -> HttpResponse:
    """Choose the theme of this browser: light, dark, or the system's."""
    theme = request.POST.get("theme", "")
    response = HttpResponseRedirect(_after(request))
    if theme in THEMES:
        response.set_cookie(THEME_COOKIE, theme, max_age=YEAR_S, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


@room("account")
def switch(desk: Desk) -> HttpResponse:
    """Go to the office of another business of the same person."""
    wanted = desk.request.POST.get("organization", "")
    if any(str(one.organization.id) == wanted for one in desk.businesses):
        desk.request.session[SESSION_KEY] = wanted
    return HttpResponseRedirect("/")


@sensitive_post_parameters("old", "password")
@room("account")
def account_page(desk: Desk) -> HttpResponse:
    """One's own language, theme and password."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        try:
            account.change_own_password(
                user_id=desk.user.id, old=desk.request.POST.get("old", ""), new=desk.request.POST.get("password", "")
            )
        except Invalid as error:
            form.refuse(error)
        except DomainError:
            form.errors["old"] = "wrong"
        else:
            user = User.objects.get(id=desk.user.id)
            login(desk.request, user, backend=BACKEND)  # the session's key follows the password
            desk.request.session[SESSION_KEY] = str(desk.organization.id)
            return desk.done("/cuenta/", "account.password_changed")
    return desk.page("account.html", status=422 if form.errors else 200, form=form)
