"""What tills hear of gift cards, and what of an account a sale may spend (contracts/README.md)."""

from typing import Literal

from msgspec import Struct

from mostrador.sync.contract_types import Amount, Hash, Known, NotNegative, Said, Uuid
from mostrador.sync.documents_buyers import Buyer


class GiftCard(Said, frozen=True):
    """A gift card that may be spent: `code` is the hash of what spends it, `balance` what it holds, minor units."""

    id: Uuid
    code: Hash
    balance: Amount


class GiftCards(Said, frozen=True):
    """Gift cards in the order of their ids, and whether there are more."""

    gift_cards: tuple[GiftCard, ...]
    more: bool
    known: Known


class SpendRequest(Struct, forbid_unknown_fields=True, frozen=True):
    """A sale is about to spend so much of an account, minor units or points; 0 lets go of what was kept for it. Of a gift card: by its id, or by the hash of its code."""

    sale: Uuid
    account: Literal["fiado", "credit", "gift_card", "points"]
    amount: NotNegative
    buyer: Uuid | None = None
    gift_card: Uuid | None = None
    code: Hash | None = None

    def __post_init__(self) -> None:
        named = [one for one in (self.buyer, self.gift_card, self.code) if one is not None]
        if len(named) != 1 or (self.account == "gift_card") != (self.buyer is None):
            raise ValueError("a buyer's account, or one gift card")


class CardFound(Said, frozen=True):
    """A gift card as of now. `unspent`: nothing was paid with it and it was not taken back, so it may be."""

    id: Uuid
    balance: Amount
    blocked: bool
    unspent: bool


class Spendable(Said, frozen=True):
    """What this sale may spend of the account, and what of it no other till may spend for some minutes; whose it is as of now."""

    room: NotNegative
    reserved: NotNegative
    buyer: Buyer | None
    gift_card: CardFound | None
