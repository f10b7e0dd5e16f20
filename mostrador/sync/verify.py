"""Whether a journal is what a till wrote: every hash, every link, the device's signature, the hash of every text kept.

Works on journals in the database and on files saved by a till or exported, without network or database. An erased text breaks
nothing: the fact holds only its salted hash (ruling 3).
"""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mostrador.kernel import base64url
from mostrador.people.models import Device
from mostrador.sync import contract, saved, signing, storage
from mostrador.sync.models import Annex, JournalEntry, JournalHead

ZERO = "0" * 64
PORTION = 2000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: in which journal, at which seq (0: the journal as a whole), and what."""

    journal: str
    seq: int
    code: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many facts were read and what was found."""

    journal: str
    facts: int
    findings: tuple[Finding, ...]


def verify_file(data: bytes) -> list[Verdict]:
    """Verify every journal of a saved file."""
    return [verify_saved(journal) for journal in saved.parse(data)]


def verify_saved(journal: saved.Saved) -> Verdict:
    """Verify one journal of a saved file."""
    header, head = journal.header, journal.head
    findings: list[Finding] = []
    last = _walk(header.journal, iter(journal.facts), header.first, None if header.first > 1 else ZERO, findings)
    assert head is not None
    signed = signing.verifies(
        signing.from_text(header.public_key),
        uuid.UUID(header.journal),
        head.seq,
        bytes.fromhex(head.hash),
        signing.from_text(head.signature),
    )
    if head.hash != last:
        findings.append(Finding(header.journal, head.seq, "head"))
    if not signed:
        findings.append(Finding(header.journal, head.seq, "signature"))
    if header.first == 1 and not _opens(journal):
        findings.append(Finding(header.journal, 1, "header"))
    named = _named(journal.facts)
    for annex in journal.annexes:
        digest = signing.annex_hash(annex.salt, annex.text)
        if digest is None or named.get((annex.fact, annex.id)) != digest:
            findings.append(Finding(header.journal, 0, "annex"))
    return Verdict(header.journal, len(journal.facts), tuple(findings))


def _opens(journal: saved.Saved) -> bool:
    """Whether the header says of the journal what its first fact, which is signed, says."""
    header = journal.header
    try:
        body = contract.body_decoders["journal.opened", 1].decode(contract.envelope_decoder.decode(journal.facts[0]).body)
    except (*contract.UNREADABLE, IndexError):
        return False
    said = [getattr(body, name) for name in ("organization", "till", "series", "public_key")]
    return said == [header.organization, header.till, header.series, header.public_key]


def verify_journal(device: Device) -> Verdict:
    """Verify a journal of the business in scope, as stored."""
    findings: list[Finding] = []
    name, count, last = str(device.id), 0, ZERO

    def stored() -> Iterator[bytes]:
        nonlocal count
        for entry in _entries(device.id):
            data = storage.unpack(entry.bytes, entry.journal_id)
            if hashlib.sha256(data).digest() != bytes(entry.hash):
                findings.append(Finding(name, entry.seq, "stored_hash"))
            count += 1
            yield data

    last = _walk(name, stored(), 1, ZERO, findings)
    head = JournalHead.objects.filter(journal_id=device.id).first()
    if head is not None and (head.seq, head.hash) != (count, last):
        findings.append(Finding(name, head.seq, "head"))
    findings += _signatures(device, count)
    findings += _annexes(device)
    return Verdict(name, count, tuple(findings))


def _entries(journal_id: uuid.UUID) -> Iterator[JournalEntry]:
    seq = 0
    while True:
        portion = list(JournalEntry.objects.filter(journal_id=journal_id, seq__gt=seq).order_by("seq")[:PORTION])
        yield from portion
        if len(portion) < PORTION:
            return
        seq = portion[-1].seq


def _walk(name: str, facts: Iterable[bytes], seq: int, previous: str | None, findings: list[Finding]) -> str:
    """Follow the chain and return the last hash; every break is a finding, and the walk goes on."""
    for data in facts:
        try:
            chain = contract.chain_decoder.decode(data)
        except contract.UNREADABLE:
            findings.append(Finding(name, seq, "unreadable"))
            previous, seq = hashlib.sha256(data).hexdigest(), seq + 1
            continue
        if chain.journal != name:
            findings.append(Finding(name, seq, "other_journal"))
        if chain.seq != seq:
            findings.append(Finding(name, seq, "gap"))
            seq = chain.seq
        if previous is not None and chain.prev != previous:
            findings.append(Finding(name, seq, "link"))
        previous, seq = hashlib.sha256(data).hexdigest(), seq + 1
    return previous or ZERO


def _signatures(device: Device, facts: int) -> Iterator[Finding]:
    """The newest signature covers everything before it, so a journal with facts needs that one, and it must hold."""
    newest = JournalEntry.objects.filter(journal_id=device.id, signature__isnull=False).order_by("-seq").first()
    if newest is None:
        if facts:
            yield Finding(str(device.id), 0, "unsigned")
        return
    assert newest.signature is not None
    if not signing.verifies(base64url.decode(device.public_key), device.id, newest.seq, bytes(newest.hash), bytes(newest.signature)):
        yield Finding(str(device.id), newest.seq, "signature")
    elif newest.seq < facts:
        yield Finding(str(device.id), newest.seq, "unsigned_tail")


def _annexes(device: Device) -> Iterator[Finding]:
    for annex in Annex.objects.filter(journal_id=device.id, erased_at=None).order_by("id"):
        if signing.annex_hash(annex.salt, annex.text) != annex.hash:
            yield Finding(str(device.id), 0, "annex")


def _named(facts: Iterable[bytes]) -> dict[tuple[str, str], str]:
    """The hashes that facts name, by fact and annex."""
    named: dict[tuple[str, str], str] = {}
    for data in facts:
        try:
            envelope = contract.envelope_decoder.decode(data)
        except contract.UNREADABLE:
            continue
        named.update({(envelope.id, annex.id): annex.hash for annex in envelope.annexes})
    return named
