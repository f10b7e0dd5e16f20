"""Vouchers of the demo: the kinds that its shop takes, and errands that are paid by them, with the rest in cash. Amounts: int minor units."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from mostrador.counter import voucher_desk
from mostrador.counter.voucher_desk import Saying
from mostrador.kernel.actor import Actor


@dataclass(slots=True)
class Drawer:
    """What comes in by vouchers at a till; a lot of its own, so that nothing else in the demo moves. `kinds`: the document of the till part."""

    rng: Random
    kinds: Sequence[Mapping[str, Any]] = ()

    def pays(self, due: int, categories: Sequence[str | None], percent: int) -> dict[str, object] | None:
        """Return a payment by vouchers of one kind, at most what is due but for the last slip; mostly none."""
        if not self.kinds or self.rng.randrange(1000) >= percent * 10:
            return None
        kind = self.rng.choice(self.kinds)
        value = self.rng.choice(kind["values"])
        if due < value or any(category in kind["without"] for category in categories):
            return None
        slips = [
            {"value": value, **({} if kind["number"] == "no" else {"number": f"{self.rng.randrange(10**8):08d}"})}
            for _ in range(min(3, -(-due // value) if kind["change"] == "none" and not self.rng.randrange(4) else due // value))
        ]
        worth = value * len(slips)
        surplus = max(0, worth - due)
        voucher = {"kind": kind["id"], "name": kind["name"], "slips": slips, **({"surplus": surplus} if surplus else {})}
        return {"method": "voucher", "amount": worth - surplus, "voucher": voucher}


def add_kinds(actor: Actor, rows: Sequence[Mapping[str, Any]], categories: Mapping[str, uuid.UUID]) -> None:
    """Say which vouchers the shop takes; what they do not pay is named by category."""
    for row in rows:
        without = tuple(categories[name] for name in row["without"])
        says = Saying(
            row["name"], row["issuer"], tuple(row["values"]), row["change"], row.get("change_max"), row["number"], row.get("limit"), without
        )
        voucher_desk.add_kind(actor, says=says)
