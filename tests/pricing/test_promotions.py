"""Laws of promotions: they never take more than there is, never take twice, and the buyer could not do better by laying the pieces down otherwise."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mostrador.pricing.document import price_document
from tests.pricing import oracle
from tests.pricing.strategies import PERCENTS, UNIT_PRICES, baskets
from tests.support.examples import examples

type Document = dict[str, Any]

FEW = settings(max_examples=examples(150))
PERCENT = PERCENTS.map(lambda percent: {"percent": percent})
AMOUNT = st.integers(0, 5000).map(lambda amount: {"amount": amount})
PRICE = UNIT_PRICES.map(lambda price: {"price": price})
MAYBE_QUANTITY = st.none() | st.integers(0, 8000)
MAYBE_AMOUNT = st.none() | st.integers(0, 50_000)


def _promotion(ids: list[str]) -> st.SearchStrategy[Document]:
    lines = st.lists(st.sampled_from(ids), unique=True) if ids else st.just([])
    part = st.fixed_dictionaries({"lines": lines, "count": st.integers(1, 4)})
    leasts: dict[str, st.SearchStrategy[Any]] = {"least_quantity": MAYBE_QUANTITY, "least_amount": MAYBE_AMOUNT, "stack": st.booleans()}
    each: dict[str, st.SearchStrategy[Any]] = {
        "kind": st.just("each"),
        "reward": PERCENT | AMOUNT | PRICE,
        "lines": lines,
        "most": MAYBE_QUANTITY,
    }
    total: dict[str, st.SearchStrategy[Any]] = {"kind": st.just("total"), "reward": PERCENT | AMOUNT, "lines": lines}
    a_set: dict[str, st.SearchStrategy[Any]] = {
        "kind": st.just("set"),
        "reward": PERCENT | AMOUNT | PRICE,
        "parts": st.lists(part, min_size=1, max_size=3),
        "cheapest": st.none() | st.integers(1, 3),
        "times": st.none() | st.integers(1, 3),
        "stack": st.booleans(),
    }
    return st.fixed_dictionaries({**each, **leasts}) | st.fixed_dictionaries({**total, **leasts}) | st.fixed_dictionaries(a_set)


def priced(basket: Document) -> Document:
    return price_document(basket)


@st.composite
def promoted(draw: st.DrawFn) -> Document:
    """Draw a basket with one to four promotions."""
    basket = draw(baskets())
    ids = [line["id"] for line in basket["lines"]]
    drawn = draw(st.lists(_promotion(ids), min_size=1, max_size=4))
    return {**basket, "promotions": [{"id": f"p{index}", **promotion} for index, promotion in enumerate(drawn)]}


@given(promoted())
@settings(max_examples=examples(400))
def test_engine_and_oracle_agree(basket: Document) -> None:
    assert priced(basket) == oracle.price(basket)


@given(promoted())
@FEW
def test_no_line_is_lowered_below_nothing_and_what_comes_back_not_at_all(basket: Document) -> None:
    for source, line in zip(basket["lines"], priced(basket)["lines"], strict=True):
        saved = sum(row["amount"] for row in line.get("savings", []))
        assert 0 <= saved <= max(0, line["list"])
        assert source["quantity"] > 0 or saved == 0


@given(promoted())
@FEW
def test_the_ticket_explains_every_cent(basket: Document) -> None:
    totals = priced(basket)
    rows = [row for line in totals["lines"] for row in line.get("savings", [])]

    assert all(row["amount"] > 0 for row in rows)
    assert sum(row["amount"] for row in rows) == totals["savings"] == sum(row["amount"] for row in totals["promotions"])
    charged = totals["list"] - totals["savings"] - totals["discount"]
    assert charged == (totals["gross"] if basket["prices_include_tax"] else totals["net"])


@given(promoted())
@FEW
def test_a_promotion_that_saves_nothing_can_be_left_out(basket: Document) -> None:
    totals = priced(basket)
    useful = {row["promotion"] for row in totals["promotions"]}

    shorter = priced({**basket, "promotions": [each for each in basket["promotions"] if each["id"] in useful]})

    assert shorter["lines"] == totals["lines"]


@given(promoted(), st.randoms(use_true_random=False))
@FEW
def test_the_order_in_which_a_promotion_names_its_lines_is_nothing(basket: Document, random: Random) -> None:
    def shuffled(names: list[str]) -> list[str]:
        return random.sample(names, len(names))

    other = [
        {**each, "parts": [{**part, "lines": shuffled(part["lines"])} for part in each["parts"]]}
        if each["kind"] == "set"
        else {**each, "lines": shuffled(each["lines"])}
        for each in basket["promotions"]
    ]

    assert priced({**basket, "promotions": other}) == priced(basket)


@given(st.lists(st.integers(1, 30), min_size=3, max_size=7), st.integers(2, 4))
@FEW
def test_buy_some_pay_less_saves_as_much_as_any_order_on_the_counter(prices: list[int], count: int) -> None:
    lines = [{"id": str(place), "quantity": 1000, "unit_price": price * 10000, "taxes": []} for place, price in enumerate(prices)]
    promotion = {
        "id": "p",
        "kind": "set",
        "reward": {"percent": 1_000_000},
        "cheapest": 1,
        "parts": [{"lines": [line["id"] for line in lines], "count": count}],
    }
    head = {"version": 1, "currency": {"code": "MXN", "digits": 2}, "prices_include_tax": True, "tax_rounding": "line", "taxes": []}
    best = max(
        sum(min(order[start : start + count]) for start in range(0, len(order) - count + 1, count)) for order in permutations(prices)
    )

    assert priced({**head, "lines": lines, "promotions": [promotion]})["savings"] == best * 100
