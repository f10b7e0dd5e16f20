"""Vouchers in the office: kinds are said and retired, what was taken twice is listed, a ticket and a Z show the slips."""

import re
import uuid

import pytest
from django.test import Client

from mostrador.counter import voucher_desk
from mostrador.counter.voucher_desk import Saying
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from tests.flows.office import everything, office
from tests.sync.shop import Business, Till, states

HERE = "/vales/"


@pytest.fixture
def kind(shop: Business) -> str:
    """A kind without change."""
    with scope(shop.id):
        return str(voucher_desk.add_kind(shop.actor, says=Saying("Despensa", "Emisora", (10_000,), number="may")))


@pytest.fixture
def till(shop: Business, kind: str) -> Till:
    """A till that took the same number twice and closed."""
    till = shop.till()
    till.open_shift()
    voucher = {"kind": kind, "name": "Despensa", "slips": [{"value": 10_000, "number": "F-7"}], "surplus": 1_100}
    for _ in range(2):
        till.sell(("coffee", 1000), payments=[{"method": "voucher", "amount": 8_900, "voucher": voucher}])
    till.close_shift()
    assert set(states(till.push())) == {"accepted"}
    return till


def test_a_kind_is_said_changed_and_retired_and_the_trail_says_so(shop: Business, owner: Client) -> None:
    said = {
        "name": "Comida",
        "issuer": "Emisora",
        "value_1": "50",
        "value_2": "100",
        "change": "cash",
        "change_max": "20",
        "number": "must",
        "limit": "500",
        "back": "cash",
    }

    assert owner.post(HERE, said).status_code == 302
    with scope(shop.id):
        (made,) = voucher_desk.kinds()
    assert made.says == Saying("Comida", "Emisora", (5_000, 10_000), "cash", 2_000, "must", 50_000, back="cash")
    assert "primero diga que el cambio se da en efectivo" in owner.post(f"{HERE}{made.id}/", {**said, "change": "none"}).content.decode()
    assert "Ya hay una con ese nombre." in owner.post(HERE, said).content.decode()
    owner.post(f"{HERE}{made.id}/", {**said, "change": "none", "back": "credit"})
    owner.post(f"{HERE}{made.id}/", {"retired": "1"})
    with scope(shop.id):
        assert voucher_desk.document() == []
        assert voucher_desk.kind(made.id).says.change_max is None
        assert {name for edit in Edit.objects.filter(entity="voucher_kind") for name in edit.changes} >= {"name", "change", "retired"}


def test_a_number_taken_twice_is_listed_with_its_tickets(owner: Client, till: Till) -> None:
    html = owner.get(HERE).content.decode()

    assert "Despensa · F-7" in html and "En duda: $100.00" in html
    assert re.findall(rf">({till.device.series}-\d)</a>", html) == [f"{till.device.series}-1", f"{till.device.series}-2"]


def test_ticket_and_z_show_slips_and_surplus(owner: Client, till: Till) -> None:
    sale = till.journal_facts[2].decode()
    html = owner.get(f"/tickets/{re.findall('"sale":"([0-9a-f-]+)"', sale)[0]}/").content.decode()
    assert "Despensa F-7" in html and "Excedente de vales" in html

    html = owner.get(f"/turnos/{uuid.UUID(till.shift)}/").content.decode()
    assert "2 · $200.00" in html and "Excedente de vales que se queda</dt><dd>$22.00" in html


def test_who_only_reads_changes_nothing(shop: Business, kind: str) -> None:
    reader = office(shop, "accountant")
    before = everything(shop)

    assert reader.get(HERE).status_code == 200
    assert reader.post(HERE, {"name": "Otro", "change": "none", "number": "no"}).status_code == 403
    assert reader.post(f"{HERE}{kind}/", {"retired": "1"}).status_code == 403
    assert everything(shop) == before
