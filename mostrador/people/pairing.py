"""A device becomes a till: a code from the office, a key made on the device, a token and a journal of its own."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F

from mostrador.kernel import base64url, clock, trail
from mostrador.kernel.actor import Actor, system
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.scoping import across, scope
from mostrador.kernel.writing import use_case, whole
from mostrador.people import pins
from mostrador.people.errors import PairingCodeExpired, PairingCodeUnknown
from mostrador.people.models import Device, PairingCode, Till

VALID_FOR = timedelta(minutes=15)
# What the till's keypad has (till/src/screens/gates/Pair.svelte): nothing that looks like something else, no L for 1, no U for V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


@dataclass(frozen=True, slots=True)
class Pairing:
    """What a device learns once: its token, and where it stands."""

    token: str
    device: Device


@whole
def new_code(actor: Actor, *, till_id: uuid.UUID) -> str:
    """Return a code of 8 letters and digits that pairs one device with the till within 15 minutes."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    if not Till.objects.filter(id=till_id, archived_at=None).exists():
        raise NotFound
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    PairingCode.objects.create(
        organization_id=actor.organization_id, till_id=till_id, code_hash=digest(code), expires_at=clock.now() + VALID_FOR
    )
    return code


def pair(*, code: str, journal_id: uuid.UUID, public_key: str, replaces: uuid.UUID | None) -> Pairing:
    """Use a code: make the device and its journal. Refuses unknown, used and expired codes, and a key that is none."""
    _check_key(public_key)
    wanted = digest("".join(code.split()).replace("-", "").upper())
    with across("a pairing code names its business"):
        row = PairingCode.objects.filter(code_hash=wanted).first()
    if row is None:
        raise PairingCodeUnknown
    with scope(row.organization_id), use_case():
        fresh = PairingCode.objects.filter(id=row.id, used_at=None, expires_at__gt=clock.now())
        if fresh.update(used_at=clock.now(), used_by=journal_id) == 1:
            return _add_device(row.organization_id, row.till_id, journal_id, public_key, replaces)
        again = _again(row.till_id, journal_id, public_key) if row.used_by == journal_id else None
        if again is None:
            raise PairingCodeExpired
        return again


def reopen(*, device: Device, journal_id: uuid.UUID, public_key: str) -> Pairing:
    """Give a device whose chain broke a new journal on the same till, without a new code. A revoked one gets none."""
    _check_key(public_key)
    if device.revoked_at is not None:
        raise Forbidden
    with use_case():
        again = _again(device.till_id, journal_id, public_key)
        return again or _add_device(device.organization_id, device.till_id, journal_id, public_key, device.id)


def revoke(actor: Actor, *, device_id: uuid.UUID) -> None:
    """Take a device's right to pull. What it still pushes is parked, never lost (ruling 14)."""
    if not actor.may("owner", "manager"):
        raise Forbidden
    with use_case():
        if Device.objects.filter(id=device_id, revoked_at=None).update(revoked_at=clock.now()) != 1:
            raise NotFound
        trail.record(actor, "device", device_id, {"revoked": (False, True)})


def organization_of(token: str) -> uuid.UUID | None:
    """Return the business that a bearer token names, which may not exist; None for a text that is no token."""
    try:
        return uuid.UUID(token.partition(".")[0])
    except ValueError:
        return None


def digest(secret: str) -> str:
    """Return the SHA-256 of a secret, as it is stored: 64 hex digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _again(till_id: uuid.UUID, journal_id: uuid.UUID, public_key: str) -> Pairing | None:
    """The device that asked before and lost the answer: the same device, with a fresh token."""
    device = Device.objects.filter(id=journal_id, till_id=till_id, public_key=public_key, revoked_at=None).first()
    if device is None:
        return None
    token = _new_token(device.organization_id)
    Device.objects.filter(id=journal_id).update(token_hash=digest(token))
    return Pairing(token, device)


def _new_token(organization_id: uuid.UUID) -> str:
    """A secret that begins with its business, so that looking it up stays within one."""
    return f"{organization_id.hex}.{secrets.token_urlsafe(32)}"


def _add_device(
    organization_id: uuid.UUID, till_id: uuid.UUID, journal_id: uuid.UUID, public_key: str, replaces: uuid.UUID | None
) -> Pairing:
    if Device.objects.filter(id=journal_id).exists():
        raise Invalid(journal="taken")
    if replaces is not None and not Device.objects.filter(id=replaces, till_id=till_id).exists():
        replaces = None  # another till's journal, or another business's: nothing to name
    Till.objects.filter(id=till_id).update(journals=F("journals") + 1)
    till = Till.objects.get(id=till_id)
    token = _new_token(organization_id)
    device = Device.objects.create(
        organization_id=organization_id, id=journal_id, till_id=till_id, store_id=till.store_id, public_key=public_key,
        series=f"{till.code}{_letters(till.journals)}"[-8:], token_hash=digest(token), pin_salt=pins.new_salt(),
        replaces=replaces, paired_at=clock.now(),
    )  # fmt: skip
    trail.record(system(organization_id), "device", device.id, {"paired": (None, till.code)})
    return Pairing(token, device)


def _letters(n: int) -> str:
    """1 -> A, 26 -> Z, 27 -> AA: a till's journals in order."""
    text = ""
    while n:
        n, rest = divmod(n - 1, 26)
        text = chr(65 + rest) + text
    return text


def _check_key(public_key: str) -> None:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), base64url.decode(public_key))
    except ValueError as error:
        raise Invalid(public_key="not_p256") from error
