"""Products are found by name where a form of the office wants their SKU."""

import pytest
from playwright.sync_api import expect

from tests.browser.support.floor import Floor
from tests.browser.test_promotions import owner

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_product_is_found_by_its_name_and_added_to_a_promotion_and_to_a_list(floor: Floor) -> None:
    with owner(floor) as page:
        page.goto(f"{floor.wire.address}/promociones/?nueva=percent")
        page.fill("[name=name]", "Diez")
        page.fill("[name=percent]", "10")
        for words, sku in (("olla", "P1"), ("agua manan", "P3")):
            page.get_by_label("Buscar producto para agregarlo").fill(words)
            page.locator(f"[data-add={sku}]").click()
        expect(page.locator("[name=products]")).to_have_value("P1\nP3")
        page.locator("[name=without]").focus()
        page.get_by_label("Buscar producto para agregarlo").fill("jitomate")
        page.get_by_label("Buscar producto para agregarlo").press("Enter")
        page.locator("[data-add=P4]").click()
        expect(page.locator("[name=without]")).to_have_value("P4")
        page.get_by_label("Buscar producto para agregarlo").fill("zzz")
        expect(page.get_by_text("Ningún producto")).to_be_visible()
        page.get_by_role("button", name="Guardar").click()
        expect(page.get_by_role("link", name="Diez")).to_be_visible()

        page.goto(f"{floor.wire.address}/listas/?nueva=1")
        page.fill("[name=name]", "Mayoreo")
        page.get_by_role("button", name="Guardar").click()
        page.get_by_role("link", name="Mayoreo").click()
        page.get_by_label("Buscar producto para agregarlo").fill("capuchino")
        page.locator("[data-add=P2]").click()
        page.keyboard.type("45")
        expect(page.locator("[name=prices]")).to_have_value("P2; 45")
        page.get_by_role("button", name="Publicar").click()
        expect(page.get_by_text("$45.00")).to_be_visible()
