"""A copy of the database brings no key of PINs: on a server with another one tills sign nobody in, and everything else goes on."""

from typing import Any

import pytest

from mostrador.kernel.scoping import scope
from mostrador.people import services as people
from tests.sync.books import doctor
from tests.sync.conftest import shop as shop  # noqa: PLC0414  # the fixture, by its name
from tests.sync.shop import Business, document


@pytest.fixture
def with_pin(shop: Business) -> Business:
    """Rosa and Ana have PINs."""
    with scope(shop.id):
        for member in (shop.cashier, shop.manager):
            people.set_pin(shop.actor, member_id=member, pin="4821")  # type: ignore[arg-type]  # text serves
    return shop


def pins_of(shop: Business) -> dict[str, bool]:
    """Whether the till part brings a PIN for each person."""
    return {row["name"]: row["pin"] is not None for row in document(shop.till().pull("till"))["staff"]}


def test_a_server_with_another_key_tells_the_till_that_nobody_has_a_pin_and_the_doctor_why(with_pin: Business, settings: Any) -> None:
    assert pins_of(with_pin) == {"Ana": True, "Rosa": True}
    assert doctor() == []

    settings.PIN_KEY = "the key of another machine"

    assert pins_of(with_pin) == {"Ana": False, "Rosa": False}
    [(check, text)] = doctor()
    assert check == "pins"
    assert "Ana, Rosa" in text
