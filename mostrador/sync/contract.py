"""The protocol's documents as types: contracts/README.md and contracts/facts/ say the same in words and JSON Schema.

Money and quantities are integers of JavaScript's safe range; unknown properties are refused, so that a typo is seen and not swallowed.
"""

import datetime as dt
from typing import Annotated, Literal, Never

import msgspec
from msgspec import Meta, Raw, Struct

from mostrador.pricing.basket import Basket
from mostrador.pricing.returns import ReturnDocument, ReturnTotals
from mostrador.pricing.totals import Totals
from mostrador.sync.contract_coupons import SaleCoupon
from mostrador.sync.contract_gift_cards import GiftCardRefunded
from mostrador.sync.contract_orders import OrderChanged, OrderClosed, OrderOpened, OrderPaid, OrderRepriced
from mostrador.sync.contract_points import ReturnPoints, SalePoints
from mostrador.sync.contract_shifts import ShiftClosed
from mostrador.sync.contract_trust import TRUST_BODIES, TRUST_WITH_VISIT, TrustBody
from mostrador.sync.contract_types import (
    FACTS_MAX,
    Amount,
    Approvals,
    CatalogueVersion,
    Code,
    Counter,
    Currency,
    Date,
    Hash,
    Instant,
    JournalState,
    NotNegative,
    Positive,
    Reference,
    Series,
    Strict,
    Tendered,
    Token,
    UnknownCodes,
    Uuid,
)


class Chain(Struct, frozen=True, gc=False):
    """What places a fact in its journal; read before anything else and whatever the rest holds."""

    id: Uuid
    journal: Uuid
    seq: Positive
    prev: Hash


class VisitRef(Strict, frozen=True):
    """The visit that a fact belongs to."""

    id: Uuid
    opened_at: Instant


class AnnexRef(Strict, frozen=True):
    """An erasable text that travels beside the fact."""

    id: Uuid
    hash: Hash


class Envelope(Strict, frozen=True):
    """A fact without its body."""

    id: Uuid
    journal: Uuid
    seq: Positive
    prev: Hash
    kind: str
    v: int
    at: Instant
    staff: Uuid | None
    body: Raw
    visit: VisitRef | None = None
    annexes: Annotated[tuple[AnnexRef, ...], Meta(max_length=1001)] = ()
    flags: Annotated[tuple[Literal["clock_back", "clock_unknown"], ...], Meta(max_length=2)] = ()


class ServerHead(Strict, frozen=True):
    """How far the server had received the journal that this one replaces."""

    seq: NotNegative
    hash: Hash


class JournalOpened(Strict, frozen=True):
    """journal.opened.v1"""

    organization: Uuid
    store: Uuid
    till: Uuid
    series: Series
    replaces: Uuid | None
    server_head: ServerHead | None
    public_key: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{87}\\Z")]
    protocol: Literal[1]
    app: Annotated[str, Meta(max_length=40)]


class ShiftOpened(Strict, frozen=True):
    """shift.opened.v1"""

    shift: Uuid
    currency: Currency
    float: NotNegative
    business_date: Date
    clock_offset_ms: Amount

    def __post_init__(self) -> None:
        dt.date.fromisoformat(self.business_date)


class PriceChange(Strict, frozen=True):
    """A line whose price a person typed: its id in the basket, and the price that it would have had, ten-thousandths. `shelf`: the shelf said so."""

    line: Annotated[str, Meta(min_length=1, max_length=64)]
    list_price: NotNegative
    shelf: bool | None = None


class PriorSaid(Strict, frozen=True):
    """Of a line that a promotion for everybody lowered: the lowest price before it as the buyer was told, ten-thousandths; null: no reduction was spoken of."""

    line: Annotated[str, Meta(min_length=1, max_length=64)]
    price: NotNegative | None


class Voided(Strict, frozen=True):
    """What stood on a ticket and was taken away again: how many times, and what it came to."""

    times: Positive
    amount: NotNegative


class AgeCheck(Strict, frozen=True):
    """Somebody of the team saw that the buyer is so old: by sight, or by a document that was shown. Nothing of it is written."""

    minimum: Annotated[int, Meta(ge=1, le=99)]
    how: Literal["looks", "document"]
    by: Uuid


class SaleRecorded(Strict, frozen=True):
    """sale.recorded.v1; `taken_by`: who else than the buyer took the goods along, on the buyer's account."""

    sale: Uuid
    shift: Uuid
    series: Series
    number: Counter
    basket: Basket
    totals: Totals
    references: Annotated[tuple[Reference, ...], Meta(max_length=20)]
    tokens: Annotated[tuple[Token, ...], Meta(max_length=4)]
    approvals: Approvals
    catalogue: CatalogueVersion | None
    buyer: Uuid | None = None
    price_changes: Annotated[tuple[PriceChange, ...], Meta(min_length=1, max_length=1000)] | None = None
    voided: Voided | None = None
    not_sold: Voided | None = None
    age_check: AgeCheck | None = None
    order: Uuid | None = None
    order_part: bool | None = None
    taken_by: Uuid | None = None
    points: SalePoints | None = None
    coupons: Annotated[tuple[SaleCoupon, ...], Meta(min_length=1, max_length=20)] | None = None
    unknown_codes: UnknownCodes | None = None
    priors: Annotated[tuple[PriorSaid, ...], Meta(min_length=1, max_length=1000)] | None = None


class SaleRef(Strict, frozen=True):
    """The sale that goods come back from, and the number that its paper bears."""

    id: Uuid
    series: Series
    number: Counter


class ReturnRecorded(Strict, frozen=True, rename={"return_id": "return"}):
    """return.recorded.v1; `paper` gift: it came by a gift ticket, and `buyer` is whoever brought it."""

    return_id: Uuid
    shift: Uuid
    series: Series
    number: Counter
    sale: SaleRef | None
    knew: Annotated[tuple[Uuid, ...], Meta(max_length=1000)]
    document: ReturnDocument
    totals: ReturnTotals
    references: Annotated[tuple[Reference, ...], Meta(max_length=20)]
    approvals: Approvals
    buyer: Uuid | None = None
    paper: Literal["gift"] | None = None
    points: ReturnPoints | None = None


class BuyerMet(Strict, frozen=True):
    """buyer.met.v1: who they are stands in the annex, as JSON: {"name", "phone", "email", "tax_id", "consent"}."""

    buyer: Uuid
    contact: Uuid


class AccountPaid(Strict, frozen=True):
    """account.paid.v1: `amount` comes off what the buyer owes; what was tendered less the change."""

    payment: Uuid
    buyer: Uuid
    shift: Uuid
    series: Series
    number: Counter
    currency: Currency
    amount: Positive
    payments: Annotated[tuple[Tendered, ...], Meta(min_length=1, max_length=20)]
    change: NotNegative
    references: Annotated[tuple[Reference, ...], Meta(max_length=20)]
    approvals: Approvals


class VisitClosed(Strict, frozen=True):
    """visit.closed.v1"""

    shift: Uuid
    by_product: Literal["nothing_needed", "unknown"]
    voided: Voided | None = None
    not_sold: Voided | None = None
    approvals: Approvals | None = None
    unknown_codes: UnknownCodes | None = None


class CashMoved(Strict, frozen=True):
    """cash.moved.v1"""

    shift: Uuid
    direction: Literal["in", "out"]
    currency: Currency
    amount: Positive
    reason: Code
    approvals: Approvals


class DrawerOpened(Strict, frozen=True):
    """drawer.opened.v1"""

    shift: Uuid
    reason: Code
    approvals: Approvals


class ApprovalGiven(Strict, frozen=True):
    """approval.given.v1"""

    approver: Uuid
    action: Literal["discount", "drawer", "cash_out", "price", "void", "return", "account", "product"]
    reason: Code
    amount: Amount | None


class ReprintToken(Strict, frozen=True):
    """The token that a copy or a gift ticket carries."""

    kind: Literal["reprint", "gift"]
    hash: Hash


class TicketReprinted(Strict, frozen=True):
    """ticket.reprinted.v1"""

    sale: Uuid
    tokens: Annotated[tuple[ReprintToken, ...], Meta(max_length=4)]


Body = (
    JournalOpened
    | ShiftOpened
    | SaleRecorded
    | ReturnRecorded
    | BuyerMet
    | AccountPaid
    | OrderOpened
    | OrderPaid
    | OrderChanged
    | OrderRepriced
    | OrderClosed
    | GiftCardRefunded
    | VisitClosed
    | CashMoved
    | DrawerOpened
    | ApprovalGiven
    | TicketReprinted
    | ShiftClosed
    | TrustBody
)

BODIES: dict[tuple[str, int], type[Body]] = {
    ("journal.opened", 1): JournalOpened,
    ("shift.opened", 1): ShiftOpened,
    ("sale.recorded", 1): SaleRecorded,
    ("return.recorded", 1): ReturnRecorded,
    ("buyer.met", 1): BuyerMet,
    ("account.paid", 1): AccountPaid,
    ("order.opened", 1): OrderOpened,
    ("order.paid", 1): OrderPaid,
    ("order.changed", 1): OrderChanged,
    ("order.repriced", 1): OrderRepriced,
    ("order.closed", 1): OrderClosed,
    ("gift_card.refunded", 1): GiftCardRefunded,
    ("visit.closed", 1): VisitClosed,
    ("cash.moved", 1): CashMoved,
    ("drawer.opened", 1): DrawerOpened,
    ("approval.given", 1): ApprovalGiven,
    ("ticket.reprinted", 1): TicketReprinted,
    ("shift.closed", 1): ShiftClosed,
    **TRUST_BODIES,
}
KINDS_WITH_VISIT = frozenset({
    "sale.recorded", "return.recorded", "account.paid", "order.opened", "order.paid", "order.closed", "visit.closed", "gift_card.refunded",
    *TRUST_WITH_VISIT,
})  # fmt: skip
# Papers with a number of the till's tickets: what was printed is used up, whatever becomes of the fact.
NUMBERED = frozenset(
    {"sale.recorded", "return.recorded", "account.paid", "order.opened", "order.paid", "order.closed", "gift_card.refunded"}
)


class SignedHead(Struct, frozen=True):
    """The last fact of a batch, signed by the device."""

    seq: Positive
    hash: Hash
    signature: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{86}\\Z")]


class AnnexText(Struct, frozen=True):
    """An annex as it travels: the salt and the text whose hash the fact holds."""

    id: Uuid
    fact: Uuid
    salt: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{16,44}\\Z")]
    text: Annotated[str, Meta(max_length=2000)]


class Push(Struct, frozen=True):
    """A batch of facts, each as its own bytes."""

    protocol: int
    journal: Uuid
    facts: Annotated[tuple[Raw, ...], Meta(max_length=FACTS_MAX)]
    head: SignedHead | None = None
    annexes: tuple[AnnexText, ...] = ()


class Answer(Struct, frozen=True):
    """What became of one fact."""

    seq: int | None
    id: str | None
    state: Literal["accepted", "known", "parked", "early", "refused"]
    reason: str | None = None


class PushAnswer(Struct, frozen=True):
    """The answer to a push."""

    protocol: int
    epoch: str
    watermark: int
    head: str
    journal: JournalState
    time: int
    answers: tuple[Answer, ...]


chain_decoder = msgspec.json.Decoder(Chain)
envelope_decoder = msgspec.json.Decoder(Envelope)
body_decoders: dict[tuple[str, int], msgspec.json.Decoder[Body]] = {key: msgspec.json.Decoder(body) for key, body in BODIES.items()}
push_decoder = msgspec.json.Decoder(Push)


def _refuse_float(literal: str) -> Never:
    raise ValueError(literal)


_any_decoder = msgspec.json.Decoder(float_hook=_refuse_float)
_sorted_encoder = msgspec.json.Encoder(order="sorted")
# What reading bytes from outside can raise: not JSON or not of this shape, not UTF-8, nested without end.
UNREADABLE = (msgspec.DecodeError, UnicodeError, RecursionError)


def is_canonical(data: bytes) -> bool:
    """Whether bytes are what RFC 8785 makes of the value they hold (keys are ASCII, numbers are integers)."""
    try:
        return _sorted_encoder.encode(_any_decoder.decode(data)) == data
    except UNREADABLE:
        return False
