"""The favourites of a store: arranged at one of its tills, told to its tills alone, the business's where it has none of its own."""

import json
import uuid
from typing import Any

import pytest

from mostrador.catalogue import favourites
from mostrador.catalogue import services as catalogue
from mostrador.config.worker import drain
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from mostrador.people import pairing
from mostrador.people import services as people
from tests.sync.books import everything
from tests.sync.shop import Business, Till, call, document


def ask(till: Till, products: list[str] | None, **said: Any) -> tuple[int, Any]:
    """Arrange, by the manager unless it is said otherwise: the status, and what the store has then."""
    body = {"staff": till.business.manager, "products": products, **said}
    answer = call("POST", "favourites", till.token, json.dumps(body).encode())
    return answer.status_code, document(answer).get("favourites")


def told(till: Till) -> Any:
    """What the till part says."""
    return document(call("GET", "till", till.token))["favourites"]


@pytest.fixture
def away(shop: Business) -> Till:
    """A till of another store of the shop."""
    with scope(shop.id):
        store = people.add_store(shop.actor, code="NORTE", name="Norte", timezone="America/Mexico_City")
        row = people.add_till(shop.actor, store_id=store.id, code="N1", name="Caja")
        code = pairing.new_code(shop.actor, till_id=row.id)
    till = Till.pair(shop, code, "away")
    till.push()
    return till


def test_each_store_has_its_own_grid_and_the_businesss_until_then(shop: Business, till: Till, away: Till) -> None:
    coffee, water, tomato = (shop.products[name] for name in ("coffee", "water", "tomato"))
    assert told(till) is None

    assert ask(till, [tomato, coffee, tomato]) == (200, [tomato, coffee])
    assert ask(away, [water]) == (200, [water])
    assert (told(till), told(away)) == ([tomato, coffee], [water])
    with scope(shop.id):
        catalogue.archive_product(shop.actor, product_id=uuid.UUID(tomato))
    assert told(till) == [coffee], "what is off the tills is no favourite"
    assert ask(till, None) == (200, None)
    assert (told(till), told(away)) == (None, [water])
    assert ask(till, []) == (200, [])


def test_tills_hear_that_their_part_changed_and_the_same_again_changes_nothing(shop: Business, till: Till) -> None:
    drain()
    n = document(call("GET", "ping", till.token))["n"]
    ask(till, [shop.products["coffee"]])
    drain()
    epoch = document(call("GET", "ping", till.token))["epoch"]
    changes = document(call("GET", f"changes?epoch={epoch}&n={n}", till.token))["changes"]
    assert [change["kind"] for change in changes] == ["till"]

    before = everything()
    ask(till, [shop.products["coffee"]])
    assert everything() == before


def test_who_may_not_needs_an_approval_and_the_trail_says_so(shop: Business, till: Till) -> None:
    before = everything()
    assert ask(till, [shop.products["coffee"]], staff=shop.cashier)[0] == 403
    assert everything() == before

    assert ask(till, [shop.products["coffee"]], staff=shop.cashier, approver=shop.manager)[0] == 200
    with scope(shop.id):
        edit = Edit.objects.get(entity="favourites")
        assert (str(edit.actor_id), str(edit.entity_id), edit.changes["approved_by"]) == (
            shop.cashier,
            str(shop.store_id),
            [None, shop.manager],
        )


def test_what_is_no_product_of_the_business_is_refused(shop: Business, till: Till, other: Business) -> None:
    stranger = other.till()
    stranger.push()
    before = everything()

    assert ask(stranger, [shop.products["coffee"]])[0] == 422
    assert ask(till, ["no"])[0] == 400
    assert ask(till, [str(uuid.UUID(int=n)) for n in range(121)])[0] == 400
    with scope(shop.id):
        with pytest.raises(Invalid):
            favourites.arrange(shop.actor, store_id=shop.store_id, products=[uuid.UUID(int=n) for n in range(121)])
        with pytest.raises(NotFound):
            favourites.arrange(shop.actor, store_id=other.store_id, products=[])
    assert everything() == before


def test_an_auditor_arranges_nothing(shop: Business) -> None:
    from dataclasses import replace

    with scope(shop.id), pytest.raises(Forbidden):
        favourites.arrange(replace(shop.actor, kind="person", role="auditor"), store_id=shop.store_id, products=[])
