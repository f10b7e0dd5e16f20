"""Laws of combos: the parts sum to the price whatever their order, nothing of it is lost or paid twice, and what comes back is what was paid."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mostrador.pricing.arithmetic import div_round
from mostrador.pricing.document import price_document, refund_document
from tests.pricing import oracle
from tests.pricing.strategies import DISCOUNTS, UNIT_PRICES, baskets
from tests.support.examples import examples

type Document = dict[str, Any]

FEW = settings(max_examples=examples(150))


def priced(basket: Document) -> Document:
    return price_document(basket)


@st.composite
def combined(draw: st.DrawFn) -> Document:
    """Draw a basket with one or two combos of some of its lines."""
    basket = draw(baskets(exchanges=False))
    ids = [line["id"] for line in basket["lines"]]
    assume(ids)
    order = draw(st.permutations(ids))
    ends = sorted(draw(st.lists(st.integers(1, len(ids)), min_size=1, max_size=2, unique=True)))
    combos = []
    for index, (start, end) in enumerate(zip([0, *ends], ends, strict=False)):
        combos.append(
            {
                "id": f"c{index}",
                "quantity": draw(st.integers(0, 4)) * 1000,
                "unit_price": draw(UNIT_PRICES),
                "parts": [{"line": line} for line in order[start:end]],
                "discount": draw(DISCOUNTS),
            }
        )
    return {**basket, "combos": combos}


def price_of(basket: Document, combo: Document) -> int:
    return div_round(combo["quantity"] * combo["unit_price"], 10 ** (7 - basket["currency"]["digits"]))


def own_lines(totals: Document, combo: Document) -> list[Document]:
    by_id = {line["id"]: line for line in totals["lines"]}
    return [by_id[part["line"]] for part in combo["parts"]]


@given(combined())
@settings(max_examples=examples(300))
def test_engine_and_oracle_agree(basket: Document) -> None:
    assert priced(basket) == oracle.price(basket)


@given(combined())
@FEW
def test_the_parts_sum_to_the_price_and_each_is_within_a_unit_of_its_share(basket: Document) -> None:
    totals = priced(basket)
    alone = {line["id"]: line["list"] for line in priced({**basket, "combos": []})["lines"]}
    for combo in basket["combos"]:
        own, price = own_lines(totals, combo), price_of(basket, combo)
        weights = [alone[line["id"]] for line in own]
        assert sum(line["list"] for line in own) == price
        for line, weight in zip(own, weights, strict=True):
            if sum(weights):
                assert abs(line["list"] * sum(weights) - price * weight) < sum(weights)


@given(combined(), st.data())
@FEW
def test_the_order_of_the_parts_moves_no_sum_and_no_part_by_more_than_a_unit(basket: Document, data: st.DataObject) -> None:
    # A discount of a line or of the ticket may end elsewhere when a unit moves; a combo's own is a share of its whole.
    basket = {**basket, "lines": [{**line, "discount": None} for line in basket["lines"]], "discount": None}
    other = {**basket, "combos": [{**combo, "parts": data.draw(st.permutations(combo["parts"]))} for combo in basket["combos"]]}
    one, two = priced(basket), priced(other)

    assert (two["list"], two["discount"]) == (one["list"], one["discount"])
    if basket["prices_include_tax"]:
        assert (two["gross"], two["due"]) == (one["gross"], one["due"])
    for before, after in zip(one["lines"], two["lines"], strict=True):
        assert abs(before["list"] - after["list"]) <= 1
    for combo in basket["combos"]:
        assert sum(line["list"] for line in own_lines(two, combo)) == price_of(basket, combo)


@given(combined(), st.data())
@FEW
def test_the_order_of_the_lines_of_the_basket_moves_no_share(basket: Document, data: st.DataObject) -> None:
    shuffled = {**basket, "lines": data.draw(st.permutations(basket["lines"]))}
    lists = {line["id"]: line["list"] for line in priced(basket)["lines"]}

    assert {line["id"]: line["list"] for line in priced(shuffled)["lines"]} == lists


@given(combined())
@FEW
def test_a_discount_on_a_combo_never_passes_what_is_left_of_any_line(basket: Document) -> None:
    totals = priced({**basket, "discount": None})
    bare = priced({**basket, "discount": None, "combos": [{**combo, "discount": None} for combo in basket["combos"]]})
    for combo in basket["combos"]:
        lowered = 0
        for line, before in zip(own_lines(totals, combo), own_lines(bare, combo), strict=True):
            assert 0 <= before["discount"] <= line["discount"] <= line["list"]
            lowered += line["discount"] - before["discount"]
        left = sum(line["list"] - line["discount"] for line in own_lines(bare, combo))
        discount = combo["discount"] or {"amount": 0}
        expected = min(discount["amount"], left) if "amount" in discount else div_round(left * discount["percent"], 1_000_000)
        assert lowered == expected


@given(combined())
@FEW
def test_a_combo_that_comes_back_is_the_same_with_the_other_sign(basket: Document) -> None:
    back = {
        **basket,
        "lines": [{**line, "quantity": -line["quantity"]} for line in basket["lines"]],
        "combos": [{**combo, "quantity": -combo["quantity"]} for combo in basket["combos"]],
        "tip": -basket["tip"],
    }
    one, other = priced(basket), priced(back)

    assert [-line["gross"] for line in other["lines"]] == [line["gross"] for line in one["lines"]]
    assert other["due"] == -one["due"]


@given(combined(), st.randoms(use_true_random=False))
@FEW
def test_parts_that_come_back_in_any_pieces_and_order_give_back_exactly_what_was_paid(basket: Document, random: Random) -> None:
    sold = {line["id"]: line for line in priced(basket)["lines"]}
    left = {line["id"]: line["quantity"] for line in basket["lines"] if line["quantity"] > 0}
    before: dict[str, Document] = {}
    back = dict.fromkeys(left, 0)
    while left:
        line = random.choice(sorted(left))
        quantity = random.randint(1, left[line])
        share = {"quantity": next(one["quantity"] for one in basket["lines"] if one["id"] == line)} | {
            name: sold[line][name] for name in ("gross", "taxes")
        }
        given_back = refund_document(
            {
                "version": 1,
                "currency": basket["currency"],
                "lines": [
                    {
                        "id": "r", "quantity": quantity, "sold": share, "before": before.get(line), "line": 0,
                        "reason": "other", "goods": "shelf",
                    }
                ],
            }
        )["lines"]  # fmt: skip
        row = given_back[0]  # type: ignore[index]
        back[line] += row["gross"]
        before[line] = {
            "quantity": quantity + (before[line]["quantity"] if line in before else 0),
            "gross": back[line],
            "taxes": _added(before.get(line), row["taxes"]),
        }
        left[line] -= quantity
        if not left[line]:
            del left[line]

    assert back == {line: sold[line]["gross"] for line in back}


def _added(before: Document | None, taxes: list[Document]) -> list[Document]:
    earlier = before["taxes"] if before else [{"base": 0, "amount": 0} for _ in taxes]
    return [
        {"code": tax["code"], "base": tax["base"] + was["base"], "amount": tax["amount"] + was["amount"]}
        for tax, was in zip(taxes, earlier, strict=True)
    ]
