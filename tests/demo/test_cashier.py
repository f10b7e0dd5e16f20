"""The Python till's shift adds up as a till's shift does."""

import json
from typing import Any

import msgspec
import pytest

from mostrador.pricing.document import price_document
from mostrador.sync import contract
from mostrador.sync.cashier import Cashier, Extras, Visit
from mostrador.sync.device import Device, private_key_from, seeded_ids

JOURNAL = "0199b2a4-7000-7a00-8a00-000000000001"
VISIT = Visit("0199b2a4-7000-7b00-8b00-000000000601", 1_764_032_490_000)
AT = 1_764_032_400_000
MANAGER = "0199b2a4-7000-7b00-8b00-000000000902"


def a_cashier() -> Cashier:
    """A cashier in Mexican pesos."""
    return Cashier(Device(JOURNAL, private_key_from("till"), "A1", ids=seeded_ids("till")), "MXN", price_document)


def a_basket(*payments: tuple[str, int]) -> dict[str, Any]:
    """The worked example of contracts/examples: $160.20 with IVA 16 % and $28.50 with IVA 0 %."""
    return {
        "version": 1,
        "currency": {"code": "MXN", "digits": 2},
        "prices_include_tax": True,
        "tax_rounding": "line",
        "cash_rounding": None,
        "taxes": [
            {"code": "IVA16", "kind": "percent", "rate": 160_000, "in_base": False},
            {"code": "IVA0", "kind": "percent", "rate": 0, "in_base": False},
        ],
        "lines": [
            {"id": "1", "quantity": 2000, "unit_price": 890_000, "discount": {"percent": 100_000}, "taxes": ["IVA16"], **named("Café")},
            {"id": "2", "quantity": 750, "unit_price": 380_000, "discount": None, "taxes": ["IVA0"], **named("Jitomate")},
        ],
        "discount": None,
        "tip": 0,
        "payments": [{"method": method, "amount": amount} for method, amount in payments],
    }


def named(name: str) -> dict[str, object]:
    """What a line says beside its arithmetic."""
    return {"product_id": JOURNAL, "name": name, "unit": "pieza", "note_annex": None}


def body(fact: bytes) -> dict[str, Any]:
    """A fact's body, checked against the contract first."""
    envelope = contract.envelope_decoder.decode(fact)
    contract.body_decoders[envelope.kind, envelope.v].decode(envelope.body)
    found: dict[str, Any] = json.loads(fact)["body"]
    return found


def test_a_day_closes_with_the_figures_of_the_worked_example() -> None:
    cashier = a_cashier()
    cashier.open_shift("2025-11-24", 50_000, AT)
    approval, _ = cashier.approve(MANAGER, "discount", 1_780, "damaged", AT + 1)
    cashier.sell(VISIT, a_basket(("card", 10_000), ("cash", 10_000)), AT + 2, Extras(approvals=[approval]))
    cashier.end_without_sale(VISIT, AT + 3)
    cashier.move_cash("out", 15_000, "safe", AT + 4)
    cashier.open_drawer("give_change", AT + 5)
    cashier.reprint(JOURNAL, AT + 6)

    closing = body(cashier.close_shift(AT + 7, {20_000: 2, 2_000: 1, 1_000: 1, 500: 1, 200: 1, 100: 1, 50: 1}))

    assert closing["expected"] == [{"method": "cash", "amount": 43_870}, {"method": "card", "amount": 10_000}]
    assert closing["difference"] == [{"method": "cash", "amount": -20}, {"method": "card", "amount": 0}]
    assert closing["figures"]["taxes"] == [{"code": "IVA16", "base": 13_810, "amount": 2_210}, {"code": "IVA0", "base": 2_850, "amount": 0}]
    counts = ("sales", "visits_without_sale", "drawer_openings", "reprints", "cash_out", "gross", "net", "tax", "discount")
    assert [closing["figures"][name] for name in counts] == [1, 1, 1, 1, 15_000, 18_870, 16_660, 2_210, 1_780]
    assert (closing["z"], closing["perpetual"]) == (1, 18_870)


def test_every_kind_of_fact_is_what_the_contract_says() -> None:
    cashier = a_cashier()
    opened = cashier.open_shift("2025-11-24", 0, AT)
    approval, approved = cashier.approve(MANAGER, "drawer", None, "other", AT)
    facts = [
        opened,
        approved,
        cashier.open_drawer("give_change", AT, [approval]),
        cashier.sell(VISIT, a_basket(("cash", 20_000)), AT),
        cashier.reprint(JOURNAL, AT),
        cashier.move_cash("in", 100, "change_brought", AT),
        cashier.end_without_sale(VISIT, AT),
        cashier.close_shift(AT),
    ]

    assert all(contract.is_canonical(fact) for fact in facts)
    assert [bool(body(fact)) for fact in facts] == [True] * 8


def test_change_leaves_the_drawer_and_a_second_day_begins_anew() -> None:
    cashier = a_cashier()
    cashier.open_shift("2025-11-24", 1_000, AT)
    cashier.sell(VISIT, a_basket(("cash", 20_000)), AT)
    first = body(cashier.close_shift(AT))
    cashier.open_shift("2025-11-25", 2_000, AT)
    cashier.sell(VISIT, a_basket(("cash", 18_870)), AT)

    second = body(cashier.close_shift(AT))

    assert first["expected"] == [{"method": "cash", "amount": 19_870}]
    assert second["expected"] == [{"method": "cash", "amount": 20_870}]
    assert (second["z"], second["figures"]["first_number"], second["perpetual"]) == (2, 2, 37_740)


def test_a_basket_that_still_owes_is_no_sale_and_uses_no_number() -> None:
    cashier = a_cashier()
    cashier.open_shift("2025-11-24", 0, AT)

    with pytest.raises(ValueError, match="still owes 8870"):
        cashier.sell(VISIT, a_basket(("card", 10_000)), AT)

    assert (cashier.number, cashier.device.seq, cashier.figures.sales) == (0, 1, 0)


def test_a_sale_says_the_totals_that_the_engine_computes() -> None:
    cashier = a_cashier()
    cashier.open_shift("2025-11-24", 0, AT)
    basket = a_basket(("cash", 20_000))

    sale = cashier.sell(VISIT, basket, AT)

    assert msgspec.json.encode(body(sale)["totals"]) == msgspec.json.Encoder(order="sorted").encode(price_document(basket))
