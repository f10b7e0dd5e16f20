"""Random baskets for the differential run: every feature, hard cases on purpose, and broken documents.

Deterministic: the same Random gives the same baskets on every machine.
"""

from __future__ import annotations

from random import Random
from typing import Any

type Document = dict[str, Any]

RATES = (160000, 80000, 210000, 100000, 40000, 190000, 0, 52000, 14000, 5000, 265000, 530000, 82500, 88750, 333333, 1, 1000000, 10000000)
CURRENCIES = (("MXN", 2), ("EUR", 2), ("MXN", 2), ("CLP", 0), ("KWD", 3))
STEPS = (1, 5, 10, 50, 100, 3, 7, 1000)
MODES = ("half_up", "half_down", "down")
QUANTITIES = (1000, 2000, 3000, 1, 500, 735, 250, 0, 12000, 333, 999999)
ODD_VALUES: tuple[Any, ...] = (None, True, "", "x", -1, 1.5, [], {}, 10**12 + 1, 2**53 - 1, "\u2028", 7, {"percent": 5}, [7], "percent")


def random_basket(random: Random) -> Document:
    """Return a basket document; about one in sixteen has something wrong with it."""
    taxes = _taxes(random)
    is_exchange = random.random() < 0.1
    basket: Document = {
        "version": 1,
        "currency": dict(zip(("code", "digits"), random.choice(CURRENCIES), strict=True)),
        "prices_include_tax": random.random() < 0.6,
        "tax_rounding": "document" if random.random() < 0.5 else "line",
        "taxes": taxes,
        "lines": [_line(random, index, taxes, is_exchange) for index in range(_how_many_lines(random))],
    }
    if random.random() < 0.5:
        basket["cash_rounding"] = {"step": random.choice(STEPS), "mode": random.choice(MODES)} if random.random() < 0.8 else None
    if random.random() < 0.4:
        basket["discount"] = _discount(random, 20000)
    if random.random() < 0.2:
        basket["tip"] = random.randrange(3000)
    if random.random() < 0.15:
        basket["gift_cards"] = [_gift_card(random, index) for index in range(random.randrange(1, 4))]
    if random.random() < 0.4:
        basket["promotions"] = [_promotion(random, index, basket["lines"]) for index in range(random.randrange(1, 5))]
    if random.random() < 0.3:
        _combine(random, basket)
    if random.random() < 0.7:
        basket["payments"] = _payments(random, basket)
    if random.random() < 0.1 and "gift_cards" not in basket:
        basket = negated(basket)
    if random.random() < 0.06:
        _break(random, basket)
    return basket


def negated(basket: Document) -> Document:
    """Return the basket that takes everything back: quantities, tip and payments with the other sign."""
    other = dict(basket)
    other["lines"] = [{**line, "quantity": -line["quantity"]} for line in basket["lines"]]
    if "combos" in other:
        other["combos"] = [{**combo, "quantity": -combo["quantity"]} for combo in basket["combos"]]
    if "tip" in other:
        other["tip"] = -other["tip"]
    if "payments" in other:
        other["payments"] = [{**payment, "amount": -payment["amount"]} for payment in other["payments"]]
    return other


def _combine(random: Random, basket: Document) -> None:
    """Make combos of some of the lines; one in twenty names a line that it may not."""
    lines = list(basket["lines"])
    random.shuffle(lines)
    basket["combos"] = []
    for index in range(random.randrange(1, 4)):
        own = [lines.pop() for _ in range(min(len(lines), random.choice((1, 2, 2, 3, 5))))]
        if not own:
            break
        turn = -1 if any(line["quantity"] < 0 for line in own) else 1
        for line in own:
            line["quantity"] = turn * abs(line["quantity"])
        names = [line["id"] for line in own]
        if random.random() < 0.05:
            names.append(random.choice([*(line["id"] for line in basket["lines"]), "nowhere"]))
        combo: Document = {
            "id": f"c{index}",
            "quantity": turn * random.choice((1000, 1000, 2000, 3000, 7000, 333, 0)),
            "unit_price": random.randrange(4000) * 2500 if random.random() < 0.7 else random.randrange(10 ** random.randrange(1, 9)),
            "parts": [{"line": name, **({"extra": 100000} if random.random() < 0.1 else {})} for name in names],
        }
        if random.random() < 0.25:
            combo["discount"] = _discount(random, 2000)
        basket["combos"].append(combo)


def _how_many_lines(random: Random) -> int:
    dice = random.random()
    return random.randrange(1, 6) if dice < 0.85 else random.randrange(6, 20) if dice < 0.99 else random.randrange(60)


def _taxes(random: Random) -> list[Document]:
    taxes: list[Document] = []
    for index in range(random.randrange(5)):
        dice = random.random()
        if dice < 0.65:
            rate = random.choice(RATES) if random.random() < 0.8 else random.randrange(10_000_001)
            tax: Document = {"code": f"P{index}", "kind": "percent", "rate": rate}
        elif dice < 0.88:
            tax = {"code": f"F{index}", "kind": "fixed", "amount": random.randrange(10 ** random.randrange(1, 7))}
        else:
            taxes.append({"code": f"E{index}", "kind": "exempt"})
            continue
        if random.random() < 0.6:
            tax["in_base"] = random.random() < 0.5
        taxes.append(tax)
    return taxes


def _line(random: Random, index: int, taxes: list[Document], is_exchange: bool) -> Document:
    dice = random.random()
    quantity = random.choice(QUANTITIES) if dice < 0.8 else random.randrange(10 ** random.randrange(1, 8))
    # Prices in whole fifties of a ten-thousandth make halves of a cent, which is where roundings differ.
    unit_price = random.randrange(20000) * 50 if dice < 0.5 else random.randrange(10 ** random.randrange(1, 9))
    if random.random() < 0.004:
        quantity, unit_price = random.randrange(10**12), random.randrange(10 ** random.randrange(1, 15))
    named = [tax for tax in taxes if random.random() < 0.5]
    random.shuffle(named)
    line: Document = {
        "id": str(index),
        "quantity": -quantity if is_exchange and random.random() < 0.5 else quantity,
        "unit_price": unit_price,
        "taxes": [tax["code"] for tax in named],
    }
    if random.random() < 0.3:
        line["discount"] = _discount(random, 2000)
    fixed = [tax["code"] for tax in named if tax["kind"] == "fixed"]
    if fixed and random.random() < 0.6:
        line["tax_units"] = {code: random.choice((600, 355, 1000, 0, 1500, 333)) for code in fixed}
    return line


def _discount(random: Random, most: int) -> Document | None:
    dice = random.random()
    if dice < 0.1:
        return None
    if dice < 0.55:
        return {"percent": random.choice((50000, 100000, 150000, 333333, 500000, 1000000, 1, 0, random.randrange(1000001)))}
    return {"amount": random.randrange(most)}


def _promotion(random: Random, index: int, lines: list[Document]) -> Document:
    """Return a promotion that is about most lines, so that several meet on one."""
    kind = random.choice(("each", "total", "set", "set"))
    promotion: Document = {"id": f"p{index}", "kind": kind, "reward": _reward(random, kind)}
    if kind == "set":
        parts = random.choice((1, 1, 2, 3))
        promotion["parts"] = [{"lines": _some(random, lines), "count": random.choice((1, 1, 2, 3, 4, 7))} for _ in range(parts)]
        optional = {"cheapest": random.randrange(1, 4), "times": random.choice((1, 2, 1000))}
    else:
        promotion["lines"] = _some(random, lines)
        optional = {"least_quantity": random.randrange(8000), "least_amount": random.randrange(10 ** random.randrange(2, 6))}
        if kind == "each":
            optional["most"] = random.choice((1000, 2000, 5000, 333))
    for name, value in optional.items():
        if random.random() < 0.3:
            promotion[name] = value if random.random() < 0.9 else None
    if random.random() < 0.6:
        promotion["stack"] = random.random() < 0.7
    if random.random() < 0.2:
        promotion["name"] = random.choice(("Tres por dos", None, ""))
    return promotion


def _reward(random: Random, kind: str) -> Document:
    dice = random.random()
    if dice < 0.5:
        return {"percent": random.choice((100000, 250000, 500000, 1000000, 333333, 0, random.randrange(1000001)))}
    if dice < 0.7 or kind == "total":
        return {"amount": random.randrange(10 ** random.randrange(1, 5))}
    return {"price": random.randrange(10 ** random.randrange(2, 8))}


def _some(random: Random, lines: list[Document]) -> list[str]:
    names = [line["id"] for line in lines if random.random() < 0.7]
    random.shuffle(names)
    return names


def _gift_card(random: Random, index: int) -> Document:
    """Money put on a gift card: a new one, or more on one that is there."""
    load: Document = {"id": f"G{index}", "amount": random.randrange(1, 10 ** random.randrange(2, 6))}
    return load if random.random() < 0.5 else {**load, "code": f"hash {index}", "page": random.choice((None, "another hash"))}


def _payments(random: Random, basket: Document) -> list[Document]:
    guess = basket.get("tip", 0) + sum(load["amount"] for load in basket.get("gift_cards", []))
    for line in basket["lines"]:
        guess += line["quantity"] * line["unit_price"] * 10 ** basket["currency"]["digits"] // 10**7
    guess = max(1, min(abs(guess), 10**11))
    payments = []
    for _ in range(random.randrange(1, 4)):
        is_cash = random.random() < 0.6
        amount = random.randrange(guess * 2 + 1) if is_cash else random.randrange(guess // 2 + 1)
        method = "cash" if is_cash else random.choice(("card", "transfer", "voucher", "gift_card"))
        payments.append({"method": method, "amount": amount, **({"gift_card": "G9"} if method == "gift_card" else {})})
        if method == "voucher" and random.random() < 0.7:
            payments[-1]["voucher"] = _vouchers(random, amount) if random.random() < 0.9 else None
    return payments


def _vouchers(random: Random, amount: int) -> Document:
    """The slips that pay an amount. To the engines it is a tender: which slips, and where the rest of their worth went, changes no total."""
    slips: list[Document] = [{"value": random.randrange(1, amount + 5000)} for _ in range(random.choice((1, 1, 2, 3, 40)))]
    for slip in slips:
        if random.random() < 0.4:
            slip["number"] = random.choice((None, "SD-0001", "7"))
    vouchers: Document = {"kind": "V1", "slips": slips}
    for name, value in (("name", "Despensa"), ("surplus", random.randrange(5000)), ("change", 0), ("credit", random.randrange(5000))):
        if random.random() < 0.3:
            vouchers[name] = value
    return vouchers


def _break(random: Random, basket: Document) -> None:
    """Spoil one thing somewhere in the document."""
    spot: Any = basket
    while True:
        keys = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
        if not keys:
            return
        key = random.choice(keys)
        if isinstance(spot[key], dict | list) and spot[key] and random.random() < 0.75:
            spot = spot[key]
            continue
        dice = random.random()
        if dice < 0.25:
            del spot[key]
        elif dice < 0.35 and isinstance(spot, dict):
            spot[random.choice(("extra", "tip", "__proto__", "constructor", "discount"))] = random.choice(ODD_VALUES)
        elif dice < 0.5 and isinstance(spot, list):
            spot.append(spot[key])
        else:
            spot[key] = random.choice(ODD_VALUES)
        return
