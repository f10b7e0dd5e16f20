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
from django.db import DataError, IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper

from mostrador.counter import facts as counter
from mostrador.counter.facts import Fault, Journal, Rows
from mostrador.counter.goods import TOPIC as GOODS_SOLD
from mostrador.kernel import clock, feed, sql
from mostrador.kernel.ids import new_id
from mostrador.people import pins
from mostrador.people.callers import Caller
from mostrador.people.models import Device
from mostrador.sync import contract, signing, storage
from mostrador.sync.content import Placed, Read, load, read
from mostrador.sync.contract import Answer, Push, PushAnswer

ZERO = "0" * 64
# What the database says to rows that it cannot take, whatever the checks before overlooked: the fact is parked, the others go in.
NOT_ROWS = (IntegrityError, DataError)


class Overtaken(Exception):
    """Another push of the same journal committed first: take this one again from the start."""


class Conflict(Exception):
    """The database refused a row of this push: roll back, and take it again fact by fact (`is_careful`)."""


@dataclass(slots=True)
class Head:
    """How far a journal has come, before and after this batch."""

    seq: int
    hash: str
    early: int
    is_broken: bool
    last_at: int


@dataclass(slots=True)
class Batch:
    """One push on its way through."""

    device: Device | Caller
    push: Push
    cursor: CursorWrapper
    journal: Journal
    head: Head
    first_seq: int
    first_early: int
    epoch: str
    is_careful: bool
    answers: dict[int, Answer] = field(default_factory=dict)
    refused: dict[int, Answer] = field(default_factory=dict)
    unplaced: list[Answer] = field(default_factory=list)
    parked: list[tuple[Placed, Any, Any, Fault]] = field(default_factory=list)
    rows: Rows | None = None

    def key(self) -> list[Any]:
        """Organization and journal, as every statement begins."""
        return [self.journal.raw(self.journal.organization), self.journal.raw(self.journal.id)]


def take(device: Device | Caller, push: Push, *, is_careful: bool = False) -> PushAnswer:
    """Store a push and answer each fact, inside the caller's transaction.

    Raises Overtaken or Conflict when it must be taken again, after a rollback: a savepoint that almost no push needs costs every sale.
    """
    with connection.cursor() as cursor:
        batch = _begin(cursor, device, push, is_careful=is_careful)
        placed = _place(batch)
        if placed:
            entries = _read(batch, placed)
            _apply(batch, entries)
            _store(batch, entries)
        _store_signature(batch)
        _store_annexes(batch)
        return _answer(batch)


def _begin(cursor: CursorWrapper, device: Device | Caller, push: Push, *, is_careful: bool) -> Batch:
    vendor = cursor.db.vendor
    key = [sql.raw_id(vendor, device.organization_id), sql.raw_id(vendor, device.id)]
    row = _head_row(cursor, key)
    if row is None:
        sql.insert(
            cursor, "sync_journalhead",
            ("organization_id", "journal_id", "seq", "hash", "last_number", "last_z", "last_at", "perpetual", "early"),
            [(*key, 0, ZERO, 0, 0, 0, 0, 0)], "(organization_id, journal_id) DO NOTHING",
        )  # fmt: skip
        row = _head_row(cursor, key)
    journal = Journal(
        device.organization_id, device.id, device.store_id, device.till_id, device.series, device.timezone, device.day_start_minutes,
        vendor, clock.now_ms(), row[4], row[5], row[6],
    )  # fmt: skip
    head = Head(row[0], row[1], row[2], row[3] is not None, row[7])
    epoch = str(sql.from_raw(row[8]) if row[8] is not None else feed.epoch())
    return Batch(device, push, cursor, journal, head, row[0], row[2], epoch, is_careful)


_HEAD = (
    "SELECT seq, hash, early, broken_at, last_number, last_z, perpetual, last_at, (SELECT epoch FROM kernel_epoch WHERE one = 1)"
    " FROM sync_journalhead WHERE organization_id = %s AND journal_id = %s"
)


def _head_row(cursor: CursorWrapper, key: list[Any]) -> Any:
    """How far the journal has come, and the epoch; on PostgreSQL with its row locked.

    Two pushes of one journal would both turn its facts into rows, and the second find them all in conflict: it waits here instead,
    and then knows them. Pushes of other journals wait for nobody. SQLite has one writer anyway.
    """
    return sql.run(cursor, _HEAD + (" FOR UPDATE" if cursor.db.vendor == "postgresql" else ""), key).fetchone()


# --- the chain ---------------------------------------------------------------------------------------------------------------


def _place(batch: Batch) -> list[Placed]:
    """Return the facts that go on the chain now, in order; answer all others on the way."""
    arrived = _decode(batch)
    known = [fact for fact in arrived if fact.chain.seq <= batch.head.seq]
    if known:
        _answer_known(batch, known)
    fresh = [fact for fact in arrived if fact.chain.seq > batch.head.seq]
    if not fresh:
        return []
    if batch.head.is_broken:
        return _as_evidence(batch, fresh, "broken")
    if not _signature_holds(batch, arrived):
        return _as_evidence(batch, fresh, "signature")
    return _link(batch, fresh)


def _decode(batch: Batch) -> list[Placed]:
    """Read what places each fact; what cannot be placed is evidence at once."""
    placed: dict[int, Placed] = {}
    for raw in batch.push.facts:
        data = bytes(raw)
        try:
            chain = contract.chain_decoder.decode(data)
        except contract.UNREADABLE:
            _keep_evidence(batch, data, None, "not_a_fact")
            batch.unplaced.append(Answer(None, None, "refused", "not_a_fact"))
            continue
        fact = Placed(chain, data, hashlib.sha256(data).hexdigest())
        if uuid.UUID(chain.journal) != batch.journal.id:
            _keep_evidence(batch, data, chain.seq, "other_journal")
            batch.unplaced.append(Answer(chain.seq, chain.id, "refused", "other_journal"))
        elif chain.seq in placed and placed[chain.seq].hash != fact.hash:
            _refuse(batch, fact, "fork")
        else:
            placed[chain.seq] = fact
    return [placed[seq] for seq in sorted(placed)]


def _answer_known(batch: Batch, known: list[Placed]) -> None:
    batch.cursor.execute(
        "SELECT seq, hash FROM sync_journalentry WHERE organization_id = %s AND journal_id = %s AND seq BETWEEN %s AND %s",
        [*batch.key(), known[0].chain.seq, known[-1].chain.seq],
    )
    stored = {seq: bytes(digest).hex() for seq, digest in batch.cursor.fetchall()}
    for fact in known:
        if stored.get(fact.chain.seq) == fact.hash:
            batch.answers[fact.chain.seq] = Answer(fact.chain.seq, fact.chain.id, "known")
        else:
            _refuse(batch, fact, "fork")


def _signature_holds(batch: Batch, arrived: list[Placed]) -> bool:
    """Whether the head that the device signed is the last fact of this batch."""
    head = batch.push.head
    if head is None or head.seq != arrived[-1].chain.seq or head.hash != arrived[-1].hash:
        return False
    public_key = pins.decode(batch.device.public_key)
    return signing.verifies(public_key, batch.journal.id, head.seq, bytes.fromhex(head.hash), signing.from_text(head.signature))


def _link(batch: Batch, fresh: list[Placed]) -> list[Placed]:
    """Chain fact to fact from the head; what lies beyond a gap becomes early, and early facts whose gap filled join."""
    early = _load_early(batch) if batch.head.early else {}
    queue = {fact.chain.seq: fact for fact in fresh}
    for seq in queue.keys() & early.keys():
        if queue[seq].hash != early[seq].hash:  # what came first stays
            _refuse(batch, queue.pop(seq), "fork")
    linked: list[Placed] = []
    seq, previous = batch.head.seq + 1, batch.head.hash
    while fact := queue.pop(seq, None) or early.get(seq):
        if fact.chain.prev != previous:
            _as_evidence(batch, [fact, *sorted(queue.values(), key=lambda rest: rest.chain.seq)], "hash")
            queue.clear()
            break
        linked.append(fact)
        seq, previous = seq + 1, fact.hash
    _keep_early(batch, [fact for _, fact in sorted(queue.items())], early)
    batch.head.seq, batch.head.hash = seq - 1, previous
    return linked


def _load_early(batch: Batch) -> dict[int, Placed]:
    batch.cursor.execute(
        "SELECT seq, hash, bytes FROM sync_earlyfact WHERE organization_id = %s AND journal_id = %s ORDER BY seq", batch.key()
    )
    rows = [(seq, digest, storage.unpack(data, batch.journal.id)) for seq, digest, data in batch.cursor.fetchall()]
    return {seq: Placed(contract.chain_decoder.decode(data), data, digest) for seq, digest, data in rows}


def _keep_early(batch: Batch, beyond: list[Placed], stored: dict[int, Placed]) -> None:
    new = []
    for fact in beyond:
        seq = fact.chain.seq
        batch.answers[seq] = Answer(seq, fact.chain.id, "early")
        if seq not in stored:
            new.append((*batch.key(), seq, fact.hash, storage.pack(fact.data, batch.journal.id), batch.journal.received_ms))
    sql.insert(batch.cursor, "sync_earlyfact", ("organization_id", "journal_id", "seq", "hash", "bytes", "received_at"), new)
    batch.head.early += len(new)


def _as_evidence(batch: Batch, facts: Sequence[Placed], reason: str) -> list[Placed]:
    """Keep facts whose chain does not hold, and break the journal: the till opens a new one."""
    for fact in facts:
        _refuse(batch, fact, reason)
    return []


def _refuse(batch: Batch, fact: Placed, reason: str) -> None:
    _keep_evidence(batch, fact.data, fact.chain.seq, reason)
    batch.refused[fact.chain.seq] = Answer(fact.chain.seq, fact.chain.id, "refused", reason)
    batch.head.is_broken = True


def _keep_evidence(batch: Batch, data: bytes, seq: int | None, reason: str) -> None:
    """Store bytes once per reason, however often they are sent."""
    sql.insert(
        batch.cursor, "sync_evidence",
        ("organization_id", "id", "journal_id", "seq", "reason", "digest", "bytes", "received_at"),
        [(batch.key()[0], batch.journal.raw(new_id()), batch.key()[1], seq, reason, hashlib.sha256(data).hexdigest(), storage.pack(data, batch.journal.id), batch.journal.received_ms)],
        "(organization_id, journal_id, digest, reason) DO NOTHING",
    )  # fmt: skip


# --- the content ---------------------------------------------------------------------------------------------------------------


def _read(batch: Batch, placed: list[Placed]) -> list[Read]:
    entries = [read(fact) for fact in placed]
    if batch.device.revoked_at is not None:
        entries = [Read(entry.placed, entry.envelope, entry.body, entry.fault or Fault("revoked", {})) for entry in entries]
    load(batch.cursor, batch.journal, entries)
    return entries


def _apply(batch: Batch, entries: list[Read]) -> None:
    """Turn the facts into rows; when the database itself refuses one, the careful way finds it by taking them one by one."""
    rows = Rows(batch.journal)
    if batch.is_careful:
        for entry in entries:
            _apply_alone(batch, rows, entry)
    else:
        for entry in entries:
            _apply_one(batch, rows, entry)
        try:
            rows.write(batch.cursor)
        except NOT_ROWS as error:
            raise Conflict from error
    batch.rows = rows


def _apply_one(batch: Batch, rows: Rows, entry: Read) -> None:
    chain, journal = entry.placed.chain, batch.journal
    fault = entry.fault or counter.check(journal, entry.envelope, entry.body)
    if fault is None:
        rows.add(entry.envelope, entry.body)
        batch.answers[chain.seq] = Answer(chain.seq, chain.id, "accepted")
        return
    _park(batch, entry, fault)


def _park(batch: Batch, entry: Read, fault: Fault) -> None:
    chain, journal = entry.placed.chain, batch.journal
    batch.parked.append((entry.placed, entry.envelope, entry.body, fault))
    batch.answers[chain.seq] = Answer(chain.seq, chain.id, "parked", fault.reason)
    # What the till printed is used up, whether the fact could become rows or not.
    if entry.body is not None and entry.envelope is not None:
        if entry.envelope.kind == "sale.recorded":
            journal.last_number = max(journal.last_number, entry.body.number)
        elif entry.envelope.kind == "shift.closed":
            journal.last_z = max(journal.last_z, entry.body.z)


def _apply_alone(batch: Batch, kept: Rows, entry: Read) -> None:
    """One fact in a savepoint of its own: a conflict parks it and nothing else."""
    journal = batch.journal
    before = (journal.last_number, journal.last_z, journal.perpetual)
    rows = Rows(journal)
    try:
        with transaction.atomic():
            _apply_one(batch, rows, entry)
            rows.write(batch.cursor)
        kept.sold += rows.sold
    except NOT_ROWS as error:
        journal.last_number, journal.last_z, journal.perpetual = before
        _park(batch, entry, Fault("conflict", {"constraint": str(error)[:200]}))


# --- what is kept --------------------------------------------------------------------------------------------------------------


def _store(batch: Batch, entries: list[Read]) -> None:
    key, received = batch.key(), batch.journal.received_ms
    sql.insert(
        batch.cursor, "sync_journalentry",
        ("organization_id", "journal_id", "seq", "fact_id", "kind", "hash", "bytes", "received_at"),
        [
            (
                *key, entry.placed.chain.seq, batch.journal.raw(entry.placed.chain.id),
                (entry.envelope.kind if entry.envelope else "unreadable")[:24], bytes.fromhex(entry.placed.hash), storage.pack(entry.placed.data, batch.journal.id), received,
            )
            for entry in entries
        ],
    )  # fmt: skip
    sql.insert(
        batch.cursor, "sync_parkedfact",
        ("organization_id", "journal_id", "seq", "fact_id", "kind", "reason", "detail", "shift_id", "amount", "parked_at"),
        [_parked_row(batch, *parked) for parked in batch.parked],
    )  # fmt: skip
    _remove_early(batch, entries)
    _move_head(batch, entries)
    if batch.rows and batch.rows.sold:
        _enqueue_sold(batch, batch.rows.sold)


def _parked_row(batch: Batch, placed: Placed, envelope: contract.Envelope | None, body: Any, fault: Fault) -> tuple[Any, ...]:
    kind = envelope.kind[:24] if envelope else "unreadable"
    shift = getattr(body, "shift", None)
    amount = counter.amount_of(kind, body) if body is not None else None
    detail = msgspec.json.encode(dict(fault.detail)).decode()
    return (
        *batch.key(), placed.chain.seq, batch.journal.raw(placed.chain.id), kind, fault.reason, detail, batch.journal.raw(shift), amount,
        batch.journal.received_ms,
    )  # fmt: skip


def _store_signature(batch: Batch) -> None:
    """Keep the signature if its head was taken in, beyond a gap too: the till will not send an early fact again."""
    head = batch.push.head
    taken = batch.answers.get(head.seq) if head else None
    if head is None or taken is None or taken.state == "known" or head.seq in batch.refused:
        return
    sql.insert(
        batch.cursor, "sync_headsignature", ("organization_id", "journal_id", "seq", "hash", "signature"),
        [(*batch.key(), head.seq, bytes.fromhex(head.hash), pins.decode(head.signature))],
        "(organization_id, journal_id, seq) DO NOTHING",
    )  # fmt: skip


def _remove_early(batch: Batch, entries: list[Read]) -> None:
    if batch.head.early:
        batch.cursor.execute(
            "DELETE FROM sync_earlyfact WHERE organization_id = %s AND journal_id = %s AND seq <= %s",
            [*batch.key(), entries[-1].placed.chain.seq],
        )
        batch.head.early -= batch.cursor.rowcount


def _move_head(batch: Batch, entries: list[Read]) -> None:
    journal = batch.journal
    last_at = max([batch.head.last_at, *(entry.envelope.at for entry in entries if entry.envelope)])
    sql.run(
        batch.cursor,
        "UPDATE sync_journalhead SET seq = %s, hash = %s, last_number = %s, last_z = %s, last_at = %s, perpetual = %s"
        " WHERE organization_id = %s AND journal_id = %s AND seq = %s",
        [batch.head.seq, batch.head.hash, journal.last_number, journal.last_z, last_at, journal.perpetual, *batch.key(), batch.first_seq],
    )
    if batch.cursor.rowcount != 1:
        raise Overtaken


def _enqueue_sold(batch: Batch, sources: list[str]) -> None:
    payload = msgspec.json.encode({"sources": sources}).decode()
    sql.insert(
        batch.cursor, "kernel_outbox", ("organization_id", "id", "topic", "payload", "attempts", "due_at", "failed"),
        [(batch.key()[0], batch.journal.raw(new_id()), GOODS_SOLD, payload, 0, batch.journal.received_ms, "")],
    )  # fmt: skip


def _store_annexes(batch: Batch) -> None:
    """Keep texts whose fact was taken in and names their hash; any other text is dropped: it is nobody's."""
    if not batch.push.annexes:
        return
    named = _named_annexes(batch)
    rows = []
    for annex in batch.push.annexes:
        digest = signing.annex_hash(annex.salt, annex.text)
        if digest is not None and named.get((annex.fact, annex.id)) == digest:
            rows.append(
                (batch.key()[0], batch.journal.raw(annex.id), batch.key()[1], batch.journal.raw(annex.fact), digest, annex.salt, annex.text)
            )
    sql.insert(
        batch.cursor, "sync_annex", ("organization_id", "id", "journal_id", "fact_id", "hash", "salt", "text"), rows,
        "(organization_id, id) DO NOTHING",
    )  # fmt: skip


def _named_annexes(batch: Batch) -> dict[tuple[str, str], str]:
    taken = {answer.id for seq, answer in batch.answers.items() if seq not in batch.refused}
    named: dict[tuple[str, str], str] = {}
    for raw in batch.push.facts:
        try:
            envelope = contract.envelope_decoder.decode(bytes(raw))
        except contract.UNREADABLE:
            continue
        if envelope.id in taken:
            named.update({(envelope.id, annex.id): annex.hash for annex in envelope.annexes})
    return named


def _answer(batch: Batch) -> PushAnswer:
    if batch.head.is_broken or batch.head.early != batch.first_early:
        batch.cursor.execute(
            "UPDATE sync_journalhead SET early = %s, broken_at = COALESCE(broken_at, %s) WHERE organization_id = %s AND journal_id = %s",
            [batch.head.early, batch.journal.received_ms if batch.head.is_broken else None, *batch.key()],
        )
    state: contract.JournalState = "revoked" if batch.device.revoked_at else "reopen" if batch.head.is_broken else "open"
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
