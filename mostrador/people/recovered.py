"""Devices known from a saved journal alone: the database was restored from a copy older than their pairing.

Such a device has no token and is revoked from the start: it sells no more, it only is whose journal this is.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid
from mostrador.kernel.writing import use_case
from mostrador.people import pins
from mostrador.people.models import Device, Store, Till

# Where others have the SHA-256 of a token, in hexadecimal: no token has this one.
NO_TOKEN = "recovered-"  # noqa: S105  # says that there is none
# Letters of series go on after Z, so that no new pairing takes a series that an unknown journal may bear.
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Lost:
    """What a device said of itself in the first fact of its journal."""

    journal_id: uuid.UUID
    till_id: uuid.UUID
    store_id: uuid.UUID
    series: str
    public_key: str
    opened_at: datetime


def is_recovered(device: Device) -> bool:
    """Whether a device is known from a saved journal alone."""
    return device.token_hash.startswith(NO_TOKEN)


def require_stores(devices: Iterable[Lost]) -> None:
    """Refuse devices of stores that this database does not have: Invalid."""
    stores = set(Store.objects.values_list("id", flat=True))
    if any(lost.store_id not in stores for lost in devices):
        raise Invalid(recover="no_store")


def recover(actor: Actor, lost: Lost) -> Device:
    """Return the device of a lost pairing, made if absent, as one whose facts count (only this once: its row is revoked)."""
    if not actor.may("owner"):
        raise Forbidden
    with use_case():
        if not Device.objects.filter(id=lost.journal_id).exists():
            till = Till.objects.filter(id=lost.till_id).first() or _till_of(actor, lost)
            Device.objects.create(
                organization_id=actor.organization_id, id=lost.journal_id, till_id=till.id, store_id=till.store_id,
                series=_free_series(lost.series), public_key=lost.public_key, token_hash=f"{NO_TOKEN}{lost.journal_id.hex}",
                pin_salt=pins.new_salt(), paired_at=lost.opened_at, revoked_at=clock.now(),
            )  # fmt: skip
            trail.record(actor, "device", lost.journal_id, {"recovered": (None, lost.series)})
    device = Device.objects.select_related("till", "till__store").get(id=lost.journal_id)
    device.revoked_at = None
    return device


def begin_series_anew() -> None:
    """After a restore: let every till of the business in scope go on with letters that the lost time cannot have used."""
    for till in Till.objects.all():
        Till.objects.filter(id=till.id).update(journals=(till.journals // LETTERS + 1) * LETTERS)


def _till_of(actor: Actor, lost: Lost) -> Till:
    """A till that is younger than the copy: made again under its own id, for its journals name it."""
    code = lost.series.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")[:6] or lost.series[:6]
    taken = set(Till.objects.values_list("code", flat=True))
    free = code if code not in taken else next(f"R{n}" for n in range(1, len(taken) + 2) if f"R{n}" not in taken)
    return Till.objects.create(
        organization_id=actor.organization_id, id=lost.till_id, store_id=lost.store_id, code=free, name=f"Caja {free}", journals=LETTERS
    )


def _free_series(series: str) -> str:
    """The journal's own series, unless another device has it: then its sales are parked, for their numbers would be ambiguous."""
    taken = set(Device.objects.values_list("series", flat=True))
    return series if series not in taken else next(f"R{n}" for n in range(1, len(taken) + 2) if f"R{n}" not in taken)
