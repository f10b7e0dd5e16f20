"""The strip of the till: the owner takes pieces away and brings them back, tills hear of it; a colleague who helped is written down, by nobody's rank."""

import uuid

import pytest
from django.test import Client

from mostrador.config.worker import drain
from mostrador.kernel.scoping import scope
from mostrador.trust import strip
from mostrador.trust.models import Handoff, HiddenPiece
from tests.flows.office import office
from tests.sync.shop import Business, Till, call, document, states

ADDRESS = "/ajustes/atencion/"


@pytest.fixture
def till(shop: Business) -> Till:
    """A till of the shop, its shift open."""
    made = shop.till()
    made.open_shift()
    return made


def heard(till: Till) -> list[str]:
    """The pieces that a till is told not to offer."""
    found: list[str] = document(call("GET", "guidance", till.token))["hidden"]
    return found


def test_all_pieces_are_offered_until_the_owner_takes_some_away(owner: Client, till: Till) -> None:
    assert owner.get(ADDRESS).content.decode().count(" checked") == len(strip.PIECES)
    assert heard(till) == []

    answer = owner.post(ADDRESS, {"piece": ["need", "promise", "handoff"]})
    assert answer["Location"] == ADDRESS
    assert heard(till) == ["recommend", "sample", "hold"]
    assert owner.get(ADDRESS).content.decode().count(" checked") == 3

    owner.post(ADDRESS, {"piece": list(strip.PIECES)})
    assert heard(till) == []


def test_a_piece_that_there_is_not_is_refused_and_nothing_changes(shop: Business, owner: Client) -> None:
    assert owner.post(ADDRESS, {"piece": ["need", "rank"]}).status_code == 422
    with scope(shop.id):
        assert not HiddenPiece.objects.exists()


def test_who_does_not_lead_reads_and_changes_nothing(shop: Business) -> None:
    reader = office(shop, "stock")
    assert reader.get(ADDRESS).status_code == 200
    assert reader.post(ADDRESS, {"piece": []}).status_code == 403
    with scope(shop.id):
        assert not HiddenPiece.objects.exists()


def test_a_colleague_who_joined_stands_in_a_row_of_the_visit(shop: Business, till: Till) -> None:
    colleague = str(uuid.uuid4())
    visit = till.visit()
    body = {"shift": till.cashier.shift, "to": colleague, "part": "joins"}
    till._wrote(till.device.fact("handoff.made", body, till.now(), visit.document()))
    assert states(till.push())[-1] == "accepted"
    drain()

    with scope(shop.id):
        [row] = Handoff.objects.all()
    assert (str(row.visit_id), str(row.to_id), row.part) == (visit.document()["id"], colleague, "joins")
