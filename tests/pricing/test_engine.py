"""The engine at its borders: how much it takes, what it leaves alone, how it is asked from a command line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from mostrador.pricing import command
from mostrador.pricing.document import basket_from_document, basket_from_json, price_document
from mostrador.pricing.engine import price
from mostrador.pricing.errors import PricingError
from mostrador.pricing.totals import ENGINE_VERSION, PLAIN_VERSION, PROMOTIONS_VERSION

type Document = dict[str, Any]

EXAMPLES = Path(__file__).resolve().parents[2] / "contracts/examples/basket"


def a_basket(lines: int = 1, **changes: Any) -> Document:
    return {
        "version": 1,
        "currency": {"code": "MXN", "digits": 2},
        "prices_include_tax": True,
        "tax_rounding": "line",
        "taxes": [{"code": "IVA16", "kind": "percent", "rate": 160000}],
        "lines": [{"id": str(index), "quantity": 1000, "unit_price": 500000, "taxes": ["IVA16"]} for index in range(lines)],
        **changes,
    }


def refusal_of(document: object) -> tuple[str, dict[str, Any]]:
    with pytest.raises(PricingError) as refusal:
        price_document(document)
    return refusal.value.code, refusal.value.data


def test_a_thousand_lines_are_priced() -> None:
    totals = price_document(a_basket(1000))

    assert (totals["gross"], totals["tax"]) == (5000000, 690000)


def test_a_thousand_and_one_lines_are_refused() -> None:
    assert refusal_of(a_basket(1001)) == ("too_many_lines", {"count": 1001, "limit": 1000})


def test_ten_thousand_lines_are_refused_before_anything_else_is_looked_at() -> None:
    document = a_basket(10_000, taxes=[])

    assert refusal_of(document) == ("too_many_lines", {"count": 10000, "limit": 1000})


def test_the_largest_totals_stay_within_the_integers_of_a_browser() -> None:
    line = {"quantity": 10**9, "unit_price": 10**8, "taxes": []}

    totals = price_document(a_basket() | {"lines": [{"id": str(index), **line} for index in range(1000)]})

    assert totals["due"] == 10**15 < 2**53


def test_totals_name_the_version_of_the_rules() -> None:
    lowered = {"promotions": [{"id": "p", "kind": "total", "lines": [], "reward": {"amount": 1}}]}
    together = {"combos": [{"id": "c", "quantity": 1000, "unit_price": 1, "parts": [{"line": a_basket()["lines"][0]["id"]}]}]}

    assert [price_document(a_basket())[name] for name in ("version", "engine")] == [1, PLAIN_VERSION]
    assert price_document({**a_basket(), **lowered})["engine"] == PROMOTIONS_VERSION
    assert price_document({**a_basket(), **lowered, **together})["engine"] == ENGINE_VERSION


def test_pricing_leaves_its_basket_as_it_was() -> None:
    basket = basket_from_document(a_basket(3, discount={"percent": 100000}))
    before = msgspec.json.encode(basket)

    first, second = price(basket), price(basket)

    assert first == second
    assert msgspec.json.encode(basket) == before
    with pytest.raises(AttributeError):
        basket.tip = 1  # type: ignore[misc]  # the point of the test


def test_a_whole_number_written_as_a_fraction_is_the_same_number() -> None:
    text = json.dumps(a_basket()).replace('"quantity": 1000', '"quantity": 1000.0').replace("500000", "5e5")

    assert price(basket_from_json(text)) == price(basket_from_document(a_basket()))


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"nan", b'{"version":1,}'])
def test_what_is_no_json_is_malformed_and_nothing_else(text: bytes) -> None:
    with pytest.raises(PricingError) as refusal:
        basket_from_json(text)

    assert (refusal.value.code, refusal.value.data) == ("malformed", {"path": "$", "problem": "value"})


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_command_prints_the_totals_of_a_file(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = json.loads(path.read_bytes())
    file = tmp_path / "basket.json"
    file.write_text(json.dumps(example["basket"]), encoding="utf-8")

    assert command.run(str(file)) == 0

    printed = capsys.readouterr()
    assert printed.out == json.dumps(example["totals"], indent=2, ensure_ascii=False) + "\n"
    assert printed.err == ""


def test_the_command_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(a_basket()).encode())))

    assert command.run("-") == 0

    assert json.loads(capsys.readouterr().out)["tax"] == 690


@pytest.mark.parametrize(
    "text,line",
    [
        ("{", 'price: malformed path="$" problem="value"'),
        (json.dumps(a_basket(tip="x")), 'price: malformed path="$.tip" problem="type"'),
        (json.dumps(a_basket(taxes=[])), 'price: unknown_tax line="0" tax="IVA16"'),
        (json.dumps(a_basket(payments=[{"method": "card", "amount": 5001}])), "price: overpaid excess=1"),
    ],
)
def test_the_command_says_in_one_line_what_is_wrong(text: str, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "basket.json"
    file.write_text(text, encoding="utf-8")

    assert command.run(str(file)) == 2

    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", line + "\n")


def test_the_command_names_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(str(tmp_path / "none.json")) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("price: unreadable path=") and printed.err.count("\n") == 1
