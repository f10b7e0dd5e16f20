"""What a hand does at the strip of the till, for pictures and for axe."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from scripts.shots_hands import open_menu, press


def ask_need(page: Page) -> None:
    """Open what people come for."""
    page.locator(".strip [data-piece=need]").click()
    expect(page.locator(".sheet .chips button").first).to_be_visible()


def hand_over(page: Page) -> None:
    """Open who else may help."""
    page.locator(".strip [data-piece=handoff]").click()
    expect(page.locator(".sheet .others button").first).to_be_visible()


def whom_i_helped(page: Page) -> None:
    """Open what whoever stands here did for people."""
    press(page, "F1")
    page.locator(".left .key", has=page.locator("[data-icon=hand]")).click()
    expect(page.locator(".left ol li").first).to_be_visible()


def promise(page: Page) -> None:
    """Open what may be promised."""
    page.locator(".strip [data-piece=promise]").click()
    expect(page.locator(".sheet .chips button").first).to_be_visible()


def ask_said(page: Page) -> None:
    """Open what they asked about the line that was touched last."""
    press(page, "Control+2")
    expect(page.locator(".sheet .answers button").first).to_be_visible()


def ask_sample(page: Page) -> None:
    """Open what is given to try."""
    page.locator(".strip [data-piece=sample]").click()
    expect(page.locator(".sheet .other button").first).to_be_visible()


def ask_before_sample(page: Page) -> None:
    """Choose something that contains what some may not eat: it is said first."""
    ask_sample(page)
    page.locator(".sheet .chips button").first.click()
    expect(page.locator(".sheet .chips button")).to_have_count(2)


def give_sample(page: Page) -> None:
    """Give it: a row beside the ticket says that it costs nothing."""
    ask_before_sample(page)
    page.locator(".sheet .chips button").first.click()
    expect(page.locator(".paper > .given")).to_be_visible()


def take_sample_back(page: Page) -> None:
    """It was not so."""
    page.locator(".said button").click()
    expect(page.locator(".paper > .given")).to_be_hidden()


def list_promised(page: Page) -> None:
    """Show what was promised for today."""
    open_menu(page, "check")
    expect(page.locator(".left .views .key").first).to_be_visible()


def open_promised(page: Page) -> None:
    """Open what else may have become of a promise, among those of the week."""
    list_promised(page)
    page.keyboard.press("3")
    page.locator("button.what").first.click()
    page.locator(".acts").wait_for()


def ask_advice(page: Page) -> None:
    """Ask what would serve them best in place of the line that was touched last."""
    page.locator(".strip [data-piece=recommend]").click()
    expect(page.locator(".sheet .chips .wide button").first).to_be_visible()
