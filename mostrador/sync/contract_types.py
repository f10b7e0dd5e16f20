"""What the protocol's documents are made of: ids, amounts, moments, and the small documents that several facts carry."""

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

SAFE = 2**53 - 1
# Past the year 9892 a date has five digits, and no calendar of ours goes there.
INSTANT_MAX = 250_000_000_000_000
COUNTER_MAX = 2**31 - 1
FACT_BYTES_MAX = 256 * 1024
FACTS_MAX = 500
LINES_MAX = 1000

Uuid = Annotated[str, Meta(pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\Z")]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}\\Z")]
Amount = Annotated[int, Meta(ge=-SAFE, le=SAFE)]
NotNegative = Annotated[int, Meta(ge=0, le=SAFE)]
Positive = Annotated[int, Meta(ge=1, le=SAFE)]
Instant = Annotated[int, Meta(ge=1, le=INSTANT_MAX)]
Counter = Annotated[int, Meta(ge=1, le=COUNTER_MAX)]
Counted = Annotated[int, Meta(ge=0, le=999)]
Code = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}\\Z")]
Series = Annotated[str, Meta(pattern="^[A-Z0-9]{1,8}\\Z")]
Date = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}\\Z")]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}\\Z")]
# `exchange`: what a return and a sale of one visit owe each other; nothing of it touches the drawer.
# `fiado`: on the buyer's account; `credit`: out of what the shop owes the buyer; `deposit`: what was paid for the order before. Nobody counts
# any of the four, nor `gift_card`: out of what a card holds, nor `points`: what so many points are worth. `surplus`,
# of figures alone: what of vouchers the shop kept, below zero.
Method = Literal["cash", "card", "transfer", "voucher", "exchange", "fiado", "credit", "deposit", "gift_card", "points", "surplus"]
METHODS: frozenset[str] = frozenset(get_args(Method)) - {"surplus"}
JournalState = Literal["open", "revoked", "reopen"]
Approvals = Annotated[tuple[Uuid, ...], Meta(max_length=20)]
# Scanned while somebody was helped, and no product carried them. So short and of these letters alone: no link, name, card or document of anybody's.
UnknownCodes = Annotated[tuple[Annotated[str, Meta(pattern="^[0-9A-Z./-]{4,14}\\Z")], ...], Meta(min_length=1, max_length=20)]


class Strict(Struct, forbid_unknown_fields=True, frozen=True, gc=False):
    """A document without surprises."""


class Reference(Strict, frozen=True):
    """The reference of one card or transfer payment, by its place in the basket."""

    payment: NotNegative
    value: Annotated[str, Meta(pattern="^[A-Z0-9-]{1,32}\\Z")]


class Token(Strict, frozen=True):
    """The hash of a secret that opens the buyer's page."""

    kind: Literal["ticket", "gift", "slip", "reprint"]
    hash: Hash


class CatalogueVersion(Strict, frozen=True):
    """From which catalogue the sale was made."""

    epoch: Uuid
    n: NotNegative


class Tendered(Strict, frozen=True):
    """What was handed over by one method. No vouchers: these say their slips, and which goods they do not pay, and here are no goods."""

    method: Literal["cash", "card", "transfer"]
    amount: Positive


class TaxFigure(Strict, frozen=True):
    """What was collected of one tax."""

    code: Annotated[str, Meta(max_length=20)]
    base: Amount
    amount: Amount


Millionths = Annotated[int, Meta(ge=0, le=1_000_000)]


class Said(Struct, forbid_unknown_fields=True, frozen=True):
    """A document of ours."""


class Known(Said, frozen=True):
    """How far the asking till's journal had come in when these rows were read: what its later facts did to accounts is not in them."""

    journal: Uuid
    seq: NotNegative
