"""The camera as a scanner: code after code, without a network too, papers as well as products; and what is said where there is none.

The camera is a file of pictures that the test draws. Chromium on Linux has no reader of codes of its own, so that ours reads (docs/adr/0030).
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.support import video
from tests.browser.support.floor import Floor
from tests.browser.support.shop import CAPPUCCINO, COFFEE, ROSA, TOMATO_750_G, WATER
from tests.browser.support.till import Till
from tests.browser.test_asked import said
from tests.browser.test_promotions import owner
from tests.browser.test_returns import code_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KEY = "Escanear con la cámara"
UNKNOWN = "7501030459941"
# Long enough for a machine that does other things too; a till in the shop reads ten pictures a second.
SEEN, AWAY = 4.0, 2.5


def flags(film: Path) -> Sequence[str]:
    """A browser with this film for a camera, whose person allows it."""
    return ("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}", "--use-fake-ui-for-media-stream")


def shows(film: Path, *codes: str) -> None:
    """One label after another, with nothing between them; what is no product's number is a QR code."""
    drawn = [video.ean13(code) if len(code) == 13 and code.isdigit() else video.qr(code) for code in codes]
    video.film(film, [scene for picture in drawn for scene in ((picture, SEEN), (video.nothing(), AWAY))])


def last_line(till: Till) -> Locator:
    """What stands below the picture."""
    return till.page.locator(".camera .line.last")


def in_service(till: Till) -> None:
    """The till and what reads codes are kept for a start without a network."""
    till.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    till.page.reload()
    till.enter(ROSA)


def test_products_are_scanned_one_after_another_by_one_tap_without_a_network(floor: Floor, tmp_path: Path) -> None:
    film = tmp_path / "counter.mjpeg"
    shows(film, COFFEE, WATER, COFFEE, TOMATO_750_G, UNKNOWN)
    rosa = floor.till("C1", ROSA, float_minor=500_00, flags=flags(film))
    in_service(rosa)
    floor.wire.cut()

    rosa.count_taps()
    rosa.tap(KEY)
    expect(last_line(rosa)).to_contain_text("Café de olla molido")
    rosa.total("$89.00")
    expect(last_line(rosa)).to_contain_text("Agua de manantial")
    # The same product again is a second piece, and only once it was away.
    expect(last_line(rosa)).to_contain_text("Café de olla molido")
    rosa.total("$196.50")
    # A label of the scale brings its weight.
    expect(last_line(rosa)).to_contain_text("Jitomate saladet")
    rosa.total("$225.00")
    # What no product carries is a row, here as on the ticket, and scanning goes on.
    expect(rosa.page.locator(".camera .line.bad")).to_contain_text(UNKNOWN)
    assert rosa.taps == 1

    rosa.press("Escape")
    expect(rosa.page.locator(".camera")).to_have_count(0)
    expect(rosa.page.locator(".left .products")).to_be_visible()
    rosa.pay_exact()
    assert rosa.taps == 3
    [sale] = [fact for fact in rosa.facts() if fact.kind == "sale.recorded"]
    assert '"quantity":2000' in sale.bytes
    assert '"quantity":750' in sale.bytes
    floor.wire.join()
    rosa.all_sent()
    floor.everything_holds()


def test_one_more_is_a_tap_a_key_opens_it_and_the_paper_of_a_ticket_opens_its_return(floor: Floor, tmp_path: Path) -> None:
    film = tmp_path / "counter.mjpeg"
    shows(film, CAPPUCCINO)
    rosa = floor.till("C1", ROSA, float_minor=500_00, flags=flags(film))
    rosa.press("Control+k")
    expect(last_line(rosa)).to_contain_text("Capuchino")
    rosa.count_taps()
    rosa.tap("Una más")
    rosa.total("$98.00")
    assert rosa.taps == 1
    # The line opens from here, and scanning goes on after it.
    rosa.tap("Capuchino", within=last_line(rosa))
    expect(rosa.page.locator(".panel .modes")).to_be_visible()
    rosa.press("Escape")
    expect(rosa.page.locator(".camera")).to_be_visible()
    rosa.press("F10")
    rosa.sold()
    rosa.tap("Ticket", within=rosa.page.locator(".done"))
    code = code_of(rosa)
    rosa.press("Escape")
    rosa.press("Escape")

    shows(film, code)
    rosa.tap(KEY)
    expect(rosa.page.get_by_role("heading", name="Devolver del ticket")).to_be_visible()


def test_it_reads_for_the_price_check_and_for_the_number_that_is_asked(floor: Floor, tmp_path: Path) -> None:
    film = tmp_path / "counter.mjpeg"
    shows(film, COFFEE, UNKNOWN)
    with owner(floor) as page:
        said(page, floor, "Capuchino", trace="serial")
    rosa = floor.till("C1", ROSA, float_minor=500_00, flags=flags(film))
    sheet = rosa.page.locator(".left .paper")
    picture = rosa.page.locator(".left .paper .picture")
    rosa.press("Control+i")
    # By its key, which goes to no other room here.
    rosa.press("Control+k")
    expect(picture).to_be_visible()
    expect(sheet.get_by_role("heading", name="Café de olla molido")).to_be_visible()
    expect(sheet.get_by_role("status", name="Precio")).to_have_text("$89.00")
    expect(sheet.get_by_role("heading", name=UNKNOWN)).to_be_visible()
    rosa.lines(0)
    rosa.press("Control+k")
    expect(picture).to_have_count(0)
    rosa.press("Escape")

    # What asks for its number: one tap opens the camera beside the well, and the code is the number.
    shows(film, "SN-0001")
    rosa.scan(CAPPUCCINO)
    expect(sheet.get_by_role("heading", name="Número de serie")).to_be_visible()
    rosa.count_taps()
    rosa.tap(KEY, within=sheet)
    expect(rosa.page.locator(".line").first).to_contain_text("SN-0001")
    assert rosa.taps == 1
    expect(picture).to_have_count(0)
    rosa.press("F10")
    rosa.sold()

    # Scanned by the camera, its number is read by the camera: nothing is pressed between.
    shows(film, CAPPUCCINO, "SN-0002")
    rosa.tap(KEY)
    # The film begins again, and the next one is asked for its number by then: what is on the ticket says that the number was read.
    expect(rosa.page.locator(".line").first).to_contain_text("SN-0002")
    [sale] = [fact for fact in rosa.facts() if fact.kind == "sale.recorded"]
    assert '"serial":"SN-0001"' in sale.bytes
    floor.everything_holds()


# What a browser with a reader of its own has: of this one the test says what it sees.
DETECTOR = """(() => {
  window.detections = 0
  window.BarcodeDetector = class {
    static getSupportedFormats() { return Promise.resolve(['ean_13', 'ean_8', 'upc_a', 'upc_e', 'code_128', 'qr_code']) }
    async detect(video) {
      window.detections += 1
      if (window.detections > SEES) throw new DOMException('', 'NotSupportedError')
      return [{ rawValue: 'CODE', format: 'ean_13', boundingBox: new DOMRect(0, 0, video.videoWidth, video.videoHeight) }]
    }
  }
})()"""


def test_the_browsers_own_reader_is_asked_where_there_is_one_and_ours_goes_on_where_it_fails(floor: Floor, tmp_path: Path) -> None:
    film = tmp_path / "counter.mjpeg"
    video.film(film, [(video.ean13(WATER), 60)])
    rosa = floor.till("C1", ROSA, float_minor=500_00, flags=flags(film))
    rosa.page.context.add_init_script(DETECTOR.replace("CODE", COFFEE).replace("SEES", "8"))
    rosa.page.reload()
    rosa.enter(ROSA)

    rosa.tap(KEY)
    # What the browser says it sees, eight times; it is one piece.
    expect(last_line(rosa)).to_contain_text("Café de olla molido")
    # Then it gives up, and what lies there is read by ours.
    expect(last_line(rosa)).to_contain_text("Agua de manantial")
    rosa.total("$107.50")
    assert rosa.page.evaluate("() => window.detections") == 9


@pytest.mark.parametrize(
    "given,says",
    [
        ((), "Este aparato no tiene cámara"),
        (("--use-fake-device-for-media-stream", "--deny-permission-prompts"), "no tiene permiso de usar la cámara"),
    ],
)
def test_where_no_picture_comes_it_is_said_with_the_way_out(floor: Floor, given: Sequence[str], says: str) -> None:
    rosa = floor.till("C1", ROSA, float_minor=500_00, flags=given)

    rosa.tap(KEY)

    expect(rosa.page.get_by_role("alert")).to_contain_text(says)
    expect(rosa.page.get_by_role("button", name="Intentar otra vez")).to_be_visible()
    # The shop sells on: a scanner is heard, and Esc goes back.
    rosa.scan(COFFEE)
    rosa.total("$89.00")
    rosa.press("Escape")
    expect(rosa.page.locator(".left .products")).to_be_visible()
