"""The door by which facts come in: device, chain, signature, content, rows, commit, an answer per fact.

The server never refuses what has happened. A fact whose chain holds is stored; if its content does not add up it is parked and
the watermark moves. A broken chain is kept as evidence and moves nothing. Facts beyond a gap wait until it fills (rulings 1-7).
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import DataError, IntegrityError

from mostrador.counter import checks
from mostrador.counter.checks import Fault
from mostrador.counter.facts import Rows
from mostrador.counter.journal import Journal
from mostrador.counter.known import Asking, Known, raw_of
from mostrador.counter.tables import TABLES
from mostrador.kernel import base64url, clock, feed, sql
from mostrador.kernel.ids import new_id
from mostrador.kernel.sql import Hand, Question, Writes
from mostrador.people import callers
from mostrador.people.callers import Bearer, Caller
from mostrador.people.models import Device
from mostrador.sync import content, contract, signing, storage
from mostrador.sync.content import Read
from mostrador.sync.contract import Answer, Push, PushAnswer
from mostrador.sync.contract_types import JournalState
from mostrador.sync.errors import UnknownDevice

ZERO = "0" * 64
# What the database says to rows that it cannot take, whatever the checks before overlooked: the fact is parked, the others go in.
NOT_ROWS = (IntegrityError, DataError)
# Which table is written before which.
ORDER = {table: n for n, table in enumerate((
    *TABLES, "sync_journalentry", "sync_parkedfact", "sync_earlyfact", "sync_evidence", "sync_annex",
    "kernel_outbox",
))}  # fmt: skip


@dataclass(slots=True)
class Head:
    """How far a journal has come, before and after this batch."""

    seq: int
    hash: str
    early: int
    is_broken: bool
    last_at: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """A push and its facts, read before any database is asked; `unreadable`: what is no fact at all."""

    push: Push
    facts: tuple[Read, ...]
    unreadable: tuple[bytes, ...]


def unpack(push: Push) -> Parcel:
    """Read the facts of a push."""
    journal, facts, unreadable = uuid.UUID(push.journal), [], []
    for raw in push.facts:
        data = bytes(raw)
        try:
            facts.append(content.read(data, journal))
        except contract.UNREADABLE:
            unreadable.append(data)
    return Parcel(push, tuple(facts), tuple(unreadable))


@dataclass(slots=True)
class Batch:
    """One push on its way through: what it is, what is decided of it, and what is to be written."""

    device: Device | Caller
    parcel: Parcel
    asking: Asking
    journal: Journal
    head: Head
    first: Head
    epoch: str
    signatures: dict[int, bytes] = field(default_factory=dict)
    writes: Writes = field(default_factory=Writes)
    answers: dict[int, Answer] = field(default_factory=dict)
    refused: dict[int, Answer] = field(default_factory=dict)
    unplaced: list[Answer] = field(default_factory=list)
    goods: dict[str, list[str]] = field(default_factory=dict)
    parked: list[tuple[Any, ...]] = field(default_factory=list)

    def moved(self, rows: Rows) -> None:
        """Note which goods moved, for those who count them."""
        for topic, sources in rows.goods.items():
            self.goods.setdefault(topic, []).extend(sources)

    def key(self) -> tuple[Any, Any]:
        """Organization and journal, as every statement begins."""
        return self.journal.own[:2]


def take(hand: Hand, who: Device | Bearer, parcel: Parcel, *, is_careful: bool = False) -> PushAnswer:
    """Store a push and answer each fact, inside the caller's transaction.

    Raises Overtaken when it must be taken again from the start, and what the database itself refuses (NOT_ROWS): then it must be taken
    again fact by fact (`is_careful`), after a rollback. A savepoint that almost no push needs would cost every sale.
    """
    batch = decide(hand, who, parcel, is_careful=is_careful)
    batch.writes.write(hand, ORDER)
    return answer(batch)


def decide(hand: Hand, who: Device | Bearer, parcel: Parcel, *, is_careful: bool = False) -> Batch:
    """Read what must be known and decide what is to be written; nothing is, unless `is_careful`, which tries each fact's rows.

    Raises UnknownDevice.
    """
    batch = _begin(hand, who, parcel, is_careful=is_careful)
    placed = _place(hand, batch, is_careful=is_careful)
    if placed:
        _apply(hand, batch, placed, is_careful=is_careful)
        _store(batch, placed)
    _store_annexes(batch)
    _move_head(batch, placed)
    return batch


def _begin(hand: Hand, who: Device | Bearer, parcel: Parcel, *, is_careful: bool) -> Batch:
    organization, raw = sql.raw_id(hand.vendor, who.organization_id), raw_of(hand.vendor)
    asking = Asking(organization, hand.vendor, Known())
    lookups = content.lookups(asking, parcel.facts, with_products=is_careful)
    head: Question = _HEAD + (" FOR UPDATE" if hand.vendor == "postgresql" else ""), (organization, raw(parcel.push.journal))
    asked = [callers.question(hand.vendor, who)] if isinstance(who, Bearer) else []
    *told, found = hand.ask(*asked, *(lookup.question for lookup in lookups), head)
    device = _caller(who, told.pop(0), parcel) if isinstance(who, Bearer) else who
    for lookup, rows in zip(lookups, told, strict=True):
        lookup.learn(rows)
    if not found:
        hand.insert("sync_journalhead", HEAD_COLUMNS, [(*head[1], 0, ZERO, 0, 0, 0, 0, 0)], "(organization_id, journal_id) DO NOTHING")
        [found] = hand.ask(head)
    seq, digest, early, broken_at, last_number, last_z, perpetual, last_at, epoch = found[0]
    journal = Journal(
        device.organization_id, device.id, device.store_id, device.till_id, device.series, device.public_key, device.replaces, device.timezone, device.day_start_minutes,
        hand.vendor, clock.now_ms(), last_number, last_z, perpetual, asking.known,
    )  # fmt: skip
    now, first = (Head(seq, digest, early, broken_at is not None, last_at) for _ in range(2))
    return Batch(device, parcel, asking, journal, now, first, str(feed.first_epoch(hand) if epoch is None else sql.from_raw(epoch)))


def _caller(bearer: Bearer, rows: list[tuple[Any, ...]], parcel: Parcel) -> Caller:
    """The device of a token, which must be the one that wrote this journal."""
    found = callers.caller(bearer.organization_id, rows[0]) if rows else None
    if found is None or str(found.id) != parcel.push.journal:
        raise UnknownDevice
    return found


HEAD_COLUMNS = ("organization_id", "journal_id", "seq", "hash", "last_number", "last_z", "last_at", "perpetual", "early")
# How far the journal has come, and the epoch; on PostgreSQL with its row locked: two pushes of one journal would both turn its facts
# into rows, and the second find them all in conflict. It waits here instead, and then knows them. Pushes of other journals wait for
# nobody. SQLite has one writer anyway.
_HEAD = (
    "SELECT seq, hash, early, broken_at, last_number, last_z, perpetual, last_at, (SELECT epoch FROM kernel_epoch WHERE one = 1)"
    " FROM sync_journalhead WHERE organization_id = %s AND journal_id = %s"
)


# --- the chain ---------------------------------------------------------------------------------------------------------------


def _place(hand: Hand, batch: Batch, *, is_careful: bool) -> list[Read]:
    """Return the facts that go on the chain now, in order; answer all others on the way."""
    arrived = _arrived(batch)
    known = [fact for fact in arrived if fact.chain.seq <= batch.head.seq]
    if known:
        _answer_known(hand, batch, known)
    fresh = [fact for fact in arrived if fact.chain.seq > batch.head.seq]
    if not fresh:
        return []
    if batch.head.is_broken:
        return _as_evidence(batch, fresh, "broken")
    if not _signature_holds(batch, arrived):
        return _as_evidence(batch, fresh, "signature")
    return _link(batch, fresh, _load_early(hand, batch, is_careful=is_careful) if batch.head.early else {})


def _arrived(batch: Batch) -> list[Read]:
    """The facts of this journal in order, one for each number; what cannot be placed is evidence at once."""
    for data in batch.parcel.unreadable:
        _keep_evidence(batch, data, None, "not_a_fact")
        batch.unplaced.append(Answer(None, None, "refused", "not_a_fact"))
    own, placed = batch.parcel.push.journal, dict[int, Read]()
    for fact in batch.parcel.facts:
        chain = fact.chain
        if chain.journal != own:
            _keep_evidence(batch, fact.data, chain.seq, "other_journal")
            batch.unplaced.append(Answer(chain.seq, chain.id, "refused", "other_journal"))
        elif chain.seq in placed and placed[chain.seq].hash != fact.hash:
            _refuse(batch, fact, "fork")
        else:
            placed[chain.seq] = fact
    return [placed[seq] for seq in sorted(placed)]


def _answer_known(hand: Hand, batch: Batch, known: list[Read]) -> None:
    text = "SELECT seq, hash FROM sync_journalentry WHERE organization_id = %s AND journal_id = %s AND seq BETWEEN %s AND %s"
    [rows] = hand.ask((text, (*batch.key(), known[0].chain.seq, known[-1].chain.seq)))
    stored = {seq: bytes(digest).hex() for seq, digest in rows}
    for fact in known:
        if stored.get(fact.chain.seq) == fact.hash:
            batch.answers[fact.chain.seq] = Answer(fact.chain.seq, fact.chain.id, "known")
        else:
            _refuse(batch, fact, "fork")


def _signature_holds(batch: Batch, arrived: list[Read]) -> bool:
    """Whether the head that the device signed is the last fact of this batch."""
    head = batch.parcel.push.head
    if head is None or head.seq != arrived[-1].chain.seq or head.hash != arrived[-1].hash:
        return False
    public_key, signature = base64url.decode(batch.device.public_key), signing.from_text(head.signature)
    batch.signatures[head.seq] = signature
    return signing.verifies(public_key, batch.journal.id, head.seq, bytes.fromhex(head.hash), signature)


def _load_early(hand: Hand, batch: Batch, *, is_careful: bool) -> dict[int, Read]:
    """The facts that came before their predecessors; and what checking them needs to know is learned."""
    text = "SELECT bytes, signature FROM sync_earlyfact WHERE organization_id = %s AND journal_id = %s ORDER BY seq"
    [rows] = hand.ask((text, batch.key()))
    facts = [content.read(storage.unpack(packed, batch.journal.id), batch.journal.id) for packed, _ in rows]
    batch.signatures.update({fact.chain.seq: bytes(signature) for fact, (_, signature) in zip(facts, rows, strict=True) if signature})
    content.learn(hand, content.lookups(batch.asking, facts, with_products=is_careful))
    return {fact.chain.seq: fact for fact in facts}


def _link(batch: Batch, fresh: list[Read], early: dict[int, Read]) -> list[Read]:
    """Chain fact to fact from the head; what lies beyond a gap becomes early, and early facts whose gap filled join."""
    queue = {fact.chain.seq: fact for fact in fresh}
    for seq in queue.keys() & early.keys():
        if queue[seq].hash != early[seq].hash:  # what came first stays
            _refuse(batch, queue.pop(seq), "fork")
    linked: list[Read] = []
    seq, previous = batch.head.seq + 1, batch.head.hash
    while fact := queue.pop(seq, None) or early.get(seq):
        if fact.chain.prev != previous:
            _as_evidence(batch, [fact, *sorted(queue.values(), key=lambda rest: rest.chain.seq)], "hash")
            queue.clear()
            break
        linked.append(fact)
        seq, previous = seq + 1, fact.hash
    batch.head.seq, batch.head.hash = seq - 1, previous
    _keep_early(batch, [fact for _, fact in sorted(queue.items())], early)
    return linked


def _keep_early(batch: Batch, beyond: list[Read], stored: dict[int, Read]) -> None:
    """Keep what lies beyond a gap, and forget what a filled one has let in."""
    new = []
    for fact in beyond:
        seq = fact.chain.seq
        batch.answers[seq] = Answer(seq, fact.chain.id, "early")
        if seq not in stored:
            new.append((*batch.key(), seq, fact.hash, fact.packed, batch.signatures.get(seq), batch.journal.received_ms))
    batch.writes.add("sync_earlyfact", ("organization_id", "journal_id", "seq", "hash", "bytes", "signature", "received_at"), new)
    joined = sum(seq <= batch.head.seq for seq in stored)
    if joined:
        text = "DELETE FROM sync_earlyfact WHERE organization_id = %s AND journal_id = %s AND seq <= %s"
        batch.writes.then(text, (*batch.key(), batch.head.seq), must_meet=joined)
    batch.head.early += len(new) - joined


def _as_evidence(batch: Batch, facts: Sequence[Read], reason: str) -> list[Read]:
    """Keep facts whose chain does not hold, and break the journal: the till opens a new one."""
    for fact in facts:
        _refuse(batch, fact, reason)
    return []


def _refuse(batch: Batch, fact: Read, reason: str) -> None:
    _keep_evidence(batch, fact.data, fact.chain.seq, reason)
    batch.refused[fact.chain.seq] = Answer(fact.chain.seq, fact.chain.id, "refused", reason)
    batch.head.is_broken = True


def _keep_evidence(batch: Batch, data: bytes, seq: int | None, reason: str) -> None:
    """Keep bytes as they came, once per reason, however often they are sent."""
    organization, journal = batch.key()
    digest, packed = hashlib.sha256(data).hexdigest(), storage.pack(data, batch.journal.id)
    batch.writes.add(
        "sync_evidence", ("organization_id", "id", "journal_id", "seq", "reason", "digest", "bytes", "received_at"),
        [(organization, sql.raw_id(batch.journal.vendor, new_id()), journal, seq, reason, digest, packed, batch.journal.received_ms)],
        "(organization_id, journal_id, digest, reason) DO NOTHING",
    )  # fmt: skip


# --- the content ---------------------------------------------------------------------------------------------------------------


def _apply(hand: Hand, batch: Batch, facts: list[Read], *, is_careful: bool) -> None:
    """Turn the facts into rows; the careful way finds the one that the database itself refuses by taking them one by one."""
    if is_careful:
        for fact in facts:
            _apply_alone(hand, batch, fact)
        return
    rows = Rows(batch.journal)
    for fact in facts:
        _apply_one(batch, rows, fact)
    rows.into(batch.writes)
    batch.moved(rows)


def _apply_one(batch: Batch, rows: Rows, fact: Read) -> None:
    chain = fact.chain
    fault = fact.fault
    if fault is None and batch.device.revoked_at is not None:
        fault = Fault("revoked", {})
    if fault is None:
        fault = checks.check(batch.journal, fact.envelope, fact.body, as_recorded=True) or fact.totals
    if fault is not None:
        _park(batch, fact, fault)
        return
    rows.add(fact.envelope, fact.body)
    batch.answers[chain.seq] = Answer(chain.seq, chain.id, "accepted")


def _apply_alone(hand: Hand, batch: Batch, fact: Read) -> None:
    """One fact in a savepoint of its own: a conflict parks it and nothing else."""
    journal = batch.journal
    before = (journal.last_number, journal.last_z, journal.perpetual)
    rows, writes = Rows(journal), Writes()
    try:
        with hand.part():
            _apply_one(batch, rows, fact)
            rows.into(writes)
            writes.write(hand, ORDER)
        batch.moved(rows)
    except NOT_ROWS as error:
        journal.last_number, journal.last_z, journal.perpetual = before
        _park(batch, fact, Fault("conflict", {"constraint": str(error)[:200]}))


def _park(batch: Batch, fact: Read, fault: Fault) -> None:
    chain, journal, raw = fact.chain, batch.journal, batch.journal.raw
    batch.answers[chain.seq] = Answer(chain.seq, chain.id, "parked", fault.reason)
    kind = fact.envelope.kind[:24] if fact.envelope else "unreadable"
    amount = checks.amount_of(kind, fact.body) if fact.body is not None else None
    detail = msgspec.json.encode(dict(fault.detail)).decode()
    shift = raw(getattr(fact.body, "shift", None))
    batch.parked.append((*batch.key(), chain.seq, raw(chain.id), kind, fault.reason, detail, shift, amount, journal.received_ms))
    # What the till printed is used up, whether the fact could become rows or not.
    if fact.body is not None and kind in contract.NUMBERED:
        journal.last_number = max(journal.last_number, fact.body.number)
    elif fact.body is not None and kind == "shift.closed":
        journal.last_z = max(journal.last_z, fact.body.z)


# --- what is kept --------------------------------------------------------------------------------------------------------------


def _store(batch: Batch, facts: list[Read]) -> None:
    key, raw, received = batch.key(), batch.journal.raw, batch.journal.received_ms
    batch.writes.add(
        "sync_journalentry", ("organization_id", "journal_id", "seq", "fact_id", "kind", "hash", "bytes", "signature", "received_at"),
        [
            (
                *key, fact.chain.seq, raw(fact.chain.id), (fact.envelope.kind if fact.envelope else "unreadable")[:24],
                bytes.fromhex(fact.hash), fact.packed, batch.signatures.get(fact.chain.seq), received,
            )
            for fact in facts
        ],
    )  # fmt: skip
    batch.writes.add(
        "sync_parkedfact",
        ("organization_id", "journal_id", "seq", "fact_id", "kind", "reason", "detail", "shift_id", "amount", "parked_at"), batch.parked,
    )  # fmt: skip
    batch.writes.add(
        "kernel_outbox", ("organization_id", "id", "topic", "payload", "attempts", "due_at", "failed"),
        [
            (key[0], sql.raw_id(batch.journal.vendor, new_id()), topic, msgspec.json.encode({"sources": sources}).decode(), 0, received, "")
            for topic, sources in batch.goods.items()
        ],
    )  # fmt: skip


def _store_annexes(batch: Batch) -> None:
    """Keep texts whose fact was taken in and names their hash; any other text is dropped: it is nobody's."""
    if not batch.parcel.push.annexes:
        return
    taken = {answer.id for seq, answer in batch.answers.items() if seq not in batch.refused}
    envelopes = [fact.envelope for fact in batch.parcel.facts if fact.envelope is not None and fact.envelope.id in taken]
    named = {(envelope.id, annex.id): annex.hash for envelope in envelopes for annex in envelope.annexes}
    raw, (organization, journal) = batch.journal.raw, batch.key()
    rows = []
    for annex in batch.parcel.push.annexes:
        digest = signing.annex_hash(annex.salt, annex.text)
        if digest is not None and named.get((annex.fact, annex.id)) == digest:
            rows.append((organization, raw(annex.id), journal, raw(annex.fact), digest, annex.salt, annex.text))
    batch.writes.add(
        "sync_annex", ("organization_id", "id", "journal_id", "fact_id", "hash", "salt", "text"), rows, "(organization_id, id) DO NOTHING"
    )


def _move_head(batch: Batch, placed: list[Read]) -> None:
    head, journal = batch.head, batch.journal
    if head == batch.first:
        return
    head.last_at = max([head.last_at, *(fact.envelope.at for fact in placed if fact.envelope)])
    batch.writes.then(
        "UPDATE sync_journalhead SET seq = %s, hash = %s, last_number = %s, last_z = %s, last_at = %s, perpetual = %s, early = %s,"
        " broken_at = COALESCE(broken_at, %s) WHERE organization_id = %s AND journal_id = %s AND seq = %s",
        (
            head.seq, head.hash, journal.last_number, journal.last_z, head.last_at, journal.perpetual, head.early,
            journal.received_ms if head.is_broken else None, *batch.key(), batch.first.seq,
        ),
        must_meet=1,
    )  # fmt: skip


def answer(batch: Batch) -> PushAnswer:
    """Return what the till hears, once it is written."""
    state: JournalState = "revoked" if batch.device.revoked_at else "reopen" if batch.head.is_broken else "open"
    answers = batch.answers | batch.refused  # of two facts with one number, the till must hear of the refused one
    return PushAnswer(
        1,
        batch.epoch,
        batch.head.seq,
        batch.head.hash,
        state,
        clock.now_ms(),
        (*(answers[seq] for seq in sorted(answers)), *batch.unplaced),
    )
