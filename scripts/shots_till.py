"""Every screen of the till: what brings it on show, and which components prove that it is. A law holds this table complete.

A component is a file below till/src/screens, known in the page by SHOWS (shots_shows.py). A phase is where screens are reached from; `reset` goes back there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import expect

from scripts import shots_camera as camera
from scripts import shots_hands as hands
from scripts import shots_helping as helping
from scripts import shots_orders as orders
from scripts import shots_wire as wire
from scripts.shots_shows import SHOWS
from scripts.shots_stage import INSECURE, Stage

SELLING = (
    "help/StripRow.svelte",
    *(f"sell/{name}.svelte" for name in ("PayRow", "Products", "Search", "TicketPaper", "TicketTabs", "Total")),
)
NO_DISK = "Object.defineProperty(window, 'indexedDB', {value: undefined}); Object.defineProperty(navigator, 'locks', {value: undefined})"
SLOW_DISK = "IDBFactory.prototype.open = () => new EventTarget(); Object.defineProperty(navigator, 'locks', {value: undefined})"
UNKNOWN = "7501030459941"


def _nothing(_stage: Stage) -> None:
    """Leave it as it is."""


@dataclass(frozen=True)
class Screen:
    """One screen: its name in the files, the components it is there for, the state of the till, and what brings it on show."""

    name: str
    of: tuple[str, ...]
    show: Callable[[Stage], object] = _nothing
    filled: bool = False
    state: str = "ready"
    undo: Callable[[Stage], object] = _nothing


@dataclass(frozen=True)
class Phase:
    """Screens that are reached from the same place."""

    screens: tuple[Screen, ...]
    begin: Callable[[Stage], object]
    reset: Callable[[Stage, Screen], object]


def by_hand(act: Callable[..., object], *given: object) -> Callable[[Stage], object]:
    """What a hand does, on the tab of the stage."""
    return lambda stage: act(stage.page, *given)


# --- what keeps the till from opening ----------------------------------------------------------------------------------------------


def _pair_wrong(stage: Stage) -> None:
    hands.type_slowly(stage.page, "MAL")
    hands.press(stage.page, "Enter")
    expect(stage.page.locator(".problem")).not_to_be_empty()
    stage.page.wait_for_timeout(300)


def _wrong_pin(stage: Stage) -> None:
    stage.page.get_by_role("button", name=stage.place.person).first.click()
    hands.type_slowly(stage.page, "9999")
    hands.press(stage.page, "Enter")
    expect(stage.page.locator(".pin .problem")).not_to_be_empty()


def _pin_half(stage: Stage) -> None:
    stage.page.get_by_role("button", name=stage.place.person).first.click()
    hands.type_slowly(stage.page, "99")


def _nobody(stage: Stage) -> None:
    stage.say("nobody")
    stage.open()
    expect(stage.page.locator(".people button")).to_have_count(0)


def _through_again(stage: Stage) -> None:
    stage.back()
    stage.open()


def _slow(stage: Stage) -> None:
    page = stage.another(before=SLOW_DISK)
    page.evaluate("() => { const now = Date.now.bind(Date); Date.now = () => now() + 10_000 }")
    expect(page.locator(".gate .key.now")).to_be_visible()


def _gate(stage: Stage, _screen: Screen) -> None:
    stage.back()
    hands.press(stage.page, "Escape")


def _nobody_chosen(stage: Stage, _screen: Screen) -> None:
    hands.press(stage.page, "Escape")
    expect(stage.page.locator(".people button").first).to_be_visible()


def _pair_anew(stage: Stage) -> None:
    stage.open()
    stage.pair()


GATES = Phase(
    (
        Screen("till-pair", ("gates/Pair.svelte",), state="unpaired"),
        Screen("till-pair-wrong", ("gates/Pair.svelte",), _pair_wrong, state="unpaired"),
        Screen("till-insecure", ("gates/Message.svelte",), lambda stage: stage.another(INSECURE), state="insecure"),
        Screen("till-no-disk", ("gates/Message.svelte",), lambda stage: stage.another(before=NO_DISK), state="broken"),
        Screen("till-starting", ("gates/Message.svelte",), lambda stage: stage.another(before=SLOW_DISK), state="starting"),
        Screen("till-starting-slow", ("gates/Message.svelte",), _slow, state="starting"),
        Screen("till-second-tab", ("gates/Message.svelte",), lambda stage: stage.another(), state="second_tab"),
    ),
    begin=lambda stage: stage.open(),
    reset=_gate,
)
DOOR = Phase(
    (
        Screen("till-people", ("gates/People.svelte",)),
        Screen("till-pin", ("gates/People.svelte", "gates/PinPad.svelte"), _pin_half),
        Screen("till-pin-wrong", ("gates/PinPad.svelte",), _wrong_pin),
        Screen("till-nobody", ("gates/People.svelte",), _nobody, undo=_through_again),
    ),
    begin=lambda stage: stage.pair(),
    reset=_nobody_chosen,
)

# --- opening ----------------------------------------------------------------------------------------------------------------------


def _typed_float(stage: Stage) -> None:
    stage.page.locator(".panel .modes .key").nth(1).click()
    hands.type_slowly(stage.page, "750")


def _counted_float(stage: Stage) -> None:
    for pieces in ("1", "1", "2", "3"):
        hands.type_slowly(stage.page, pieces)
        hands.press(stage.page, "Enter")


OPEN_SHIFT = ("drawer/OpenShift.svelte", "shell/TwoZones.svelte", "shell/Bar.svelte")
OPENING = Phase(
    (
        Screen("till-open", (*OPEN_SHIFT, "drawer/DenominationPad.svelte")),
        Screen("till-open-typed", (*OPEN_SHIFT, "NumpadPanel.svelte"), _typed_float),
        Screen("till-open-counted", (*OPEN_SHIFT, "drawer/DenominationPad.svelte"), _counted_float),
    ),
    begin=lambda stage: stage.enter(),
    reset=lambda stage, _screen: stage.page.locator(".panel .modes .key").nth(0).click(),
)

# --- selling ----------------------------------------------------------------------------------------------------------------------


def _sell_from(stage: Stage, screen: Screen) -> None:
    stage.back()
    hands.back_to_selling(stage.page)
    if screen.filled and hands.has_ticket(stage.page):
        return
    hands.clear_ticket(stage.page)
    hands.back_to_selling(stage.page)
    if screen.filled:
        hands.fill_ticket(stage.page)


def _larger(stage: Stage, on: bool) -> None:
    hands.back_to_selling(stage.page)
    hands.open_menu(stage.page, "settings")
    stage.page.locator(".group").nth(6).locator("button").nth(0 if on else 1).click()
    hands.back_to_selling(stage.page)


def _unknown_code(stage: Stage) -> None:
    hands.scan(stage.page, UNKNOWN)
    expect(stage.page.locator(".line.bad")).to_be_visible()


def _phone_products(stage: Stage) -> None:
    stage.page.set_viewport_size({"width": 390, "height": 844})
    stage.page.locator(".row .function").first.click()
    expect(stage.page.locator(".left .products")).to_be_visible()


def _variants(stage: Stage) -> None:
    for family in ("playera", "capuchino"):  # of the two shops that are looked at
        hands.choose_found(stage.page, family)
        if stage.page.locator(".left .variants").count() > 0:
            return
        hands.back_to_selling(stage.page)


def _not_found(stage: Stage) -> None:
    hands.open_menu(stage.page, "receipt")
    hands.type_slowly(stage.page, "99999")


def _partial(stage: Stage) -> None:
    stage.trust(True)
    hands.open_menu(stage.page, "list")


def _practise(stage: Stage) -> None:
    stage.trust(True)
    hands.open_menu(stage.page, "key")
    expect(stage.page.locator(".practice")).to_be_visible(timeout=15_000)
    stage.open_shift()
    hands.fill_ticket(stage.page)


def _practised(stage: Stage) -> None:
    stage.page.locator(".practice button").click()
    expect(stage.page.locator(".practice")).to_have_count(0, timeout=15_000)
    stage.open_shift()


def _helped(stage: Stage) -> None:
    # On the strip, or on the empty ticket where that is full.
    stage.page.locator(".sale button:has([data-icon=hand])").click()
    expect(stage.page.locator(".paper > .said.on")).to_be_visible()


ON_TICKET = Phase(
    (
        Screen("till-selling", ("shell/Till.svelte", "shell/Bar.svelte", *SELLING), filled=True),
        Screen("till-products", ("sell/Products.svelte",), _phone_products, filled=True),
        Screen("till-large", ("sell/Products.svelte",), lambda s: _larger(s, True), filled=True, undo=lambda s: _larger(s, False)),
        Screen(
            "till-line",
            ("sell/LinePanel.svelte", "NumpadPanel.svelte", "help/ShelfKeys.svelte"),
            by_hand(hands.press, "Enter"),
            filled=True,
        ),
        Screen("till-shelf", ("sell/LinePanel.svelte", "help/ShelfKeys.svelte"), by_hand(hands.shelf_says), filled=True),
        Screen("till-discount", ("sell/Discount.svelte",), by_hand(hands.press, "F8"), filled=True),
        Screen("till-approve", ("more/Approve.svelte",), by_hand(hands.ask_approval), filled=True),
        Screen("till-approve-pin", ("more/Approve.svelte", "gates/PinPad.svelte"), by_hand(hands.choose_approver), filled=True),
        Screen("till-pay-cash", ("pay/Pay.svelte", "pay/Pieces.svelte"), by_hand(hands.pay_more), filled=True),
        Screen("till-pay-little", ("pay/Pay.svelte", "pay/Pieces.svelte"), by_hand(hands.pay_too_little), filled=True),
        Screen("till-pay-card", ("pay/Pay.svelte",), by_hand(hands.pay_with, 1), filled=True),
        Screen("till-pay-card-tip", ("pay/Pay.svelte", "pay/Tips.svelte"), by_hand(hands.tip_by_card), filled=True),
        Screen("till-pay-transfer", ("pay/Pay.svelte", "pay/TransferCode.svelte"), by_hand(hands.show_transfer), filled=True),
        Screen(
            "till-pay-vouchers",
            ("pay/Vouchers.svelte", "pay/Parts.svelte"),
            by_hand(hands.pay_by_vouchers),
            filled=True,
            undo=lambda stage: hands.hand_vouchers_back(stage.page),
        ),
        Screen("till-handoff", ("help/Handoff.svelte",), by_hand(helping.hand_over), filled=True),
        Screen("till-said", ("help/Said.svelte", "help/Answers.svelte"), by_hand(helping.ask_said), filled=True),
        Screen("till-recommend", ("help/HelpSheet.svelte", "help/Recommend.svelte"), by_hand(helping.ask_advice), filled=True),
        Screen("till-need", ("help/HelpSheet.svelte", "help/Needs.svelte"), by_hand(helping.ask_need), filled=True),
        Screen("till-sample", ("help/HelpSheet.svelte", "help/Sample.svelte"), by_hand(helping.ask_sample), filled=True),
        Screen("till-sample-asked", ("help/Sample.svelte",), by_hand(helping.ask_before_sample), filled=True),
        Screen(
            "till-sample-given", ("help/Beside.svelte",), by_hand(helping.give_sample), filled=True, undo=by_hand(helping.take_sample_back)
        ),
        Screen("till-promise", ("help/Promise.svelte",), by_hand(helping.promise), filled=True),
        Screen("till-promised", ("help/PromisedRoom.svelte",), by_hand(helping.list_promised), filled=True),
        Screen("till-promised-open", ("help/PromisedRoom.svelte",), by_hand(helping.open_promised), filled=True),
        Screen("till-gift-card", ("cards/GiftCard.svelte",), by_hand(hands.sell_gift_card), filled=True),
        Screen("till-gift-card-ticket", ("sell/TicketPaper.svelte",), by_hand(hands.gift_card_on_ticket), filled=True),
        Screen("till-tip", ("pay/Tip.svelte",), by_hand(hands.type_tip), filled=True),
        Screen("till-card-doubt", ("pay/Card.svelte", "sell/TicketPaper.svelte"), by_hand(hands.doubt_card), filled=True),
        Screen("till-pay-bad-reference", ("pay/Pay.svelte",), by_hand(hands.pay_bad_reference), filled=True),
        Screen("till-pay-mixed", ("pay/Pay.svelte", "pay/Parts.svelte"), by_hand(hands.pay_mixed), filled=True),
        Screen("till-note", ("sell/Note.svelte",), by_hand(hands.write_note), filled=True),
        Screen("till-removed", ("sell/TicketPaper.svelte",), by_hand(hands.press, "Delete"), filled=True),
        Screen("till-unknown-code", ("sell/TicketPaper.svelte",), _unknown_code, filled=True),
        Screen("till-parked", ("sell/TicketTabs.svelte",), by_hand(hands.press, "F4"), filled=True),
        Screen("till-waiting", ("sell/Waiting.svelte",), by_hand(hands.list_waiting), filled=True),
        Screen("till-done", ("pay/Done.svelte", "sell/Total.svelte"), by_hand(hands.finish_sale), filled=True),
        Screen("till-receipt", ("records/Receipt.svelte", "records/PaperSheet.svelte"), by_hand(hands.show_receipt), filled=True),
        Screen("till-return", ("back/Return.svelte", "shell/Room.svelte", "shell/Rooms.svelte"), by_hand(hands.take_back), filled=True),
        Screen("till-return-chosen", ("back/Return.svelte",), by_hand(hands.take_back_a_line), filled=True),
        Screen("till-return-how-much", ("back/HowMuch.svelte",), by_hand(hands.take_back_a_part), filled=True),
        Screen("till-order-new", ("orders/NewOrder.svelte", "orders/Days.svelte"), by_hand(orders.begin_order), filled=True),
        Screen("till-deposit", ("orders/Deposit.svelte",), by_hand(orders.write_order), filled=True),
        Screen("till-orders", ("orders/OrderList.svelte",), by_hand(orders.list_orders), filled=True),
        Screen("till-order", ("orders/OrderSheet.svelte",), by_hand(orders.show_order), filled=True),
        Screen("till-order-cancel", ("orders/OrderSheet.svelte",), by_hand(orders.ask_to_cancel), filled=True),
        Screen("till-order-part", ("orders/OrderParts.svelte",), by_hand(orders.hand_over_a_part), filled=True),
        Screen(
            "till-order-price",
            ("orders/Reprice.svelte",),
            by_hand(orders.agree_another_price),
            filled=True,
            undo=lambda stage: orders.leave_price(stage.page),
        ),
        Screen(
            "till-order-delivery",
            ("sell/TicketPaper.svelte",),
            by_hand(orders.deliver_order),
            filled=True,
            undo=lambda stage: orders.leave_delivery(stage.page),
        ),
        Screen("till-coupon-used", ("sell/TicketPaper.svelte",), wire.bring_used_coupon, filled=True, undo=wire.forget_coupon),
        Screen("till-exchange", ("sell/TicketPaper.svelte", "sell/Total.svelte"), by_hand(hands.exchange_a_line), filled=True),
    ),
    begin=lambda stage: stage.open_shift(),
    reset=_sell_from,
)
EMPTY = Phase(
    (
        Screen("till-ready", ("shell/Till.svelte", *SELLING)),
        Screen("till-coupon", ("sell/TicketPaper.svelte",), wire.bring_coupon, undo=wire.take_coupon_off),
        Screen("till-pages", ("sell/Products.svelte",), wire.sell_from_pages, undo=wire.without_pages),
        Screen("till-promotions", ("sell/TicketPaper.svelte", "sell/Total.svelte"), by_hand(hands.promote)),
        Screen("till-buyers", ("buyer/ChooseBuyer.svelte",), by_hand(hands.press, "F3")),
        Screen("till-buyer-new", ("buyer/ChooseBuyer.svelte",), by_hand(hands.begin_buyer)),
        Screen("till-buyer", ("buyer/Buyer.svelte", "sell/TicketPaper.svelte"), by_hand(hands.choose_buyer), filled=True),
        Screen("till-account", ("buyer/AccountPayment.svelte",), by_hand(hands.begin_account_payment)),
        Screen("till-points", ("pay/Pay.svelte", "pay/Parts.svelte"), by_hand(hands.pay_with_points), filled=True),
        Screen("till-pay-fiado", ("pay/Pay.svelte",), by_hand(hands.pay_on_account), filled=True),
        Screen("till-check", ("goods/Check.svelte", "goods/OnHand.svelte"), by_hand(hands.check_price, "concha vainilla")),
        Screen("till-product-new", ("goods/ProductSheet.svelte",), by_hand(hands.begin_product, UNKNOWN)),
        Screen("till-product-fix", ("goods/ProductSheet.svelte",), by_hand(hands.correct_product, "concha vainilla")),
        Screen("till-arrange", ("goods/Arrange.svelte",), by_hand(hands.arrange)),
        Screen("till-arrange-pages", ("goods/Arrange.svelte",), by_hand(hands.arrange_pages)),
        Screen(
            "till-camera", ("sell/Camera.svelte", "sell/Viewfinder.svelte", "sell/CameraKeys.svelte"), by_hand(camera.open_one), filled=True
        ),
        Screen("till-camera-refused", ("sell/Camera.svelte",), by_hand(camera.refuse)),
        Screen("till-check-sheet", ("goods/Check.svelte", "help/SheetOf.svelte"), by_hand(hands.check_price, "chocolate de metate")),
        Screen("till-check-camera", ("goods/Check.svelte", "sell/ScanWell.svelte"), by_hand(camera.open_beside, "concha vainilla")),
        Screen("till-check-begin", ("goods/Check.svelte",), by_hand(hands.press, "Control+i")),
        Screen("till-search", ("sell/Search.svelte",), by_hand(hands.search_for, "ca")),
        Screen("till-nothing-found", ("sell/Products.svelte",), by_hand(hands.search_for, "cafe zzz")),
        Screen("till-options", ("sell/Options.svelte",), by_hand(hands.choose_options)),
        Screen("till-combo", ("sell/Options.svelte",), by_hand(hands.choose_combo)),
        Screen("till-combo-ticket", ("sell/TicketPaper.svelte",), by_hand(hands.sell_combo_and_kit)),
        Screen("till-weight", ("sell/Ask.svelte",), by_hand(hands.choose_found, "jitomate")),
        Screen("till-age", ("sell/Age.svelte",), by_hand(hands.choose_found, "mezcal"), filled=True, undo=by_hand(hands.press, "3")),
        Screen("till-trace", ("sell/Trace.svelte",), by_hand(hands.choose_found, "audifonos")),
        Screen("till-variants", ("sell/Variants.svelte",), _variants),
        Screen("till-helped", ("help/Helped.svelte",), by_hand(helping.whom_i_helped)),
        Screen("till-left", ("help/Beside.svelte",), _helped),
        Screen("till-more", ("more/More.svelte",), lambda stage: stage.page.locator(".more").first.click()),
        Screen("till-tickets", ("records/Tickets.svelte",), by_hand(hands.open_menu, "receipt")),
        Screen("till-tickets-not-found", ("records/Tickets.svelte",), _not_found),
        Screen("till-cash", ("drawer/CashMove.svelte",), by_hand(hands.open_menu, "banknote")),
        Screen("till-cash-too-much", ("drawer/CashMove.svelte",), by_hand(hands.take_out_too_much)),
        Screen("till-drawer", ("drawer/OpenDrawer.svelte",), by_hand(hands.open_menu, "wallet")),
        Screen("till-unsent", ("records/Unsent.svelte",), by_hand(hands.open_menu, "unsent")),
        Screen("till-preferences", ("more/Preferences.svelte",), by_hand(hands.open_menu, "settings")),
        Screen("till-keys", ("more/Keys.svelte",), by_hand(hands.press, "?")),
        Screen("till-about", ("more/About.svelte",), by_hand(hands.open_menu, "help")),
        Screen("till-practice", ("shell/Practice.svelte",), _practise, undo=_practised),
        Screen("till-partial", ("drawer/Partial.svelte",), _partial, undo=lambda stage: stage.trust(False)),
    ),
    begin=lambda stage: stage.open_shift(),
    reset=_sell_from,
)

# --- the end of the day --------------------------------------------------------------------------------------------------------------


def _to_count(stage: Stage, _screen: Screen) -> None:
    if stage.page.locator(SHOWS["drawer/CloseShift.svelte"]).count() > 0:
        hands.press(stage.page, "Escape", "Escape")
    stage.open_shift()
    hands.back_to_selling(stage.page)
    hands.clear_ticket(stage.page)
    hands.fill_ticket(stage.page)
    hands.press(stage.page, "F10")
    expect(stage.page.locator(".done h2")).to_be_visible()
    hands.press(stage.page, "Enter")
    hands.open_menu(stage.page, "calculator")
    expect(stage.page.locator(".zones")).to_be_visible()


COUNT = ("drawer/CloseShift.svelte", "shell/TwoZones.svelte")
CLOSING = Phase(
    (
        Screen("till-count", (*COUNT, "drawer/DenominationPad.svelte")),
        Screen("till-count-sure", COUNT, by_hand(hands.count_cash), undo=by_hand(hands.press, "Escape", "Escape")),
        Screen("till-z", ("drawer/Closed.svelte", "records/PaperSheet.svelte"), by_hand(hands.close_shift)),
    ),
    begin=_nothing,
    reset=_to_count,
)

# --- without a server, and when it does not want what it is sent ------------------------------------------------------------------------


def _without_server(stage: Stage) -> None:
    stage.say("cut")
    hands.fill_ticket(stage.page)
    hands.press(stage.page, "F10")
    expect(stage.page.locator(".done h2")).to_be_visible()
    hands.press(stage.page, "Enter")
    expect(stage.page.locator(".net.wait")).to_be_visible()
    hands.fill_ticket(stage.page)
    stage.page.wait_for_timeout(800)
    stage.pass_a_minute()


def _banner(stage: Stage) -> None:
    _without_server(stage)
    expect(stage.page.locator(".bar .off")).to_be_visible(timeout=30_000)


def _waiting(stage: Stage) -> None:
    _banner(stage)
    hands.open_menu(stage.page, "unsent")


def _refused(stage: Stage) -> None:
    stage.say("parked")
    hands.fill_ticket(stage.page)
    hands.press(stage.page, "F10")
    expect(stage.page.locator(".net.alert")).to_be_visible(timeout=30_000)
    hands.press(stage.page, "Enter")
    hands.open_menu(stage.page, "unsent")
    expect(stage.page.locator(".notice").first).to_be_visible()


def _revoked(stage: Stage) -> None:
    stage.say("revoked")
    hands.open_menu(stage.page, "unsent")
    stage.page.locator(".left footer .key").click()
    expect(stage.page.locator(".gate .revoked")).to_be_visible(timeout=30_000)


def _anew(stage: Stage, screen: Screen) -> None:
    stage.back()
    stage.open()
    stage.open_shift()
    _sell_from(stage, screen)


SILENCE = Phase(
    (
        Screen("till-offline", ("shell/Bar.svelte",), _banner),
        Screen("till-shift-late", ("shell/Bar.svelte",), wire.another_day, filled=True, undo=lambda stage: stage.page.unroute_all()),
        Screen("till-unsent-waiting", ("records/Unsent.svelte",), _waiting),
        Screen("till-unsent-version", ("records/Unsent.svelte",), wire.other_version, undo=lambda stage: stage.page.unroute_all()),
    ),
    begin=lambda stage: stage.back(),
    reset=_anew,
)
# After it, in every language: what was set aside once stays in the bar.
TROUBLE = Phase(
    (
        Screen("till-unsent-refused", ("records/Unsent.svelte",), _refused),
        Screen("till-revoked", ("gates/Message.svelte",), _revoked, state="revoked"),
    ),
    begin=lambda stage: stage.back(),
    reset=_anew,
)
PHASES = (GATES, DOOR, OPENING, ON_TICKET, EMPTY, CLOSING, SILENCE, TROUBLE)

EURO = (
    Phase((Screen("till-eur-people", ("gates/People.svelte",)),), begin=_pair_anew, reset=lambda _s, _screen: None),
    Phase((Screen("till-eur-open", OPEN_SHIFT, _counted_float),), begin=lambda s: s.enter(), reset=lambda _s, _screen: None),
    Phase(
        tuple(
            Screen(screen.name.replace("till-", "till-eur-"), screen.of, screen.show, filled=True)
            for screen in ON_TICKET.screens
            if screen.name in {"till-selling", "till-line", "till-discount", "till-pay-cash", "till-done", "till-receipt"}
        ),
        begin=ON_TICKET.begin,
        reset=ON_TICKET.reset,
    ),
    Phase((Screen("till-eur-z", ("drawer/Closed.svelte",), CLOSING.screens[2].show),), begin=_nothing, reset=_to_count),
)


def walk(stage: Stage, phases: tuple[Phase, ...], languages: tuple[str, ...], wanted: Callable[[str], bool]) -> Iterator[Screen]:
    """Bring every wanted screen on show, one after another; the tab that shows it is `stage.shown`."""
    for phase in phases:
        for language in languages:
            if stage.language != language or phase is phases[0]:
                stage.language = language
                stage.open()
            phase.begin(stage)
            for screen in phase.screens:
                if not wanted(screen.name):
                    continue
                phase.reset(stage, screen)
                screen.show(stage)
                stage.shown.wait_for_timeout(150)
                yield screen
                screen.undo(stage)
        # What comes next is for a person who stands at the paired till.
        stage.back()
