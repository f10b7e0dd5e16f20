"""How much of a product there is, here and elsewhere: asked when somebody looks at it, of this business alone, with what has come in."""

import uuid

import pytest

from mostrador.catalogue import kits
from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.people import services as people
from mostrador.people.models import Store
from mostrador.stock import makeable
from mostrador.stock import services as stock
from mostrador.sync import on_hand
from tests.sync.shop import Business, Json, Till, call, document


def ask(till: Till, product: str) -> Json:
    """What the server says of a product."""
    answer = call("GET", f"stock?product={product}", till.token)
    assert answer.status_code == 200
    return document(answer)


def branch(shop: Business, name: str, **held: int) -> uuid.UUID:
    """Another store that holds so much of these products, thousandths."""
    with scope(shop.id):
        store = people.add_store(shop.actor, code=name.upper()[:12], name=name, timezone="America/Mexico_City")
        for product, quantity in held.items():
            stock.adjust(shop.actor, store_id=store.id, product_id=uuid.UUID(shop.products[product]), quantity=quantity, reason="received")
    return uuid.UUID(str(store.id))


def received(shop: Business, product: str, quantity: int) -> None:
    """So much of a product comes into the store of the tills, thousandths."""
    with scope(shop.id):
        stock.adjust(shop.actor, store_id=shop.store_id, product_id=uuid.UUID(shop.products[product]), quantity=quantity, reason="received")


def test_what_is_here_and_where_else_there_is_some_with_most_first(shop: Business, till: Till) -> None:
    received(shop, "coffee", 12_000)
    branch(shop, "Norte", coffee=3_000, water=1_000)
    branch(shop, "Sur", coffee=40_000)
    branch(shop, "Vacía", coffee=-2_000)
    drain()

    said = ask(till, shop.products["coffee"])

    assert said["here"] == 12_000
    assert [(row["name"], row["quantity"]) for row in said["others"]] == [("Sur", 40_000), ("Norte", 3_000)]
    assert (said["more"], said["known"]) == (0, {"journal": till.journal, "seq": 2})
    assert said["at"] > 1_700_000_000_000


def test_what_has_come_in_counts_before_the_worker_has_counted_it(shop: Business, till: Till) -> None:
    received(shop, "coffee", 12_000)
    north = branch(shop, "Norte", coffee=3_000)
    drain()
    till.sell(("coffee", 2_000))
    till.push()
    with scope(shop.id):
        stock.adjust(shop.actor, store_id=north, product_id=uuid.UUID(shop.products["coffee"]), quantity=-1_000, reason="damaged")

    before = ask(till, shop.products["coffee"])
    drain()
    after = ask(till, shop.products["coffee"])

    assert before["here"] == after["here"] == 10_000
    assert before["known"] == {"journal": till.journal, "seq": 3}
    assert [row["quantity"] for row in before["others"]] == [row["quantity"] for row in after["others"]] == [2_000]


def test_a_store_that_gets_its_first_goods_is_named_before_the_worker_has_counted_them(shop: Business, till: Till) -> None:
    received(shop, "coffee", 12_000)
    south = branch(shop, "Sur", coffee=-2_000)
    drain()
    branch(shop, "Norte", coffee=3_000)
    with scope(shop.id):
        stock.adjust(shop.actor, store_id=south, product_id=uuid.UUID(shop.products["coffee"]), quantity=6_000, reason="received")

    before = ask(till, shop.products["coffee"])
    drain()

    assert [(row["name"], row["quantity"]) for row in before["others"]] == [("Sur", 4_000), ("Norte", 3_000)]
    assert ask(till, shop.products["coffee"])["others"] == before["others"]


def test_when_much_waits_it_says_that_not_all_is_counted(shop: Business, till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_hand, "WAITING_MAX", 1)
    received(shop, "coffee", 12_000)
    drain()
    for _ in range(2):
        received(shop, "coffee", 1_000)

    said = ask(till, shop.products["coffee"])

    assert (said["here"], said["known"]) == (12_000, None)


def test_of_many_stores_it_names_a_few_and_how_many_more(shop: Business, till: Till) -> None:
    for n in range(on_hand.OTHERS_MAX + 3):
        branch(shop, f"S{n}", coffee=1_000 * (n + 1))
    with scope(shop.id):
        Store.objects.filter(name="S10").update(archived_at=clock.now())
    drain()

    said = ask(till, shop.products["coffee"])

    assert [row["name"] for row in said["others"]] == [f"S{n}" for n in range(9, 1, -1)]
    assert said["more"] == 2


def test_what_never_moved_is_counted_by_nobody(shop: Business, till: Till) -> None:
    said = ask(till, shop.products["tomato"])

    assert (said["here"], said["others"], said["more"]) == (None, [], 0)


def test_another_businesss_goods_are_not_there(shop: Business, till: Till, other: Business) -> None:
    received(shop, "coffee", 12_000)
    drain()
    stranger = other.till()
    stranger.push()

    for product in (shop.products["coffee"], str(uuid.UUID(int=9)), "no", ""):
        assert call("GET", f"stock?product={product}", stranger.token).status_code == 404
    assert ask(stranger, other.products["coffee"])["here"] is None


def test_of_a_kit_there_are_as_many_as_its_components_make(shop: Business, till: Till) -> None:
    with scope(shop.id):
        parts = [(uuid.UUID(shop.products["water"]), 2_000), (uuid.UUID(shop.products["tomato"]), 500)]
        kits.set_components(shop.actor, kit_id=uuid.UUID(shop.products["coffee"]), parts=parts)
    received(shop, "water", 7_000)
    received(shop, "tomato", 10_000)
    north = branch(shop, "Norte", water=9_000)
    branch(shop, "Sur", water=40_000, tomato=2_400)
    drain()

    said = ask(till, shop.products["coffee"])

    assert said["here"] == 3_000, "three times two waters, and one is left over"
    assert [(row["name"], row["quantity"]) for row in said["others"]] == [("Sur", 4_000)], "Norte has no tomatoes"
    with scope(shop.id):
        coffee = uuid.UUID(shop.products["coffee"])
        assert makeable.by_store([coffee])[coffee][north] == 0
        assert makeable.whole([coffee]) == {coffee: 7_000}
        assert makeable.whole([coffee], shop.store_id) == {coffee: 3_000}


def test_a_kit_of_what_nobody_counts_has_no_number(shop: Business, till: Till) -> None:
    with scope(shop.id):
        kits.set_components(shop.actor, kit_id=uuid.UUID(shop.products["coffee"]), parts=[(uuid.UUID(shop.products["water"]), 1_000)])

    assert ask(till, shop.products["coffee"])["here"] is None
