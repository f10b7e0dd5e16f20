"""What tills hear of how they may help, as types."""

from mostrador.sync.contract_types import Said, Uuid


class NeedChip(Said, frozen=True):
    """What somebody may have come for, in the owner's words."""

    id: Uuid
    name: str


class Guidance(Said, frozen=True):
    """What a till offers beside the sale. `needs`: those that this store uses most come first."""

    epoch: Uuid
    needs: tuple[NeedChip, ...]
