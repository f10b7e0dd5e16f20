"""What a person does with facts that fit no chain: admit them one by one, or leave them on record; each with name and reason."""

import copy
import dataclasses
import hashlib
import uuid

import pytest

from mostrador.config.worker import drain
from mostrador.counter.models import Sale
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.scoping import scope
from mostrador.sync import queries
from mostrador.sync.device import seeded_ids
from mostrador.sync.models import Evidence, EvidenceResolution
from mostrador.sync.queries import Broken
from mostrador.sync.repair import Repair, StillFaulty, admit
from mostrador.sync.storage import unpack
from tests.sync.books import doctor, everything, grown, in_scope, stock, totals
from tests.sync.shop import Business, Till, document, reasons, states


def manager(business: Business) -> Actor:
    """Ana, signed in at the office."""
    return Actor(business.id, "person", uuid.UUID(business.manager), "manager")


def digest(fact: bytes) -> str:
    """By which bytes are known."""
    return hashlib.sha256(fact).hexdigest()


def decide(
    till: Till, fact: bytes, action: str = "retry", note: str = "Los dos papeles existen", mapping: dict[str, str] | None = None
) -> None:
    """Decide one fact as the manager."""
    with scope(till.business.id):
        admit(manager(till.business), journal_id=uuid.UUID(till.journal), digest=digest(fact), how=Repair(action, note, mapping))


def copied(till: Till) -> Till:
    """The same browser profile on another device: the same journal, and from here on other identifiers."""
    device, cashier = copy.copy(till.device), copy.copy(till.cashier)
    device.ids = seeded_ids("copy")
    cashier.device = device
    return dataclasses.replace(till, device=device, cashier=cashier, journal_facts=[*till.journal_facts])


def forked(till: Till) -> tuple[Till, list[bytes]]:
    """Two devices sold with the same number; the second to send hears of it. What it sent."""
    other = copied(till)
    till.sell(("coffee", 1000))
    till.push()
    other.sell(("tomato", 1000))
    other.sell(("water", 2000))
    answer = other.push()
    assert (states(answer), reasons(answer)) == (["refused", "refused"], ["fork", "broken"])
    return other, other.journal_facts[-2:]


def waiting(till: Till) -> list[tuple[int | None, str, str, int | None, int | None]]:
    """What waits: seq, kind, reason, amount, number."""
    with scope(till.business.id):
        rows = queries.broken()
    return [(row.fact.seq, row.fact.kind, row.fact.reason, row.fact.amount, row.number) for row in rows]


def test_evidence_waits_with_what_it_holds(till: Till) -> None:
    forked(till)

    assert waiting(till) == [(3, "sale.recorded", "fork", 3_800, 1), (4, "sale.recorded", "broken", 3_700, 2)]
    with scope(till.business.id):
        assert queries.waiting_counts() == (0, 2)
        assert queries.waiting_of_shift(uuid.UUID(till.shift)) == 2


def test_an_admitted_sale_counts_once_beside_the_other_with_its_number(till: Till) -> None:
    _, facts = forked(till)
    before = everything()

    for fact in facts:
        decide(till, fact)

    assert grown(before) == {
        "counter_visit": 2, "counter_sale": 2, "counter_saleline": 2, "counter_payment": 2, "sync_evidenceresolution": 2,
    }  # fmt: skip
    drain()
    assert in_scope(till.business, lambda: sorted(Sale.objects.values_list("number", "twin", "gross", "flags"))) == [
        (1, 0, 8_900, ""), (1, 1, 3_800, "evidence number_used"), (2, 0, 3_700, "evidence"),
    ]  # fmt: skip
    assert (totals(till)["sales"], totals(till)["gross"]) == (3, 16_400)
    assert stock(till.business) == {"coffee": -1000, "tomato": -1000, "water": -2000}
    assert (waiting(till), doctor()) == ([], [])


def test_the_decision_is_a_row_and_the_bytes_stay(till: Till) -> None:
    _, facts = forked(till)

    decide(till, facts[0], note="Vi los dos papeles")

    with scope(till.business.id):
        row = EvidenceResolution.objects.get()
        kept = [unpack(one.bytes, one.journal_id) for one in Evidence.objects.order_by("seq")]
    assert (row.digest, row.seq, row.kind, row.action, row.note, str(row.actor_id)) == (
        digest(facts[0]), 3, "sale.recorded", "admit", "Vi los dos papeles", till.business.manager,
    )  # fmt: skip
    assert kept == facts


def test_the_till_hears_what_waits_and_when_it_was_decided(till: Till) -> None:
    _, facts = forked(till)
    again = till.reopen()

    def told() -> list[int]:
        [row] = document(again.pull("till"))["parked"]
        assert (row["journal"], row["watermark"], row["seqs"]) == (till.journal, 3, [])
        refused: list[int] = row["waiting_refused"]
        return refused

    assert told() == [3, 4]
    decide(till, facts[1])
    assert told() == [3]
    decide(till, facts[0], "leave")
    assert told() == []


def test_evidence_that_is_left_counts_for_nothing_and_waits_no_more(till: Till) -> None:
    _, facts = forked(till)
    before = everything()

    decide(till, facts[0], "leave", "Era una prueba")

    assert grown(before) == {"sync_evidenceresolution": 1}
    assert len(waiting(till)) == 1
    assert doctor() == []


def test_bytes_that_are_evidence_for_two_reasons_are_decided_once(till: Till) -> None:
    till.sell(("coffee", 1000))
    for _ in range(2):
        till.push_as(till.journal_facts[2:], head=None)
    assert [row[2] for row in waiting(till)] == ["signature"]

    decide(till, till.journal_facts[2])

    assert (totals(till)["sales"], waiting(till), doctor()) == (1, [], [])


def test_a_product_that_this_business_does_not_have_is_named_first(till: Till) -> None:
    basket = till.basket(("coffee", 1000))
    missing = basket["lines"][0]["product_id"] = till.device.ids(3)
    till.write_sale(till.sale_body(basket=basket))
    till.push_as(till.journal_facts[2:], head=None)
    with scope(till.business.id):
        [row] = queries.broken()
    assert ([line.product_id for line in row.unknown], row.may_map) == ([missing], True)
    before = everything()

    with pytest.raises(StillFaulty) as caught:
        decide(till, till.journal_facts[2])
    assert (caught.value.data, everything()) == ({"reason": "unknown_product"}, before)
    decide(till, till.journal_facts[2], "map", mapping={missing: till.business.products["tomato"]})
    drain()

    assert stock(till.business)["tomato"] == -1000
    assert doctor() == []


def test_totals_that_do_not_add_up_are_admitted_only_as_recorded(till: Till) -> None:
    body = till.sale_body()
    body["totals"]["net"] += 1
    till.write_sale(body)
    till.push_as(till.journal_facts[2:], head=None)

    with pytest.raises(StillFaulty):
        decide(till, till.journal_facts[2])
    decide(till, till.journal_facts[2], "accept")

    assert in_scope(till.business, lambda: Sale.objects.get().flags) == "accepted evidence"
    assert doctor() == []


def test_what_speaks_for_another_journal_or_is_no_fact_can_only_be_left(till: Till) -> None:
    stranger = till.business.till()
    stranger.open_shift()
    till.push_as([b'{"nothing":1}', stranger.journal_facts[1]])
    before = everything()

    with scope(till.business.id):
        rows = [row.fact for row in queries.broken()]
    assert [(type(row), row.reason) for row in rows] == [(Broken, "not_a_fact"), (Broken, "other_journal")]
    for fact, reason in ((stranger.journal_facts[1], "other_journal"), (b'{"nothing":1}', "not_a_fact")):
        with pytest.raises(StillFaulty) as caught:
            decide(till, fact, "accept")
        assert (caught.value.data, everything()) == ({"reason": reason}, before)
        decide(till, fact, "leave")
        before = everything()
    assert (waiting(till), doctor()) == ([], [])


def test_who_may_not_decide_changes_nothing(till: Till, other: Business) -> None:
    _, facts = forked(till)
    before = everything()
    cashier = Actor(till.business.id, "person", uuid.UUID(till.business.cashier), "cashier")

    for business, actor, error in ((till.business, cashier, Forbidden), (other, manager(other), NotFound)):
        with pytest.raises(error), scope(business.id):
            admit(actor, journal_id=uuid.UUID(till.journal), digest=digest(facts[0]), how=Repair("retry", "x"))
    with pytest.raises(Invalid):
        decide(till, facts[0], note=" ")
    assert everything() == before


def test_a_fact_is_decided_once(till: Till) -> None:
    _, facts = forked(till)
    decide(till, facts[0])
    before = everything()

    with pytest.raises(NotFound):
        decide(till, facts[0], "leave")
    assert everything() == before
