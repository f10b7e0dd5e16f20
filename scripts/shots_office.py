"""Take a picture of every page of the office and of the buyer, in three sizes, two themes and two languages, from a running server.

`python -m scripts.shots_office --url http://127.0.0.1:8000 --email duena@esquina.example --password ...` writes
build/shots/<page>-<size>-<theme>-<language>.png; `--axe` asks axe-core about each. A page is a row of PAGES.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"phone": (390, 844), "tablet": (1024, 768), "desktop": (1440, 900)}
THEMES = ("light", "dark")
LANGUAGES = ("es", "en")


@dataclass(frozen=True)
class Shown:
    """A page: its name in the files, its address, and what to press there, one after another."""

    name: str
    address: str
    press: tuple[str, ...] = ()
    day: bool = False


# Where an address names a day, it is the last one with visits.
PAGES: tuple[Shown, ...] = (
    Shown("office-home", "/", day=True),
    Shown("office-home-empty", "/"),
    Shown("office-money", "/dinero/", day=True),
    Shown("office-tickets", "/tickets/"),
    Shown("office-tickets-none", "/tickets/?q=zzzz"),
    Shown("office-ticket", "/tickets/", ("tbody a.open",)),
    Shown("office-shifts", "/turnos/"),
    Shown("office-shift", "/turnos/", ("tbody a.open",)),
    Shown("office-products", "/productos/"),
    Shown("office-products-none", "/productos/?q=zzzz"),
    Shown("office-product", "/productos/?q=cafe+olla", ("tbody a.pp",)),
    Shown("office-product-edit", "/productos/?q=cafe+olla", ("tbody a.pp", "a[href*='editar']")),
    Shown("office-product-new", "/productos/nuevo/"),
    Shown("office-import", "/productos/importar/"),
    Shown("office-stock", "/existencias/"),
    Shown("office-stock-adjust", "/existencias/", ("tbody a.pp",)),
    Shown("office-tills", "/cajas/"),
    Shown("office-till-new", "/cajas/?nueva=1"),
    Shown("office-pairing", "/cajas/", ("form[action$='/vincular/'] button",)),
    Shown("office-team", "/equipo/"),
    Shown("office-member", "/equipo/", ("tbody tr:nth-child(3) a.open",)),
    Shown("office-limits", "/equipo/limites/"),
    Shown("office-review", "/por-revisar/"),
    Shown("office-settings", "/ajustes/"),
    Shown("office-stores", "/ajustes/tiendas/", ("tbody a.open",)),
    Shown("office-categories", "/ajustes/categorias/", ("tbody a.pp",)),
    Shown("office-taxes", "/ajustes/impuestos/", ("tbody a.open",)),
    Shown("office-tax-group", "/ajustes/impuestos/?nuevo=group"),
    Shown("office-account", "/cuenta/"),
    Shown("office-nothing-here", "/tickets/00000000-0000-7000-8000-000000000000/"),
    Shown("buyer-purchase", "/tickets/", ("tbody a.open", "a[href^='/t/vista/']")),
    Shown("buyer-unknown", "/t/AAAAAAAAAAAAAAAAAAAAAA"),
)


def visit(page: Page, url: str, shown: Shown, last_day: str) -> None:
    """Go to a page as a person would."""
    page.goto(url + shown.address + (f"?dia={last_day}" if shown.day and last_day else ""))
    for selector in shown.press:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")


def sign_in(context: BrowserContext, url: str, email: str, password: str, language: str) -> Page:
    """Sign in and choose the language."""
    page = context.new_page()
    page.goto(f"{url}/entrar/")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.locator(".key.now").click()
    page.goto(f"{url}/cuenta/")
    page.locator(f"button[name=language][value={language}]").first.click()
    return page


def last_day(page: Page, url: str) -> str:
    """Return the last day with visits, as addresses name it, or nothing."""
    page.goto(f"{url}/")
    link = page.locator(".pl a[href*='dia=']")
    return (link.first.get_attribute("href") or "").partition("dia=")[2][:10] if link.count() else ""


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the page."""
    page.evaluate((ROOT / "till/node_modules/axe-core/axe.min.js").read_text())
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['failureSummary'][:200]}" for one in found]


def overflow(page: Page) -> list[str]:
    """Return a complaint where the page is wider than its window."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"wider than the window by {wide}"] if wide > 0 else []


def pictures(browser: Browser, given: argparse.Namespace) -> Iterator[str]:
    """Take them all and yield what is wrong."""
    given.out.mkdir(parents=True, exist_ok=True)
    for language in given.language or LANGUAGES:
        context = browser.new_context(locale="es-MX" if language == "es" else "en-US", viewport={"width": 1440, "height": 900})
        page = sign_in(context, given.url, given.email, given.password, language)
        day = last_day(page, given.url)
        for shown in PAGES:
            if given.only and not any(part in shown.name for part in given.only):
                continue
            page.set_viewport_size({"width": 1440, "height": 900})
            visit(page, given.url, shown, day)
            for theme in given.theme or THEMES:
                page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                for size, (width, height) in SIZES.items():
                    page.set_viewport_size({"width": width, "height": height})
                    page.screenshot(path=given.out / f"{shown.name}-{size}-{theme}-{language}.png", full_page=size == "phone")
                    complaints = overflow(page) + (axe(page) if given.axe else [])
                    yield from (f"{shown.name} {size} {theme} {language}: {complaint}" for complaint in complaints)
        context.close()


def main() -> int:
    """Take the pictures; return 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--email", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "shots")
    parser.add_argument("--only", action="append", default=[], help="part of a page's name; may be given again")
    parser.add_argument("--theme", action="append", default=[], choices=THEMES)
    parser.add_argument("--language", action="append", default=[], choices=LANGUAGES)
    parser.add_argument("--axe", action="store_true", help="report what axe-core finds")
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        found = list(pictures(browser, given))
        browser.close()
    print("\n".join(found) or "nothing wrong")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
