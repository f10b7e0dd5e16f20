"""A cashier at a device, in Python: opens the shift, sells, moves cash, counts, closes.

Keeps the figures of the shift as the till keeps them, so that `shift.closed` says what a till
would say. Pure: every moment, id and basket is given. Amounts: int minor units.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mostrador.pricing.document import refund_document
from mostrador.pricing.shares import Share, shares
from mostrador.sync.cashier_rows import add_taxes, add_vouchers, amounts, kept, rows, tax_rows, whole
from mostrador.sync.device import Annex, Body, Device

# Methods of which nothing lies anywhere, so that nobody counts them.
NOWHERE = frozenset({"exchange", "fiado", "credit", "deposit", "gift_card", "points", "surplus"})

type PriceDocument = Callable[[dict[str, object]], Mapping[str, object]]


@dataclass(slots=True)
class Figures:
    """What a shift has seen so far; the order of methods and taxes is the one they came in."""

    float: int
    sales: int = 0
    visits_without_sale: int = 0
    first_number: int | None = None
    last_number: int | None = None
    gross: int = 0
    net: int = 0
    tax: int = 0
    discount: int = 0
    rounding: int = 0
    tips: int = 0
    cash_in: int = 0
    cash_out: int = 0
    drawer_openings: int = 0
    reprints: int = 0
    payments: dict[str, int] = field(default_factory=dict)
    taxes: dict[str, list[int]] = field(default_factory=dict)
    returned: dict[str, int] = field(default_factory=dict)
    refunds: dict[str, int] = field(default_factory=dict)
    returned_taxes: dict[str, list[int]] = field(default_factory=dict)
    account_payments: int = 0
    account_paid: int = 0
    orders: dict[str, int] = field(default_factory=dict)
    gift_cards: dict[str, int] = field(default_factory=dict)
    vouchers: dict[str, dict[str, int | str]] = field(default_factory=dict)
    beyond: dict[str, int] = field(default_factory=dict)

    def add_number(self, number: int) -> None:
        """Tickets and the papers of returns bear the numbers of one count."""
        self.first_number = self.first_number or number
        self.last_number = number

    def add_return(self, number: int, refunds: Sequence[Mapping[str, object]], totals: Mapping[str, object]) -> None:
        """Count a return in: what goes back by a method leaves what came in by it."""
        self.add_number(number)
        for name, amount in (("returns", 1), *((name, whole(totals[name])) for name in ("gross", "net", "tax", "rounding"))):
            self.returned[name] = self.returned.get(name, 0) + amount
        for row in refunds:
            method, amount = str(row["method"]), whole(row["amount"])
            self.refunds[method] = self.refunds.get(method, 0) + amount
            self.payments[method] = self.payments.get(method, 0) - amount
        add_taxes(self.returned_taxes, totals)

    def add_account_payment(self, number: int, tendered: Sequence[Mapping[str, object]], change: int, amount: int) -> None:
        """Count in what a buyer paid on account: what was handed over less the change."""
        self.add_number(number)
        self.account_payments += 1
        self.account_paid += amount
        self.add_payments(kept(tendered, change))

    def add_to_orders(self, number: int, **amounts: int) -> None:
        """Count in what was done with an order: opened, payments, paid, back, kept."""
        self.add_number(number)
        if not self.orders:
            self.orders = dict.fromkeys(("opened", "payments", "paid", "back", "kept"), 0)
        for name, amount in amounts.items():
            self.orders[name] += amount

    def add_payments(self, by_method: Sequence[tuple[str, int]], sign: int = 1) -> None:
        """Count in what came by each method, or went back by it."""
        for method, amount in by_method:
            self.payments[method] = self.payments.get(method, 0) + sign * amount

    def add_to_cards(self, sold: int, amount: int, back: int = 0) -> None:
        """Count in money put on gift cards, or given out for one that was taken back; nothing at all changes nothing."""
        if sold or back:
            before = self.gift_cards or {"sold": 0, "amount": 0, "back": 0}
            self.gift_cards = {name: before[name] + more for name, more in (("sold", sold), ("amount", amount), ("back", back))}

    def add_sale(self, number: int, basket: Mapping[str, object], totals: Mapping[str, object]) -> None:
        """Count a sale in: what was handed over less the change, taxes per code."""
        self.sales += 1
        self.add_number(number)
        self.gross += whole(totals["gross"])
        self.net += whole(totals["net"])
        self.tax += whole(totals["tax"])
        self.discount += whole(totals["discount"]) + whole(totals.get("savings", 0))
        self.rounding += whole(totals["rounding"])
        self.tips += whole(totals["tip"])
        self.add_payments(kept(rows(basket["payments"]), whole(totals["change"])))
        add_vouchers(self.vouchers, self.beyond, rows(basket["payments"]))
        self.add_to_cards(len(rows(basket.get("gift_cards", []))), whole(totals.get("gift_cards", 0)))
        add_taxes(self.taxes, totals)

    def expected(self) -> dict[str, int]:
        """What should be there per method; cash always first. Of an exchange and of accounts nothing lies anywhere."""
        cash = self.float + self.payments.get("cash", 0) + self.cash_in - self.cash_out
        return {"cash": cash} | {key: amount for key, amount in self.payments.items() if key not in {"cash", *NOWHERE}}

    def document(self) -> dict[str, object]:
        """The figures as `shift.closed` carries them."""
        back = {**self.returned, "taxes": tax_rows(self.returned_taxes), "refunds": amounts(self.refunds)}
        return {
            "sales": self.sales,
            "visits_without_sale": self.visits_without_sale,
            "first_number": self.first_number,
            "last_number": self.last_number,
            "gross": self.gross,
            "net": self.net,
            "tax": self.tax,
            "discount": self.discount,
            "rounding": self.rounding,
            "tips": self.tips,
            "taxes": tax_rows(self.taxes),
            "payments": amounts(self.payments),
            "float": self.float,
            "cash_in": self.cash_in,
            "cash_out": self.cash_out,
            "drawer_openings": self.drawer_openings,
            "reprints": self.reprints,
            **({"returned": back} if self.returned else {}),
            **({"gift_cards": self.gift_cards} if self.gift_cards else {}),
            **({"vouchers": {"kinds": [*self.vouchers.values()], **self.beyond}} if self.vouchers else {}),
            **({"orders": self.orders} if self.orders else {}),
            **({"accounts": {"payments": self.account_payments, "amount": self.account_paid}} if self.account_payments else {}),
        }


@dataclass(frozen=True, slots=True)
class Visit:
    """One person helped once: its id and when it began, in milliseconds."""

    id: str
    opened_at: int

    def document(self) -> dict[str, object]:
        """The visit as every one of its facts names it."""
        return {"id": self.id, "opened_at": self.opened_at}


@dataclass(frozen=True, slots=True)
class Extras:
    """What a sale carries beside basket and totals."""

    references: Sequence[Mapping[str, object]] = ()
    tokens: Sequence[Mapping[str, object]] = ()
    approvals: Sequence[str] = ()
    catalogue: Mapping[str, object] | None = None
    sale_id: str | None = None
    buyer: str | None = None
    price_changes: Sequence[Mapping[str, object]] = ()
    voided: Mapping[str, object] | None = None
    not_sold: Mapping[str, object] | None = None
    order: str | None = None
    order_part: bool = False
    taken_by: str | None = None
    points: Mapping[str, object] | None = None
    coupons: Sequence[Mapping[str, object]] = ()
    unknown_codes: Sequence[str] = ()
    priors: Sequence[Mapping[str, object]] = ()


NOTHING = Extras()
LISTS = ("price_changes", "coupons", "unknown_codes", "priors")


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order beside its basket: its kind, the day it is due (ISO 8601), what is kept when it is cancelled (ppm), who ordered, the annex that says what."""

    kind: str
    by: str
    kept_share: int = 0
    buyer: str | None = None
    details: Annex | None = None
    tokens: Sequence[Mapping[str, object]] = ()


@dataclass(frozen=True, slots=True)
class Back:
    """What comes back: lines and refunds of a return document (docs/algorithms/returns.md), and of which sale's fact body, or none."""

    lines: Sequence[Mapping[str, object]]
    refunds: Sequence[Mapping[str, object]]
    currency: Mapping[str, object]
    sale: Mapping[str, object] | None = None
    knew: Sequence[str] = ()
    cash_rounding: Mapping[str, object] | None = None
    approvals: Sequence[str] = ()
    buyer: str | None = None
    paper: str | None = None
    points: Mapping[str, object] | None = None


class Cashier:
    """Works one till: `staff` is who is signed in, or null; `price` makes totals of a basket."""

    def __init__(self, device: Device, currency: str, price: PriceDocument) -> None:
        self.device = device
        self.currency = currency
        self.price = price
        self.staff: str | None = None
        self.shift = ""
        self.business_date = ""
        self.figures = Figures(0)
        self.number = 0
        self.z = 0
        self.perpetual = 0

    def open_shift(self, business_date: str, opening_float: int, at: int) -> bytes:
        """Open the shift of a business date (ISO 8601) with its float."""
        self.shift = self.device.ids(at)
        self.business_date = business_date
        self.figures = Figures(opening_float)
        body = {
            "shift": self.shift,
            "currency": self.currency,
            "float": opening_float,
            "business_date": business_date,
            "clock_offset_ms": 0,
        }
        return self.device.fact("shift.opened", body, at, staff=self.staff)

    def sell(self, visit: Visit, basket: dict[str, object], at: int, extras: Extras = NOTHING) -> bytes:
        """Record the sale of a basket whose payments settle it; ends its visit.

        Refuses with ValueError a basket that is not settled; errors of pricing pass through.
        """
        totals = self.price(basket)
        if whole(totals["missing"]):
            raise ValueError(f"the basket still owes {totals['missing']}")
        body = {
            "sale": extras.sale_id or self.device.ids(at),
            "shift": self.shift,
            "series": self.device.series,
            "number": self.number + 1,
            "basket": basket,
            "totals": totals,
            "references": list(extras.references),
            "tokens": list(extras.tokens),
            "approvals": list(extras.approvals),
            "catalogue": extras.catalogue,
            **({} if extras.buyer is None else {"buyer": extras.buyer}),
            **{name: list(rows) for name in LISTS if (rows := getattr(extras, name))},
            **({} if extras.voided is None else {"voided": extras.voided}),
            **({} if extras.not_sold is None else {"not_sold": extras.not_sold}),
            **({} if extras.order is None else {"order": extras.order}),
            **({"order_part": True} if extras.order_part else {}),
            **({} if extras.taken_by is None else {"taken_by": extras.taken_by}),
            **({} if extras.points is None else {"points": extras.points}),
        }
        data = self.device.fact("sale.recorded", body, at, visit.document(), self.staff)
        self.number += 1
        self.perpetual += whole(totals["gross"])
        self.figures.add_sale(self.number, basket, totals)
        return data

    def take_back(self, visit: Visit, back: Back, at: int) -> bytes:
        """Record a return whose refunds settle it. Refuses with ValueError one that is not settled; errors of pricing pass through."""
        document = {
            "version": 1,
            "currency": back.currency,
            "cash_rounding": back.cash_rounding,
            "lines": list(back.lines),
            "refunds": list(back.refunds),
        }
        totals = refund_document(document)
        if whole(totals["missing"]) or whole(totals["change"]):
            raise ValueError(f"the refunds leave {totals['missing']} and exceed by {totals['change']}")
        sale = back.sale
        body = {
            "return": self.device.ids(at),
            "shift": self.shift,
            "series": self.device.series,
            "number": self.number + 1,
            "sale": {"id": sale["sale"], "series": sale["series"], "number": sale["number"]} if sale else None,
            "knew": list(back.knew),
            "document": document,
            "totals": totals,
            "references": [],
            "approvals": list(back.approvals),
            **({} if back.buyer is None else {"buyer": back.buyer}),
            **({} if back.paper is None else {"paper": back.paper}),
            **({} if back.points is None else {"points": back.points}),
        }
        data = self.device.fact("return.recorded", body, at, visit.document(), self.staff)
        self.number += 1
        self.figures.add_return(self.number, back.refunds, totals)
        return data

    def meet(self, buyer: str, contact: str, at: int, annexes: Sequence[Annex]) -> bytes:
        """Write a buyer down; `contact` is the annex among `annexes` that says who it is."""
        return self.device.fact("buyer.met", {"buyer": buyer, "contact": contact}, at, staff=self.staff, annexes=annexes)

    def pay_account(self, visit: Visit, buyer: str, tendered: Sequence[Mapping[str, object]], change: int, at: int) -> bytes:
        """Take what a buyer pays on account: what is tendered, less the change, comes off what they owe."""
        amount = sum(whole(row["amount"]) for row in tendered) - change
        body = {
            "payment": self.device.ids(at),
            "buyer": buyer,
            "shift": self.shift,
            "series": self.device.series,
            "number": self.number + 1,
            "currency": self.currency,
            "amount": amount,
            "payments": list(tendered),
            "change": change,
            "references": [],
            "approvals": [],
        }
        data = self.device.fact("account.paid", body, at, visit.document(), self.staff)
        self.number += 1
        self.figures.add_account_payment(self.number, tendered, change, amount)
        return data

    def order(self, visit: Visit, ordered: Ordered, basket: dict[str, object], at: int) -> bytes:
        """Write an order down: what it holds as priced now, and by when."""
        details = ordered.details
        body = {
            "order": self.device.ids(at),
            "kind": ordered.kind,
            **self._paper(),
            "basket": basket,
            "totals": self.price(basket),
            "due": {"promise": self.device.ids(at), "by": ordered.by},
            "kept_share": ordered.kept_share,
            "details": None if details is None else details.id,
            "tokens": list(ordered.tokens),
            "approvals": [],
            "catalogue": None,
            **({} if ordered.buyer is None else {"buyer": ordered.buyer}),
        }
        annexes = () if details is None else (details,)
        data = self.device.fact("order.opened", body, at, visit.document(), self.staff, annexes=annexes)
        self.number += 1
        self.figures.add_to_orders(self.number, opened=1)
        return data

    def pay_order(
        self,
        visit: Visit,
        order: Mapping[str, Any],
        tendered: Sequence[Mapping[str, object]],
        earlier: Sequence[Sequence[Share]],
        at: int,
        change: int = 0,
    ) -> bytes:
        """Take a deposit of an order (the body of its fact); `earlier`: the shares of the deposits before it."""
        amount = sum(whole(row["amount"]) for row in tendered) - change
        body = {
            "payment": self.device.ids(at),
            "order": order["order"],
            **self._paper(),
            "currency": self.currency,
            "amount": amount,
            "payments": list(tendered),
            "change": change,
            "shares": shares(order["totals"]["lines"], earlier, amount),
            "references": [],
            "approvals": [],
        }
        data = self.device.fact("order.paid", body, at, visit.document(), self.staff)
        self.number += 1
        self.figures.add_to_orders(self.number, payments=1, paid=amount)
        self.figures.add_payments(kept(tendered, change))
        return data

    def change_order(self, order: str, at: int, step: str | None = None, by: str | None = None) -> bytes:
        """Say that an order moved on, or agree on another day with its buyer."""
        due = None if by is None else {"promise": self.device.ids(at), "by": by}
        body = {"order": order, "shift": self.shift, "step": step, "due": due, "told": due is not None}
        return self.device.fact("order.changed", body, at, staff=self.staff)

    def reprice_order(self, order: str, basket: dict[str, object], at: int, agreed: str = "phone") -> bytes:
        """Agree with its buyer on what an order holds and costs from now on."""
        what: dict[str, object] = {"basket": basket, "totals": self.price(basket), "agreed": agreed, "approvals": [], "catalogue": None}
        return self.device.fact("order.repriced", {"order": order, "shift": self.shift, **what}, at, staff=self.staff)

    def close_order(
        self, visit: Visit, order: str, refunds: Sequence[Mapping[str, object]], at: int, kept_amount: int = 0, buyer: str | None = None
    ) -> bytes:
        """Cancel an order: what was paid goes back, but for what is kept."""
        back = [(str(row["method"]), whole(row["amount"])) for row in refunds]
        body = {
            "order": order,
            **self._paper(),
            "currency": self.currency,
            "outcome": "cancelled",
            "paid": sum(amount for _, amount in back) + kept_amount,
            "refunds": list(refunds),
            "kept": {"amount": kept_amount, "taxes": []},
            "references": [],
            "approvals": [],
            **({} if buyer is None else {"buyer": buyer}),
        }
        data = self.device.fact("order.closed", body, at, visit.document(), self.staff)
        self.number += 1
        self.figures.add_to_orders(self.number, back=sum(amount for _, amount in back), kept=kept_amount)
        self.figures.add_payments(back, -1)
        return data

    def refund_gift_card(self, visit: Visit, card: str, amount: int, method: str, at: int) -> bytes:
        """Take a gift card back and give out what stands on it."""
        body = {
            "refund": self.device.ids(at),
            "gift_card": card,
            **self._paper(),
            "currency": self.currency,
            "amount": amount,
            "method": method,
            "approvals": [],
        }
        data = self.device.fact("gift_card.refunded", body, at, visit.document(), self.staff)
        self.number += 1
        self.figures.add_number(self.number)
        self.figures.add_to_cards(0, 0, amount)
        self.figures.add_payments([(method, amount)], -1)
        return data

    def _paper(self) -> dict[str, object]:
        """What every paper of this till bears: its shift, and the next number of its series."""
        return {"shift": self.shift, "series": self.device.series, "number": self.number + 1}

    def end_without_sale(self, visit: Visit, at: int, by_product: str = "nothing_needed", **more: object) -> bytes:
        """Close a visit that needed no sale: «Atendido sin compra». `more`: what its body says besides."""
        self.figures.visits_without_sale += 1
        body = {"shift": self.shift, "by_product": by_product, **more}
        return self.device.fact("visit.closed", body, at, visit.document(), self.staff)

    def approve(self, approver: str, action: str, amount: int | None, reason: str, at: int) -> tuple[str, bytes]:
        """Write an approval by someone else; return its fact's id and bytes."""
        body = {"approver": approver, "action": action, "reason": reason, "amount": amount}
        data = self.device.fact("approval.given", body, at, staff=self.staff)
        return self.device.last_id, data

    def move_cash(self, direction: str, amount: int, reason: str, at: int, approvals: Sequence[str] = ()) -> bytes:
        """Put cash `in` or take it `out`."""
        if direction == "in":
            self.figures.cash_in += amount
        else:
            self.figures.cash_out += amount
        body = {
            "shift": self.shift,
            "direction": direction,
            "currency": self.currency,
            "amount": amount,
            "reason": reason,
            "approvals": list(approvals),
        }
        return self.device.fact("cash.moved", body, at, staff=self.staff)

    def open_drawer(self, reason: str, at: int, approvals: Sequence[str] = ()) -> bytes:
        """Open the drawer without a sale."""
        self.figures.drawer_openings += 1
        body = {"shift": self.shift, "reason": reason, "approvals": list(approvals)}
        return self.device.fact("drawer.opened", body, at, staff=self.staff)

    def reprint(self, sale: str, at: int, tokens: Sequence[Mapping[str, object]] = ()) -> bytes:
        """Print a ticket of this journal again, or a gift ticket, which is no copy; its visit is the sale's, long over."""
        if not tokens or any(token["kind"] != "gift" for token in tokens):
            self.figures.reprints += 1
        body = {"sale": sale, "tokens": list(tokens)}
        return self.device.fact("ticket.reprinted", body, at, staff=self.staff)

    def close_shift(self, at: int, cash: Mapping[int, int] | None = None) -> bytes:
        """Count and close. `cash` is the blind count, value of coin or note to how many; null: exactly what is expected."""
        expected = self.figures.expected()
        counted = dict(expected)
        if cash is not None:
            counted["cash"] = sum(value * count for value, count in cash.items())
        self.z += 1
        body: Body = {
            "shift": self.shift,
            "z": self.z,
            "business_date": self.business_date,
            "currency": self.currency,
            "expected": amounts(expected),
            "counted": amounts(counted),
            "difference": amounts({key: counted[key] - expected[key] for key in expected}),
            "denominations": [{"value": value, "count": count} for value, count in (cash or {}).items() if count],
            "figures": self.figures.document(),
            "perpetual": self.perpetual,
            **({"vouchers": [*self.figures.vouchers.values()]} if self.figures.vouchers else {}),
        }
        return self.device.fact("shift.closed", body, at, staff=self.staff)
