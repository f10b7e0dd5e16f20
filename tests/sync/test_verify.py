"""A journal in the database verifies, and each kind of damage that somebody with the database's password can do has its name."""

import hashlib
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from mostrador.kernel.append_only import protect, unprotect
from mostrador.kernel.scoping import scope
from mostrador.sync.device import canonical
from mostrador.sync.models import Annex, JournalEntry, JournalHead
from mostrador.sync.storage import pack, unpack
from mostrador.sync.verify import Verdict, verify_journal
from tests.sync.shop import Business, Till
from tests.sync.test_annexes import with_note


@pytest.fixture
def journal(till: Till) -> Till:
    """A journal of four facts on the server: two pushes, a note."""
    annex = with_note(till)
    till.push(annexes=[annex])
    till.end_without_sale()
    till.push()
    return till


@pytest.fixture
def unlocked(journal: Till) -> Iterator[Till]:
    """The same, with the locks of append-only rows taken off: the damage is done beside our code."""
    unprotect()
    yield journal
    protect()


def verified(till: Till) -> Verdict:
    """What verification says."""
    with scope(till.business.id):
        return verify_journal(till.business.device(till))


def test_a_sound_journal_verifies(journal: Till) -> None:
    assert verified(journal) == Verdict(journal.journal, 4, ())


def test_an_empty_journal_verifies(shop: Business) -> None:
    till = shop.till()

    assert verified(till) == Verdict(till.journal, 0, ())


def entry(seq: int) -> JournalEntry:
    return JournalEntry.objects.get(seq=seq)


def store(seq: int, data: bytes, *, honest: bool) -> None:
    """Put other bytes into a fact's place; `honest`: with their own hash beside them."""
    values = {"bytes": pack(data, entry(seq).journal_id), **({"hash": hashlib.sha256(data).digest()} if honest else {})}
    JournalEntry.objects.filter(seq=seq).update(**values)


def other_amount() -> None:
    store(3, unpack(entry(3).bytes, entry(3).journal_id).replace(b'"gross":8900', b'"gross":9900'), honest=False)


def other_amount_and_hash() -> None:
    store(3, unpack(entry(3).bytes, entry(3).journal_id).replace(b'"gross":8900', b'"gross":9900'), honest=True)


def other_last_fact_and_hash() -> None:
    store(4, unpack(entry(4).bytes, entry(4).journal_id).replace(b"nothing_needed", b"unknown"), honest=True)


def other_bytes() -> None:
    store(3, b"hola", honest=True)


def other_journals_fact() -> None:
    data = unpack(entry(4).bytes, entry(4).journal_id)
    store(4, data.replace(str(entry(4).journal_id).encode(), str(uuid.UUID(int=7)).encode()), honest=True)


def fact_in_the_middle_gone() -> None:
    JournalEntry.objects.filter(seq=3).delete()


def last_fact_gone() -> None:
    JournalEntry.objects.filter(seq=4).delete()


def head_moved() -> None:
    JournalHead.objects.update(seq=3)


def head_of_another_hash() -> None:
    JournalHead.objects.update(hash="ab" * 32)


def last_signature_forged() -> None:
    JournalEntry.objects.filter(seq=4).update(signature=bytes(64))


def last_signature_gone() -> None:
    JournalEntry.objects.filter(seq=4).update(signature=None)


def every_signature_gone() -> None:
    JournalEntry.objects.all().update(signature=None)


def other_text() -> None:
    Annex.objects.update(text="Molido fino")


DAMAGES: list[tuple[Callable[[], None], set[tuple[int, str]]]] = [
    (other_amount, {(3, "stored_hash"), (4, "link")}),
    (other_amount_and_hash, {(4, "link")}),
    (other_last_fact_and_hash, {(4, "head"), (4, "signature")}),
    (other_bytes, {(3, "unreadable"), (4, "link")}),
    (other_journals_fact, {(4, "other_journal"), (4, "head"), (4, "signature")}),
    (fact_in_the_middle_gone, {(3, "gap"), (4, "link"), (4, "head")}),
    (last_fact_gone, {(4, "head")}),
    (head_moved, {(3, "head")}),
    (head_of_another_hash, {(4, "head")}),
    (last_signature_forged, {(4, "signature")}),
    (last_signature_gone, {(3, "unsigned_tail")}),
    (every_signature_gone, {(0, "unsigned")}),
    (other_text, {(0, "annex")}),
]


@pytest.mark.parametrize("damage, found", DAMAGES, ids=[damage.__name__ for damage, _ in DAMAGES])
def test_each_kind_of_damage_of_a_stored_journal_has_its_name(
    unlocked: Till, damage: Callable[[], None], found: set[tuple[int, str]]
) -> None:
    with scope(unlocked.business.id):
        damage()

    assert {(finding.seq, finding.code) for finding in verified(unlocked).findings} == found


def test_the_database_itself_refuses_such_damage_while_it_is_locked(journal: Till) -> None:
    from django.db import DatabaseError, transaction

    with scope(journal.business.id), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        other_amount()
    assert verified(journal).findings == ()


def test_damage_of_one_journal_is_not_found_in_another(unlocked: Till) -> None:
    neighbour = unlocked.business.till()
    neighbour.whole_day()
    neighbour.push()
    with scope(unlocked.business.id):
        JournalHead.objects.filter(journal_id=uuid.UUID(unlocked.journal)).update(seq=3)

    assert (len(verified(unlocked).findings), verified(neighbour).findings) == (1, ())


def test_facts_are_stored_so_that_their_bytes_come_back(journal: Till) -> None:
    assert connection.vendor in {"sqlite", "postgresql"}
    with scope(journal.business.id):
        stored = [unpack(row.bytes, row.journal_id) for row in JournalEntry.objects.order_by("seq")]

    assert stored == journal.journal_facts
    assert unpack(pack(canonical({}), uuid.UUID(int=7)), uuid.UUID(int=7)) == b"{}"
