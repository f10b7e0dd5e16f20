"""Unknown codes anew out of the journals (`mostrador rebuild`): every fact that became rows is asked again what it said of them."""

import uuid
from collections.abc import Iterator

from mostrador.counter import unknown_codes
from mostrador.counter.unknown_codes import KINDS, Said
from mostrador.kernel.writing import use_case
from mostrador.people.models import Device
from mostrador.sync import content, storage
from mostrador.sync.models import Evidence, EvidenceResolution, JournalEntry, ParkedFact, ParkedResolution

PORTION = 2_000


def rebuild(organization_id: uuid.UUID) -> int:
    """Write what lacks of the codes that facts of the business in scope named; return how many facts named some."""
    count = 0
    for device in Device.objects.order_by("id"):
        for portion in (*_kept(device.id), _admitted(device.id)):
            found = [one for data in portion if (one := _said(device, data)) is not None]
            count += len(found)
            if found:
                with use_case():
                    unknown_codes.keep(organization_id, found)
    return count


def _kept(journal_id: uuid.UUID) -> Iterator[list[bytes]]:
    """The facts of these kinds in a journal, but for those that are parked: they have said nothing yet."""
    parked = set(ParkedFact.objects.filter(journal_id=journal_id, kind__in=KINDS).values_list("seq", flat=True))
    parked -= set(ParkedResolution.objects.filter(journal_id=journal_id).exclude(action="leave").values_list("seq", flat=True))
    seq = 0
    while True:
        rows = JournalEntry.objects.filter(journal_id=journal_id, kind__in=KINDS, seq__gt=seq).order_by("seq")
        portion = list(rows.values_list("seq", "bytes")[:PORTION])
        if not portion:
            return
        seq = portion[-1][0]
        yield [storage.unpack(data, journal_id) for n, data in portion if n not in parked]


def _admitted(journal_id: uuid.UUID) -> list[bytes]:
    """The facts that a person took in though their chain is broken."""
    digests = set(
        EvidenceResolution.objects.filter(journal_id=journal_id, kind__in=KINDS).exclude(fact_id=None).values_list("digest", flat=True)
    )
    rows = Evidence.objects.filter(journal_id=journal_id, digest__in=digests).order_by("id").values_list("bytes", flat=True)
    return [storage.unpack(data, journal_id) for data in rows]


def _said(device: Device, data: bytes) -> Said | None:
    if b'"unknown_codes"' not in data:  # nearly all, and reading one takes longer than looking
        return None
    read = content.read(data, device.id)
    if read.envelope is None or read.fault is not None or not read.body.unknown_codes:
        return None
    return unknown_codes.said(device.store_id, read.envelope, read.body)
