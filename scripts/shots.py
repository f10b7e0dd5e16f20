"""Take a picture of every screen, in three sizes, two themes and two languages, from a server that is running.

`python scripts/shots.py --url http://127.0.0.1:8000 --code ABCD2345 --person "Elena" --pin 3333` writes build/shots/<screen>-<size>-<theme>-<language>.png
and, with `--axe`, asks axe-core what is wrong with each screen. A screen is a row of a table below: a name, and what brings it on show.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"phone": (390, 844), "tablet": (1024, 768), "desktop": (1440, 900)}
THEMES = ("light", "dark")
LANGUAGES = ("es", "en")
TYPING_MS = 80  # slower than any scanner


@dataclass(frozen=True)
class Options:
    """Where the server is and who signs in."""

    url: str
    code: str
    person: str
    pin: str
    out: Path
    only: tuple[str, ...]
    axe: bool


@dataclass(frozen=True)
class Screen:
    """One screen: its name in the files, and what brings it on show from the selling screen."""

    name: str
    show: Callable[[Page], None]


def press(page: Page, *keys: str) -> None:
    """Press keys of the keyboard, as a person would."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(TYPING_MS)


def type_slowly(page: Page, text: str) -> None:
    """Type a text slower than a scanner."""
    page.keyboard.type(text, delay=TYPING_MS)
    page.wait_for_timeout(120)


def fill_ticket(page: Page) -> None:
    """Put some products on the ticket; a weighed one gets its weight."""
    for place in (0, 0, 1, 2, 2, 2, 4):
        page.locator(".product").nth(place).click()
        page.wait_for_timeout(60)
        if page.locator(".variants").count() > 0:
            page.locator(".variants .product").first.click()
            page.wait_for_timeout(60)
        if page.locator(".product").count() == 0:
            type_slowly(page, "0.750")
            press(page, "Enter")


def scan(page: Page, code: str) -> None:
    """Send a code as a scanner does: all keys at once, then Enter."""
    page.keyboard.type(code, delay=2)
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)


def open_menu(page: Page, icon: int) -> None:
    """Open «Más» and press one of its keys by its place."""
    page.locator(".more").first.click()
    page.locator(".items button").nth(icon).click()
    page.wait_for_timeout(250)


def search_for(page: Page, text: str) -> None:
    """Write in the search well."""
    press(page, "F2")
    type_slowly(page, text)


def select_last_line(page: Page) -> None:
    """Open the last line's numpad."""
    press(page, "Enter")


def pay_with(page: Page, place: int) -> None:
    """Open the pay sheet and choose a method by its place."""
    press(page, "F9")
    page.locator(".modes button").nth(place).click()


def pay_more(page: Page) -> None:
    """Pay with the largest amount that is offered, so that change is due."""
    press(page, "F9")
    page.locator(".side button").nth(4).click()


def finish_sale(page: Page) -> None:
    """Pay and wait for the screen after the sale."""
    pay_more(page)
    press(page, "Enter")
    expect(page.locator(".done h2")).to_be_visible()


def nothing(_page: Page) -> None:
    """Leave the screen as it is."""


def ask_weight(page: Page) -> None:
    """Press the key of something sold by weight."""
    search_for(page, "jitomate")
    press(page, "Enter")


def choose_variant(page: Page) -> None:
    """Press the key of a family."""
    search_for(page, "playera")
    press(page, "Enter")


def leave_without_sale(page: Page) -> None:
    """Press «Atendido sin compra»: the undo stands in the strip."""
    page.locator(".strip .chip").click()


def park(page: Page) -> None:
    """Let the ticket wait and begin another."""
    press(page, "F4")


def pay_mixed(page: Page) -> None:
    """Pay a part in cash, the rest is still due."""
    pay_with(page, 3)
    type_slowly(page, "100")
    press(page, "Enter")


def show_receipt(page: Page) -> None:
    """Open the receipt of the sale just made."""
    finish_sale(page)
    page.locator(".done .mini button").nth(1).click()
    expect(page.locator(".roll").first).to_be_visible()


def write_note(page: Page) -> None:
    """Write a note on the last line."""
    press(page, "Enter")
    page.locator(".side button").nth(2).click()
    type_slowly(page, "Moler fino")


def remove_line(page: Page) -> None:
    """Take the last line away: it can come back for ten seconds."""
    press(page, "Delete")


EMPTY: tuple[Screen, ...] = (
    Screen("till-ready", nothing),
    Screen("till-search", lambda page: search_for(page, "ca")),
    Screen("till-nothing-found", lambda page: search_for(page, "cafe zzz")),
    Screen("till-more", lambda page: page.locator(".more").first.click()),
    Screen("till-tickets", lambda page: open_menu(page, 0)),
    Screen("till-cash", lambda page: open_menu(page, 1)),
    Screen("till-drawer", lambda page: open_menu(page, 2)),
    Screen("till-count", lambda page: open_menu(page, 5)),
    Screen("till-unsent", lambda page: open_menu(page, 6)),
    Screen("till-preferences", lambda page: open_menu(page, 9)),
    Screen("till-keys", lambda page: press(page, "?")),
    Screen("till-about", lambda page: open_menu(page, 11)),
    Screen("till-weight", ask_weight),
    Screen("till-variants", choose_variant),
    Screen("till-unknown-code", lambda page: scan(page, "7501030459941")),
)
FILLED: tuple[Screen, ...] = (
    Screen("till-selling", nothing),
    Screen("till-line", select_last_line),
    Screen("till-discount", lambda page: press(page, "F8")),
    Screen("till-pay-cash", pay_more),
    Screen("till-pay-card", lambda page: pay_with(page, 1)),
    Screen("till-pay-mixed", pay_mixed),
    Screen("till-note", write_note),
    Screen("till-removed", remove_line),
    Screen("till-done", finish_sale),
    Screen("till-receipt", show_receipt),
    Screen("till-left", leave_without_sale),
    Screen("till-parked", park),
)
# The office's screens, by address; they need nobody but a signed-in person.
OFFICE: tuple[tuple[str, str], ...] = ()


def sign_in(page: Page, options: Options) -> None:
    """Choose the person, type the PIN, open the shift if none is open."""
    page.get_by_role("button", name=options.person).first.click()
    type_slowly(page, options.pin)
    press(page, "Enter")
    page.wait_for_timeout(900)
    if page.locator(".zones").count() > 0:
        press(page, "Enter", "Enter")
        for _ in range(14):
            if page.locator(".till").count() > 0:
                break
            press(page, "Enter")
    expect(page.locator(".till")).to_be_visible()


def start(page: Page, options: Options, language: str) -> None:
    """Open the till in a language, pair it the first time, sign in."""
    page.goto(f"{options.url}/till/")
    page.evaluate("language => localStorage.setItem('mostrador-preferences', JSON.stringify({language, sound: false}))", language)
    page.reload()
    page.wait_for_timeout(1200)
    if page.locator(".code").count() > 0:
        if wanted(options, "till-pair"):
            picture(page, options, "till-pair", language)
        type_slowly(page, options.code)
        press(page, "Enter")
    expect(page.locator(".people")).to_be_visible(timeout=15_000)
    if wanted(options, "till-people"):
        page.get_by_role("button", name=options.person).first.click()
        picture(page, options, "till-people", language)
    sign_in(page, options)


def wanted(options: Options, name: str) -> bool:
    """Say whether this screen was asked for."""
    return not options.only or any(part in name for part in options.only)


def picture(page: Page, options: Options, name: str, language: str) -> None:
    """Take the screen as it is, in every size and theme."""
    for theme in THEMES:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(180)
            page.screenshot(path=options.out / f"{name}-{size}-{theme}-{language}.png")
            if options.axe:
                report_axe(page, f"{name} {size} {theme} {language}")
    page.set_viewport_size({"width": 1024, "height": 768})
    page.wait_for_timeout(120)


FOUND: list[str] = []


def report_axe(page: Page, where: str) -> None:
    """Ask axe-core what is wrong here, and remember it."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate((ROOT / "till/node_modules/axe-core/axe.min.js").read_text())
    violations = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    for violation in violations:
        nodes = "; ".join(
            " ".join(node["target"]) + ": " + node["failureSummary"].replace("\n", " ")[:200] for node in violation["nodes"][:2]
        )
        FOUND.append(f"{where}: {violation['id']}: {nodes}")


def back_to_selling(page: Page) -> None:
    """Leave every panel; wait until the till shows its products again."""
    for _ in range(4):
        if page.locator(".zones").count() == 0 and page.locator(".selling").count() > 0 and page.locator(".head b").count() == 0:
            break
        press(page, "Escape")
    page.evaluate("() => document.activeElement?.blur()")


def clear_ticket(page: Page) -> None:
    """Leave one empty ticket, by keys alone: tickets that wait are charged."""
    page.wait_for_timeout(100)
    if page.locator(".tab").count() > 2 and page.locator(".line button.press").count() == 0:
        press(page, "F4")
    if page.locator(".done").count() > 0:
        press(page, "Enter")
    if page.locator(".line button.press").count() > 0:
        press(page, "F10")
        expect(page.locator(".done h2")).to_be_visible()
        press(page, "Enter")
    for close in page.locator(".line.bad button").all():
        if close.is_visible():
            close.click()
            break


def till(context: BrowserContext, options: Options, language: str) -> None:
    """Take every screen of the till in one language."""
    page = context.new_page()
    page.on("pageerror", lambda error: FOUND.append(f"page error: {error}"))
    start(page, options, language)
    for screens, filled in ((EMPTY, False), (FILLED, True)):
        for screen in screens:
            if not wanted(options, screen.name):
                continue
            back_to_selling(page)
            clear_ticket(page)
            if filled:
                fill_ticket(page)
            screen.show(page)
            page.wait_for_timeout(250)
            picture(page, options, screen.name, language)
            print(f"{screen.name} {language}", flush=True)
    page.close()


def read_options() -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--code", default="", help="pairing code from the office, for a till that is not paired yet")
    parser.add_argument("--person", default="Elena")
    parser.add_argument("--pin", default="3333")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "shots")
    parser.add_argument("--only", action="append", default=[], help="part of a screen's name; may be given again")
    parser.add_argument("--axe", action="store_true", help="report what axe-core finds, and fail if it finds anything")
    given = parser.parse_args()
    return Options(given.url.rstrip("/"), given.code, given.person, given.pin, given.out, tuple(given.only), given.axe)


def main() -> int:
    """Take the pictures; return 1 when axe-core or the page itself complained."""
    options = read_options()
    options.out.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1024, "height": 768}, bypass_csp=options.axe, reduced_motion="reduce")
        for language in LANGUAGES:
            till(context, options, language)
        browser.close()
    if FOUND:
        sys.stderr.write(json.dumps(sorted(set(FOUND)), indent=1, ensure_ascii=False) + "\n")
    return 1 if FOUND else 0


if __name__ == "__main__":
    sys.exit(main())
