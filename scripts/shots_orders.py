"""What a hand does with orders, for pictures and for axe."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from scripts import shots_hands as hands


def begin_order(page: Page) -> None:
    """Begin to make an order of the ticket."""
    hands.press(page, "Control+e")
    expect(page.locator(".left .kinds")).to_be_visible()


def write_order(page: Page) -> None:
    """Put the ticket aside; the deposit is asked for."""
    begin_order(page)
    page.locator(".left footer .key").first.click()
    expect(page.locator(".left .figure")).to_be_visible()


def list_orders(page: Page) -> None:
    """Put the ticket aside with a deposit, and list what waits."""
    write_order(page)
    hands.press(page, "Enter")
    expect(page.locator(".left .figure")).to_have_count(0)
    hands.press(page, "Control+e")
    expect(page.locator(".left ol button").first).to_be_visible()


def show_order(page: Page) -> None:
    """Show the order just made."""
    list_orders(page)
    page.locator(".left ol button").first.click()
    expect(page.locator(".left .acts")).to_be_visible()


def ask_to_cancel(page: Page) -> None:
    """Be asked whether it is to be cancelled."""
    show_order(page)
    page.locator(".left .acts .key").last.click()
    expect(page.locator(".left .ask")).to_be_visible()


def hand_over_a_part(page: Page) -> None:
    """Say how much of the order is taken now."""
    show_order(page)
    page.locator(".left .acts .key").nth(1).click()
    page.locator(".left .ask li .key").nth(1).click()


def agree_another_price(page: Page) -> None:
    """Make a repair of the ticket, and say what it costs after all."""
    begin_order(page)
    page.locator(".left .kinds .key").nth(2).click()
    page.locator(".left input:not([type=date])").last.fill("Tapas de goma")
    page.locator(".left footer .key").first.click()
    hands.press(page, "Escape")
    hands.press(page, "Control+e")
    page.locator(".left ol button", has_text="Repara").or_(page.locator(".left ol button", has_text="Repair")).first.click()
    page.locator(".left .acts .key").nth(1).click()
    expect(page.locator("[data-line=order]")).to_be_visible()
    hands.choose_second(page)
    hands.press(page, "F10")
    expect(page.locator(".left .panel .keys")).to_be_visible()


def leave_price(page: Page) -> None:
    """Let the order cost what it did."""
    hands.press(page, "Escape")
    leave_delivery(page)


def deliver_order(page: Page) -> None:
    """Put it on a ticket to be delivered."""
    show_order(page)
    page.locator(".left .acts .key").first.click()
    expect(page.locator("[data-line=order]")).to_be_visible()


def leave_delivery(page: Page) -> None:
    """Let it wait on."""
    hands.press(page, "Escape")
    page.locator("[data-line=order] .key").click()
    expect(page.locator("[data-line=order]")).to_have_count(0)
