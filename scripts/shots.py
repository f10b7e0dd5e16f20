"""Take a picture of every screen of the till, in three sizes, two themes and two languages, from a server that is running.

`python -m scripts.shots --url http://127.0.0.1:8000 --code ABCD2345 --person "Rosa Martínez" --pin 1111` writes
build/shots/<screen>-<size>-<theme>-<language>.png and, with `--axe`, asks axe-core what is wrong with each. The screens are the table
of scripts/shots_till.py. `--euro` takes the few that a shop in another currency needs.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from scripts.shots_stage import Place, Stage
from scripts.shots_till import EURO, PHASES, walk

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "till" / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"phone": (390, 844), "tablet": (1024, 768), "desktop": (1440, 900)}
THEMES = ("light", "dark")
LANGUAGES = ("es", "en")


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the page as it is."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations'], preload: false})).violations")
    return [f"{one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['failureSummary'][:200]}" for one in found]


# Text that does not fit where it stands. Not meant: names that people made, which may be as long as they like and end in an ellipsis (words of
# ours must fit), a word for screen readers, the rivet on a product's key.
NAMES = ".name *, .place *, .what small, .top b, .measure, header span"
CUT = """names => [...document.querySelectorAll('button, h1, h2, h3, p, b, span, small, dt, dd, td, th, output')].filter((one) => {
  const style = getComputedStyle(one)
  return one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1 && style.display !== 'inline'
    && !(style.textOverflow === 'ellipsis' && one.matches(names)) && style.clipPath === 'none' && !one.closest('.visually-hidden, .hidden') && !one.matches('.product') && !['auto', 'scroll'].includes(style.overflowX)
}).map((one) => one.className + ': ' + one.textContent.trim().slice(0, 40)).slice(0, 3)"""


# A key whose middle nobody can press: something lies over it, or it is cut away where nothing scrolls.
COVERED = """() => {
  const moves = (one) => { const { overflowX, overflowY } = getComputedStyle(one); return [overflowX, overflowY].some((value) => value === 'auto' || value === 'scroll') }
  const scrolls = (one) => (one === null || one === document.documentElement ? null : moves(one) ? one : scrolls(one.parentElement))
  return [...document.querySelectorAll('button, output, h2')].filter((one) => {
    const box = one.getBoundingClientRect()
    const style = getComputedStyle(one)
    if (box.width === 0 || style.visibility === 'hidden' || style.clipPath !== 'none' || one.closest('[inert], .visually-hidden')) return false
    const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    if (at !== null && (one.contains(at) || at.contains(one) && at.closest('label') !== null)) return false
    const port = scrolls(one.parentElement)?.getBoundingClientRect()
    return port === undefined || (at !== null && box.top >= port.top && box.bottom <= port.bottom && box.left >= port.left && box.right <= port.right)
  }).map((one) => one.className + ': ' + one.textContent.trim().slice(0, 40)).slice(0, 3)
}"""


def overflow(page: Page) -> list[str]:
    """Return a complaint where the page is wider than its window, or a text wider than its place."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = [f"wider than the window by {wide}"] if wide > 0 else []
    return found + [f"cut: {one}" for one in page.evaluate(CUT, NAMES)]


def covered(page: Page) -> list[str]:
    """Return the keys and figures of the till that nobody can reach; pages of the office scroll as a whole."""
    return [f"covered: {one}" for one in page.evaluate(COVERED)]


def put_on(page: Page, theme: str, letters: str = "normal") -> None:
    """Put the till into a theme, and into large letters or those that it has."""
    page.evaluate("([theme, size]) => Object.assign(document.documentElement.dataset, {theme, size})", [theme, letters])


def pictures(page: Page, given: argparse.Namespace, name: str, language: str) -> list[str]:
    """Take the screen as it is in every size and theme; return what is wrong with it."""
    found: list[str] = []
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(150)
        for theme in given.theme or THEMES:
            put_on(page, theme, "large" if given.large else "normal")
            page.wait_for_timeout(150 if given.large else 30)
            page.screenshot(path=given.out / f"{name}-{size}-{theme}-{language}.png")
            found += [
                f"{name} {size} {theme} {language}: {one}" for one in [*(axe(page) if given.axe else []), *overflow(page), *covered(page)]
            ]
    put_on(page, "light")
    page.set_viewport_size({"width": 1024, "height": 768})
    page.wait_for_timeout(60)
    return found


def take(context: BrowserContext, given: argparse.Namespace) -> list[str]:
    """Take every screen that was asked for; return what is wrong with them."""
    stage = Stage(context, Place(given.url.rstrip("/"), given.code, given.person, given.pin))
    phases = EURO if given.euro else PHASES
    found: list[str] = []
    taken = 0
    languages = tuple(given.language or LANGUAGES)
    for screen in walk(stage, phases, languages, lambda name: not given.only or any(part in name for part in given.only)):
        found += pictures(stage.shown, given, screen.name, stage.language)
        print(f"{screen.name} {stage.language}", flush=True)
        taken += 1
    print(f"{taken} screens looked at", flush=True)
    return found + stage.errors


def main() -> int:
    """Take the pictures; return 1 when axe-core or the page itself complained."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--code", default="", help="pairing code from the office")
    parser.add_argument("--person", default="Rosa Martínez")
    parser.add_argument("--pin", default="1111")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "shots")
    parser.add_argument("--only", action="append", default=[], help="part of a screen's name; may be given again")
    parser.add_argument("--theme", action="append", default=[], choices=THEMES)
    parser.add_argument("--language", action="append", default=[], choices=LANGUAGES)
    parser.add_argument("--euro", action="store_true", help="the screens of a shop in another currency")
    parser.add_argument("--large", action="store_true", help="in large letters")
    parser.add_argument("--axe", action="store_true", help="report what axe-core finds, and fail if it finds anything")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        # Answers are changed on their way (scripts/shots_stage.py): a service worker would fetch past it.
        context = browser.new_context(
            viewport={"width": 1024, "height": 768}, bypass_csp=True, reduced_motion="reduce", service_workers="block", locale="es-MX"
        )
        found = take(context, given)
        browser.close()
    print("\n".join(sorted(set(found))) or "nothing wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
