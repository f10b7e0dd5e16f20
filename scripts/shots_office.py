"""Take a picture of every page of the office and of the buyer, in three sizes, two themes and two languages, from a running server.

`python -m scripts.shots_office --url http://127.0.0.1:8000 --email duena@esquina.example --password ...` writes
build/shots/<page>-<size>-<theme>-<language>.png; `--axe` asks axe-core about each. A page is a row of a table below. `--first CODE` is for
a server with an empty database: its first run, and every room while it is still empty.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.shots import LANGUAGES, SIZES, THEMES, axe, overflow

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "una-frase-larga-1"  # of the business that `--first` opens
# Right, without a name, with a price that is none, and one code twice.
LIST = """Clave,Nombre,Precio,Existencia,Código de barras
A1,Piñata de siete picos,120.50,3,2000000000015
A2,,45,1,
A3,Papel picado,gratis,2,
A4,Vela de cera,18.50,10,2000000000015
"""


NOBODY = "nadie@ninguna.example"
UNKNOWN = "/t/AAAAAAAAAAAAAAAAAAAAAA"
TRIES = 200


def _nothing(_page: Page) -> None:
    """Leave it as it is."""


@dataclass(frozen=True)
class Shown:
    """A page: its name in the files, its address, what to press there, one after another, and what else to do.

    `kept`: how the state of the import that is then on show is changed, for some of its states pass too fast to be looked at.
    """

    name: str
    address: str
    press: tuple[str, ...] = ()
    day: bool = False
    act: Callable[[Page], object] = _nothing
    kept: Mapping[str, object] = field(default_factory=dict)


def settle(page: Page) -> None:
    """Wait until what was pressed is on show, be it a new page or a part of this one."""
    page.wait_for_timeout(60)
    page.wait_for_load_state()
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")


def type_wrong_code(page: Page) -> None:
    """Ask for a purchase by a code that opens none."""
    for name, text in (("code", "K7QM-2XRD"), ("number", "1A-42"), ("total", "120.50")):
        page.fill(f"#{name}", text)
    page.locator(".code .key").click()
    settle(page)


def upload(page: Page) -> None:
    """Give a list of products to the importer: it says what it would do."""
    page.set_input_files("[name=file]", {"name": "lista.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    page.locator(".key.now").click()
    settle(page)


def upload_nonsense(page: Page) -> None:
    """Give the importer what is no table."""
    page.set_input_files("[name=file]", {"name": "foto.png", "mimeType": "image/png", "buffer": bytes(range(256))})
    page.locator(".key.now").click()
    settle(page)


def upload_and_write(page: Page) -> None:
    """Import the rows that are good."""
    upload(page)
    page.locator("[name=only_good]").check()
    page.locator(".key.now").click()
    page.locator("a[href$='informe.csv']").wait_for()


BUYERS = "nombre;telefono;grupo;limite;debe\nFonda Doña Meche;951 555 0121;Comedores y talleres;1,500;420.50\nSusana;;;;12\n;;;;5\nRaúl;951 555 0122;;mucho;\n"


COMBOS = "combo o paquete;parte;lleva;cantidad;suma\nNADA-1;Bebida;NADA-2;;\nNADA-1;Pan;NADA-3;dos;5\n"


def send_buyers(page: Page) -> None:
    """Give a list of customers to the importer: it says what it would do."""
    send(page, "libreta.csv", BUYERS)


def send_combos(page: Page) -> None:
    """Give a file of combos to the importer: it says what is wrong with it."""
    send(page, "combos.csv", COMBOS)


def send_own_combos(page: Page) -> None:
    """Give the importer the shop's own file, in which the last part is another number: it says what would change."""
    *rows, last = page.request.get(page.url.replace("importar/", "exportar.csv")).text().splitlines()
    cells = last.split(",")
    send(page, "combos.csv", "\n".join([*rows, ",".join([*cells[:3], "9", *cells[4:]])]))


def send(page: Page, name: str, text: str) -> None:
    """Give a file to the page's importer."""
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    with page.expect_navigation():
        page.locator(".key.now").click()


def choose_last_store(page: Page) -> None:
    """Look at the grid of another store: in the demo it has pages."""
    stores = page.locator("[name=tienda] option")
    if stores.count() > 0:
        page.goto(f"{page.url}?tienda={stores.last.get_attribute('value')}")


def send_empty(page: Page) -> None:
    """Send the page's form as it stands, past the browser's own checks: the server says what is missing."""
    with page.expect_navigation():
        page.locator("form:has(.key.now)").last.evaluate(
            "form => { form.noValidate = true; form.requestSubmit(form.querySelector('.key.now')) }"
        )


def price_wrong(page: Page) -> None:
    """Publish a price that is no number."""
    page.fill(".drawer [name=price]", "gratis")
    with page.expect_navigation():
        page.locator(".drawer .key.now").first.click()


def sign_in_wrong(page: Page) -> None:
    """Sign in with a wrong password."""
    page.fill("[name=email]", "nadie@tienda.example")
    page.fill("[name=password]", "no-es-esta")
    page.locator(".key.now").click()


def ask_too_often(page: Page) -> None:
    """Ask for unknown purchases until the server has enough."""
    for _ in range(TRIES):
        if (answer := page.goto(page.url)) and answer.status == 429:
            return
    raise RuntimeError(f"{TRIES} unknown purchases and still an answer")


# Where an address names a day, it is the last one with visits.
PAGES: tuple[Shown, ...] = (
    Shown("office-home", "/", day=True),
    Shown("office-home-empty", "/"),
    Shown("office-money", "/dinero/", day=True),
    Shown("office-tickets", "/tickets/"),
    Shown("office-tickets-none", "/tickets/?q=zzzz"),
    Shown("office-ticket", "/tickets/", ("tbody a.open",)),
    Shown("office-returns", "/devoluciones/"),
    Shown("office-returns-reason", "/devoluciones/", ("tbody a.open",)),
    Shown("office-shifts", "/turnos/"),
    Shown("office-shift", "/turnos/", ("tbody a.open",)),
    Shown("office-products", "/productos/"),
    Shown("office-products-none", "/productos/?q=zzzz"),
    Shown("office-product", "/productos/?q=cafe+olla", ("tbody a.pp",)),
    Shown("office-product-edit", "/productos/?q=cafe+olla", ("tbody a.pp", "a[href*='editar']")),
    Shown("office-product-new", "/productos/nuevo/"),
    Shown("office-product-error", "/productos/nuevo/", act=send_empty),
    Shown("office-product-price", "/productos/?q=cafe+olla", ("tbody a.pp",), act=price_wrong),
    Shown("office-import", "/productos/importar/"),
    Shown("office-import-refused", "/productos/importar/", act=upload_nonsense),
    Shown("office-import-preview", "/productos/importar/", act=upload),
    Shown("office-import-done", "/productos/importar/", act=upload_and_write),
    Shown("office-import-running", "/productos/importar/", act=upload, kept={"status": "running", "total": 92_331, "done": 38_000}),
    Shown("office-import-silent", "/productos/importar/", act=upload, kept={"status": "running", "heard_ms": 0}),
    Shown("office-import-failed", "/productos/importar/", act=upload, kept={"status": "failed", "problem": {"import": "broke"}}),
    Shown("office-promotions", "/promociones/"),
    Shown("office-coupons", "/cupones/"),
    Shown("office-coupon-new", "/cupones/?nuevo=1"),
    Shown("office-coupon-batch", "/cupones/", ("tbody a.open",)),
    Shown("office-coupon-error", "/cupones/?nuevo=1", act=send_empty),
    Shown("office-coupon-sheet", "/cupones/", ("tbody a.open", ".head .key.now")),
    Shown("office-promotion", "/promociones/", ("tbody a.open",)),
    Shown("office-reduction", "/promociones/", ("tbody tr:last-child a.open",)),
    Shown("office-promotion-which", "/promociones/?nueva=1"),
    Shown("office-promotion-new", "/promociones/?nueva=n_for_m"),
    Shown("office-promotion-combo", "/promociones/?nueva=combo"),
    Shown("office-promotion-error", "/promociones/?nueva=percent", act=send_empty),
    Shown("office-modifiers", "/modificadores/"),
    Shown("office-modifier", "/modificadores/", ("tbody a.open",)),
    Shown("office-modifier-new", "/modificadores/?nuevo=1"),
    Shown("office-modifier-error", "/modificadores/?nuevo=1", act=send_empty),
    Shown("office-combos", "/combos/"),
    Shown("office-combo", "/combos/", ("tbody a.open",)),
    Shown("office-combo-new", "/combos/?nuevo=combo"),
    Shown("office-combo-error", "/combos/?nuevo=combo", act=send_empty),
    Shown("office-kit-new", "/combos/?nuevo=kit"),
    Shown("office-favourites", "/productos/favoritos/"),
    Shown("office-shelf-prices", "/productos/anaquel/"),
    Shown("office-codes", "/productos/sin-producto/"),
    Shown("office-code", "/productos/sin-producto/", ("td .acts a[href^='/productos/sin-producto/']",)),
    Shown("office-codes-silenced", "/productos/sin-producto/?estado=callados"),
    Shown("office-lists", "/listas/"),
    Shown("office-list", "/listas/", ("tbody a.open",)),
    Shown("office-list-new", "/listas/?nueva=1"),
    Shown("office-list-error", "/listas/?nueva=1", act=send_empty),
    Shown("office-orders", "/pedidos/"),
    Shown("office-order", "/pedidos/", ("tbody a.open",)),
    Shown("office-points", "/puntos/"),
    Shown("office-gift-cards", "/tarjetas/"),
    Shown("office-gift-card", "/tarjetas/", ("tbody a.open",)),
    Shown("office-needs", "/necesidades/"),
    Shown("office-strip", "/ajustes/atencion/"),
    Shown("office-rights", "/derechos/"),
    Shown("office-rights-category", "/derechos/", ("tbody a.open[href*='/categoria/']",)),
    Shown("office-rights-product", "/derechos/", ("tbody a.open[href*='/producto/']",)),
    Shown("office-need", "/necesidades/", ("tbody a.open",)),
    Shown("office-need-new", "/necesidades/?nuevo=1"),
    Shown("office-samples", "/muestras/"),
    Shown("office-sample", "/muestras/", ("section:last-of-type tbody a.open",)),
    Shown("office-sample-new", "/muestras/?nuevo=1"),
    Shown("office-promises", "/promesas/"),
    Shown("office-promises-all", "/promesas/?ver=todo"),
    Shown("office-promise", "/promesas/?ver=todo", ("tbody tr:not(:has(a.key)) a.open",)),
    Shown("office-claims", "/lo-que-decimos/"),
    Shown("office-claim", "/lo-que-decimos/", ("tbody a.open",)),
    Shown("office-claim-topics", "/lo-que-decimos/preguntas/"),
    Shown("office-claim-topic", "/lo-que-decimos/preguntas/", ("tbody a.open",)),
    Shown("office-sheet", "/lo-que-decimos/", ("tbody a.open", "aside a.key.wide")),
    Shown("office-promise-words", "/promesas/palabras/"),
    Shown("office-promise-word", "/promesas/palabras/", ("tbody a.open",)),
    Shown("office-need-error", "/necesidades/?nuevo=1", act=send_empty),
    Shown("office-advice", "/recomendaciones/"),
    Shown("office-places", "/otros-lugares/"),
    Shown("office-place", "/otros-lugares/", ("tbody a.open",)),
    Shown("office-place-new", "/otros-lugares/?nuevo=1"),
    Shown("office-place-error", "/otros-lugares/?nuevo=1", act=send_empty),
    Shown("office-vouchers", "/vales/"),
    Shown("office-voucher", "/vales/", ("tbody a.open",)),
    Shown("office-order-terms", "/pedidos/condiciones/"),
    Shown("office-finder", "/productos/buscar/?q=ca"),
    Shown("office-buyers", "/clientes/"),
    Shown("office-buyers-none", "/clientes/?q=zzzz"),
    Shown("office-buyer", "/clientes/?estado=deben", ("tbody a.open",)),
    Shown("office-buyer-new", "/clientes/?nuevo=1"),
    Shown("office-buyer-error", "/clientes/?nuevo=1", act=send_empty),
    Shown("office-buyer-groups", "/clientes/grupos/", ("tbody a.open",)),
    Shown("office-buyer-twice", "/clientes/repetidos/"),
    Shown("office-buyer-join", "/clientes/?q=lucia", ("tbody a.open", "a[href$='/juntar/']")),
    Shown("office-combos-import", "/combos/importar/"),
    Shown("office-combos-import-check", "/combos/importar/", act=send_combos),
    Shown("office-combos-import-right", "/combos/importar/", act=send_own_combos),
    Shown("office-favourites-pages", "/productos/favoritos/", act=choose_last_store),
    Shown("office-stock-aside", "/existencias/", (".tb tr:has(td.r small) a.pp",)),
    Shown("office-orders-ended", "/pedidos/?estado=terminados"),
    Shown("office-buyer-import", "/clientes/importar/"),
    Shown("office-buyer-import-check", "/clientes/importar/", act=send_buyers),
    Shown("office-stock", "/existencias/"),
    Shown("office-stock-adjust", "/existencias/", ("tbody a.pp",)),
    Shown("office-stock-error", "/existencias/", ("tbody a.pp",), act=send_empty),
    Shown("office-tills", "/cajas/"),
    Shown("office-till", "/cajas/", (".pn a.key[href^='/cajas/']",)),
    Shown("office-till-new", "/cajas/?nueva=1"),
    Shown("office-pairing", "/cajas/", ("form[action$='/vincular/'] button",)),
    Shown("office-team", "/equipo/"),
    Shown("office-member", "/equipo/", ("tbody tr:nth-child(3) a.open",)),
    Shown("office-limits", "/equipo/limites/"),
    Shown("office-accountability", "/rendicion/"),
    Shown("office-review", "/por-revisar/"),
    Shown("office-parked", "/por-revisar/", ("tbody a.open",)),
    Shown("office-evidence", "/por-revisar/", ('a.open[href*="prueba"]',)),
    Shown("office-settings", "/ajustes/"),
    Shown("office-offline", "/ajustes/sin-internet/"),
    Shown("office-stores", "/ajustes/tiendas/", ("tbody a.open",)),
    Shown("office-categories", "/ajustes/categorias/", ("tbody a.pp",)),
    Shown("office-taxes", "/ajustes/impuestos/", ("tbody a.open",)),
    Shown("office-tax-group", "/ajustes/impuestos/?nuevo=group"),
    Shown("office-account", "/cuenta/"),
    Shown("office-nothing-here", "/tickets/00000000-0000-7000-8000-000000000000/"),
    Shown("buyer-purchase", "/tickets/", ("tbody a.open", "a[href^='/t/vista/']")),
    Shown("buyer-unknown", UNKNOWN),
    Shown("buyer-code", "/t/"),
    Shown("buyer-code-wrong", "/t/", act=type_wrong_code),
)
# Before anybody has signed in.
GATES: tuple[Shown, ...] = (Shown("office-sign-in", "/entrar/"), Shown("office-sign-in-wrong", "/entrar/", act=sign_in_wrong))
# Somebody who may sign in and works for no business.
NOWHERE: tuple[Shown, ...] = (Shown("office-nowhere", "/"),)
# After all others: from then on this machine has asked for too many unknown purchases.
TIRED: tuple[Shown, ...] = (Shown("buyer-tired", UNKNOWN, act=ask_too_often),)
FIRST: tuple[Shown, ...] = (Shown("office-first-run", "/primera-vez/"), Shown("office-first-run-error", "/primera-vez/", act=send_empty))
# The rooms of a business that has just been opened.
EMPTY: tuple[Shown, ...] = (
    Shown("empty-home", "/"),
    Shown("empty-money", "/dinero/"),
    Shown("empty-tickets", "/tickets/"),
    Shown("empty-returns", "/devoluciones/"),
    Shown("empty-shifts", "/turnos/"),
    Shown("empty-products", "/productos/"),
    Shown("empty-shelf-prices", "/productos/anaquel/"),
    Shown("empty-codes", "/productos/sin-producto/"),
    Shown("empty-lists", "/listas/"),
    Shown("empty-promotions", "/promociones/"),
    Shown("empty-modifiers", "/modificadores/"),
    Shown("empty-needs", "/necesidades/"),
    Shown("empty-advice", "/recomendaciones/"),
    Shown("empty-places", "/otros-lugares/"),
    Shown("empty-samples", "/muestras/"),
    Shown("empty-promises", "/promesas/"),
    Shown("empty-claims", "/lo-que-decimos/"),
    Shown("empty-claim-topics", "/lo-que-decimos/preguntas/"),
    Shown("empty-promise-words", "/promesas/palabras/"),
    Shown("empty-combos", "/combos/"),
    Shown("empty-coupons", "/cupones/"),
    Shown("empty-orders", "/pedidos/"),
    Shown("empty-favourites", "/productos/favoritos/"),
    Shown("empty-buyer-twice", "/clientes/repetidos/"),
    Shown("empty-buyers", "/clientes/"),
    Shown("empty-buyer-groups", "/clientes/grupos/"),
    Shown("empty-stock", "/existencias/"),
    Shown("empty-tills", "/cajas/"),
    Shown("empty-team", "/equipo/"),
    Shown("empty-review", "/por-revisar/"),
    Shown("empty-categories", "/ajustes/categorias/"),
    Shown("empty-stores", "/ajustes/tiendas/"),
    Shown("empty-taxes", "/ajustes/impuestos/"),
    Shown("empty-settings", "/ajustes/"),
)


def visit(page: Page, url: str, shown: Shown, last_day: str, data: Path) -> None:
    """Go to a page as a person would. `data`: the server's data folder."""
    page.goto(url + shown.address + (f"?dia={last_day}" if shown.day and last_day else ""))
    for selector in shown.press:
        page.locator(selector).first.click()
        settle(page)
    shown.act(page)
    if shown.kept:
        change_import(page, data, shown.kept)


def change_import(page: Page, data: Path, kept: Mapping[str, object]) -> None:
    """Let the import on show be in another state."""
    job = uuid.UUID(page.url.rstrip("/").rpartition("/")[2])
    [state] = data.glob(f"imports/*/{job.hex}/state.json")
    heard = {"heard_ms": int(time.time() * 1000) + 10**9}  # in good time
    state.write_text(json.dumps({**json.loads(state.read_text()), **heard, **kept}))
    page.reload()


def open_business(page: Page, url: str, code: str) -> None:
    """Fill in the first run's form and open the business."""
    page.goto(f"{url}/primera-vez/")
    page.select_option("[name=country]", "MX")
    written = {
        "code": code,
        "name": "Papelería Luz",
        "store": "Centro",
        "till": "Caja 1",
        "owner": "Luz Ramos",
        "email": "luz@papeleria.example",
    }
    for name, text in {**written, "password": PASSWORD, "pin": "2468"}.items():
        page.fill(f"[name={name}]", text)
    page.locator(".key.now").click()
    page.wait_for_url(f"{url}/")


def sign_in(page: Page, url: str, email: str, password: str, language: str | None) -> None:
    """Sign in and choose the language, if one is given."""
    page.goto(f"{url}/entrar/")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.locator(".key.now").click()
    if language is None:
        return
    page.goto(f"{url}/cuenta/")
    page.locator(f"button[name=language][value={language}]").first.click()


def last_day(page: Page, url: str) -> str:
    """Return the last day with visits, as addresses name it, or nothing."""
    page.goto(f"{url}/")
    link = page.locator(".pl a[href*='dia=']")
    return (link.first.get_attribute("href") or "").partition("dia=")[2][:10] if link.count() else ""


def take(page: Page, given: argparse.Namespace, shown: Shown, language: str) -> Iterator[str]:
    """Take one page in every size and theme and yield what is wrong with it."""
    for theme in given.theme or THEMES:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=given.out / f"{shown.name}-{size}-{theme}-{language}.png", full_page=size == "phone")
            for complaint in overflow(page) + (axe(page) if given.axe else []):
                yield f"{shown.name} {size} {theme} {language}: {complaint}"


def pages(page: Page, given: argparse.Namespace, table: tuple[Shown, ...], language: str, day: str = "") -> Iterator[str]:
    """Visit the pages of a table that were asked for, take each, and yield what is wrong."""
    for shown in table:
        if given.only and not any(part in shown.name for part in given.only):
            continue
        page.set_viewport_size({"width": 1440, "height": 900})
        visit(page, given.url, shown, day, given.data)
        yield from take(page, given, shown, language)
        print(f"{shown.name} {language}", flush=True)


def context_in(browser: Browser, language: str) -> BrowserContext:
    """A browser of somebody who reads a language; axe is a script that no policy of ours would let in."""
    return browser.new_context(locale="es-MX" if language == "es" else "en-US", viewport={"width": 1440, "height": 900}, bypass_csp=True)


def pictures(browser: Browser, given: argparse.Namespace) -> Iterator[str]:
    """Take them all and yield what is wrong."""
    given.out.mkdir(parents=True, exist_ok=True)
    languages = given.language or LANGUAGES
    if given.first:
        for language in languages:
            yield from pages(context_in(browser, language).new_page(), given, FIRST, language)
        open_business(context_in(browser, "es").new_page(), given.url, given.first)
    for language in languages:
        page = context_in(browser, language).new_page()
        if not given.first:
            yield from pages(page, given, GATES, language)
            sign_in(page, given.url, NOBODY, PASSWORD, None)
            yield from pages(page, given, NOWHERE, language)
            page.context.clear_cookies()
        sign_in(page, given.url, given.email, given.password, language)
        yield from pages(page, given, EMPTY if given.first else PAGES, language, last_day(page, given.url))
        page.context.close()
    if not given.first:
        for language in languages:
            yield from pages(context_in(browser, language).new_page(), given, TIRED, language)


def main() -> int:
    """Take the pictures; return 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--email", default="luz@papeleria.example")
    parser.add_argument("--password", default=PASSWORD)
    parser.add_argument("--first", default="", help="the first-run code of a server with an empty database")
    parser.add_argument("--data", type=Path, default=Path("var"), help="the server's data folder")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "shots")
    parser.add_argument("--only", action="append", default=[], help="part of a page's name; may be given again")
    parser.add_argument("--theme", action="append", default=[], choices=THEMES)
    parser.add_argument("--language", action="append", default=[], choices=LANGUAGES)
    parser.add_argument("--axe", action="store_true", help="report what axe-core finds")
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        found = list(pictures(browser, given))
        browser.close()
    print("\n".join(found) or "nothing wrong")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
