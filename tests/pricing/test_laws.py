"""Laws of pricing that hold for every basket, and what the slow oracle says of each."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mostrador.pricing.document import price_document
from mostrador.pricing.errors import PricingError
from tests.pricing import oracle
from tests.pricing.baskets import random_basket
from tests.pricing.strategies import baskets, turned
from tests.support.examples import examples

type Document = dict[str, Any]

MANY = 200_000
"""Thousandths: more pieces than the oracle wants to take up one by one."""
FEW = settings(max_examples=examples(150))


def priced(basket: Document) -> Document:
    return price_document(basket)


def negative(value: Any) -> Any:
    """Return the totals with every amount's sign changed; versions stay."""
    if isinstance(value, dict):
        return {key: part if key in {"version", "engine"} else negative(part) for key, part in value.items()}
    if isinstance(value, list):
        return [negative(part) for part in value]
    return -value if isinstance(value, int) else value


@st.composite
def paid_baskets(draw: st.DrawFn) -> Document:
    """Draw a basket of goods that go out, and payments that it can take."""
    basket = draw(baskets(exchanges=False).filter(lambda drawn: priced(drawn)["due"] >= 0))
    due = priced(basket)["due"]
    by_card = draw(st.integers(0, due))
    cash = draw(st.lists(st.integers(0, due + 1000), max_size=2))
    payments = [{"method": "card", "amount": by_card}, *({"method": "cash", "amount": amount} for amount in cash)]
    return {**basket, "payments": draw(st.permutations(payments))}


@given(baskets())
@settings(max_examples=examples(400))
def test_engine_and_oracle_agree(basket: Document) -> None:
    assert priced(basket) == oracle.price(basket)


def test_engine_and_oracle_agree_on_the_baskets_of_the_differential_run() -> None:
    agreed = 0
    for seed in range(1600):
        basket = random_basket(Random(seed))
        try:
            totals = priced(basket)
        except PricingError:
            continue
        if basket.get("promotions") and any(line["quantity"] > MANY for line in basket["lines"]):
            continue  # the oracle takes pieces one at a time
        assert totals == oracle.price(basket), seed
        agreed += 1

    assert agreed > 1100


@given(paid_baskets())
@FEW
def test_engine_and_oracle_agree_on_payments(basket: Document) -> None:
    assert priced(basket) == oracle.price(basket)


@given(baskets())
@FEW
def test_the_parts_of_a_line_sum_to_it(basket: Document) -> None:
    for line in priced(basket)["lines"]:
        charged = line["list"] - line["discount"] - line["share"]
        assert line["net"] + line["tax"] == line["gross"]
        assert line["tax"] == sum(tax["amount"] for tax in line["taxes"])
        assert charged == (line["gross"] if basket["prices_include_tax"] else line["net"])


@given(baskets())
@FEW
def test_the_lines_sum_to_the_document(basket: Document) -> None:
    totals = priced(basket)
    lines = totals["lines"]

    for name in ("list", "net", "tax", "gross"):
        assert totals[name] == sum(line[name] for line in lines)
    assert totals["discount"] == sum(line["discount"] + line["share"] for line in lines)
    assert totals["tax"] == sum(tax["amount"] for tax in totals["taxes"])
    for tax in totals["taxes"]:
        rows = [row for line in lines for row in line["taxes"] if row["code"] == tax["code"]]
        assert (tax["base"], tax["amount"]) == (sum(row["base"] for row in rows), sum(row["amount"] for row in rows))
    assert totals["due"] == totals["gross"] + totals["tip"] + totals.get("gift_cards", 0)


@given(baskets())
@FEW
def test_a_basket_and_its_return_are_nothing(basket: Document) -> None:
    assert priced(turned(basket)) == negative(priced(basket))


@given(paid_baskets())
@FEW
def test_a_paid_basket_and_its_refund_are_nothing(basket: Document) -> None:
    assert priced(turned(basket)) == negative(priced(basket))


@given(baskets(exchanges=False))
@FEW
def test_a_discount_never_passes_what_it_lowers(basket: Document) -> None:
    for line in priced(basket)["lines"]:
        assert 0 <= line["discount"] <= line["list"]
        assert 0 <= line["share"] <= line["list"] - line["discount"]


@given(paid_baskets())
@FEW
def test_money_in_is_money_owed_and_money_back(basket: Document) -> None:
    totals = priced(basket)
    cash = sum(payment["amount"] for payment in basket["payments"] if payment["method"] == "cash")

    assert totals["due"] + totals["rounding"] == totals["paid"] + totals["missing"] - totals["change"]
    assert 0 <= totals["change"] <= cash
    assert totals["missing"] >= 0
    assert 0 in (totals["change"], totals["missing"])


@given(paid_baskets())
@FEW
def test_cash_rounding_moves_less_than_a_step_and_only_for_cash(basket: Document) -> None:
    totals, rule = priced(basket), basket["cash_rounding"]
    cash_is_there = any(payment["method"] == "cash" for payment in basket["payments"])

    if rule is None or not cash_is_there:
        assert totals["rounding"] == 0
        return
    by_card = sum(payment["amount"] for payment in basket["payments"] if payment["method"] != "cash")
    assert (totals["due"] - by_card + totals["rounding"]) % rule["step"] == 0
    assert abs(totals["rounding"]) < rule["step"] if rule["mode"] == "down" else 2 * abs(totals["rounding"]) <= rule["step"]
    assert rule["mode"] != "down" or totals["rounding"] <= 0


@given(paid_baskets(), st.data())
@FEW
def test_the_order_of_payments_changes_nothing(basket: Document, data: st.DataObject) -> None:
    shuffled = {**basket, "payments": data.draw(st.permutations(basket["payments"]))}

    assert priced(shuffled) == priced(basket)


def without_bases(totals: Document) -> Document:
    return {**totals, "lines": None, "taxes": [{**tax, "base": None} for tax in totals["taxes"]]}


@given(baskets(), st.data())
@FEW
def test_without_a_ticket_discount_the_order_of_lines_moves_no_amount(basket: Document, data: st.DataObject) -> None:
    basket = {**basket, "discount": None}
    shuffled = {**basket, "lines": data.draw(st.permutations(basket["lines"]))}

    before, after = priced(basket), priced(shuffled)

    assert without_bases(after) == without_bases(before)
    if basket["tax_rounding"] == "line":
        assert after["taxes"] == before["taxes"]
        assert sorted(map(str, after["lines"])) == sorted(map(str, before["lines"]))


@given(baskets(), st.data())
@FEW
def test_with_a_ticket_discount_the_order_of_lines_moves_no_list_and_no_shelf_price(basket: Document, data: st.DataObject) -> None:
    shuffled = {**basket, "lines": data.draw(st.permutations(basket["lines"]))}

    before, after = priced(basket), priced(shuffled)

    assert (after["list"], after["discount"]) == (before["list"], before["discount"])
    if basket["prices_include_tax"]:
        assert after["due"] == before["due"]


@given(baskets())
@FEW
def test_a_tax_of_the_document_is_its_exact_sum_rounded_once(basket: Document) -> None:
    by_line = priced({**basket, "tax_rounding": "line"})
    by_document = priced({**basket, "tax_rounding": "document"})

    for one, other in zip(by_line["taxes"], by_document["taxes"], strict=True):
        rows = sum(row["code"] == one["code"] for line in by_line["lines"] for row in line["taxes"])
        # Each line errs by half a unit at most, and the document by half a unit more.
        assert 2 * abs(one["amount"] - other["amount"]) <= rows + 1
    for line, same in zip(by_line["lines"], by_document["lines"], strict=True):
        for row, shared in zip(line["taxes"], same["taxes"], strict=True):
            assert abs(row["amount"] - shared["amount"]) <= 1


@given(baskets())
@FEW
def test_what_a_line_carries_for_others_changes_no_figure(basket: Document) -> None:
    named = [{**line, "product_id": "p", "name": "Café <b>", "unit": "kg", "note_annex": None} for line in basket["lines"]]

    assert priced({**basket, "lines": named}) == priced(basket)
