"""What a return gives back: golden vectors, an oracle, laws, and both engines on the same random returns."""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.pricing.errors import PricingError
from mostrador.pricing.returns import ReturnDocument, ReturnTotals, refund
from tests.pricing import oracle_returns
from tests.pricing.differential import Till
from tests.pricing.returns import random_return

type Document = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
VECTORS: list[Document] = json.loads((ROOT / "vectors/returns/returns.json").read_bytes())["vectors"]
RETURNS = 2_000 if os.environ.get("MOSTRADOR_QUICK") else 20_000
BLOCK = 1000


def _read(document: Document) -> ReturnDocument:
    return msgspec.convert(document, ReturnDocument)


def _plain(totals: ReturnTotals) -> Document:
    plain: Document = msgspec.to_builtins(totals)
    return plain


def _answer(document: Document) -> bytes:
    try:
        return msgspec.json.encode(refund(_read(document)))
    except PricingError as refusal:
        return msgspec.json.encode({"error": refusal.code, "data": refusal.data})


@pytest.mark.parametrize("vector", [pytest.param(vector, id=vector["name"]) for vector in VECTORS])
def test_a_return_gives_back_what_its_vector_says(vector: Document) -> None:
    answer = json.loads(_answer(vector["return"]))

    assert answer == (vector["totals"] if "totals" in vector else {"error": vector["error"]["code"], "data": vector["error"]["data"]})
    assert vector["why"]


def test_every_code_of_a_refusal_has_a_vector_or_a_test_of_its_own() -> None:
    page = (ROOT / "docs/algorithms/returns.md").read_text(encoding="utf-8").partition("## 4. Refusals")[2]
    codes = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}

    # A thousand and one lines are no reading matter.
    assert {vector["error"]["code"] for vector in VECTORS if "error" in vector} | {"too_many_lines"} == codes


def test_a_return_of_too_many_lines_is_refused() -> None:
    line = VECTORS[0]["return"]["lines"][0]
    lines = [{**line, "id": str(n), "line": None} for n in range(1001)]

    with pytest.raises(PricingError) as refusal:
        refund(_read({**VECTORS[0]["return"], "lines": lines}))

    assert (refusal.value.code, refusal.value.data) == ("too_many_lines", {"count": 1001, "limit": 1000})


def test_the_slow_oracle_agrees_on_random_returns() -> None:
    random, compared = Random("returns"), 0
    for _ in range(RETURNS // 10):
        document = random_return(random)
        answer = json.loads(_answer(document))
        if "error" not in answer:
            assert oracle_returns.refund(document) == answer
            compared += 1
    assert compared > RETURNS // 20


def test_both_engines_say_the_same_of_random_returns() -> None:
    refused = 0
    with Till("--stream-returns") as till:
        for block in range(RETURNS // BLOCK):
            random = Random(f"2026:{block}")
            documents = [random_return(random) for _ in range(BLOCK)]
            till.send([msgspec.json.encode(document) for document in documents])
            ours = [_answer(document) for document in documents]
            assert till.receive(BLOCK) == ours
            refused += sum(answer.startswith(b'{"error"') for answer in ours)
    assert RETURNS // 50 < refused < RETURNS // 2


def test_however_a_line_comes_back_all_of_it_is_what_was_charged() -> None:
    random = Random("parts")
    for _ in range(300):
        document = random_return(random)
        for line in document["lines"]:
            sold, given = line["sold"], _nothing(line["sold"])
            while given["quantity"] < sold["quantity"]:
                now = random.randint(1, sold["quantity"] - given["quantity"])
                before = given if given["quantity"] else None
                part = _one(document, {**line, "quantity": now, "before": before})
                given = _together(given, part, now)
            assert given == sold


def test_a_part_gives_back_at_most_a_unit_more_or_less_than_its_exact_share() -> None:
    random = Random("near")
    for _ in range(300):
        document = random_return(random)
        for line in document["lines"]:
            now = random.randint(1, line["sold"]["quantity"])
            part = _one(document, {**line, "quantity": now, "before": None})
            assert abs(part["gross"] * line["sold"]["quantity"] - line["sold"]["gross"] * now) * 2 <= line["sold"]["quantity"]
            assert part["net"] + part["tax"] == part["gross"]


def _one(document: Document, line: Document) -> Document:
    given: Document = _plain(refund(_read({**document, "lines": [line], "refunds": []})))["lines"][0]
    return given


def _nothing(sold: Document) -> Document:
    return {"quantity": 0, "gross": 0, "taxes": [{"code": tax["code"], "base": 0, "amount": 0} for tax in sold["taxes"]]}


def _together(given: Document, part: Document, quantity: int) -> Document:
    taxes = [
        {"code": one["code"], "base": one["base"] + other["base"], "amount": one["amount"] + other["amount"]}
        for one, other in zip(given["taxes"], part["taxes"], strict=True)
    ]
    return {"quantity": given["quantity"] + quantity, "gross": given["gross"] + part["gross"], "taxes": taxes}


@given(
    st.lists(st.integers(1, 3_000), min_size=1, max_size=20),
    st.sampled_from([1, 5, 10, 50, 100]),
    st.sampled_from(["half_up", "half_down", "down"]),
)
def test_returns_in_cash_come_together_to_the_coins_that_one_would_have_given(parts: list[int], step: int, mode: str) -> None:
    rule = {"step": step, "mode": mode}
    paid = due = 0
    for part in parts:
        before = {"due": due, "rounding": paid - due} if due else None
        totals = _in_cash(part, rule, before)
        assert abs(totals["rounding"]) < step
        paid, due = paid + part + totals["rounding"], due + part

    assert paid - due == _in_cash(due, rule, None)["rounding"]


@given(st.integers(1, 3_000), st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6), st.sampled_from([5, 10, 100]))
def test_whatever_is_said_of_earlier_returns_nothing_is_off_by_a_step(part: int, due: int, rounding: int, step: int) -> None:
    totals = _in_cash(part, {"step": step, "mode": "half_up"}, {"due": due, "rounding": rounding})

    assert abs(totals["rounding"]) < step
    assert (part + totals["rounding"]) % step == 0


def _in_cash(amount: int, rule: Document, before: Document | None) -> Document:
    """The totals of a return of an amount whose coins are not counted out yet."""
    line = {**VECTORS[0]["return"]["lines"][0], "quantity": 1, "sold": {"quantity": 1, "gross": amount, "taxes": []}}
    cash = [{"method": "cash", "amount": 0}]
    return _plain(refund(_read({**VECTORS[0]["return"], "lines": [line], "cash_rounding": rule, "refunds": cash, "cash_before": before})))
