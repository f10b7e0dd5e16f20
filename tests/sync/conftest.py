"""Two businesses; their tills are paired by the tests."""

import pytest

from tests.sync.shop import Business, Till, a_business


@pytest.fixture
def shop(db: None) -> Business:
    """A Mexican business."""
    return a_business("MX")


@pytest.fixture
def other(db: None) -> Business:
    """Another business, in Spain: the stranger of every test at a door."""
    return a_business("ES")


@pytest.fixture
def till(shop: Business) -> Till:
    """A till of the shop whose shift is open on the server; its journal stands at 2."""
    opened = shop.till()
    opened.open_shift()
    opened.push()
    return opened
