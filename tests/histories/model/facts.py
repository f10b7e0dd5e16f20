"""A fact as it travelled, and what its amounts come to. Money: minor units."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with the hash of its bytes: RFC 8785 of ASCII names, so sorted names and no room between."""

    document: Json
    hash: str

    @classmethod
    def of(cls, document: Json) -> "Fact":
        """Read one."""
        data = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        return cls(document, hashlib.sha256(data).hexdigest())

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.document["id"])

    @property
    def kind(self) -> str:
        """What happened."""
        return str(self.document["kind"])

    @property
    def seq(self) -> int:
        """Its place in its journal."""
        return int(self.document["seq"])

    @property
    def journal(self) -> str:
        """The chain that it is part of."""
        return str(self.document["journal"])

    @property
    def prev(self) -> str:
        """The hash of the one before."""
        return str(self.document["prev"])

    @property
    def body(self) -> Json:
        """What it says."""
        body: Json = self.document["body"]
        return body

    @property
    def visit(self) -> str:
        """The visit that it is part of."""
        return str(self.document["visit"]["id"])


class Ledger:
    """What every ledger does; those that have nothing to say leave it so."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def take(self, fact: Fact) -> None:
        """Read a fact that counts."""

    def office(self, what: str, told: Json) -> None:
        """Read what a person of the office wrote."""

    def expected(self) -> Json:
        """Say what the books must hold."""
        return {}

    def overdrafts(self) -> Json:
        """Say what must be listed, and nothing else."""
        return {}


def goods_of(line: Json) -> list[tuple[str, int]]:
    """What goes with a line: what it is made of, where it says so, else itself."""
    components = line.get("components")
    return [(one["product_id"], one["quantity"]) for one in components] if components else [(line["product_id"], line["quantity"])]


def kept(payments: list[Json], change: int) -> Iterator[tuple[str, int]]:
    """Yield by method what stayed of payments: change is given in cash; vouchers stay whole, and what went beyond the ticket leaves by where it went."""
    for payment in payments:
        given = min(change, payment["amount"]) if payment["method"] == "cash" else 0
        change -= given
        yield payment["method"], payment["amount"] - given
        voucher = payment.get("voucher") or {}
        for name, method in (("surplus", "surplus"), ("change", "cash"), ("credit", "credit")):
            yield "voucher", voucher.get(name, 0)
            yield method, -voucher.get(name, 0)


def money(fact: Fact) -> Iterator[tuple[str, int]]:
    """Yield by method what a fact brought in (above zero) or gave back (below)."""
    body = fact.body
    if fact.kind == "sale.recorded":
        yield from kept(body["basket"]["payments"], body["totals"]["change"])
    elif fact.kind in {"account.paid", "order.paid"}:
        yield from kept(body["payments"], body["change"])
    elif fact.kind == "order.closed":
        for refund in body["refunds"]:
            yield refund["method"], -refund["amount"]
    elif fact.kind == "return.recorded":
        for refund in body["document"].get("refunds") or []:
            yield refund["method"], -refund["amount"]
    elif fact.kind == "gift_card.refunded":
        yield body["method"], -body["amount"]
