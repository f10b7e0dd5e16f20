"""The chain: what does not fit it is kept as evidence and moves nothing; what lies beyond a gap waits until the gap fills."""

import hashlib
import json

import pytest

from mostrador.sync.device import canonical, named_id, private_key_from
from tests.sync.books import Books, doctor, everything, evidence, grown, head, made, totals
from tests.sync.shop import OPENED, Business, Json, Till, reasons, states


def only_evidence_came(before: Books, pieces: int) -> bool:
    """Whether bytes were kept as evidence and nothing else happened at all."""
    return grown(before) == {"sync_evidence": pieces} and {**everything(), "sync_evidence": []} == {**before, "sync_evidence": []}


def rewritten(fact: bytes, **changes: object) -> bytes:
    """The same fact with other properties."""
    return canonical({**json.loads(fact), **changes})


def test_a_wrong_hash_of_the_fact_before_is_evidence_and_the_till_opens_a_new_journal(till: Till) -> None:
    till.sell(("coffee", 1000))
    before, shift, place = everything(), totals(till), head(till)

    answer = till.push([rewritten(till.journal_facts[-1], prev="ab" * 32)])

    assert (states(answer), reasons(answer)) == (["refused"], ["hash"])
    assert (answer["watermark"], answer["journal"]) == (2, "reopen")
    assert only_evidence_came(before, 1)
    assert (totals(till), head(till)) == (shift, (*place[:3], True))


def test_a_signature_of_another_key_is_evidence(till: Till) -> None:
    till.sell(("coffee", 1000))
    before, shift = everything(), totals(till)
    till.device._key = private_key_from("a thief")

    answer = till.push()

    assert (states(answer), reasons(answer), answer["watermark"], answer["journal"]) == (["refused"], ["signature"], 2, "reopen")
    assert only_evidence_came(before, 1)
    assert totals(till) == shift


def test_a_batch_without_a_head_is_evidence(till: Till) -> None:
    till.sell(("coffee", 1000))
    before = everything()

    answer = till.push_as(till.journal_facts[2:], head=None)

    assert (states(answer), reasons(answer), answer["watermark"]) == (["refused"], ["signature"], 2)
    assert only_evidence_came(before, 1)


def test_a_head_that_is_not_the_last_fact_is_evidence(till: Till) -> None:
    till.sell(("coffee", 1000))
    till.sell(("water", 1000))
    first = till.journal_facts[2]
    digest = hashlib.sha256(first).hexdigest()
    before = everything()

    answer = till.push_as(till.journal_facts[2:], head={"seq": 3, "hash": digest, "signature": till.device.sign(3, digest)})

    assert (states(answer), reasons(answer), answer["watermark"]) == (["refused", "refused"], ["signature", "signature"], 2)
    assert only_evidence_came(before, 2)


def test_a_changed_byte_is_evidence(till: Till) -> None:
    till.sell(("coffee", 1000))
    sold = till.journal_facts[2]
    before = everything()

    signed = json.loads(till.device.push_body([sold]))["head"]
    answer = till.push_as([sold.replace(b'"quantity":1000', b'"quantity":9000')], head=signed)

    assert (states(answer), reasons(answer), answer["watermark"]) == (["refused"], ["signature"], 2)
    assert only_evidence_came(before, 1)


def test_evidence_that_is_sent_again_is_kept_once(till: Till) -> None:
    till.sell(("coffee", 1000))
    till.push_as(till.journal_facts[2:], head=None)
    till.push_as(till.journal_facts[2:], head=None)
    before = everything()

    answer = till.push_as(till.journal_facts[2:], head=None)

    assert (states(answer), reasons(answer)) == (["refused"], ["broken"])
    assert everything() == before
    assert evidence(till) == [(3, "broken"), (3, "signature")]


def test_facts_beyond_a_gap_wait(till: Till) -> None:
    till.sell(("coffee", 1000))
    till.sell(("water", 1000))
    before, shift = everything(), totals(till)

    answer = till.push(till.journal_facts[3:])

    assert (states(answer), answer["watermark"], answer["journal"]) == (["early"], 2, "open")
    assert grown(before) == {"sync_earlyfact": 1}
    assert totals(till) == shift
    assert head(till)[2:] == (1, False)


def test_early_facts_become_rows_when_the_gap_fills(till: Till) -> None:
    till.sell(("coffee", 1000))
    till.sell(("water", 1000))
    till.push(till.journal_facts[3:])

    answer = till.push(till.journal_facts[2:3])

    assert (states(answer), answer["watermark"], answer["head"]) == (["accepted", "accepted"], 4, till.device.head)
    assert (len(made()["counter_sale"]), everything()["sync_earlyfact"]) == (2, [])
    assert head(till) == (4, till.device.head, 0, False)
    assert doctor() == []


def test_an_early_fact_sent_again_waits_once(till: Till) -> None:
    till.sell(("coffee", 1000))
    till.sell(("water", 1000))
    till.push(till.journal_facts[3:])
    before = everything()

    assert states(till.push(till.journal_facts[3:])) == ["early"]
    assert everything() == before


def test_of_two_different_early_facts_the_first_stays_and_the_second_is_a_fork(till: Till) -> None:
    till.sell(("coffee", 1000))
    till.sell(("water", 1000))
    till.push(till.journal_facts[3:])
    before = everything()

    answer = till.push([rewritten(till.journal_facts[3], at=till.at + 5)])

    assert (states(answer), reasons(answer), answer["watermark"], answer["journal"]) == (["refused"], ["fork"], 2, "reopen")
    assert only_evidence_came(before, 1)


def test_a_batch_that_fills_the_gap_with_another_fact_than_waits_is_a_fork(till: Till) -> None:
    till.sell(("coffee", 1000))
    till.sell(("water", 1000))
    till.push(till.journal_facts[3:])
    twin = rewritten(till.journal_facts[3], at=till.at + 5)

    answer = till.push([till.journal_facts[2], twin])

    assert (states(answer), reasons(answer)) == (["accepted", "refused"], [None, "fork"])
    assert (answer["watermark"], answer["journal"]) == (4, "reopen")
    assert evidence(till) == [(4, "fork")]
    assert hashlib.sha256(till.journal_facts[3]).hexdigest() == head(till)[1]


@pytest.fixture
def copied(shop: Business, till: Till) -> tuple[Till, Till, Json]:
    """A till, a copy of its profile that went on by itself, and the answer to what the copy sent last."""
    till.sell(("coffee", 1000))
    till.push()
    copy = Till(shop, till.token, till.device, till.cashier, list(till.journal_facts[:2]))
    copy.device.seq, copy.device.head = 2, hashlib.sha256(copy.journal_facts[-1]).hexdigest()
    copy.cashier.number, copy.cashier.perpetual, copy.at = 0, 0, till.at + 3_600_000
    copy.sell(("tomato", 500))
    return till, copy, copy.push(copy.journal_facts[2:])


def test_a_copied_profile_is_a_fork_kept_as_evidence(copied: tuple[Till, Till, Json]) -> None:
    till, copy, answer = copied

    assert (states(answer), reasons(answer), answer["watermark"], answer["journal"]) == (["refused"], ["fork"], 3, "reopen")
    assert evidence(till) == [(3, "fork")]
    assert [len(made()[table]) for table in ("counter_sale", "counter_saleline")] == [1, 1]
    assert totals(till)["gross"] == 8_900
    assert copy.ping()["journal"] == "reopen"


def test_after_a_fork_nothing_more_is_counted_in_that_journal(copied: tuple[Till, Till, Json]) -> None:
    _, copy, _ = copied
    copy.sell(("water", 1000))
    before = everything()

    answer = copy.push(copy.journal_facts[3:])

    assert (states(answer), reasons(answer), answer["watermark"]) == (["refused"], ["broken"], 3)
    assert only_evidence_came(before, 1)


def test_a_new_journal_after_a_fork_names_the_old_one_and_sells(copied: tuple[Till, Till, Json]) -> None:
    till, copy, _ = copied

    fresh = copy.reopen()
    fresh.whole_day()
    answer = fresh.push()

    opening = json.loads(fresh.journal_facts[0])["body"]
    assert (opening["replaces"], opening["server_head"]) == (till.journal, {"seq": 3, "hash": head(till)[1]})
    assert states(answer) == ["accepted"] * 11
    assert fresh.device.series == f"{till.device.series[:-1]}B"
    assert (head(till)[0], head(fresh)[0]) == (3, 11)


def test_a_fact_of_another_journal_in_a_batch_is_evidence_and_the_rest_goes_in(shop: Business, till: Till) -> None:
    stranger = shop.till("stranger")
    till.sell(("coffee", 1000))
    before = everything()

    answer = till.push([stranger.journal_facts[0], *till.journal_facts[2:]])

    assert sorted(zip(states(answer), reasons(answer), strict=True), key=repr) == [("accepted", None), ("refused", "other_journal")]
    assert (answer["watermark"], answer["journal"]) == (3, "open")
    assert evidence(till) == [(1, "other_journal")]
    assert grown(before)["sync_journalentry"] == 1


def test_what_is_not_a_fact_at_all_is_evidence_and_the_rest_goes_in(till: Till) -> None:
    till.sell(("coffee", 1000))

    answer = till.push_as([b'{"id":"x"}', b"[1,2]", b'{"id":"\xff"}', *till.journal_facts[2:]])

    assert (states(answer), reasons(answer)) == (["accepted", *["refused"] * 3], [None, *["not_a_fact"] * 3])
    assert evidence(till) == [(None, "not_a_fact")] * 3
    assert head(till)[0] == 3


def test_an_id_with_a_line_feed_behind_it_is_not_a_fact(till: Till) -> None:
    sound = named_id(OPENED, "sound")
    before = everything()

    answer = till.push_as([canonical({"id": sound, "journal": f"{till.journal}\n", "seq": 3, "prev": "0" * 64})], head=None)

    assert (states(answer), reasons(answer), answer["watermark"]) == (["refused"], ["not_a_fact"], 2)
    assert only_evidence_came(before, 1)


def test_a_push_of_nothing_is_answered_with_the_watermark(till: Till) -> None:
    before = everything()

    answer = till.push_as([])

    assert (answer["watermark"], answer["journal"]) == (2, "open")
    assert everything() == before
