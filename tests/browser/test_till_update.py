"""Two builds of the till: the newer one waits as long as a ticket is open or a hand moves, and then takes over by itself, with all that was kept;
or at once, where somebody asks for it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from scripts.shots_hands import open_menu, press, scan, type_slowly
from tests.browser.support.server import ROOT
from tests.browser.support.small import small_server
from tests.browser.support.waiting import until
from tests.support.chromium import chromium_path

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COFFEE = "2000000000015"
NEXT = "mostrador-till 0.1.1"


def build_next(folder: Path) -> Path:
    """Build the till once more, as another version, from a copy of its sources; return what was built."""
    till = folder / "till"
    shutil.copytree(ROOT / "till", till, ignore=shutil.ignore_patterns("node_modules", "tests"))
    (till / "node_modules").symlink_to(ROOT / "till/node_modules")
    source = till / "src/data/environment.ts"
    before = source.read_text()
    source.write_text(before.replace("mostrador-till 0.1.0", NEXT))
    assert source.read_text() != before
    subprocess.run(
        ["npm", "run", "build", "--silent"], cwd=till, check=True, env={**os.environ, "PATH": f"{ROOT / '.venv/bin'}:{os.environ['PATH']}"}
    )
    return folder / "build/root/till"


def version(folder: Path) -> str:
    """The version in the service worker of a build."""
    found = re.match(r"const VERSION = '(\w+)'", (folder / "sw.js").read_text())
    assert found is not None
    return found[1]


def kept(page: Page) -> list[str]:
    """The versions whose files the browser holds."""
    names: list[str] = page.evaluate("async () => (await caches.keys()).map((name) => name.replace('till-', ''))")
    return sorted(names)


def let_pass(page: Page, seconds: int) -> None:
    """Let the page's clock go on."""
    page.clock.fast_forward(seconds * 1000)
    page.wait_for_timeout(300)


def test_a_newer_build_waits_for_a_quiet_moment_and_keeps_the_journal(tmp_path: Path) -> None:
    served = tmp_path / "served"
    shutil.copytree(ROOT / "build/root/till", served)
    newer = build_next(tmp_path)
    old, new = version(served), version(newer)
    assert old != new
    with sync_playwright() as playwright, small_server(served) as url:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1024, "height": 768}, locale="es-MX").new_page()
        page.clock.install()
        begin(page, url)
        until(lambda: kept(page) == [old], what="the first build is kept")
        page.reload()
        sign_in(page)
        scan(page, COFFEE)
        press(page, "F10")
        expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
        press(page, "Enter")
        scan(page, COFFEE)
        expect(page.locator(".line")).to_have_count(1)

        serve(page, newer, served)
        until(lambda: kept(page) == sorted([old, new]), what="the newer build is kept beside the older")
        let_pass(page, 600)
        assert page.evaluate("() => window.isOld") is True, "a ticket is open"
        press(page, "F10")
        expect(page.get_by_role("heading", name="Cobrado")).to_be_visible()
        let_pass(page, 60)
        assert page.evaluate("() => window.isOld") is True, "somebody is signed in, and was busy a minute ago"
        page.clock.fast_forward(300_000)
        page.wait_for_function("() => window.isOld === undefined")

        until(lambda: kept(page) == [new], what="only the newer build is kept")
        sign_in(page)
        scan(page, COFFEE)
        press(page, "F10")
        expect(page.get_by_text("Ticket A1-3")).to_be_visible()

        serve(page, ROOT / "build/root/till", served)
        until(lambda: kept(page) == sorted([old, new]), what="another build waits")
        press(page, "Enter")
        open_menu(page, "help")
        page.get_by_role("button", name="Actualizar ahora").click()
        page.wait_for_function("() => window.isOld === undefined")
        until(lambda: kept(page) == [old], what="only the build that was asked for is kept")
        sign_in(page)
        scan(page, COFFEE)
        press(page, "F10")
        expect(page.get_by_text("Ticket A1-4")).to_be_visible()
        browser.close()


def serve(page: Page, build: Path, served: Path) -> None:
    """Let the server serve this build, have the browser look, and mark the page that is of the other one."""
    shutil.rmtree(served)
    shutil.copytree(build, served)
    page.evaluate("() => { window.isOld = true }")
    page.evaluate("async () => { await (await navigator.serviceWorker.getRegistration('/till/')).update() }")


def begin(page: Page, url: str) -> None:
    """Pair, sign in, open a shift without a float."""
    page.goto(f"{url}/till/")
    expect(page.locator(".code")).to_be_visible()
    type_slowly(page, "ABCD2345")
    press(page, "Enter")
    sign_in(page)
    page.get_by_role("button", name="Abrir sin fondo").click()
    expect(page.locator(".selling")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def sign_in(page: Page) -> None:
    """Choose the person and type the PIN."""
    page.get_by_role("button", name="Rosa Méndez").click()
    type_slowly(page, "1111")
    press(page, "Enter")
    expect(page.locator(".people")).to_have_count(0)
