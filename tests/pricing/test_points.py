"""Points: vectors worked by hand, and what holds of any scheme, any sale and any line of returns (docs/algorithms/points.md)."""

import json
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.pricing import points
from mostrador.pricing.points import Part, Scheme

type Document = dict[str, Any]

VECTORS: Document = json.loads((Path(__file__).resolve().parents[2] / "vectors/points.json").read_bytes())


def named(group: str) -> pytest.MarkDecorator:
    """The vectors of a group, each by its name."""
    return pytest.mark.parametrize("case", VECTORS[group], ids=[case["name"] for case in VECTORS[group]])


def scheme_of(said: Document) -> Scheme:
    """A vector's scheme."""
    return Scheme(said["earn_per"], said["worth"]["points"], said["worth"]["amount"], frozenset(said["unearning"]))


@named("earned")
def test_a_sale_earns_what_was_worked_by_hand(case: Document) -> None:
    earning = points.earning([(line, gross) for line, gross in case["lines"]], case["without"])
    payments = [(method, amount) for method, amount in case["payments"]]

    assert earning == case["earning"]
    assert points.earned(scheme_of(case["scheme"]), earning, case["gross"], payments) == case["earned"]


@named("payable")
def test_points_pay_what_was_worked_by_hand(case: Document) -> None:
    assert points.payable(scheme_of(case["scheme"]), case["points"], case["due"]) == (case["spent"], case["paid"])


@named("parts")
def test_a_return_does_what_was_worked_by_hand(case: Document) -> None:
    assert points.of_part(Part(case["whole"], case["of"], case["now"], case["before"])) == case["points"]


schemes = st.builds(Scheme, st.none() | st.integers(1, 10**5), st.integers(1, 10**4), st.integers(1, 10**4))


@given(schemes, st.integers(0, 10**7), st.integers(0, 10**8))
def test_points_never_pay_more_than_is_due_nor_than_there_are_and_none_pays_nothing(scheme: Scheme, count: int, due: int) -> None:
    spent, paid = points.payable(scheme, count, due)

    assert 0 <= spent <= count and 0 <= paid <= due
    assert points.worth(scheme, spent) == paid, "whoever computes it again finds the same money"
    assert spent == 0 or points.worth(scheme, spent - 1) < paid, "a point less would pay less"
    exact = spent * scheme.worth_amount
    assert 0 <= exact - paid * scheme.worth_points < scheme.worth_points, "less than a minor unit is lost"


@given(st.integers(1, 10**6), st.lists(st.integers(1, 10**7), min_size=1, max_size=12))
def test_when_all_has_come_back_in_any_parts_all_points_have(whole: int, parts: list[int]) -> None:
    of, before = sum(parts), 0
    for now in accumulate(parts):
        taken = points.of_part(Part(whole, of, now, before))
        assert taken >= 0
        before += taken

    assert before == whole
