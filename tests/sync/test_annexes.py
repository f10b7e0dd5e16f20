"""Texts beside facts: kept only when a fact that was taken in names their hash, and gone for good once erased."""

import dataclasses
import uuid

import pytest

from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.sync.device import Annex
from mostrador.sync.models import Annex as AnnexRow
from mostrador.sync.verify import verify_journal
from tests.sync.books import everything
from tests.sync.shop import Business, Till, states


def with_note(till: Till, text: str = "Molido grueso") -> Annex:
    """Sell with a note and return the note; nothing is sent."""
    annex = till.annex(text)
    till._wrote(till.device.fact("sale.recorded", till.sale_body(), till.now(), till.visit().document(), None, [annex]))
    return annex


def kept(business: Business) -> list[tuple[str, str, str, str]]:
    """The texts kept: annex, fact, salt, text."""
    with scope(business.id):
        return [(str(row.id), str(row.fact_id), row.salt, row.text) for row in AnnexRow.objects.order_by("id")]


def test_a_text_is_kept_beside_its_fact(till: Till) -> None:
    annex = with_note(till)

    assert states(till.push(annexes=[annex])) == ["accepted"]
    assert kept(till.business) == [(annex.id, annex.fact, annex.document()["salt"], "Molido grueso")]
    assert b"Molido" not in till.journal_facts[-1]


@pytest.mark.parametrize("text", ["Molido fino", "molido grueso", "Molido grueso ", ""])
def test_a_text_of_another_hash_is_nobodys(till: Till, text: str) -> None:
    annex = dataclasses.replace(with_note(till), text=text)

    assert states(till.push(annexes=[annex])) == ["accepted"]
    assert kept(till.business) == []


def test_a_text_that_names_another_fact_is_nobodys(till: Till) -> None:
    annex = dataclasses.replace(with_note(till), fact=till.device.ids(4))

    till.push(annexes=[annex])

    assert kept(till.business) == []


def test_the_text_of_a_refused_fact_is_not_kept(till: Till) -> None:
    annex = with_note(till)

    answer = till.push_as(till.journal_facts[2:], head=None, annexes=[annex.document()])

    assert states(answer) == ["refused"]
    assert kept(till.business) == []


def test_the_text_of_a_parked_fact_is_kept(till: Till) -> None:
    annex = till.annex("Para la señora del 4")
    body = till.sale_body()
    body["totals"]["gross"] += 1
    till._wrote(till.device.fact("sale.recorded", body, till.now(), till.visit().document(), None, [annex]))

    assert states(till.push(annexes=[annex])) == ["parked"]
    assert [row[3] for row in kept(till.business)] == ["Para la señora del 4"]


def test_the_text_of_an_early_fact_is_kept(till: Till) -> None:
    till.sell(("coffee", 1000))
    annex = with_note(till)

    assert states(till.push(till.journal_facts[3:], annexes=[annex])) == ["early"]
    assert [row[0] for row in kept(till.business)] == [annex.id]


@pytest.mark.parametrize("salt", ["A" * 17, "A" * 21 + "B", "A" * 44])
def test_a_salt_that_is_no_base64url_keeps_no_text_and_the_fact_goes_in(till: Till, salt: str) -> None:
    annex = with_note(till)

    answer = till.push_as(till.journal_facts[2:], annexes=[{**annex.document(), "salt": salt}])

    assert states(answer) == ["accepted"]
    assert kept(till.business) == []


def test_a_text_with_a_nul_is_not_kept_and_the_fact_goes_in(till: Till) -> None:
    annex = with_note(till, "a\0b")

    assert states(till.push(annexes=[annex])) == ["accepted"]
    assert kept(till.business) == []


def erase(till: Till, annex: Annex) -> None:
    """Erase a text as the right to erasure wants it (ruling 40): the row stays, empty."""
    with scope(till.business.id):
        AnnexRow.objects.filter(id=uuid.UUID(annex.id)).update(text="", salt="", erased_at=clock.now())


def test_an_erased_text_leaves_the_journal_sound(till: Till) -> None:
    annex = with_note(till)
    till.push(annexes=[annex])

    erase(till, annex)

    with scope(till.business.id):
        verdict = verify_journal(till.business.device(till))
    assert (verdict.facts, verdict.findings) == (3, ())


def test_an_erased_text_does_not_come_back_when_the_journal_is_sent_again(till: Till) -> None:
    annex = with_note(till)
    till.push(annexes=[annex])
    erase(till, annex)
    before = everything()

    assert states(till.push(till.journal_facts, annexes=[annex])) == ["known"] * 3
    assert everything() == before
    assert [row[2:] for row in kept(till.business)] == [("", "")]


def test_a_text_of_another_businesss_till_is_nobodys(till: Till, other: Business) -> None:
    annex = with_note(till)
    till.push(annexes=[annex])
    stranger = other.till()

    stranger.push(annexes=[annex])

    assert kept(other) == []
