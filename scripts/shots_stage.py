"""A till in a browser, and a wire to its server on which answers can be changed: so that every screen can be shown at will."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Page, Route, expect

from scripts.shots_hands import press, type_slowly

# A name that is not this machine's own: over http no browser takes it for secure.
INSECURE = "http://caja.lan"
Mode = Literal["through", "cut", "held", "parked", "revoked", "nobody", "trusted"]


@dataclass(frozen=True)
class Place:
    """Where the server is, what pairs the till, and who signs in."""

    url: str
    code: str
    person: str
    pin: str


@dataclass
class Stage:
    """The tab on which the person works, the tab that is on show now, and the state of the wire."""

    context: BrowserContext
    place: Place
    language: str = "es"
    mode: Mode = "through"
    page: Page = field(init=False)
    shown: Page = field(init=False)
    # What the till's part says otherwise than the server while somebody is trusted.
    part: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    _held: list[Route] = field(default_factory=list)
    _others: list[Page] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.route("**/api/till/v1/**", self._answer)
        self.context.route(f"{INSECURE}/**", self._elsewhere)
        self.page = self.shown = self._tab()

    def open(self) -> None:
        """Go to the till anew, in the language."""
        self._to(self.page, self.place.url)

    def another(self, address: str = "", *, before: str = "") -> Page:
        """Open the till in a tab of its own and show that one; `before`: what the page runs before its own script."""
        tab = self._tab()
        self._others.append(tab)
        if before:
            tab.add_init_script(before)
        self._to(tab, address or self.place.url)
        self.shown = tab
        return tab

    def back(self) -> None:
        """Close what was opened beside the working tab; let the wire pass everything."""
        for tab in self._others:
            tab.close()
        self._others.clear()
        self.shown = self.page
        self.say("through")

    def say(self, mode: Mode) -> None:
        """From now on the wire does this; what was held goes on its way."""
        self.mode = mode
        if mode != "held":
            for route in self._held:
                route.continue_()
            self._held.clear()

    def pair(self) -> None:
        """Pair the till if it is not yet, and see the people."""
        self.page.locator(".code, .people, .till, .zones").first.wait_for()
        if self.page.locator(".code").count() > 0:
            type_slowly(self.page, self.place.code)
            press(self.page, "Enter")
        expect(self.page.locator(".people, .till, .zones").first).to_be_visible(timeout=15_000)

    def enter(self) -> None:
        """Choose the person and type the PIN."""
        self.page.locator(".people, .till, .zones").first.wait_for()
        if self.page.locator(".people").count() > 0:
            self.page.get_by_role("button", name=self.place.person).first.click()
            type_slowly(self.page, self.place.pin)
            press(self.page, "Enter")
        expect(self.page.locator(".till, .zones").first).to_be_visible()

    def open_shift(self) -> None:
        """Open a shift without a float if none is open; leave a Z that is on show."""
        for _ in range(3):
            self.enter()
            if self.page.locator(".till").count() > 0:
                return
            label = self.page.locator(".zones section.right").get_attribute("aria-label")
            self.page.locator(".zones section.right .key.now").click()
            # A Z makes room for the opening of the next shift, which has the same zones.
            expect(self.page.locator(f'.zones section.right[aria-label="{label}"]')).to_have_count(0)
            self.page.locator(".people, .till, .zones").first.wait_for()
        expect(self.page.locator(".till")).to_be_visible()

    def trust(self, on: bool) -> None:
        """Let whoever works here allow others what they may not do alone, or no longer."""
        self.say("trusted" if on else "through")
        with self.page.expect_response("**/api/till/v1/till", timeout=20_000):
            self.page.reload()
        self.enter()

    def pass_a_minute(self) -> None:
        """Move the page's clock on: what counts seconds since the last contact sees more than forty."""
        self.page.evaluate("() => { const now = Date.now.bind(Date); Date.now = () => now() + 75_000 }")
        self.page.wait_for_timeout(1100)

    def _tab(self) -> Page:
        tab = self.context.new_page()
        tab.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))
        return tab

    def _to(self, tab: Page, address: str) -> None:
        tab.goto(f"{address}/till/")
        tab.evaluate("language => localStorage.setItem('mostrador-preferences', JSON.stringify({language, sound: false}))", self.language)
        tab.reload()
        tab.locator("#app > *").first.wait_for()

    def _elsewhere(self, route: Route) -> None:
        answer = route.fetch(url=route.request.url.replace(INSECURE, self.place.url))
        route.fulfill(response=answer)

    def _answer(self, route: Route) -> None:
        name = route.request.url.partition("/api/till/v1/")[2]
        if self.mode == "cut":
            route.abort()
        elif self.mode == "held" and name.startswith("till"):
            self._held.append(route)
        elif self.mode == "nobody" and name.startswith("till"):
            answer = route.fetch()
            route.fulfill(response=answer, json={**answer.json(), "staff": []})
        elif self.mode == "trusted" and name.startswith("till"):
            answer = route.fetch()
            said = answer.json()
            staff = [{**one, "limits": {**one["limits"], "may_approve": True}} for one in said["staff"]]
            route.fulfill(response=answer, json={**said, "staff": staff, **self.part})
        elif self.mode in {"parked", "revoked"} and name.startswith(("push", "ping")):
            answer = route.fetch()
            route.fulfill(response=answer, json=self._changed(answer.json()))
        else:
            route.continue_()

    def _changed(self, said: Any) -> Any:
        if self.mode == "revoked":
            return {**said, "journal": "revoked"}
        answers = [{**one, "state": "parked", "reason": "totals"} for one in said.get("answers", ())]
        return {**said, "answers": answers} if "answers" in said else said
