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


def page(*products: str, name: str = "") -> dict[str, Any]:
    """A page as it travels."""
    return {"name": name, "products": list(products)}


def ask_pages(till: Till, pages: list[dict[str, Any]] | None, **said: Any) -> tuple[int, Any]:
    """Arrange, by the manager unless it is said otherwise: the status, and what the store has then."""
    body = {"staff": till.business.manager, "pages": pages, **said}
    answer = call("POST", "favourites", till.token, json.dumps(body).encode())
    return answer.status_code, document(answer).get("favourites")


def ask(till: Till, products: list[str] | None, **said: Any) -> tuple[int, Any]:
    """Arrange one page: the status, and what stands on it then."""
    status, pages = ask_pages(till, None if products is None else [page(*products)], **said)
    return status, _only(pages)


def told(till: Till) -> Any:
    """What the till part says stands on the only page."""
    return _only(document(call("GET", "till", till.token))["favourites"])


def _only(pages: list[dict[str, Any]] | None) -> Any:
    if pages is None:
        return None
    [one] = pages
    assert one["name"] == ""
    return one["products"]


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
            favourites.arrange(shop.actor, store_id=shop.store_id, pages=[favourites.Page("", tuple(uuid.UUID(int=n) for n in range(121)))])
        with pytest.raises(NotFound):
            favourites.arrange(shop.actor, store_id=other.store_id, pages=[])
    assert everything() == before


def test_an_auditor_arranges_nothing(shop: Business) -> None:
    from dataclasses import replace

    with scope(shop.id), pytest.raises(Forbidden):
        favourites.arrange(replace(shop.actor, kind="person", role="auditor"), store_id=shop.store_id, pages=[])


def test_pages_have_names_of_their_own_and_a_product_stands_on_one_of_them(shop: Business, till: Till) -> None:
    coffee, water, tomato = (shop.products[name] for name in ("coffee", "water", "tomato"))
    assert ask_pages(till, [page(coffee, water, name=" Pan "), page(tomato, coffee, name="Verdura"), page(name="Luego")]) == (
        200,
        [page(coffee, water, name="Pan"), page(tomato, name="Verdura"), page(name="Luego")],
    )
    with scope(shop.id):
        assert Edit.objects.get(entity="favourites").changes["pages"] == [None, "Pan, Verdura, Luego"]
    before = everything()
    for wrong in (
        [page(coffee), page(water, name="Verdura")],
        [page(coffee, name="Pan"), page(water, name="PAN")],
        [page(coffee, name="Pan"), page(water, name="  ")],
    ):
        assert ask_pages(till, wrong)[0] == 422
    assert ask_pages(till, [page(name="x" * 25)])[0] == 400
    assert ask_pages(till, [page(name=f"P{n}") for n in range(13)])[0] == 400
    assert ask_pages(till, [page(*(str(uuid.UUID(int=n)) for n in range(at, at + 70)), name=f"P{at}") for at in (0, 70)])[0] == 422
    assert everything() == before
