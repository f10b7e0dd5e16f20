"""A journal that a till saved to a file: taken in by the office like a push, whole or not at all; verified without a server."""

import json
from collections.abc import Callable

import pytest

from mostrador.kernel.errors import NotFound
from mostrador.kernel.scoping import scope
from mostrador.sync import saved
from mostrador.sync.recovery import NotRecoverable, take_in
from mostrador.sync.saved import NotASavedJournal, PractisedJournal
from mostrador.sync.verify import verify_file
from tests.sync.books import doctor, everything, evidence, head, made
from tests.sync.shop import Business, Till
from tests.sync.test_annexes import with_note


@pytest.fixture
def unsent(shop: Business) -> Till:
    """A till with a small day that never reached the server: four facts and a note."""
    till = shop.till()
    till.open_shift()
    with_note(till)
    till.end_without_sale()
    return till


def take(business: Business, file: bytes) -> list[dict[str, int]]:
    """Take a file in at the office; the states by journal."""
    with scope(business.id):
        return [taken.states for taken in take_in(business.actor, file)]


def test_a_complete_file_brings_every_fact_and_text(unsent: Till) -> None:
    assert take(unsent.business, unsent.saved()) == [{"accepted": 4}]
    assert head(unsent) == (4, unsent.device.head, 0, False)
    assert (len(made()["counter_sale"]), len(everything()["sync_annex"])) == (1, 1)
    assert doctor() == []


def test_what_was_practised_at_a_till_is_never_taken_in(unsent: Till) -> None:
    practised = unsent.saved().replace(f'"{unsent.device.series}"'.encode(), b'"PRACTICA"')
    before = everything()

    with pytest.raises(PractisedJournal):
        take(unsent.business, practised)

    assert everything() == before


def test_the_same_file_twice_changes_nothing(unsent: Till) -> None:
    take(unsent.business, unsent.saved())
    before = everything()

    assert take(unsent.business, unsent.saved()) == [{"known": 4}]
    assert everything() == before


def test_a_file_and_pushes_of_the_same_journal_meet(unsent: Till) -> None:
    unsent.push(unsent.journal_facts[:2])

    assert take(unsent.business, unsent.saved()) == [{"known": 2, "accepted": 2}]
    assert unsent.push(unsent.journal_facts)["answers"][0]["state"] == "known"


def test_a_revoked_tills_file_is_parked(unsent: Till) -> None:
    unsent.business.revoke(unsent)

    assert take(unsent.business, unsent.saved()) == [{"parked": 4}]
    assert made()["counter_sale"] == []


def test_a_file_of_several_journals_brings_them_all(unsent: Till) -> None:
    second = unsent.business.till()
    second.whole_day()

    assert take(unsent.business, unsent.saved() + second.saved()) == [{"accepted": 4}, {"accepted": 11}]


def test_a_file_of_more_facts_than_a_push_holds_is_taken_in(shop: Business) -> None:
    till = shop.till()
    till.open_shift()
    for _ in range(510):
        till.end_without_sale()

    assert take(shop, till.saved()) == [{"accepted": 512}]
    assert head(till)[0] == 512


def test_a_file_that_was_cut_off_is_refused_whole_wherever_it_was_cut(unsent: Till) -> None:
    file, before = unsent.saved(), everything()

    for end in range(len(file) - 1):
        with pytest.raises(NotASavedJournal):
            take(unsent.business, file[:end])
    assert everything() == before


def test_a_second_journal_that_was_cut_off_keeps_the_first_one_out_too(unsent: Till) -> None:
    second = unsent.business.till()
    before = everything()

    with pytest.raises(NotASavedJournal):
        take(unsent.business, unsent.saved() + second.saved()[:-40])
    assert everything() == before


def without_a_fact(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], *lines[3:]]


def without_the_text(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-2], lines[-1]]


def with_a_line_too_many(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-1], b'{"mood":"good"}', lines[-1]]


def with_an_empty_line(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-1], b"", lines[-1]]


def of_another_format(lines: list[bytes]) -> list[bytes]:
    return [lines[0].replace(b"journal-v1", b"journal-v2"), *lines[1:]]


def nested_without_end(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-1], b'{"x":' + b"[" * 50_000, lines[-1]]


@pytest.mark.parametrize(
    "spoil", [without_a_fact, without_the_text, with_a_line_too_many, with_an_empty_line, of_another_format, nested_without_end]
)
def test_a_file_that_is_not_as_its_header_says_is_refused_whole(unsent: Till, spoil: Callable[[list[bytes]], list[bytes]]) -> None:
    file, before = b"".join(line + b"\n" for line in spoil(unsent.saved().splitlines())), everything()

    with pytest.raises(NotASavedJournal):
        take(unsent.business, file)
    assert everything() == before


@pytest.mark.parametrize("file", [b"", b"\n", b"{}", b"hola", b"\xff\xfe", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_saved_journal_is_refused(unsent: Till, file: bytes) -> None:
    before = everything()

    with pytest.raises(NotASavedJournal):
        take(unsent.business, file)
    assert everything() == before


def test_another_businesss_file_is_not_found(unsent: Till, other: Business) -> None:
    before = everything()

    with pytest.raises(NotFound):
        take(other, unsent.saved())
    with pytest.raises(NotRecoverable, match="damaged"):
        take(other, unsent.saved(organization=str(other.id)))
    assert everything() == before


def test_a_file_of_another_key_is_not_found(unsent: Till) -> None:
    stranger = unsent.business.till()
    before = everything()

    with pytest.raises(NotFound):
        take(unsent.business, unsent.saved(public_key=stranger.device.public_key))
    assert everything() == before


def test_a_file_too_large_is_refused_before_it_is_read(unsent: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "FILE_MAX", 1000)

    with pytest.raises(Exception, match="invalid"):
        take(unsent.business, unsent.saved())
    assert everything()["sync_journalentry"] == []


def test_a_forged_fact_in_a_file_is_evidence(unsent: Till) -> None:
    lines = unsent.saved().splitlines()
    lines[2] = lines[2].replace(b'"float":50000', b'"float":90000')

    assert take(unsent.business, b"\n".join(lines) + b"\n") == [{"accepted": 2, "refused": 2}]
    assert evidence(unsent) == [(3, "hash"), (4, "hash")]
    assert made()["counter_sale"] == []


def test_a_sound_file_verifies_without_a_server(unsent: Till) -> None:
    [verdict] = verify_file(unsent.saved())

    assert (verdict.journal, verdict.facts, verdict.findings) == (unsent.journal, 4, ())


def test_a_file_without_an_erased_text_verifies(unsent: Till) -> None:
    unsent.annexes.clear()

    assert verify_file(unsent.saved())[0].findings == ()


def test_a_file_that_begins_in_the_middle_verifies(unsent: Till) -> None:
    lines = unsent.saved(**{"from": 3, "facts": 2}).splitlines()

    [verdict] = verify_file(b"".join(line + b"\n" for line in [lines[0], *lines[3:]]))

    assert (verdict.facts, verdict.findings) == (2, ())


def findings(file: bytes) -> set[str]:
    """What verification says of a file; a file that cannot even be read says so itself."""
    try:
        return {finding.code for verdict in verify_file(file) for finding in verdict.findings}
    except NotASavedJournal:
        return {"not_a_saved_journal"}


def test_every_changed_byte_of_a_saved_journal_is_found(unsent: Till) -> None:
    file = unsent.saved()
    at = file.index(b'"saved_at":') + len(b'"saved_at":')
    # Nobody signs the moment of saving: it says when, and proves nothing.
    unsigned = range(at, file.index(b",", at))

    missed = [
        (place, flip, file[max(0, place - 30) : place + 10])
        for place in range(len(file))
        if place not in unsigned
        for flip in (1, 2, 4, 32, 128)
        if not findings(file[:place] + bytes([file[place] ^ flip]) + file[place + 1 :])
    ]

    assert missed == []


def swapped(lines: list[bytes]) -> list[bytes]:
    return [lines[0], lines[1], lines[3], lines[2], *lines[4:]]


def doubled(lines: list[bytes]) -> list[bytes]:
    return [lines[0], lines[1], lines[2], lines[2], *lines[4:]]


def of_another_text(lines: list[bytes]) -> list[bytes]:
    return [line.replace(b"Molido grueso", b"Molido finito") for line in lines]


def of_another_hash(lines: list[bytes]) -> list[bytes]:
    document = json.loads(lines[-1])
    document["head"]["hash"] = "0" * 64
    return [*lines[:-1], json.dumps(document).encode()]


def of_another_till(lines: list[bytes]) -> list[bytes]:
    return [json.dumps({**json.loads(lines[0]), "series": "ZZ"}).encode(), *lines[1:]]


@pytest.mark.parametrize(
    "spoil, codes",
    [
        (swapped, {"gap", "link"}),
        (doubled, {"gap", "link", "annex"}),
        (of_another_text, {"annex"}),
        (of_another_hash, {"head", "signature"}),
        (of_another_till, {"header"}),
    ],
)
def test_each_kind_of_damage_of_a_file_has_its_name(unsent: Till, spoil: Callable[[list[bytes]], list[bytes]], codes: set[str]) -> None:
    assert findings(b"\n".join(spoil(unsent.saved().splitlines())) + b"\n") == codes
