"""What a person does with a parked fact: try again, name another product, or take it as recorded; each with name and reason."""

import uuid

import pytest

from mostrador.config.worker import drain
from mostrador.counter.models import Sale, SaleLine, ShiftClosing
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.scoping import scope
from mostrador.pricing.document import price_document
from mostrador.sync import contract, queries
from mostrador.sync.models import JournalEntry, JournalHead, ParkedResolution
from mostrador.sync.repair import Repair, StillFaulty, repair
from mostrador.sync.storage import unpack
from tests.sync.books import Books, doctor, everything, grown, in_scope, stock, totals
from tests.sync.shop import Business, Json, Till, call, document, reasons, states

SEQ = 3
SALE_ROWS = {
    "counter_visit": 1, "counter_sale": 1, "counter_saleline": 1, "counter_payment": 1, "sync_parkedresolution": 1,
}  # fmt: skip


def a_person(business: Business) -> Actor:
    """The manager, signed in at the office."""
    return Actor(business.id, "person", uuid.UUID(business.manager), "manager")


def mend(till: Till, action: str, note: str = "Lo vi", mapping: dict[str, str] | None = None, seq: int = SEQ) -> None:
    """Repair a parked fact as the manager."""
    with scope(till.business.id):
        repair(a_person(till.business), journal_id=uuid.UUID(till.journal), seq=seq, how=Repair(action, note, mapping))


def park(till: Till, body: Json) -> Books:
    """Send a sale that is parked, and return the books after."""
    till.write_sale(body)
    assert states(till.push()) == ["parked"]
    return everything()


def unknown_product(till: Till) -> tuple[Json, str]:
    """A sale of a product that the shop does not have, and that product."""
    basket = till.basket(("coffee", 2000))
    missing = basket["lines"][0]["product_id"] = till.device.ids(3)
    return till.sale_body(basket=basket), missing


def wrong_totals(till: Till) -> Json:
    """A sale whose net is one cent too high."""
    body = till.sale_body()
    body["totals"]["net"] += 1
    return body


def refuses(till: Till, before: Books, reason: str, action: str = "retry", **how: object) -> bool:
    """Whether a repair is refused for a reason, with nothing written."""
    with pytest.raises(StillFaulty) as caught:
        mend(till, action, **how)  # type: ignore[arg-type]  # what the test gives
    assert caught.value.data == {"reason": reason}
    assert everything() == before
    return True


def test_a_parked_sale_stands_in_the_list_with_what_can_be_done(till: Till) -> None:
    body, missing = unknown_product(till)
    park(till, body)

    with scope(till.business.id):
        [waiting] = queries.waiting()
        count = queries.waiting_of_shift(uuid.UUID(till.shift))
    assert (waiting.fact.seq, waiting.fact.reason, waiting.fact.amount, waiting.number, waiting.series) == (
        3, "unknown_product", 17_800, 1, till.device.series,
    )  # fmt: skip
    assert [(line.product_id, line.name, line.quantity, line.gross) for line in waiting.unknown] == [(missing, "coffee", 2000, 17_800)]
    assert (waiting.may_map, waiting.may_accept, count) == (True, False, 1)


def test_mapping_a_product_makes_the_sale_with_the_other_one(till: Till) -> None:
    body, missing = unknown_product(till)
    before = park(till, body)

    mend(till, "map", "Cambió de código", {missing: till.business.products["tomato"]})

    assert grown(before) == SALE_ROWS | {"counter_shifttotal": 4}
    assert stock(till.business) == {"coffee": 0, "water": 0, "tomato": -2000}
    assert totals(till) == {"float": 50_000, "sales": 1, "gross": 17_800, "net": 15_345, "pay:cash": 17_800}
    assert in_scope(till.business, lambda: SaleLine.objects.get().name) == "coffee"
    assert doctor() == []


def test_a_repair_is_a_row_with_person_and_reason_and_the_fact_stays_as_it_was(till: Till) -> None:
    body, missing = unknown_product(till)
    park(till, body)
    mapping = {missing: till.business.products["tomato"]}

    mend(till, "map", "Cambió de código", mapping)

    with scope(till.business.id):
        row = ParkedResolution.objects.get()
        entry = JournalEntry.objects.get(seq=SEQ)
        waiting = queries.waiting_counts()
    assert (row.seq, row.action, row.note, row.mapping, str(row.actor_id)) == (3, "map", "Cambió de código", mapping, till.business.manager)
    assert unpack(entry.bytes, entry.journal_id) == till.journal_facts[2]
    assert waiting == (0, 0)


def test_trying_again_succeeds_once_the_cause_is_gone(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(contract.body_decoders)
    monkeypatch.setattr(contract, "body_decoders", {key: value for key, value in known.items() if key[0] != "sale.recorded"})
    before = park(till, till.sale_body())
    monkeypatch.setattr(contract, "body_decoders", known)

    mend(till, "retry")

    assert grown(before) == SALE_ROWS | {"counter_shifttotal": 4}
    assert in_scope(till.business, lambda: Sale.objects.get().flags) == ""
    assert doctor() == []


def test_trying_again_with_the_cause_still_there_leaves_nothing(till: Till) -> None:
    assert refuses(till, park(till, unknown_product(till)[0]), "unknown_product")


def test_mapping_to_another_businesss_product_leaves_nothing(till: Till, other: Business) -> None:
    body, missing = unknown_product(till)

    assert refuses(till, park(till, body), "unknown_product", "map", mapping={missing: other.products["tomato"]})
    assert stock(other) == {"coffee": 0, "water": 0, "tomato": 0}


def test_accepting_takes_the_tills_figures_and_marks_the_sale(till: Till) -> None:
    before = park(till, wrong_totals(till))

    mend(till, "accept", "El cajero cobró así")

    assert grown(before) == SALE_ROWS | {"counter_shifttotal": 4}
    with scope(till.business.id):
        sale = Sale.objects.get()
        head = JournalHead.objects.get(journal_id=uuid.UUID(till.journal))
    assert (sale.gross, sale.net, sale.flags) == (8_900, 7_673, "accepted")
    assert head.perpetual == 8_900
    assert doctor() == []


def test_accepting_does_not_help_where_the_figures_are_not_the_doubt(till: Till) -> None:
    assert refuses(till, park(till, unknown_product(till)[0]), "unknown_product", "accept", note="da igual")


def test_figures_that_no_column_holds_cannot_be_accepted(till: Till) -> None:
    body = till.sale_body()
    body["totals"]["gross"] = 10**30

    assert refuses(till, park(till, body), "conflict", "accept", note="da igual")


def test_a_sale_that_was_not_paid_can_be_accepted(till: Till) -> None:
    basket = till.basket(("coffee", 1000), payments=[{"method": "cash", "amount": 5_000}])
    park(till, till.sale_body(basket=basket, totals=price_document(basket)))

    mend(till, "accept", "Quedó a deber")

    assert (totals(till)["gross"], totals(till)["pay:cash"]) == (8_900, 5_000)
    assert doctor() == []


def test_a_number_that_another_sale_holds_is_counted_twice_only_when_a_person_accepts_it(till: Till) -> None:
    till.sell(("coffee", 1000))
    till.write_sale(till.sale_body(("tomato", 1000), number=1))
    assert reasons(till.push()) == [None, "number_used"]
    before = everything()

    assert refuses(till, before, "conflict", seq=4)
    mend(till, "accept", "Los dos papeles existen", seq=4)

    assert grown(before) == SALE_ROWS
    assert in_scope(till.business, lambda: sorted(Sale.objects.values_list("number", "twin", "flags"))) == [
        (1, 0, ""), (1, 1, "accepted number_used"),
    ]  # fmt: skip
    assert totals(till)["sales"] == 2
    assert doctor() == []


def test_a_z_whose_number_is_used_is_accepted_beside_the_other(till: Till) -> None:
    till.close_shift()
    till.open_shift()
    till.cashier.z = 0
    till.close_shift()
    assert reasons(till.push()) == [None, None, "z_used"]
    before = everything()

    mend(till, "accept", "El segundo corte también salió", seq=5)

    assert grown(before) == {"counter_shiftclosing": 1, "sync_parkedresolution": 1}
    assert in_scope(till.business, lambda: sorted(ShiftClosing.objects.values_list("z", "twin"))) == [(1, 0), (1, 1)]
    assert doctor() == []


def test_what_cannot_be_counted_is_left_on_record_and_waits_no_more(till: Till) -> None:
    till.write_sale(till.sale_body(), mood="good")
    till.push()
    before = everything()

    mend(till, "leave", "Se volvió a cobrar en la otra caja")

    assert grown(before) == {"sync_parkedresolution": 1}
    with scope(till.business.id):
        assert (queries.waiting(), queries.waiting_counts()) == ([], (0, 0))
    assert doctor() == []


@pytest.mark.parametrize("action", ["retry", "accept", "leave"])
def test_every_repair_wants_a_reason(till: Till, action: str) -> None:
    before = park(till, wrong_totals(till))

    with pytest.raises(Invalid):
        mend(till, action, "  ")
    assert everything() == before


def test_what_a_revoked_till_sent_is_not_counted_by_trying_again(till: Till) -> None:
    till.business.revoke(till)
    till.sell(("coffee", 1000))
    till.push()

    assert refuses(till, everything(), "revoked")


def test_bytes_that_are_no_fact_of_ours_stay_parked(till: Till) -> None:
    till.write_sale(till.sale_body(), mood="good")
    till.push()

    assert refuses(till, everything(), "schema", "accept", note="da igual")


def test_a_fact_is_repaired_once(till: Till) -> None:
    park(till, wrong_totals(till))
    mend(till, "accept", "El cajero cobró así")
    before = everything()

    with pytest.raises(NotFound):
        mend(till, "accept", "Otra vez")
    assert everything() == before


def test_a_cashier_repairs_nothing(till: Till) -> None:
    before = park(till, wrong_totals(till))
    cashier = Actor(till.business.id, "person", uuid.UUID(till.business.cashier), "cashier")

    with pytest.raises(Forbidden), scope(till.business.id):
        repair(cashier, journal_id=uuid.UUID(till.journal), seq=SEQ, how=Repair("accept", "porque sí"))
    assert everything() == before


def test_another_business_finds_no_such_fact(till: Till, other: Business) -> None:
    before = park(till, wrong_totals(till))

    with pytest.raises(NotFound), scope(other.id):
        repair(a_person(other), journal_id=uuid.UUID(till.journal), seq=SEQ, how=Repair("accept", "nuestro no es"))
    assert everything() == before


@pytest.mark.parametrize("action, mapping", [("forget", None), ("map", None), ("retry", {"a": "b"})])
def test_an_act_that_is_none_is_refused(till: Till, action: str, mapping: dict[str, str] | None) -> None:
    before = park(till, wrong_totals(till))

    with pytest.raises(Invalid):
        mend(till, action, "x", mapping)
    assert everything() == before


def test_what_a_revoked_till_sent_becomes_rows_when_a_person_says_so(till: Till) -> None:
    till.business.revoke(till)
    till.sell(("coffee", 1000))
    assert reasons(till.push()) == ["revoked"]
    before = everything()

    mend(till, "accept", "La tableta apareció")

    assert grown(before) == SALE_ROWS | {"counter_shifttotal": 4}
    assert totals(till)["gross"] == 8_900


def part_of(till: Till) -> list[Json]:
    """What the till part says of parked facts."""
    told: list[Json] = document(till.pull("till"))["parked"]
    return told


def test_a_till_that_was_let_go_of_hears_what_was_decided_and_nothing_else(till: Till) -> None:
    till.business.revoke(till)
    till.sell(("coffee", 1000))
    till.push()

    def heard() -> list[list[int]]:
        return [row["seqs"] for row in document(call("GET", "ping?parked", till.token))["parked"]]

    assert call("GET", "till", till.token).status_code == 401
    [[seq]] = heard()
    mend(till, "accept", "La tableta apareció")
    assert (seq, heard()) == (len(till.journal_facts), [[]])
    assert "parked" not in document(call("GET", "ping", till.token))


def test_the_till_hears_what_waits_and_when_it_was_dealt_with(till: Till) -> None:
    other = till.business.till()
    other.open_shift()
    other.push()
    assert part_of(till) == []
    park(till, wrong_totals(till))
    till.end_without_sale()
    till.push()
    drain()
    before = till.ping()["n"]
    assert part_of(till) == [{"journal": till.journal, "watermark": SEQ + 1, "seqs": [SEQ], "waiting_refused": []}]

    mend(till, "accept", "counted twice, the drawer agrees")
    drain()

    assert part_of(till) == [{"journal": till.journal, "watermark": SEQ + 1, "seqs": [], "waiting_refused": []}]
    assert part_of(other) == []
    epoch = till.ping()["epoch"]
    changes = document(till.pull(f"changes?epoch={epoch}&n={before}"))["changes"]
    assert [(change["kind"], change["id"]) for change in changes] == [("till", str(till.business.device(till).till_id))]


def test_a_repair_that_is_refused_tells_the_till_nothing(till: Till) -> None:
    before = park(till, wrong_totals(till))
    drain()
    n = till.ping()["n"]

    assert refuses(till, before, "totals")
    drain()

    assert till.ping()["n"] == n
    assert part_of(till) == [{"journal": till.journal, "watermark": SEQ, "seqs": [SEQ], "waiting_refused": []}]


def test_what_an_earlier_journal_of_the_same_till_left_waiting_is_told_to_the_new_one(till: Till) -> None:
    park(till, wrong_totals(till))
    again = till.reopen()

    assert part_of(again) == [{"journal": till.journal, "watermark": SEQ, "seqs": [SEQ], "waiting_refused": []}]
