"""axe-core on every screen of the till, light and dark, on a tablet and a phone: nothing to find, nothing cut. The screens are one table."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from scripts.shots import SIZES, axe, covered, overflow, put_on
from scripts.shots_shows import SHOWS
from scripts.shots_stage import Place, Stage
from scripts.shots_till import PHASES, Screen, walk
from tests.browser.support.small import small_server
from tests.support.chromium import chromium_path

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]  # every screen in every look
# Themes differ in values of the same names, arrangements in their parts: each of the four is here once. All of them: make shots ARGS=--axe
LOOKS = (("tablet", "light"), ("phone", "dark"))
LARGE = ("tablet", "phone")


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A till that is not yet paired, on a wire that can be changed."""
    with small_server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": 1024, "height": 768}, bypass_csp=True, reduced_motion="reduce", service_workers="block", locale="es-MX"
        )
        context.set_default_timeout(15_000)
        expect.set_options(timeout=15_000)
        yield Stage(context, Place(url, "ABCD2345", "Rosa Méndez", "1111"))
        browser.close()


def hidden(page: Page) -> list[str]:
    """What is cut off or covered; on a busy machine a screen that was just turned is given the time to be laid out."""
    found: list[str] = []
    for _ in range(10):
        found = [*overflow(page), *covered(page)]
        if not found:
            break
        page.wait_for_timeout(200)
    return found


def wrong_with(page: Page) -> Iterator[str]:
    """What axe finds in both themes and both arrangements, and what is cut off or covered, in large letters too."""
    for size, theme in LOOKS:
        page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
        put_on(page, theme)
        yield from (f"{size} {theme}: {one}" for one in axe(page))
        yield from (f"{size}: {one}" for one in hidden(page))
    for size in LARGE:
        page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
        put_on(page, "light", "large")
        page.wait_for_timeout(60)
        yield from (f"{size} in large letters: {one}" for one in hidden(page))
    put_on(page, "light")
    page.set_viewport_size({"width": 1024, "height": 768})
    page.wait_for_timeout(100)


def not_shown(stage: Stage, screen: Screen) -> Iterator[str]:
    """The components for which the screen stands in the table, but which are not there."""
    for name in screen.of:
        if stage.shown.locator(SHOWS[name]).count() == 0:
            yield f"{name} is not on show"


def test_axe_finds_nothing_on_any_screen_of_the_till(stage: Stage) -> None:
    found: list[str] = []
    for screen in walk(stage, PHASES, ("es",), lambda _name: True):
        found += [f"{screen.name}: {one}" for one in (*not_shown(stage, screen), *wrong_with(stage.shown))]

    assert not found, "\n".join(found)
    assert stage.errors == []
