"""Change all that goods cost the shop: nothing that a till ranks by changes by a byte, and nothing that makes it asks for a cost."""

import random
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import CostEvent, Product
from mostrador.catalogue.terms import Pick
from mostrador.config.worker import drain
from mostrador.kernel.scoping import scope
from mostrador.sync.guidance import guidance
from mostrador.trust import incentives, need_chips, wall
from tests.sync.shop import Business, Till, document

COST = re.compile(r"cost|margin", re.IGNORECASE)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect what the database is asked."""
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def papers(till: Till) -> dict[str, bytes]:
    """All that a till hears of goods, as it comes over the line; of its own part everything but the hour."""
    manifest = till.pull("catalogue")
    return {
        "guidance": till.pull("guidance").content,
        "part": re.sub(rb'"(?:at|now|server_time)":\d+', b"", till.pull("till").content),
        "catalogue": manifest.content,
        **{part["path"]: till.pull(part["path"]).content for part in document(manifest)["parts"]},
        "lookup": till.pull("lookup?code=coffee").content,
    }


@pytest.fixture
def advised(shop: Business, till: Till) -> Till:
    """A shop with needs, incentives, goods that came back, and a cost for all it sells."""
    sold = till.sell(("coffee", 30_000), ("tomato", 40_000))
    till.take_back(sold, (0, 3000))
    till.push()
    drain()
    with scope(shop.id):
        need_chips.add_chip(shop.actor, says=need_chips.Saying("Un café", Pick(everything=True)))
        incentives.add(shop.actor, product_id=uuid.UUID(shop.products["tomato"]), says="El proveedor nos da un incentivo")
        for product in Product.objects.values_list("id", flat=True):
            catalogue.set_cost(shop.actor, product_id=product, cost=100_000)
    drain()
    return till


@pytest.mark.parametrize("seed", range(4))
def test_change_every_cost_and_nothing_that_goes_down_changes(shop: Business, advised: Till, seed: int) -> None:
    before, rng = papers(advised), random.Random(seed)
    with scope(shop.id):
        for product in Product.objects.values_list("id", flat=True):
            catalogue.set_cost(shop.actor, product_id=product, cost=rng.randrange(1, 10**7))
        assert CostEvent.objects.count() >= 6
    drain()

    assert papers(advised) == before
    assert all(paper for paper in before.values())


def test_nothing_that_makes_it_asks_for_a_cost(shop: Business, advised: Till) -> None:
    with scope(shop.id), statements() as asked:
        guidance(shop.store_id)

    assert len(asked) > 5
    assert [sql for sql in asked if COST.search(sql)] == []


def test_no_document_says_a_cost(shop: Business, advised: Till) -> None:
    with scope(shop.id):
        for product in Product.objects.values_list("id", flat=True):
            catalogue.set_cost(shop.actor, product_id=product, cost=7_654_321)
    drain()

    assert [name for name, paper in papers(advised).items() if b"7654321" in paper or COST.search(paper.decode())] == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_behind_the_wall_a_cost_cannot_be_read(shop: Business, advised: Till) -> None:
    assert wall.stands()
    with scope(shop.id):
        with transaction.atomic(), wall.behind():
            assert Product.objects.count() > 0
        for table in wall.hidden():
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                wall.behind(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"SELECT count(*) FROM {table} WHERE organization_id = %s", [shop.id])
        assert CostEvent.objects.count() > 0
