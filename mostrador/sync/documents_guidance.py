"""What tills hear of how they may help, as types."""

from typing import Literal

from msgspec import Struct

from mostrador.sync.contract_types import Date, Instant, Known, NotNegative, Said, Uuid


class Picked(Said, frozen=True, omit_defaults=True):
    """Goods that may do a job (ruling 37), picked as a promotion picks them: all, or those of categories and those named; never those of `without`."""

    everything: bool = False
    categories: tuple[Uuid, ...] = ()
    products: tuple[Uuid, ...] = ()
    without: tuple[Uuid, ...] = ()


class NeedChip(Said, frozen=True):
    """What somebody may have come for, in the owner's words, and the goods that may do the job; none picked: the shop has nothing for it."""

    id: Uuid
    name: str
    pick: Picked


class OtherPlace(Said, frozen=True):
    """Where else somebody is well served: public facts, and the day somebody looked. `fee`: what the shop gets for it, as the buyer reads it."""

    id: Uuid
    name: str
    good_for: str
    why: Literal["they_specialise", "we_lack_it"]
    address: str
    phone: str
    url: str
    fee: str
    verified_on: Date


class OtherStore(Said, frozen=True):
    """Another store of the business."""

    id: Uuid
    name: str
    address: str
    phone: str


class ReturnRate(Struct, frozen=True, array_like=True):
    """A product, and which share of it came back, parts per million."""

    product: Uuid
    rate: NotNegative


class Declared(Struct, frozen=True, array_like=True):
    """A product for which a supplier gives something, and the words that the buyer reads."""

    product: Uuid
    says: str


class Contradicted(Struct, frozen=True, array_like=True):
    """A product, and how often something said of it did not hold."""

    product: Uuid
    times: NotNegative


class SheetPoint(Said, frozen=True):
    """One thing that is said of a product, and what it rests on."""

    id: Uuid
    kind: Literal["strength", "limit"]
    says: str
    basis: Literal["maker", "standard", "own_use", "returns_data"]


class HonestSheet(Said, frozen=True):
    """The honest sheet of a product in force: which version, and what it says, the strengths first."""

    id: Uuid
    product: Uuid
    points: tuple[SheetPoint, ...]


class ClaimTopic(Said, frozen=True):
    """What buyers ask of more than one product, in the owner's words."""

    id: Uuid
    name: str


class Advice(Said, frozen=True):
    """What a till may rank by, besides the need and the price to the buyer. `out`: none of it here; `undeclared`: never suggested."""

    returns: tuple[ReturnRate, ...]
    contradicted: tuple[Contradicted, ...]
    out: tuple[Uuid, ...]
    incentives: tuple[Declared, ...]
    undeclared: tuple[Uuid, ...]


class PromiseChip(Said, frozen=True):
    """What the shop promises, in the owner's words, and within how many days: `honest`: as the store's own promises say, nine of ten of which took no longer."""

    id: Uuid
    name: str
    days: NotNegative
    honest: bool


class PromiseSaid(Said, frozen=True):
    """A promise of the store that is still to be kept, or was kept today. `name`: the chip's; `words`: the shop's own; `ticket`: of its sale, or of its order.

    `first`: the day that was said at first; `due`: the one that holds; `revision`: how many times another was agreed; `order`: that owns its date, and its kind.
    """

    id: Uuid
    name: str
    product: str
    words: str
    ticket: str
    first: Date
    due: Date
    state: Literal["made", "late", "broken", "kept", "kept_late"]
    ended: bool
    revision: NotNegative
    order: Uuid | None
    order_kind: str
    made_at: Instant


class Promises(Said, frozen=True):
    """What the store has promised. `more`: how many that stand are left out of the list."""

    promises: tuple[PromiseSaid, ...]
    more: NotNegative
    known: Known


class RightHeld(Said, frozen=True):
    """Whether goods of a category, or a product, have a right."""

    id: Uuid
    has: bool


class RightOnPaper(Said, frozen=True):
    """A right that a receipt may say: what it is called, how long it lasts from the sale on, until when it may be said (null: always), and which goods have it."""

    es: str
    en: str
    amount: NotNegative
    unit: Literal["days", "months", "years"]
    stale_after: Date | None
    usual: bool
    categories: tuple[RightHeld, ...]
    products: tuple[RightHeld, ...]


class SampleGood(Said, frozen=True):
    """What is given to try, so much at once (thousandths of its unit). `allergens`: said before it is given; `day_max`: above so many a day the till says so; null: never."""

    product: Uuid
    quantity: NotNegative
    allergens: str
    day_max: NotNegative | None


class Guidance(Said, frozen=True):
    """What a till offers beside the sale. `hidden`: pieces of the strip that the owner took from it; `needs` and `samples`: those that this store uses most come first;
    `closed_*`: when the store is, Monday 0, and days ISO 8601; `finds_out`: the promise of who did not know an answer.
    """

    epoch: Uuid
    hidden: tuple[Literal["need", "recommend", "sample", "promise", "hold", "handoff"], ...]
    needs: tuple[NeedChip, ...]
    samples: tuple[SampleGood, ...]
    promises: tuple[PromiseChip, ...]
    closed_weekdays: tuple[NotNegative, ...]
    closed_dates: tuple[Date, ...]
    places: tuple[OtherPlace, ...]
    stores: tuple[OtherStore, ...]
    advice: Advice
    sheets: tuple[HonestSheet, ...]
    topics: tuple[ClaimTopic, ...]
    finds_out: Uuid | None
    rights: tuple[RightOnPaper, ...]
