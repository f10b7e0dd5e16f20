"""What tills hear of how they may help, as types."""

from typing import Literal

from mostrador.sync.contract_types import Date, Instant, Known, NotNegative, Said, Uuid


class NeedChip(Said, frozen=True):
    """What somebody may have come for, in the owner's words."""

    id: Uuid
    name: str


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


class Guidance(Said, frozen=True):
    """What a till offers beside the sale. `needs`: those that this store uses most come first; `closed_*`: when the store is, Monday 0, and days ISO 8601."""

    epoch: Uuid
    needs: tuple[NeedChip, ...]
    promises: tuple[PromiseChip, ...]
    closed_weekdays: tuple[NotNegative, ...]
    closed_dates: tuple[Date, ...]
