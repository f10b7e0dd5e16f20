"""Por revisar: what waits can be decided there, one by one or all alike at once, with a reason; a broken chain's facts too."""

import hashlib

import pytest
from django.test import Client

from mostrador.counter.models import Sale
from mostrador.kernel.scoping import scope
from mostrador.sync.models import EvidenceResolution, ParkedResolution
from tests.flows.office import everything
from tests.sync.shop import Business, Till


def broken(shop: Business) -> tuple[Till, list[str]]:
    """A till whose last two sales came unsigned; their addresses."""
    till = shop.till()
    till.open_shift()
    till.push()
    for _ in range(2):
        till.sell(("coffee", 1000))
    facts = till.journal_facts[-2:]
    till.push_as(facts, head=None)
    return till, [f"/por-revisar/{till.journal}/prueba/{hashlib.sha256(fact).hexdigest()}/" for fact in facts]


def revoked(shop: Business, sales: int) -> Till:
    """A revoked till that sold all the same."""
    till = shop.till()
    till.open_shift()
    till.push()
    shop.revoke(till)
    for _ in range(sales):
        till.sell(("coffee", 1000))
    till.push()
    return till


def test_evidence_is_in_the_list_and_is_admitted_with_a_reason(shop: Business, owner: Client) -> None:
    _, [first, second] = broken(shop)
    page = owner.get("/por-revisar/").content.decode()
    assert (first in page, second in page, "La firma del diario no cuadra." in page) == (True, True, True)
    assert "Admitirlo" in owner.get(first).content.decode()
    before = everything(shop)

    assert owner.post(first, {"act": "retry", "note": " "}).status_code == 422
    assert everything(shop) == before
    assert owner.post(first, {"act": "retry", "note": "Vi el papel"}).status_code == 302

    with scope(shop.id):
        assert list(Sale.objects.values_list("number", "flags")) == [(1, "evidence")]
        assert EvidenceResolution.objects.get().note == "Vi el papel"
    page = owner.get("/por-revisar/").content.decode()
    assert (first in page, second in page, "Vi el papel" in page, "Se admitió" in page) == (False, True, True, True)
    assert owner.get(first).status_code == 404


def test_all_that_waits_for_the_same_reason_is_decided_at_once(shop: Business, owner: Client) -> None:
    till = revoked(shop, 3)
    other = revoked(shop, 1)
    there = f"/por-revisar/{till.journal}/4/"
    assert "que espera por lo mismo (2)" in owner.get(there).content.decode()

    answer = owner.post(there, {"act": "accept", "note": "La tableta apareció", "alike": "1"}, follow=True)

    assert "Resueltos: 3." in answer.content.decode()
    with scope(shop.id):
        assert sorted(ParkedResolution.objects.values_list("seq", "note")) == [(seq, "La tableta apareció") for seq in (3, 4, 5)]
        assert Sale.objects.filter(journal_id=other.journal).count() == 0


def test_of_those_alike_what_still_cannot_be_stays(shop: Business, owner: Client) -> None:
    till = revoked(shop, 1)
    body = till.sale_body(("coffee", 1000))
    body["basket"]["lines"][0]["product_id"] = till.device.ids(3)
    till.write_sale(body)
    till.push()

    answer = owner.post(f"/por-revisar/{till.journal}/3/", {"act": "accept", "note": "Apareció", "alike": "1"}, follow=True)

    assert "Resueltos: 1. Siguen esperando: 1." in answer.content.decode()
    with scope(shop.id):
        assert (Sale.objects.count(), ParkedResolution.objects.count()) == (1, 1)


@pytest.mark.parametrize("act", ["retry", "map"])
def test_what_may_not_be_done_is_not_offered_and_not_done(shop: Business, owner: Client, act: str) -> None:
    till = revoked(shop, 1)
    there = f"/por-revisar/{till.journal}/3/"
    assert f'value="{act}"' not in owner.get(there).content.decode()
    before = everything(shop)

    assert owner.post(there, {"act": act, "note": "x"}).status_code == 422
    assert everything(shop) == before


def test_what_is_left_on_record_waits_no_more(shop: Business, owner: Client) -> None:
    till = revoked(shop, 1)

    owner.post(f"/por-revisar/{till.journal}/3/", {"act": "leave", "note": "Se cobró en la otra caja"})

    page = owner.get("/por-revisar/").content.decode()
    assert ("Nada por revisar" in page, "Se dejó constancia" in page) == (True, True)
    with scope(shop.id):
        assert Sale.objects.count() == 0
