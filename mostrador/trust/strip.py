"""Which pieces of the strip tills offer: all of them, less those that the owner took from it."""

from collections.abc import Iterable

from mostrador.kernel import trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.feed import touched
from mostrador.kernel.writing import whole
from mostrador.trust.models import HiddenPiece

PIECES = ("need", "recommend", "sample", "promise", "hold", "handoff")
"""In the order in which they stand on the strip."""


def hidden() -> list[str]:
    """Return the pieces that the tills of the business in scope do not offer, in the order of the strip."""
    found = set(HiddenPiece.objects.values_list("piece", flat=True))
    return [piece for piece in PIECES if piece in found]


@whole
def offer(actor: Actor, *, pieces: Iterable[str]) -> None:
    """Offer these and no others. Forbidden for who does not lead; Invalid for a piece that there is not."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    wanted = set(pieces)
    if not wanted <= set(PIECES):
        raise Invalid(pieces="unknown")
    before, after = set(hidden()), set(PIECES) - wanted
    HiddenPiece.objects.filter(piece__in=sorted(before - after)).delete()
    HiddenPiece.objects.bulk_create([HiddenPiece(organization_id=actor.organization_id, piece=piece) for piece in sorted(after - before)])
    if before != after:
        changes = {piece: (piece not in before, piece not in after) for piece in sorted(before ^ after)}
        trail.record(actor, "strip", actor.organization_id, changes)
        touched(actor.organization_id, "till", [actor.organization_id])
