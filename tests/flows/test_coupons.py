"""Single-use coupons in the office: codes are issued, printed, made void; what was taken twice is listed with both tickets."""

import csv
import io
import re
import uuid

import pytest
from django.test import Client

from mostrador.catalogue import promotions
from mostrador.catalogue.terms import Pick, Terms
from mostrador.counter import coupon_codes, coupon_desk, coupon_queries
from mostrador.counter.coupon_models import CouponCode
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from mostrador.pricing.basket import Reward
from mostrador.sync.cashier import Extras
from tests.flows.office import everything, office
from tests.sync.shop import Business, states

HERE = "/cupones/"
TERMS = Terms(kind="each", reward=Reward(percent=100_000), pick=Pick(everything=True), single=True)


@pytest.fixture
def promotion(shop: Business) -> tuple[str, str]:
    """A promotion that wants single-use codes: its id and its version."""
    with scope(shop.id):
        row = promotions.add_promotion(shop.actor, name="Feria", terms=TERMS)
    return str(row.id), str(row.version_id)


@pytest.fixture
def batch(shop: Business, promotion: tuple[str, str]) -> str:
    """Three codes of it."""
    with scope(shop.id):
        return str(coupon_desk.issue(shop.actor, promotion_id=uuid.UUID(promotion[0]), name="Volantes", count=3))


def codes(shop: Business, batch: str, state: str = "") -> list[tuple[str, str]]:
    """(id, code) of a batch."""
    with scope(shop.id):
        return [(str(one.id), one.code) for one in coupon_queries.listed(uuid.UUID(batch), state=state)]


def test_a_promotion_is_ticked_and_its_codes_issued_and_shown_as_a_sheet_and_a_file(shop: Business, owner: Client) -> None:
    said = {"shape": "percent", "name": "Feria", "percent": "10", "everything": "1", "single": "1"}
    assert owner.post("/promociones/", said).status_code == 302
    assert "con un código de un solo uso" in owner.get("/promociones/").content.decode()
    with scope(shop.id):
        [made] = promotions.promotions()
    assert made.terms.single

    went = owner.post(HERE, {"promotion": str(made.id), "name": "Volantes", "count": "3", "until": "2099-12-31"})

    assert went.status_code == 302
    there = went.headers["Location"]
    with scope(shop.id):
        batch = str(coupon_queries.batches()[0].row.id)
    assert there == f"{HERE}{batch}/"
    every = [code for _, code in codes(shop, batch)]
    assert len(every) == 3 and all(coupon_codes.read(code) for code in every)
    page, sheet = owner.get(there).content.decode(), owner.get(f"{there}hoja/").content.decode()
    assert all(code in page and code in sheet for code in every)
    assert sheet.count('class="qr"') == 3
    file = owner.get(f"{there}codigos.csv")
    rows = list(csv.reader(io.StringIO(file.content.decode().removeprefix("\ufeff"))))
    assert rows[0] == ["numero", "codigo", "estado", "ticket", "dia"]
    assert rows[1:] == [[str(n), code, "Sin usar", "", ""] for n, code in enumerate(every, 1)]


def test_a_promotion_has_one_code_for_all_or_single_use_codes(shop: Business, owner: Client) -> None:
    said = {"shape": "percent", "name": "Feria", "percent": "10", "everything": "1", "single": "1", "coupon": "FERIA"}

    refused = owner.post("/promociones/", said)

    assert refused.status_code == 422 and "O un código para todos" in refused.content.decode()
    with scope(shop.id):
        assert promotions.promotions() == []


def test_what_was_not_said_is_said_again_and_no_code_is_drawn(shop: Business, owner: Client, promotion: tuple[str, str]) -> None:
    for said in ({"count": "0"}, {"count": "6000"}, {"count": ""}, {"name": ""}, {"until": "2001-01-01"}, {"promotion": ""}):
        refused = owner.post(HERE, {"promotion": promotion[0], "name": "Volantes", "count": "3", **said})
        assert refused.status_code == 422, said
    both = owner.post(HERE, {"promotion": promotion[0], "name": "", "count": ""}).content.decode()
    assert both.count("Falta.") == 2, "all that lacks is said at once"
    with scope(shop.id):
        assert CouponCode.objects.count() == 0


def test_a_code_is_void_and_back_and_the_rest_of_a_batch_void_and_the_trail_says_so(shop: Business, owner: Client, batch: str) -> None:
    there, [(one, _), *_] = f"{HERE}{batch}/", codes(shop, batch)

    assert owner.post(there, {"what": "void", "coupon": one}).status_code == 302
    assert [found for found, _ in codes(shop, batch, "void")] == [one]
    assert owner.post(there, {"what": "restore", "coupon": one}).status_code == 302
    assert codes(shop, batch, "void") == []
    assert owner.post(there, {"what": "rest"}).status_code == 302

    assert len(codes(shop, batch, "void")) == 3
    with scope(shop.id):
        changes = [row.changes for row in Edit.objects.filter(entity__in=("coupon_code", "coupon_batch")).order_by("at", "id")]
    assert {"void": [False, True]} in changes and {"void": [True, False]} in changes and {"void": [0, 3]} in changes


def test_a_code_taken_twice_stands_with_both_tickets_and_each_ticket_says_which_code(
    shop: Business, owner: Client, promotion: tuple[str, str], batch: str
) -> None:
    [(one, code), *_] = codes(shop, batch)
    lowers = {"id": promotion[1], "name": "Feria", "kind": "each", "reward": {"percent": 100_000}, "lines": ["1"]}
    till = shop.till()
    till.open_shift()
    sold = [
        till.sell(("coffee", 1000), promotions=[lowers], extras=Extras(coupons=[{"id": one, "promotion": promotion[1]}])) for _ in range(2)
    ]
    assert set(states(till.push())) == {"accepted"}

    page = re.sub(r"\s+", " ", owner.get(HERE).content.decode())
    ticket = owner.get(f"/tickets/{sold[1]['body']['sale']}/").content.decode()

    assert code in page and "usado más de una vez" in page and "De más" in page
    assert all(f"{one['body']['series']}-{one['body']['number']}" in page for one in sold)
    assert code in ticket
    refused = owner.post(f"{HERE}{batch}/", {"what": "void", "coupon": one})
    assert refused.status_code == 422 and codes(shop, batch, "void") == []


def test_codes_are_shown_to_who_leads_alone(shop: Business, batch: str) -> None:
    for role in ("accountant", "stock", "auditor"):
        client = office(shop, role)
        before = everything(shop)
        for there in (HERE, f"{HERE}{batch}/", f"{HERE}{batch}/hoja/", f"{HERE}{batch}/codigos.csv"):
            assert client.get(there).status_code == 403, (role, there)
        assert client.post(f"{HERE}{batch}/", {"what": "rest"}).status_code == 403
        assert everything(shop) == before
    assert office(shop, "manager").get(f"{HERE}{batch}/hoja/").status_code == 200
