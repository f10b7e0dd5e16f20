"""What a hand does at the till, for pictures and for axe: keys, taps, scans. Nothing here reads a word: every language works."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

BUYER_LINE = "[data-line=buyer]"
TYPING_MS = 70  # slower than any scanner
# All keys of a scan in one go: a busy machine cannot stretch the pauses between them.
SCAN = """keys => {
  for (const key of keys) (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}))
}"""


def press(page: Page, *keys: str) -> None:
    """Press keys of the keyboard, as a person would."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(TYPING_MS)


def type_slowly(page: Page, text: str) -> None:
    """Type a text slower than a scanner."""
    page.keyboard.type(text, delay=TYPING_MS)
    page.wait_for_timeout(TYPING_MS)


def scan(page: Page, code: str) -> None:
    """Send a code as a scanner does: all keys at once, then Enter."""
    page.evaluate(SCAN, [*code, "Enter"])
    page.wait_for_timeout(150)


def fill_ticket(page: Page) -> None:
    """Put some products on the ticket; a weighed one gets its weight."""
    for place in (0, 0, 1, 2, 2, 2, 4):
        products = page.locator(".product")
        products.nth(min(place, products.count() - 1)).click()
        page.wait_for_timeout(30)
        if page.locator(".variants").count() > 0:
            page.locator(".variants .product").first.click()
            page.wait_for_timeout(30)
        if page.locator(".options").count() > 0:
            press(page, "Enter")  # as it usually is
        if page.locator(".product").count() == 0:
            type_slowly(page, "0.75")
            press(page, "Enter")


def choose_second(page: Page) -> None:
    """Put one of the second product on the ticket."""
    page.locator(".product").nth(1).click()
    page.wait_for_timeout(30)
    if page.locator(".variants").count() > 0:
        page.locator(".variants .product").first.click()
        page.wait_for_timeout(30)


def open_menu(page: Page, icon: str) -> None:
    """Open «Más» and press one of its keys, known by its icon."""
    page.locator(".more").first.click()
    page.locator(f".items button:has([data-icon={icon}])").click()
    page.wait_for_timeout(150)


def search_for(page: Page, text: str) -> None:
    """Write in the search well."""
    press(page, "F2")
    type_slowly(page, text)


def choose_found(page: Page, text: str) -> None:
    """Search and take the first that is found."""
    search_for(page, text)
    press(page, "Enter")


def check_price(page: Page, text: str) -> None:
    """Ask what something costs."""
    press(page, "Control+i")
    type_slowly(page, text)
    press(page, "Enter")
    expect(page.locator(".paper dl .here")).to_be_visible()


def begin_product(page: Page, code: str) -> None:
    """Begin the product of a code that none carries."""
    scan(page, code)
    page.locator(".line.bad .key").first.click()
    type_slowly(page, "Concha de")
    expect(page.locator(".sheet")).to_be_visible()


def correct_product(page: Page, text: str) -> None:
    """Begin to correct what was asked about."""
    check_price(page, text)
    page.locator(".left footer .key").first.click()
    expect(page.locator(".sheet")).to_be_visible()


def arrange(page: Page) -> None:
    """Begin to arrange the favourites: one is marked."""
    open_menu(page, "grid")
    page.locator(".grid .take").nth(2).click()


def arrange_pages(page: Page) -> None:
    """Put some of the favourites on a second page."""
    arrange(page)
    page.locator(".pages .key").first.click()
    page.locator(".tabs .key").first.click()
    for _ in range(3):
        page.locator(".grid .take").first.click()
        page.keyboard.press("PageDown")
        page.locator(".tabs .key").first.click()
    page.locator(".tabs .key").nth(1).click()


def promote(page: Page) -> None:
    """Take what promotions lower: three of a kind, one of two, and a coupon (the demo shop has them)."""
    for text, times in (("concha vainilla", 3), ("suavizante lavanda", 1)):
        for _ in range(times):
            choose_found(page, text)
            if page.locator(".variants").count() > 0:
                page.locator(".variants .product").first.click()
            page.wait_for_timeout(60)
    scan(page, "VECINO5")


def choose_options(page: Page) -> None:
    """Sell what wants something chosen beside it (the demo shops have it)."""
    choose_found(page, "capuchino")
    page.locator(".variants .product").first.click()
    expect(page.locator(".options")).to_be_visible()


def choose_combo(page: Page) -> None:
    """Sell a combo: its slots are asked for (the demo café has one)."""
    choose_found(page, "combo desayuno")
    expect(page.locator(".options")).to_be_visible()


def sell_combo_and_kit(page: Page) -> None:
    """A combo with a dearer choice, twice, and a kit stand on the ticket."""
    for _ in range(2):
        choose_combo(page)
        press(page, "3")
        press(page, "2")
        press(page, "1")
        expect(page.locator(".options")).to_have_count(0)
    choose_found(page, "despensa")
    expect(page.locator(".line:not(.part)")).to_have_count(2)


def begin_buyer(page: Page) -> None:
    """Begin to write somebody down."""
    press(page, "F3")
    page.locator(".left footer .key").last.click()


def choose_buyer(page: Page) -> None:
    """Make somebody who owes something the buyer of the ticket."""
    press(page, "F3")
    owing = page.locator(".found .key:has-text('$'), .found .key:has-text('€')")
    (owing if owing.count() > 0 else page.locator(".found .key")).first.click()
    expect(page.locator(".left .acts")).to_be_visible()


def begin_account_payment(page: Page) -> None:
    """Begin to take what somebody pays on account."""
    choose_buyer(page)
    page.locator(".left .acts .key").first.click()
    type_slowly(page, "50")


def pay_on_account(page: Page) -> None:
    """Choose somebody and let them have it on account."""
    choose_buyer(page)
    press(page, "Escape", "F9")
    page.locator(".modes button").nth(3).click()


def pay_with(page: Page, place: int) -> None:
    """Open the pay sheet and choose a method by its place."""
    press(page, "F9")
    page.locator(".modes button").nth(place).click()


def tip_by_card(page: Page) -> None:
    """Choose the card and a tip of the first percentage."""
    pay_with(page, 1)
    page.locator(".tips button").first.click()


def pay_with_points(page: Page) -> None:
    """Let a buyer's points pay what they can."""
    choose_buyer(page)
    press(page, "Escape", "F9")
    page.locator(".modes button").last.click()


def pay_by_vouchers(page: Page) -> None:
    """Choose vouchers, and hand over one."""
    press(page, "F9")
    page.locator(".modes button", has_text=re.compile("Vales|Vouchers")).click()
    page.locator(".side button", has_text="100").first.click()
    expect(page.locator(".panel .window li")).to_be_visible()


def hand_vouchers_back(page: Page) -> None:
    """Take away what was handed over, and choose cash again."""
    page.locator(".panel .window li button").first.click()
    page.locator(".modes button").first.click()
    press(page, "Escape")


def sell_gift_card(page: Page) -> None:
    """Begin to sell a gift card."""
    open_menu(page, "gift")
    type_slowly(page, "500")


def gift_card_on_ticket(page: Page) -> None:
    """Put a gift card beside the goods."""
    sell_gift_card(page)
    press(page, "Enter")


def show_transfer(page: Page) -> None:
    """Choose the transfer, and let its code stand there."""
    pay_with(page, 2)
    expect(page.locator(".transfer")).to_be_visible()


def shelf_says(page: Page) -> None:
    """Begin to charge what the shelf says."""
    press(page, "Enter")
    type_slowly(page, "20")


def type_tip(page: Page) -> None:
    """Begin to type a tip."""
    press(page, "F9")
    page.locator(".tips button").last.click()
    type_slowly(page, "20")


def doubt_card(page: Page) -> None:
    """A card of whose charge nobody knows how it ended, and the question that follows."""
    pay_with(page, 1)
    page.locator(".side > .whole:last-child button").click()
    press(page, "F9")


def pay_more(page: Page) -> None:
    """Pay with the largest amount that is offered, so that change is due."""
    press(page, "F9")
    page.locator(".side button").nth(4).click()


def finish_sale(page: Page) -> None:
    """Pay and wait for the screen after the sale."""
    pay_more(page)
    press(page, "Enter")
    expect(page.locator(".done h2")).to_be_visible()


def show_receipt(page: Page) -> None:
    """Open the receipt of the sale just made."""
    finish_sale(page)
    page.locator(".done .mini button").nth(1).click()
    expect(page.locator(".roll").first).to_be_visible()


def list_waiting(page: Page) -> None:
    """Park the ticket, and list what waits in the store."""
    press(page, "F4")
    open_menu(page, "pause")
    expect(page.locator(".left ol button").first).to_be_visible()


def take_back(page: Page) -> None:
    """Begin to take goods of the sale just made back."""
    show_receipt(page)
    page.locator(".left footer .key").nth(1).click()
    expect(page.locator(".left .lines .line").first).to_be_visible()


def take_back_a_line(page: Page) -> None:
    """Choose a line and why it comes back."""
    take_back(page)
    page.locator(".left .lines .line").first.click()
    page.locator(".left .keys .key").first.click()
    expect(page.locator(".row .now")).to_be_enabled()


def take_back_a_part(page: Page) -> None:
    """Type how much of a line comes back: of the first of which more than one can."""
    take_back_a_line(page)
    lines = page.locator(".left .lines .line")
    for n in range(lines.count()):
        if lines.nth(n).get_attribute("aria-pressed") == "false":
            lines.nth(n).click()
    page.locator(".left .steps .key", has_not=page.locator("xpath=self::*[@aria-label]")).first.click()
    type_slowly(page, "1")


def exchange_a_line(page: Page) -> None:
    """Let a line that comes back pay for other goods."""
    take_back_a_line(page)
    page.locator(".left .two .keys").nth(1).locator(".key").last.click()
    page.locator(".row .now").click()
    fill_ticket(page)
    expect(page.locator("[data-line=exchange]")).to_be_visible()


def pay_mixed(page: Page) -> None:
    """Pay a part in cash, the rest is still due."""
    pay_with(page, 3)
    type_slowly(page, "50")
    press(page, "Enter")


def pay_bad_reference(page: Page) -> None:
    """Pay by card with a reference that holds signs no receipt does."""
    pay_with(page, 1)
    page.locator(".reference input").fill("ref #1 & ½")


def pay_too_little(page: Page) -> None:
    """Receive less than is due: the key says what is missing."""
    press(page, "F9")
    type_slowly(page, "5")


def write_note(page: Page) -> None:
    """Write a note on the last line."""
    press(page, "Enter")
    page.locator(".side button:has([data-icon=note])").click()
    page.locator("input:not([type=search])").last.fill("Moler fino")


def ask_approval(page: Page) -> None:
    """Ask for a discount beyond the person's limit: another person must allow it."""
    press(page, "F8")
    page.locator(".side button").nth(3).click()
    page.wait_for_timeout(150)


def choose_approver(page: Page) -> None:
    """Ask for a discount beyond the limit, and say who allows it and why."""
    ask_approval(page)
    for group in page.locator(".choices [role=group] [role=group], .choices .keys").all():
        group.locator("button").last.click()
    type_slowly(page, "24")


def take_out_too_much(page: Page) -> None:
    """Take more cash out than the drawer holds."""
    open_menu(page, "banknote")
    type_slowly(page, "99999")


def count_cash(page: Page) -> None:
    """Count some notes and coins, and say «I have counted»."""
    for pieces in ("1", "2", "3", "1"):
        type_slowly(page, pieces)
        press(page, "Enter")
    page.locator(".keys .key.now").click()


def close_shift(page: Page) -> None:
    """Count and close; the Z is on show."""
    count_cash(page)
    page.locator(".keys .key.now").click()
    expect(page.locator(".slip .roll")).to_be_visible()


def back_to_selling(page: Page) -> None:
    """Leave every panel; wait until the till shows its products again."""
    for _ in range(20):
        # Where another tab was on show, keys go nowhere until this one is in front.
        page.bring_to_front()
        press(page, "Escape")
        if page.locator(".zones").count() == 0 and page.locator(".selling").count() > 0 and page.locator(".products .head b").count() == 0:
            break
    expect(page.locator(".selling")).to_be_visible()
    page.evaluate("() => document.activeElement?.blur()")


def has_ticket(page: Page) -> bool:
    """Say whether the ticket on show is still the one that `fill_ticket` left: one, with its lines, and nothing else."""
    touched = page.locator(f".done, .line.bad, .line.gone, {BUYER_LINE}")
    return page.locator(".tab").count() == 2 and touched.count() == 0 and page.locator(".line button.press").count() > 2


def clear_ticket(page: Page) -> None:
    """Leave one empty ticket, by keys alone: tickets that wait are charged."""
    page.wait_for_timeout(50)
    if page.locator(".tab").count() > 2 and page.locator(".line button.press").count() == 0:
        press(page, "F4")
    if page.locator(".done").count() > 0:
        press(page, "Enter")
    if page.locator(BUYER_LINE).count() > 0:
        press(page, "F3")
        page.locator(".left .acts .key").nth(2).click()
    if page.locator(".line button.press").count() > 0:
        press(page, "F10")
        if page.locator(".line.bad").count() > 0 and page.locator(".left .acts .key").count() == 3:
            page.locator(".left .acts .key").nth(1).click()  # a card in doubt: it did not go through
            press(page, "Enter")
        expect(page.locator(".done h2")).to_be_visible()
        press(page, "Enter")
    for close in page.locator(".line.bad button").all():
        if close.is_visible():
            close.click()
            break
