"""Deposits are shared out over lines and taxes: vectors that both languages keep, and laws."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.pricing.shares import Share, shares

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "shares.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["title"])
def test_vectors(case: dict[str, Any]) -> None:
    earlier: list[list[Share]] = []
    for deposit in case["deposits"]:
        assert shares(case["lines"], earlier, deposit["amount"]) == deposit["shares"]
        earlier.append(deposit["shares"])


AMOUNT = st.integers(0, 10**9)
LINES = st.lists(st.tuples(AMOUNT, st.lists(AMOUNT, max_size=3)), min_size=1, max_size=6).map(
    lambda rows: [
        {"id": str(n), "net": net, "taxes": [{"code": f"T{place}", "base": net, "amount": amount} for place, amount in enumerate(taxes)]}
        for n, (net, taxes) in enumerate(rows)
    ]
)


def _parts(deposits: list[list[Share]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for share in (share for deposit in deposits for share in deposit):
        for name, amount in [("", share["net"]), *((tax["code"], tax["amount"]) for tax in share["taxes"])]:
            found[share["line"], name] = found.get((share["line"], name), 0) + amount
    return found


@given(LINES, st.lists(st.integers(1, 10**9), max_size=5))
def test_shares_sum_to_the_deposit_never_exceed_what_is_left_and_end_exactly(lines: list[dict[str, Any]], wanted: list[int]) -> None:
    whole = {(line["id"], ""): line["net"] for line in lines}
    whole |= {(line["id"], tax["code"]): tax["amount"] for line in lines for tax in line["taxes"]}
    left, deposits = sum(whole.values()), list[list[Share]]()
    for amount in (*(min(each, left) for each in wanted), left):
        part = min(amount, left)
        if part == 0:
            continue
        deposits.append(shares(lines, deposits, part))
        assert sum(_parts([deposits[-1]]).values()) == part
        assert all(amount <= whole[key] for key, amount in _parts(deposits).items())
        left -= part
    assert {key: amount for key, amount in _parts(deposits).items() if amount} == {key: amount for key, amount in whole.items() if amount}


@pytest.mark.parametrize("amount", [0, -1, 101])
def test_nobody_pays_nothing_or_more_than_is_left(amount: int) -> None:
    with pytest.raises(ValueError, match="a deposit of"):
        shares([{"id": "1", "net": 100, "taxes": []}], [], amount)
