"""A till as the person at the counter works it: a browser with a profile of its own, keys, taps and scans."""

import contextlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import BrowserContext, Error, Locator, Page, Playwright, expect

from tests.support.chromium import chromium_path

READER = Path(__file__).with_name("till.js").read_text(encoding="utf-8")
# Keys through the driver, one round trip each, would be as slow as a person on a busy machine.
SCANNER = """(keys) => {
  for (const key of keys) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}"""
# A key that presses the button with the focus is one tap, not two: such a click has no detail. What a script dispatches, as SCANNER does, is no hand.
TAPS = """() => {
  const isCounting = window.taps !== undefined
  window.taps = 0
  if (isCounting) return
  addEventListener('click', (event) => { if (event.isTrusted && event.detail > 0) window.taps += 1 }, true)
  addEventListener('keydown', (event) => { if (event.isTrusted && event.key.length > 1 && !['Control', 'Shift'].includes(event.key)) window.taps += 1 }, true)
}"""
TYPING_MS = 70  # slower than any scanner
# Denominations of the peso, hundredths; notes first, as the till lists them.
NOTES = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000)
COINS = (1_000, 500, 200, 100, 50, 20, 10)


@dataclass(frozen=True, slots=True)
class Written:
    """A fact as it lies in the till's journal."""

    journal: str
    seq: int
    id: str
    kind: str
    bytes: str
    hash: str


class Till:
    """One device: opened, closed and opened again on the same profile."""

    def __init__(self, playwright: Playwright, profile: Path, address: str, *, home: Path | None = None, flags: Sequence[str] = ()) -> None:
        self._playwright = playwright
        self.profile = profile
        self._address = address
        self._home = home  # where this browser looks for the authorities that its person trusts
        self._flags = flags
        self._context: BrowserContext | None = None
        self._page: Page | None = None
        self.presses = 0  # taps, and keys that write no digit or letter (ruling 32)

    # --- the browser ---------------------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The tab on which the person works."""
        assert self._page is not None, "the browser is closed"
        return self._page

    def open(self) -> None:
        """Start the browser and go to the till: from a cold profile, or from what its service worker kept."""
        self._context = self._playwright.chromium.launch_persistent_context(
            self.profile, executable_path=chromium_path(whole=bool(self._flags or self._home)), args=["--no-sandbox", "--disable-dev-shm-usage", *self._flags],
            env={**os.environ, "HOME": str(self._home)} if self._home else None, viewport={"width": 1280, "height": 800}, locale="es-MX",
        )  # fmt: skip
        self._context.set_default_timeout(15_000)
        self._page = self._context.pages[0]
        self._page.goto(f"{self._address}/till/")

    def close(self) -> None:
        """Close the browser."""
        if self._context is not None:
            self._context.close()
            self._context = self._page = None

    def die(self) -> None:
        """SIGKILL for this browser alone: nothing is flushed, nothing is said."""
        mine = f"--user-data-dir={self.profile}"
        found = [process for process in psutil.process_iter(["cmdline"]) if mine in (process.info["cmdline"] or [])]
        # The first of them started the others, which end with it.
        [browser] = [process for process in found if not any(word.startswith("--type=") for word in process.info["cmdline"])]
        browser.kill()
        browser.wait(timeout=10)
        with contextlib.suppress(Error):
            self.close()
        self._context = self._page = None

    def another_tab(self) -> Page:
        """Open the till once more in the same browser."""
        assert self._context is not None
        page = self._context.new_page()
        page.goto(f"{self._address}/till/")
        return page

    def use(self, page: Page) -> None:
        """Go on in another tab."""
        self._page = page

    # --- arriving ------------------------------------------------------------------------------------------------------------

    def pair(self, code: str) -> None:
        """Type the code of the office."""
        expect(self.page.get_by_role("heading", name="Vincular esta caja")).to_be_visible()
        self.type(code)
        self.press("Enter")
        expect(self.page.get_by_role("heading", name="¿Quién atiende?")).to_be_visible()
        # From here on it starts without a network.
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def enter(self, person: tuple[str, str]) -> None:
        """Choose the person and type the PIN."""
        name, pin = person
        self.tap(name)
        self.type(pin)
        self.press("Enter")
        expect(self.page.get_by_role("heading", name="¿Quién atiende?")).to_have_count(0)

    def open_shift(self, float_minor: int) -> None:
        """Open the shift with a float, counted piece by piece."""
        self.count(float_minor)
        self.tap(re.compile(r"^Abrir con \$"))
        expect(self.page.locator(".till")).to_be_visible()
        expect(self.page.get_by_role("button", name="Café de olla molido")).to_be_visible()

    # --- selling -------------------------------------------------------------------------------------------------------------

    def scan(self, code: str) -> None:
        """Send a code as a scanner does, wherever the focus is: its keys come at once, however slow the machine of this test is."""
        self.page.evaluate(SCANNER, [*code, "Enter"])

    def lines(self, count: int) -> None:
        """See that many lines on the ticket."""
        expect(self.page.locator(".line:not(.gone)")).to_have_count(count)

    def total(self, text: str) -> None:
        """See an amount as the total."""
        expect(self.page.get_by_role("status", name="Total")).to_have_text(text)

    def pay_exact(self) -> None:
        """Charge what is due in cash with one key."""
        self.press("F10")
        self.sold()

    def pay_cash(self, received: str, change: str) -> None:
        """Type what the buyer gives, see the change, charge."""
        self.press("F9")
        self.type(received)
        expect(self.page.get_by_role("status", name="Cambio")).to_have_text(change)
        self.press("Enter")
        self.sold()

    def pay_by(self, method: str, reference: str = "") -> None:
        """Charge all of it by card or transfer."""
        self.press("F9")
        self.tap(method)
        if reference:
            self.page.get_by_role("textbox").fill(reference)
        self.tap(re.compile(f"^{method} (Cobrado con tarjeta|Transferencia recibida)"))
        self.sold()

    def pay_split(self, cash: str) -> None:
        """Pay a part in cash and the rest by card."""
        self.press("F9")
        self.tap("Mixto")
        self.type(cash)
        self.tap("Agregar pago")
        self.tap("Tarjeta", within=self.page.locator(".keys"))
        self.tap("Agregar pago")
        self.tap(re.compile(r"^Cobrar "))
        self.sold()

    def sold(self) -> None:
        """See that the sale is on the disk."""
        expect(self.page.get_by_role("heading", name="Cobrado")).to_be_visible()

    def discount(self, percent: str, approver: tuple[str, str]) -> None:
        """Give a discount beyond the person's limit, allowed by another one on the same screen."""
        self.press("F8")
        self.tap(percent)
        self.tap(approver[0])
        self.tap("Atención al cliente")
        self.type(approver[1])
        self.press("Enter")
        expect(self.page.locator(".selling")).to_be_visible()

    def help_without_sale(self) -> None:
        """End the visit without a purchase, from an empty ticket."""
        expect(self.page.get_by_role("heading", name="Listo")).to_be_visible()
        self.tap("Atendido sin compra")
        expect(self.page.get_by_text("Atendido, sin compra")).to_be_visible()

    # --- the drawer ----------------------------------------------------------------------------------------------------------

    def move_cash(self, way: str, pesos: str, reason: str, said: str) -> None:
        """Put cash in («Entrada») or take it out («Salida»)."""
        self.more("Entrada y salida de efectivo")
        self.tap(way)
        self.type(pesos)
        self.tap(reason)
        self.press("Enter")
        expect(self.page.get_by_text(said)).to_be_visible()

    def count(self, minor: int) -> None:
        """Count an amount with the fewest pieces, on the pad of coins and notes."""
        for kind, values in (("Billetes?", NOTES), ("Monedas?", COINS)):
            for value in values:
                pieces, minor = divmod(minor, value)
                if pieces:
                    self.tap(re.compile(rf"{kind} de \${value // 100:,}\.{value % 100:02}$"))
                    self.type(str(pieces))
        assert minor == 0, "no coin is that small"

    def close_shift(self, cash: int, others: dict[str, str], total: str) -> None:
        """Count blindly and close; `others`: what is typed for other methods; `total`: what the key then says."""
        self.more("Cerrar turno")
        self.count(cash)
        for method, typed in others.items():
            self.tap(method)
            self.type(typed)
        self.tap("Ya conté")
        self.tap(f"Cerrar con {total}")
        expect(self.page.get_by_role("heading", name=re.compile(r"^Corte Z "))).to_be_visible()

    # --- the server ----------------------------------------------------------------------------------------------------------

    def all_sent(self) -> None:
        """See that nothing waits and the server answers."""
        expect(self.page.locator(".net")).to_contain_text("Conectado", timeout=30_000)
        expect(self.page.locator(".net")).to_contain_text("todo enviado")

    def unsent(self, count: int) -> None:
        """See how many facts wait."""
        expect(self.page.locator(".net")).to_contain_text(f"{count} por enviar")

    def send_now(self) -> None:
        """Press «Enviar ahora» and come back to selling when the attempt has ended."""
        self.page.locator(".net").click()
        self.tap("Enviar ahora")
        expect(self.page.get_by_role("button", name="Enviar ahora")).to_be_enabled(timeout=30_000)
        self.press("Escape")

    def journals(self) -> list[dict[str, Any]]:
        """The journals of this browser: id, series, token, seq, watermark, status."""
        found: list[dict[str, Any]] = self._read("journals()")
        return found

    def facts(self) -> list[Written]:
        """All that this till ever wrote, journal by journal, in order."""
        return [Written(**row) for row in self._read("facts()")]

    def push_document(self, facts: list[Written]) -> bytes:
        """A push of these facts of one journal in this order, its head signed by this device."""
        last = max(facts, key=lambda fact: fact.seq)
        asked = json.dumps({"journal": last.journal, "seq": last.seq, "hash": last.hash})
        head = {"seq": last.seq, "hash": last.hash, "signature": self._read(f"sign({asked})")}
        sent = ",".join(fact.bytes for fact in facts)
        return f'{{"protocol":1,"journal":"{last.journal}","facts":[{sent}],"head":{json.dumps(head)},"annexes":[]}}'.encode()

    def count_taps(self) -> None:
        """From now on count what a person presses: a tap or a key that writes no digit or letter is one, a scan is none (ruling 32)."""
        self.page.evaluate(TAPS)

    @property
    def taps(self) -> int:
        """How many there were."""
        return int(self.page.evaluate("() => window.taps"))

    # --- hands ---------------------------------------------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """Press one key."""
        self.presses += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type as a person does, and pause as one does, so that what follows is no scan."""
        self.page.keyboard.type(text, delay=TYPING_MS)
        self.page.wait_for_timeout(TYPING_MS)

    def tap(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press a button by its name."""
        self.presses += 1
        (within or self.page).get_by_role("button", name=name).first.click()

    def more(self, item: str) -> None:
        """Choose something from «Más»."""
        self.tap(re.compile("^Más$"))
        self.tap(item)

    def _read(self, call: str) -> Any:
        return self.page.evaluate(f"async () => {{\nconst reader =\n{READER}\nreturn await reader.{call} }}")
