"""Facts come in: what becomes of them, and that sending them again, or in any order, changes nothing."""

import uuid
from random import Random

import pytest

from mostrador.config.worker import drain
from mostrador.counter.models import Payment, Sale, SaleLine
from mostrador.kernel.scoping import scope
from tests.support.examples import examples
from tests.sync.books import doctor, everything, grown, head, made, stock, totals
from tests.sync.shop import Business, states


def test_a_whole_day_is_accepted_fact_by_fact(shop: Business) -> None:
    till = shop.till()
    till.whole_day()

    answer = till.push()

    assert states(answer) == ["accepted"] * 11
    assert [(one["seq"], one["reason"]) for one in answer["answers"]] == [(seq, None) for seq in range(1, 12)]
    assert (answer["protocol"], answer["watermark"], answer["head"], answer["journal"]) == (1, 11, till.device.head, "open")
    assert head(till) == (11, till.device.head, 0, False)


def test_a_whole_day_becomes_these_rows_and_no_others(shop: Business) -> None:
    till = shop.till()
    before = everything()
    till.whole_day()

    till.push()

    assert grown(before) == {
        "counter_visit": 3, "counter_visitclosing": 1, "counter_shift": 1, "counter_sale": 2, "counter_saleline": 3, "counter_payment": 2,
        "counter_cashmove": 2, "counter_counterevent": 3, "counter_shiftclosing": 1, "counter_shifttotal": 10,
        "sync_journalentry": 11,
    }  # fmt: skip


def test_a_sale_becomes_its_ticket_its_lines_and_its_payments(shop: Business) -> None:
    till = shop.till()
    till.open_shift()
    fact = till.sell(
        ("coffee", 2000), ("tomato", 750), payments=[{"method": "card", "amount": 10_000}, {"method": "cash", "amount": 20_000}]
    )

    till.push()

    with scope(shop.id):
        sale = Sale.objects.get()
        lines = list(SaleLine.objects.order_by("n").values_list("n", "name", "unit", "quantity", "unit_price", "net", "gross"))
        payments = list(Payment.objects.order_by("n").values_list("n", "method", "amount", "tendered", "reference"))
    assert str(sale.id) == fact["body"]["sale"]
    assert (str(sale.fact_id), str(sale.visit_id), str(sale.shift_id)) == (fact["id"], fact["visit"]["id"], till.shift)
    assert (sale.number, sale.business_date.isoformat(), sale.flags, sale.engine) == (1, "2025-11-25", "", 1)
    assert (sale.gross, sale.net, sale.discount, sale.rounding, sale.tip) == (20_650, 18_195, 0, 0, 0)
    assert sale.taxes == [["IVA16", 15_345, 2_455], ["IVA0", 2_850, 0]]
    assert lines == [(0, "coffee", "pieza", 2000, 890_000, 15_345, 17_800), (1, "tomato", "kg", 750, 380_000, 2_850, 2_850)]
    assert payments == [(0, "card", 10_000, 10_000, ""), (1, "cash", 10_650, 20_000, "")]


def test_a_shifts_totals_are_what_its_facts_come_to(shop: Business) -> None:
    till = shop.till()
    till.whole_day()

    till.push()

    assert totals(till) == {
        "float": 50_000, "sales": 2, "gross": 22_500, "net": 19_790, "pay:cash": 20_650, "pay:card": 1_850, "visits": 1, "cash_in": 2_000,
        "cash_out": 1_500, "drawer": 1,
    }  # fmt: skip


def test_goods_leave_the_shelves_with_the_sale(shop: Business) -> None:
    till = shop.till()
    till.whole_day()

    till.push()

    assert stock(shop) == {"coffee": -2000, "water": -1000, "tomato": -750}


def test_doctor_finds_nothing_after_a_day(shop: Business) -> None:
    till = shop.till()
    till.whole_day()

    till.push()
    drain()

    assert doctor() == []


def test_the_same_push_twice_is_known_and_changes_nothing(shop: Business) -> None:
    till = shop.till()
    till.whole_day()
    body = till.device.push_body(till.journal_facts)
    till.post(body)
    before = everything()

    answer = till.push(till.journal_facts)

    assert states(answer) == ["known"] * 11
    assert (answer["watermark"], answer["journal"]) == (11, "open")
    assert everything() == before


def test_a_batch_that_begins_with_known_facts_brings_only_the_new_ones(shop: Business) -> None:
    till = shop.till()
    till.open_shift()
    till.push()
    till.sell(("coffee", 1000))

    answer = till.push(till.journal_facts)

    assert states(answer) == ["known", "known", "accepted"]
    assert len(made()["counter_sale"]) == 1


def test_a_fact_twice_in_one_batch_is_answered_once(shop: Business) -> None:
    till = shop.till()
    till.open_shift()

    answer = till.push([*till.journal_facts, till.journal_facts[-1]])

    assert states(answer) == ["accepted", "accepted"]
    assert len(made()["counter_shift"]) == 1


def batches_in_disorder(random: Random, facts: list[bytes]) -> list[list[bytes]]:
    """The journal cut into batches at random, shuffled, with some of them sent again."""
    cuts = sorted(random.sample(range(1, len(facts)), random.randrange(1, 6)))
    batches = [facts[start:end] for start, end in zip([0, *cuts], [*cuts, len(facts)], strict=True)]
    again = random.choices(batches, k=random.randrange(4))
    wide = [facts[random.randrange(len(facts)) :] for _ in range(random.randrange(3))]
    disorder = [*batches, *again, *wide]
    random.shuffle(disorder)
    return disorder


@pytest.mark.parametrize("seed", range(examples(15)))
def test_a_journal_in_any_order_and_with_repetitions_makes_the_same_rows(shop: Business, seed: int) -> None:
    random = Random(seed)
    till = shop.till()
    till.whole_day()
    till.whole_day()

    for batch in batches_in_disorder(random, till.journal_facts):
        till.push(batch)
    last = till.push(till.journal_facts)

    assert set(states(last)) == {"known"}
    assert head(till) == (21, till.device.head, 0, False)
    assert len(everything()["sync_journalentry"]) == 21
    assert (everything()["sync_earlyfact"], everything()["sync_evidence"], everything()["sync_parkedfact"]) == ([], [], [])
    assert totals(till)["gross"] == 22_500
    assert {table: len(rows) for table, rows in made().items() if rows} == {
        "counter_visit": 6, "counter_visitclosing": 2, "counter_shift": 2, "counter_sale": 4, "counter_saleline": 6, "counter_payment": 4,
        "counter_cashmove": 4, "counter_counterevent": 6, "counter_shiftclosing": 2, "counter_shifttotal": 20,
    }  # fmt: skip
    drain()
    assert doctor() == []


def test_many_tills_push_into_journals_of_their_own(shop: Business) -> None:
    first, second = shop.till(), shop.till()
    for till in (first, second):
        till.whole_day()
        till.push()

    assert (totals(first)["gross"], totals(second)["gross"]) == (22_500, 22_500)
    assert head(first)[1] != head(second)[1]
    assert len({uuid.UUID(row[1]) for row in made()["counter_sale"]}) == 4
