"""axe-core on every page of office and buyer, light and dark, on a desk and a phone: nothing to find, nothing wider than its window.

No page is forgotten: each template must have been drawn and each address visited, or be named below as one that shows nothing.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from django.test.signals import template_rendered
from django.urls import resolve
from django.urls.exceptions import Resolver404
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from mostrador.office.urls import urlpatterns as office_addresses
from mostrador.page.by_code import opening_of
from mostrador.page.urls import urlpatterns as page_addresses
from mostrador.people import first_run
from mostrador.people.models import SignInAttempt, User
from scripts.shots import SIZES, axe, overflow
from scripts.shots_office import EMPTY, FIRST, GATES, NOBODY, NOWHERE, PAGES, TIRED, Shown, open_business, sign_in, visit
from tests.browser.support.office import CARD_SECRET, ORDER_SECRET, SECRET, here, open_shop, plain_files
from tests.flows.office import PASSWORD, member
from tests.support.chromium import chromium_path
from tests.sync.shop import DAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]  # every page in every look

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = {
    f"{door}/{path.name}" for door in ("office", "page") for path in (ROOT / "mostrador" / door / "templates" / door).glob("*.html")
}
# They answer a form, or are a file to download.
SHOW_NOTHING = {
    "salir/", "idioma/", "tema/", "recomendaciones/<uuid:incentive_id>/", "empresa/", "tickets/exportar.csv", "tarjetas/movimientos.csv", "cupones/<uuid:batch_id>/codigos.csv", "clientes/movimientos.csv", "devoluciones/exportar.csv", "tickets/<uuid:sale_id>/reparacion/", "combos/exportar.csv", "productos/importar/<uuid:job_id>/informe.csv",
    "productos/<uuid:product_id>/precio/", "productos/<uuid:product_id>/codigos/", "productos/<uuid:product_id>/archivar/",
    "productos/<uuid:product_id>/unidades/", "productos/<uuid:product_id>/antes/", "promesas/correo/",
    "productos/<uuid:product_id>/foto/", "cajas/diario/", "cajas/dispositivos/<uuid:device_id>/desvincular/",
}  # fmt: skip

# Themes differ in values of the same names, arrangements in their parts: each is here once. English and all the rest: make shots ARGS=--axe
LOOKS: tuple[tuple[str, Literal["light", "dark"], bool], ...] = (
    ("desktop", "light", True),
    ("tablet", "dark", False),
    ("phone", "dark", True),
)


def works_nowhere() -> None:
    """Let there be somebody who may sign in and works for no business."""
    user = User(email=NOBODY, name="Nadie")
    user.set_password(PASSWORD)
    user.save()


def issue_anew(page: Page) -> None:
    """Issue a lost gift card anew: its code is shown this once."""
    with page.expect_navigation():
        page.locator("button[name=what][value=reissue]").click()


LEFT = Shown("office-shift-left", "/turnos/", ("tr:has(.st.bad) a.open",))
ISSUED = Shown("office-gift-card-issued", "/tarjetas/", ("tbody a.open",), act=issue_anew)


class Looker:
    """Visits pages and remembers what is wrong, what was said in the console, and where it has been."""

    def __init__(self, browser: Browser, url: str, data: Path) -> None:
        self.url, self.data = url, data
        self.context: BrowserContext = browser.new_context(locale="es-MX", bypass_csp=True)
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.routes: set[str] = set()
        self.page.on("response", self._note)
        # A page that is refused says so in the console, too: that is no fault of the page.
        self.page.on(
            "console", lambda said: self.wrong.append(said.text) if said.type == "error" and "status of 4" not in said.text else None
        )

    def look(self, table: tuple[Shown, ...]) -> None:
        """Visit these pages: axe in both themes, at a desk and on a phone; the width in all sizes."""
        for shown in table:
            self.page.set_viewport_size({"width": 1440, "height": 900})
            visit(self.page, self.url, here(shown), DAY, self.data)
            for size, theme, asks_axe in LOOKS:
                self.page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
                self.page.emulate_media(color_scheme=theme)
                found = overflow(self.page) + (axe(self.page) if asks_axe else [])
                self.wrong += [f"{shown.name} {size} {theme}: {one}" for one in found]

    def _note(self, answer: Response) -> None:
        path = answer.url.removeprefix(self.url).partition("?")[0]
        if answer.request.resource_type == "document":
            try:
                self.routes.add(resolve(path).route)
            except Resolver404:
                self.wrong.append(f"no such address: {path}")


@pytest.fixture(scope="module")
def started_browser() -> Iterator[Browser]:
    """A browser for the module."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def drawn() -> Iterator[set[str]]:
    """The names of the templates that were drawn."""
    names: set[str] = set()

    def note(template: Any, **_: Any) -> None:
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def test_axe_finds_nothing_on_any_page_of_office_and_buyer(
    started_browser: Browser, live_server: Any, settings: Any, drawn: set[str]
) -> None:
    plain_files(settings)
    SignInAttempt.objects.all().delete()
    looker = Looker(started_browser, str(live_server.url), Path(settings.MEDIA_ROOT).parent)

    looker.look(FIRST)
    open_business(looker.page, looker.url, first_run.code())
    looker.look(EMPTY)
    looker.context.clear_cookies()
    looker.look(GATES)
    works_nowhere()
    sign_in(looker.page, looker.url, NOBODY, PASSWORD, None)
    looker.look(NOWHERE)
    looker.context.clear_cookies()
    business = open_shop()
    sign_in(looker.page, looker.url, member(business)[0], PASSWORD, "es")
    looker.look(
        (
            *PAGES,
            Shown("buyer-own", f"/t/{SECRET}"),
            Shown("buyer-by-code", opening_of(hashlib.sha256(SECRET.encode()).digest())),
            Shown("buyer-order", f"/t/{ORDER_SECRET}"),
            Shown("buyer-card", f"/t/{CARD_SECRET}"),
            ISSUED,
            LEFT,
        )
    )
    looker.look(TIRED)
    looker.context.close()

    assert not looker.wrong, "\n".join(looker.wrong)
    assert TEMPLATES - drawn == set()
    addresses = {str(one.pattern) for one in office_addresses} | {f"t/{one.pattern}" for one in page_addresses}
    assert addresses - SHOW_NOTHING - looker.routes == set()
