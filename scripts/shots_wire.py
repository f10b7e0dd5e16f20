"""Pictures for which the wire answers instead of the server: what the shop that is looked at need not have, or may not do."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from playwright.sync_api import Route, expect

from scripts import shots_hands as hands
from scripts.shots_stage import Stage

CODE = "CU-7K3MA-4RW9P"  # well written: vectors/coupons.json
ID = "01a21078-0000-7000-8000-00000000c0de"
# The coupon of a promotion of the demo shop, as its terms have it.
COUPON = hashlib.sha256(b"mostrador-coupon-v1|VECINO5").hexdigest()
PAGES = ("Mañana", "Comedor", "Escuela", "Para la fiesta")
TICKET = "C2-1042"
USED = {"ticket": TICKET, "at": 1_790_000_000_000}


def sell_from_pages(stage: Stage) -> None:
    """Arrange the favourites on several pages, and sell from them; the server hears nothing of it."""

    def keep(route: Route) -> None:
        stage.part = {"favourites": json.loads(route.request.post_data or "{}")["pages"]}
        route.fulfill(json={})

    stage.trust(True)
    page = stage.page
    page.route("**/api/till/v1/favourites", keep)
    hands.arrange_pages(page)
    for n, name in enumerate(PAGES):
        if n > 1:
            page.locator(".pages .key").first.click()
        page.locator(".tabs .key").nth(n).click()
        page.locator(".page input").fill(name)
    hands.press(page, "Enter")
    expect(page.locator(".left .products")).to_be_visible()


def without_pages(stage: Stage) -> None:
    """Let the store show the favourites that it has."""
    stage.part = {}
    stage.page.unroute("**/api/till/v1/favourites")
    stage.trust(False)


def bring_coupon(stage: Stage) -> None:
    """Scan a single-use code: it is kept for this ticket, which comes to enough for it."""
    for _ in range(6):
        hands.choose_second(stage.page)
    _scan(stage, {"state": "free", "used": None}, kept=True)
    expect(stage.page.locator("[data-line=coupon]")).to_be_visible()


def take_coupon_off(stage: Stage) -> None:
    """Take it off the ticket."""
    stage.page.locator("[data-line=coupon] .key").click()
    expect(stage.page.locator("[data-line=coupon]")).to_have_count(0)
    stage.page.unroute("**/api/till/v1/coupon")


def bring_used_coupon(stage: Stage) -> None:
    """Scan one that another ticket has used."""
    _scan(stage, {"state": "used", "used": USED}, kept=False)
    expect(stage.page.locator("[role=alert], [role=status]").filter(has_text=TICKET).first).to_be_visible()


def forget_coupon(stage: Stage) -> None:
    """Let the server answer again."""
    stage.page.unroute("**/api/till/v1/coupon")


def another_day(stage: Stage) -> None:
    """Let a day have gone by, here and at the server."""
    day_ms = 25 * 60 * 60 * 1000

    def later(route: Route) -> None:
        answered = route.fetch()
        said = answered.json()
        route.fulfill(response=answered, json={**said, "time": said["time"] + day_ms})

    stage.page.route(re.compile(r"/api/till/v1/(ping|push)$"), later)
    stage.page.evaluate("ms => { const now = Date.now.bind(Date); Date.now = () => now() + ms }", day_ms)
    expect(stage.page.locator(".late")).to_be_visible(timeout=10_000)


def other_version(stage: Stage) -> None:
    """Let the server speak with no till of this version."""
    stage.page.route("**/api/till/v1/p*", lambda route: route.fulfill(status=426, json={}))
    hands.fill_ticket(stage.page)
    hands.press(stage.page, "F10")
    expect(stage.page.locator(".net.alert")).to_be_visible(timeout=30_000)
    hands.press(stage.page, "Enter")
    hands.open_menu(stage.page, "unsent")
    expect(stage.page.locator(".notice")).to_be_visible()


def _scan(stage: Stage, more: dict[str, Any], *, kept: bool) -> None:
    said = {"coupon": {"id": ID, "coupon": COUPON, "until": None, **more}, "kept": kept}
    stage.page.route("**/api/till/v1/coupon", lambda route: route.fulfill(json=said))
    hands.scan(stage.page, CODE)
