"""Which tips a store offers: percentages that the owner types, and tills hear."""

import pytest
from django.test import Client

from mostrador.kernel.scoping import scope
from mostrador.people.models import Store
from tests.flows.office import everything
from tests.sync.shop import Business, document


def form(tips: str) -> dict[str, str]:
    """The form of a store with these tips."""
    return {"name": "Centro", "address": "", "phone": "", "day_start": "0", "timezone": "America/Mexico_City", "tips": tips}


@pytest.mark.parametrize(
    "typed,rates", [("10 15 20", [100_000, 150_000, 200_000]), ("12.5 %", [125_000]), ("", []), ("  100%  ", [1_000_000])]
)
def test_percentages_are_offered_as_they_were_typed(shop: Business, owner: Client, typed: str, rates: list[int]) -> None:
    till = shop.till()
    till.push()

    assert owner.post(f"/ajustes/tiendas/{shop.store_id}/", form(typed)).status_code == 302

    assert document(till.pull("till"))["store"]["tips"] == rates


@pytest.mark.parametrize(
    "typed,said", [("10 15 20 25", "Hasta tres"), ("0", "mayores que 0"), ("101", "mayores que 0"), ("diez", "mayores que 0")]
)
def test_what_is_no_tip_is_said_and_nothing_changes(shop: Business, owner: Client, typed: str, said: str) -> None:
    before = everything(shop)
    answer = owner.post(f"/ajustes/tiendas/{shop.store_id}/", form(typed))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert everything(shop) == before
    with scope(shop.id):
        assert Store.objects.get().tips == []
