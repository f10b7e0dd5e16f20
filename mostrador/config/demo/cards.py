"""Gift cards of the demo: one is sold now and then, and what it holds is spent in the shop it came from. Amounts: int minor units."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from mostrador.counter.gift_card_desk import LENGTH, LETTERS
from mostrador.counter.gift_card_queries import code_hash
from mostrador.sync.cashier import Cashier, Visit
from mostrador.sync.device import base64url

AMOUNTS = (20_000, 30_000, 50_000)
SECOND_MS = 1000
# Of so many errands that a card could pay, one is.
SPENT_ONE_IN = 12


@dataclass(slots=True)
class Wallet:
    """The cards that a till has sold, by id, with what they still hold; a lot of its own, so that nothing else in the demo moves."""

    rng: Random
    held: dict[str, int] = field(default_factory=dict)

    def pays(self, due: int) -> str | None:
        """Return the card by which somebody pays now, and take it off what that holds; mostly nobody does."""
        able = [card for card, balance in self.held.items() if balance >= due]
        if due == 0 or not able or self.rng.randrange(SPENT_ONE_IN):
            return None
        card = self.rng.choice(able)
        self.held[card] -= due
        return card


def sold(cashier: Cashier, wallet: Wallet, basket: Mapping[str, object], percent: int, at: int) -> bytes | None:
    """Write that somebody bought a card and paid in cash; mostly nobody does. `basket`: one without lines, as this shop has it."""
    if wallet.rng.randrange(1000) >= percent * 10:
        return None
    card, amount = cashier.device.ids(at), wallet.rng.choice(AMOUNTS)
    code = "GC" + "".join(wallet.rng.choice(LETTERS) for _ in range(LENGTH))
    page = base64url(wallet.rng.randbytes(16))
    load = {"id": card, "amount": amount, "code": code_hash(code).hex(), "page": hashlib.sha256(page.encode()).hexdigest()}
    wallet.held[card] = amount
    paid = {**basket, "gift_cards": [load], "payments": [{"method": "cash", "amount": amount}]}
    return cashier.sell(Visit(cashier.device.ids(at), at), paid, at + 20 * SECOND_MS)
