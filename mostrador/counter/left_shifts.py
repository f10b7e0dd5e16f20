"""Shifts that were left open: their till broke, was lost or paired anew, so no Z can come of them any more. The office counts what lay in the drawer."""

import uuid
from collections.abc import Iterable

from mostrador.counter import shifts
from mostrador.counter.models import Shift, ShiftClosing
from mostrador.counter.office_count_models import OfficeCount
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.writing import use_case
from mostrador.people.models import Device

CASH_MAX = 10**12
NOTE_MAX = 200


def left(rows: Iterable[Shift]) -> set[uuid.UUID]:
    """Return which of these shifts no till can close any more: a later one was opened there, or none of its journals may be written on. Those with a Z are none."""
    listed = list(rows)
    tills = {row.till_id for row in listed}
    closed = set(ShiftClosing.objects.filter(shift_id__in=[row.id for row in listed]).values_list("shift_id", flat=True))
    devices = {device.id: device for device in Device.objects.filter(till_id__in=tills)}
    writable = {journal for device in devices.values() if device.revoked_at is None for journal in _line(device, devices)}
    latest: dict[uuid.UUID, Shift] = {}
    for row in Shift.objects.filter(till_id__in=tills).order_by("opened_at", "id"):
        latest[row.till_id] = row
    return {
        row.id
        for row in listed
        if row.id not in closed and (row.journal_id not in writable or latest[row.till_id].opened_at > row.opened_at)
    }


def office_counts(shift_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, OfficeCount]:
    """Return what the office counted, by shift."""
    return {row.shift_id: row for row in OfficeCount.objects.filter(shift_id__in=list(shift_ids))}


def count(actor: Actor, *, shift_id: uuid.UUID, counted: int, note: str) -> None:
    """Write down what lay in the drawer of a shift that was left open; again, where somebody counted wrong. Refused while its till can still close it."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    if not 0 <= counted <= CASH_MAX:
        raise Invalid(counted="out_of_range")
    if len(note) > NOTE_MAX:
        raise Invalid(note="too_long")
    with use_case():
        found = shifts.shift(shift_id)
        if found is None:
            raise NotFound
        if shift_id not in left([found.row.shift]):
            raise Invalid(counted="till_closes")
        before = OfficeCount.objects.filter(shift_id=shift_id).first()
        OfficeCount.objects.update_or_create(
            organization_id=actor.organization_id, shift_id=shift_id,
            defaults={"actor_id": actor.id, "at": clock.now(), "counted": counted, "expected": found.row.expected_cash, "note": note},
        )  # fmt: skip
        trail.record(actor, "shift", shift_id, {"counted": (before.counted if before else None, counted)})


def _line(device: Device, devices: dict[uuid.UUID, Device]) -> Iterable[uuid.UUID]:
    """Yield a device's journal and those that it goes on from."""
    seen: set[uuid.UUID] = set()
    one: Device | None = device
    while one is not None and one.id not in seen:
        seen.add(one.id)
        one = devices.get(one.replaces) if one.replaces else None
    return seen
