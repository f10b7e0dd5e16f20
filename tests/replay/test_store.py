"""A store's baskets as the facts of a till, on lines made by hand."""

import datetime as dt
import json
from typing import Any

import polars as pl
import pytest

from bench.replay import kinds
from bench.replay.client import BYTES_A_PUSH, FACTS_A_PUSH, batches
from bench.replay.ledger import ServerSide, reconcile
from bench.replay.store import Goods, device_of, expected_facts, store_baskets, store_facts
from mostrador.pricing.document import price_document
from mostrador.sync.device import Place

PLACE = Place("0199b2a4-7000-7a00-8a00-000000000001", "0199b2a4-7000-7a00-8a00-000000000002", "0199b2a4-7000-7a00-8a00-000000000003")
GOODS = {n: Goods(f"0199b2a4-7000-7a00-8a00-0000000001{n:02d}", f"Product {n}", "pieza") for n in range(1, 10)}
FIRST_DAY = dt.date(2017, 1, 1)
NINE = 1_483_279_200_000


def a_line(basket: int, product: int, **figures: int) -> dict[str, object]:
    """A line of the source: one piece for $2.00 without discounts, unless told otherwise (cents, thousandths, days after the first)."""
    day = figures.pop("day", 0)
    line = {"quantity": 1000, "value": 200, "retail": 0, "match": 0, "coupon": 0} | figures
    return {
        "store": 7,
        "basket": basket,
        "product": product,
        "department": "GROCERY",
        "at": NINE + day * 86_400_000 + basket * 60_000,
        "day": FIRST_DAY + dt.timedelta(days=day),
        **line,
        "list": line["value"] + line["retail"] + line["match"],
    }


def facts_of(*lines: dict[str, object]) -> list[dict[str, Any]]:
    """The facts that lines become."""
    baskets = store_baskets(pl.DataFrame(list(lines)))
    return [json.loads(fact) for fact in store_facts(device_of(7, "T7A", 0), PLACE, baskets, GOODS, price_document)]


def the_sale(*lines: dict[str, object]) -> dict[str, Any]:
    """The body of the only sale that lines become."""
    (body,) = [fact["body"] for fact in facts_of(*lines) if fact["kind"] == "sale.recorded"]
    return dict(body)


def test_each_day_is_opened_and_closed() -> None:
    facts = facts_of(a_line(1, 1), a_line(2, 1), a_line(3, 1, day=1))

    assert [fact["kind"] for fact in facts] == [
        "journal.opened", "shift.opened", "sale.recorded", "sale.recorded", "shift.closed", "shift.opened", "sale.recorded", "shift.closed",
    ]  # fmt: skip
    assert [fact["seq"] for fact in facts] == list(range(1, 9))
    assert [fact["body"]["business_date"] for fact in facts if fact["kind"].startswith("shift.")] == ["2017-01-01"] * 2 + ["2017-01-02"] * 2


def test_as_many_facts_as_expected() -> None:
    lines = [a_line(1, 1), a_line(2, 1, quantity=0, value=0), a_line(3, 1, day=1)]

    assert len(facts_of(*lines)) == expected_facts(pl.DataFrame(lines)) == 8


def test_gross_is_value_and_both_discounts_and_the_sale_reconciles_to_the_value() -> None:
    totals = the_sale(a_line(1, 1, value=250, retail=40, match=10))["totals"]

    assert (totals["list"], totals["discount"], totals["gross"], totals["due"]) == (300, 50, 250, 250)


def test_fuel_keeps_its_thousandths_and_its_amount_to_the_cent() -> None:
    sale = the_sale(a_line(1, 1, quantity=10_601, value=2_479))

    assert sale["basket"]["lines"][0]["quantity"] == 10_601
    assert sale["basket"]["lines"][0]["unit_price"] == 23_385
    assert sale["totals"]["gross"] == 2_479


def test_a_coupon_pays_part_as_a_voucher() -> None:
    sale = the_sale(a_line(1, 1, value=500, coupon=120))

    assert sale["basket"]["payments"] == [{"method": "voucher", "amount": 120}, {"method": "cash", "amount": 380}]
    assert (sale["totals"]["change"], sale["totals"]["missing"]) == (0, 0)


def test_coupons_above_what_is_owed_pay_only_what_is_owed() -> None:
    lines = [a_line(1, 1, value=100), a_line(1, 2, quantity=0, value=0, coupon=250)]

    assert the_sale(*lines)["basket"]["payments"] == [{"method": "voucher", "amount": 100}]
    assert kinds.basket_kinds(kinds.baskets(pl.DataFrame(lines)))[1] == kinds.Kind("basket_that_would_owe_less_than_nothing", 1, 100, 250)


def test_a_basket_without_a_line_to_sell_is_a_visit_without_a_sale() -> None:
    facts = facts_of(a_line(1, 1, quantity=0, value=0))

    assert [fact["kind"] for fact in facts] == ["journal.opened", "shift.opened", "visit.closed", "shift.closed"]
    assert facts[2]["body"]["by_product"] == "unknown"
    assert facts[3]["body"]["figures"]["visits_without_sale"] == 1


def test_a_line_that_is_given_away_stays_on_the_ticket() -> None:
    sale = the_sale(a_line(1, 1, value=0), a_line(1, 2))

    assert [line["unit_price"] for line in sale["basket"]["lines"]] == [0, 20_000]
    assert sale["totals"]["gross"] == 200


def test_the_days_closing_says_what_was_sold() -> None:
    closing = facts_of(a_line(1, 1, value=500, coupon=120), a_line(2, 1, retail=50))[-1]["body"]

    assert closing["expected"] == [{"method": "cash", "amount": 580}, {"method": "voucher", "amount": 120}]
    assert (closing["figures"]["sales"], closing["figures"]["gross"], closing["figures"]["discount"]) == (2, 700, 50)
    assert closing["perpetual"] == 700


def test_a_shorter_part_writes_the_same_first_facts() -> None:
    week = [a_line(1, 1), a_line(2, 2, day=1), a_line(3, 3, day=2)]

    assert facts_of(*week)[:5] == facts_of(*week[:2])[:5]


def test_a_second_attempt_at_pairing_is_another_journal_with_another_key() -> None:
    first, second = device_of(7, "T7A", 0), device_of(7, "T7B", 1)

    assert first.journal != second.journal
    assert first.public_key != second.public_key


@pytest.mark.parametrize("count, size, expected", [(950, 10, [400, 400, 150]), (3, BYTES_A_PUSH // 2 + 1, [1, 1, 1]), (0, 1, [])])
def test_facts_are_cut_into_batches_that_a_push_may_carry(count: int, size: int, expected: list[int]) -> None:
    cut = [len(batch) for batch in batches(bytes(size) for _ in range(count))]

    assert cut == expected
    assert FACTS_A_PUSH <= 500


def the_server(lines: list[dict[str, object]], **changes: int) -> ServerSide:
    """A server that sold exactly these lines on one day."""
    return ServerSide(pl.DataFrame(lines), changes.get("visits", 0), changes.get("vouchers", 0), changes.get("closings", 1))


def test_a_server_that_sold_the_same_agrees() -> None:
    lines = [a_line(1, 1), a_line(1, 2, quantity=0, value=0, coupon=50)]

    ledger = reconcile(pl.DataFrame(lines), the_server(lines[:1], vouchers=50))

    assert ledger.agrees
    assert (ledger.source.lines, ledger.listed.lines, ledger.expected.lines, ledger.server.lines) == (2, 1, 1, 1)


def test_one_cent_too_many_is_found_with_its_store_department_and_day() -> None:
    lines = [a_line(1, 1)]

    ledger = reconcile(pl.DataFrame(lines), the_server([a_line(1, 1, value=201)]))

    assert not ledger.agrees
    assert [(row["store"], row["department"], row["value"], row["value_server"]) for row in ledger.differing] == [(7, "GROCERY", 200, 201)]


def test_a_missing_and_a_strange_line_are_both_found() -> None:
    ledger = reconcile(pl.DataFrame([a_line(1, 1)]), the_server([a_line(1, 1) | {"department": "DELI"}]))

    assert sorted((str(row["department"]), row["lines"], row["lines_server"]) for row in ledger.differing) == [
        ("DELI", 0, 1),
        ("GROCERY", 1, 0),
    ]


@pytest.mark.parametrize("wrong", ["visits", "vouchers", "closings"])
def test_a_figure_beside_the_lines_that_differs_is_no_agreement(wrong: str) -> None:
    lines = [a_line(1, 1)]

    assert not reconcile(pl.DataFrame(lines), the_server(lines, **{wrong: 9})).agrees
