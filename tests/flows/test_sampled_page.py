"""What was given to try, on the page of a ticket: at nothing and without strings; not on a present, not after thirty days, and never who gave it."""

import datetime as dt

import pytest

from mostrador.config.worker import drain
from mostrador.kernel import clock
from tests.flows.test_page import page, token
from tests.sync.shop import Business, Till
from tests.sync.test_aside import take_back
from tests.sync.test_samples import give

SAID = "Muestra sin costo, sin compromiso"


def bought(shop: Business, kind: str = "ticket") -> tuple[Till, str]:
    """A purchase whose page SECRET opens, with something that was tried in its visit; the sample's id."""
    till = shop.till()
    till.open_shift()
    visit = till.visit()
    record = give(till, "tomato", 50, visit)
    till._wrote(till.cashier.sell(visit, till.basket(("coffee", 1000)), till.now(), token(kind)))
    till.push()
    drain()
    return till, record


@pytest.mark.parametrize("language,said", [("es", SAID), ("en", "Free sample, no strings")])
def test_whoever_holds_the_ticket_reads_it_at_nothing(shop: Business, language: str, said: str) -> None:
    till, _ = bought(shop)
    html = page(at=clock.from_ms(till.at) + dt.timedelta(minutes=1), language=language)

    _, _, after = html.partition(said)
    assert "<dd>$0.00</dd>" in after
    for word in ("Rosa", "L-7", "presupuesto", "budget"):
        assert word not in html


def test_taken_back_it_stands_nowhere(shop: Business) -> None:
    till, record = bought(shop)
    take_back(till, record)
    till.push()
    drain()

    assert SAID not in page(at=clock.from_ms(till.at) + dt.timedelta(minutes=1))


def test_a_present_and_an_old_ticket_say_nothing_of_it(shop: Business) -> None:
    till, _ = bought(shop)
    assert SAID in page(at=clock.from_ms(till.at) + dt.timedelta(days=29))
    assert SAID not in page(at=clock.from_ms(till.at) + dt.timedelta(days=31))


def test_nor_does_a_present(shop: Business) -> None:
    till, _ = bought(shop, "gift")
    assert SAID not in page(at=clock.from_ms(till.at) + dt.timedelta(minutes=1))
