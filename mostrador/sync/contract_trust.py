"""What a visit brings besides a sale, as types. The intake journals these facts and asks nothing more of them; the worker applies them (docs/adr/0036)."""

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta

from mostrador.sync.contract_types import Amount, Code, Counted, Date, Hash, NotNegative, Positive, Strict, Uuid


class NeedStated(Strict, frozen=True):
    """need.stated.v1: what somebody came for. `max_spend`: minor units; `text`: the annex with their own words; `late`: written down afterwards."""

    shift: Uuid
    chip: Uuid
    origin: Literal["buyer_said", "seller_inferred"]
    max_spend: Positive | None = None
    needed_by: Date | None = None
    text: Uuid | None = None
    late: bool | None = None

    def __post_init__(self) -> None:
        if self.needed_by is not None:
            dt.date.fromisoformat(self.needed_by)


AdviceKind = Literal["own", "own_cheaper", "repair", "use_what_you_have", "wait", "no_purchase", "other_store_ours", "other_shop"]
AdviceReason = Literal[
    "fits_need",
    "same_job_cheaper",
    "already_owned",
    "repairable",
    "we_lack_it",
    "they_specialise",
    "not_suitable",
    "restock_soon",
    "unsure",
]
# What a rank may look at, and nothing else (docs/adr/0038): there is no word here for what a product costs the shop.
RankInput = Literal["need", "price", "in_reach", "returns", "contradictions"]
ELIGIBLE_MAX = 20
# Ten of a unit at once, thousandths: more is no sample.
SAMPLE_MAX = 10_000
ADVICE_WITH_TARGET = frozenset({"own", "own_cheaper", "other_store_ours", "other_shop"})


class RecommendationMade(Strict, frozen=True):
    """recommendation.made.v1: what somebody was told would serve them best.

    `target`: the product, the place or the store, as `kind` says; `eligible`: the products that did the job, first the one that this rank puts
    first; `need`: the fact of the need that was answered; `instead_of`: the product that was asked about; `declared`: a supplier gives something for it,
    and the buyer was told.
    """

    shift: Uuid
    kind: AdviceKind
    reason: AdviceReason
    eligible: Annotated[tuple[Uuid, ...], Meta(max_length=ELIGIBLE_MAX)]
    ranker: Annotated[int, Meta(ge=1, le=1000)]
    inputs: Annotated[tuple[RankInput, ...], Meta(max_length=5)]
    target: Uuid | None = None
    need: Uuid | None = None
    instead_of: Uuid | None = None
    declared: bool | None = None
    late: bool | None = None

    def __post_init__(self) -> None:
        if (self.target is not None) != (self.kind in ADVICE_WITH_TARGET):
            raise ValueError("target")


class PageClosed(Strict, frozen=True):
    """page.closed.v1: what a secret of a sale opens is closed for good, with the ticket in hand. `hash`: the secret's SHA-256, as the sale or a copy has it."""

    sale: Uuid
    hash: Hash


class RecordUndone(Strict, frozen=True):
    """record.undone.v1: a record (the id of its fact) was taken back at once; it counts nowhere."""

    record: Uuid


class PromiseMade(Strict, frozen=True):
    """promise.made.v1: by the end of the store's day `due`. `product`: what it is about; `text`: the annex in the shop's own words; `clock_offset_ms`: as last known."""

    promise: Uuid
    shift: Uuid
    chip: Uuid
    due: Date
    clock_offset_ms: Amount | None = None
    product: Uuid | None = None
    text: Uuid | None = None
    late: bool | None = None

    def __post_init__(self) -> None:
        dt.date.fromisoformat(self.due)


class PromiseKept(Strict, frozen=True):
    """promise.kept.v1"""

    promise: Uuid
    shift: Uuid
    evidence: Literal["done", "told", "handed_over"]
    clock_offset_ms: Amount | None = None


class PromiseRenegotiated(Strict, frozen=True):
    """promise.renegotiated.v1: another day was agreed with the buyer. `revision`: how many times one had been, as far as the till knew."""

    promise: Uuid
    shift: Uuid
    due: Date
    revision: Counted
    told: Literal["present", "phone", "message"]
    clock_offset_ms: Amount | None = None

    def __post_init__(self) -> None:
        dt.date.fromisoformat(self.due)


class PromiseReleased(Strict, frozen=True):
    """promise.released.v1: the buyer does not want it any more."""

    promise: Uuid
    shift: Uuid
    revision: Counted
    clock_offset_ms: Amount | None = None


class PromiseVoided(Strict, frozen=True):
    """promise.voided.v1: it was a mistake; it counts within a quarter of an hour."""

    promise: Uuid
    shift: Uuid
    reason: Code
    clock_offset_ms: Amount | None = None


class HandoffMade(Strict, frozen=True):
    """handoff.made.v1: a colleague joins the visit, or goes on with it."""

    shift: Uuid
    to: Uuid
    part: Literal["joins", "goes_on"]
    late: bool | None = None


class ClaimStated(Strict, frozen=True):
    """claim.stated.v1: what somebody was told of a product when they asked. A point of its sheet was asked for, or a topic of the shop's.

    `sheet`: the version that the till had; `promise`: that it will be found out, where nobody knew.
    """

    shift: Uuid
    product: Uuid
    said: Literal["yes", "no", "unsure"]
    sheet: Uuid | None = None
    point: Uuid | None = None
    topic: Uuid | None = None
    promise: Uuid | None = None
    late: bool | None = None

    def __post_init__(self) -> None:
        if (self.point is None) == (self.topic is None):
            raise ValueError("point")
        if self.promise is not None and self.said != "unsure":
            raise ValueError("promise")


class ShelfPriceStated(Strict, frozen=True):
    """shelf_price.stated.v1: the shelf said another price than the till, and the lower one was charged (ruling 39). Prices in ten-thousandths, of one of what was sold:
    `factor` thousandths of the product, where that is not its own unit.
    """

    shift: Uuid
    product: Uuid
    shelf_price: NotNegative
    till_price: NotNegative
    factor: Positive | None = None
    late: bool | None = None


class SampleGiven(Strict, frozen=True):
    """sample.given.v1: something of the shop was given to try, at no cost and without strings. `quantity`: thousandths of the product's unit; `lot`: where it is known;
    `told`: what it contains was said first, or that they are old enough was seen; `late`: written down afterwards.
    """

    shift: Uuid
    product: Uuid
    quantity: Annotated[int, Meta(ge=1, le=SAMPLE_MAX)]
    lot: Annotated[str, Meta(pattern="^[!-~]{1,40}\\Z")] | None = None
    told: bool | None = None
    late: bool | None = None


TrustBody = (
    ClaimStated
    | HandoffMade
    | NeedStated
    | PageClosed
    | RecommendationMade
    | RecordUndone
    | PromiseMade
    | PromiseKept
    | PromiseRenegotiated
    | PromiseReleased
    | PromiseVoided
    | ShelfPriceStated
    | SampleGiven
)
TRUST_BODIES: dict[tuple[str, int], type[TrustBody]] = {
    ("claim.stated", 1): ClaimStated,
    ("need.stated", 1): NeedStated,
    ("recommendation.made", 1): RecommendationMade,
    ("record.undone", 1): RecordUndone,
    ("promise.made", 1): PromiseMade,
    ("promise.kept", 1): PromiseKept,
    ("promise.renegotiated", 1): PromiseRenegotiated,
    ("promise.released", 1): PromiseReleased,
    ("promise.voided", 1): PromiseVoided,
    ("handoff.made", 1): HandoffMade,
    ("page.closed", 1): PageClosed,
    ("shelf_price.stated", 1): ShelfPriceStated,
    ("sample.given", 1): SampleGiven,
}
TRUST_WITH_VISIT = frozenset(
    {"claim.stated", "handoff.made", "need.stated", "recommendation.made", "promise.made", "sample.given", "shelf_price.stated"}
)
