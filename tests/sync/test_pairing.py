"""A device becomes a till: once per code, within a quarter of an hour, and again only for the same journal and key."""

import datetime as dt
import json
import uuid
from typing import Any

import pytest
from django.http import HttpResponse

from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden
from mostrador.kernel.scoping import across, scope
from mostrador.people import pairing
from mostrador.people.models import Device as DeviceRow
from mostrador.sync.device import Device, private_key_from
from tests.sync.shop import Business, Till, call, document

JOURNAL = "0199b2a4-7000-7a00-8a00-00000000000a"
KEY = Device(JOURNAL, private_key_from("pairing"), "").public_key
OTHER_KEY = Device(JOURNAL, private_key_from("another"), "").public_key


def pair(code: str | None, journal: str = JOURNAL, key: str = KEY, token: str | None = None, **more: Any) -> HttpResponse:
    """Ask to be paired."""
    body = {"code": code, "journal": journal, "public_key": key, **more}
    return call("POST", "pair", token, json.dumps(body).encode())


def refusal(answer: HttpResponse) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, document(answer)["code"]


def devices() -> int:
    """How many devices there are, of any business."""
    with across("the test counts"):
        return DeviceRow.objects.count()


def test_a_code_pairs_a_device_and_says_where_it_stands(shop: Business) -> None:
    paired = document(pair(shop.new_code()))

    assert (paired["organization"], paired["store"]) == (str(shop.id), str(shop.store_id))
    assert (paired["server_head"], paired["replaces"]) == (None, None)
    assert paired["series"].endswith("A")
    assert document(call("GET", "ping", paired["token"])) | {"time": 0, "n": 0} == {
        "epoch": paired["epoch"], "n": 0, "time": 0, "journal": "open", "watermark": 0,
    }  # fmt: skip


def test_the_token_is_stored_only_as_its_hash(shop: Business) -> None:
    token = document(pair(shop.new_code()))["token"]

    with scope(shop.id):
        row = DeviceRow.objects.get()
    assert token not in (row.token_hash, row.pin_salt, row.public_key)
    assert len(row.token_hash) == 64


@pytest.mark.parametrize("typed", [str.lower, lambda code: f" {code[:4]} {code[4:]} ", lambda code: f"{code[:4]}-{code[4:]}"])
def test_a_code_may_be_typed_as_people_do(shop: Business, typed: Any) -> None:
    assert pair(typed(shop.new_code())).status_code == 200


def test_a_code_works_once(shop: Business) -> None:
    code = shop.new_code()
    pair(code)

    assert refusal(pair(code, "0199b2a4-7000-7a00-8a00-00000000000b", OTHER_KEY)) == (410, "pairing_code_expired")
    assert devices() == 1


def test_the_same_journal_and_key_get_an_answer_again_and_the_first_token_is_dead(shop: Business) -> None:
    code = shop.new_code()
    first = document(pair(code))

    again = document(pair(code))

    assert {name: again[name] for name in again if name != "token"} == {name: first[name] for name in first if name != "token"}
    assert call("GET", "ping", again["token"]).status_code == 200
    assert call("GET", "ping", first["token"]).status_code == 401
    assert devices() == 1


def test_the_same_journal_with_another_key_gets_none(shop: Business) -> None:
    code = shop.new_code()
    first = document(pair(code))

    assert refusal(pair(code, key=OTHER_KEY)) == (410, "pairing_code_expired")
    assert call("GET", "ping", first["token"]).status_code == 200


def test_a_revoked_device_does_not_get_its_answer_again(shop: Business) -> None:
    code = shop.new_code()
    till = Till.pair(shop, code, "revoked")
    shop.revoke(till)

    assert refusal(pair(code, till.journal, till.device.public_key)) == (410, "pairing_code_expired")


def test_a_code_is_over_after_a_quarter_of_an_hour(shop: Business) -> None:
    code = shop.new_code()

    with clock.at(clock.now() + dt.timedelta(minutes=15, seconds=1)):
        assert refusal(pair(code)) == (410, "pairing_code_expired")
    assert devices() == 0


def test_a_code_is_good_until_then(shop: Business) -> None:
    code = shop.new_code()

    with clock.at(clock.now() + dt.timedelta(minutes=14, seconds=50)):
        assert pair(code).status_code == 200


@pytest.mark.parametrize("code", ["", "AAAAAAAA", "ZZZZ-9999", "'; DROP TABLE", "Á" * 8])
def test_a_wrong_code_pairs_nothing(shop: Business, code: str) -> None:
    shop.new_code()

    assert refusal(pair(code)) == (404, "pairing_code_unknown")
    assert devices() == 0


def test_after_twenty_wrong_codes_the_right_one_has_to_wait(shop: Business) -> None:
    code = shop.new_code()
    assert [pair("WRONG234").status_code for _ in range(20)] == [404] * 20

    tired = pair(code)

    assert refusal(tired) == (429, "too_many_tries")
    assert 0 < document(tired)["seconds"] <= 600
    assert devices() == 0


def test_after_ten_minutes_one_may_try_again(shop: Business) -> None:
    code = shop.new_code()
    for _ in range(20):
        pair("WRONG234")

    with clock.at(clock.now() + dt.timedelta(minutes=10, seconds=1)):
        assert pair(code).status_code == 200


def test_another_address_does_not_wait_for_it(shop: Business) -> None:
    code = shop.new_code()
    for _ in range(20):
        pair("WRONG234")
    body = json.dumps({"code": code, "journal": JOURNAL, "public_key": KEY}).encode()

    assert call("POST", "pair", None, body, REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize("key", ["", "hola", KEY[:-2], "A" * 87, "B" + "A" * 86])
def test_a_key_that_is_none_pairs_nothing_and_leaves_the_code_good(shop: Business, key: str) -> None:
    code = shop.new_code()

    assert refusal(pair(code, key=key)) == (422, "invalid")
    assert pair(code).status_code == 200


@pytest.mark.parametrize("body", [b"", b"[]", b'{"journal":"x","public_key":"y"}', b'{"code":"\xff"}'])
def test_what_is_no_request_pairs_nothing(shop: Business, body: bytes) -> None:
    assert refusal(call("POST", "pair", None, body)) == (400, "not_a_push")
    assert devices() == 0


def test_a_journal_that_another_till_has_is_refused(shop: Business) -> None:
    pair(shop.new_code())

    assert refusal(pair(shop.new_code())) == (422, "invalid")
    assert devices() == 1


def test_a_new_device_names_the_journal_that_it_replaces_and_hears_its_head(till: Till) -> None:
    with scope(till.business.id):
        code = pairing.new_code(till.business.actor, till_id=till.business.device(till).till_id)

    paired = document(pair(code, replaces=till.journal))

    assert (paired["replaces"], paired["server_head"]) == (till.journal, {"seq": 2, "hash": till.device.head})
    assert paired["series"] == f"{till.device.series[:-1]}B"


def test_a_device_cannot_replace_another_businesss_journal(till: Till, other: Business) -> None:
    paired = document(pair(other.new_code(), replaces=till.journal))

    assert (paired["replaces"], paired["server_head"]) == (None, None)


def test_a_new_journal_by_token_is_on_the_same_till_with_the_next_series(till: Till) -> None:
    fresh = till.reopen()

    assert fresh.business.device(fresh).till_id == till.business.device(till).till_id
    assert fresh.device.series == f"{till.device.series[:-1]}B"
    assert call("GET", "ping", till.token).status_code == 200


def test_a_new_journal_by_token_asked_for_again_is_the_same_one(till: Till) -> None:
    wanted = {"code": None, "journal": JOURNAL, "public_key": KEY, "replaces": till.journal}

    first, again = (document(call("POST", "pair", till.token, json.dumps(wanted).encode())) for _ in range(2))

    assert (first["series"], first["server_head"]) == (again["series"], again["server_head"])
    assert devices() == 2


def test_a_new_journal_without_a_token_is_refused(shop: Business) -> None:
    assert refusal(pair(None)) == (401, "unknown_device")
    assert devices() == 0


def test_a_cashier_makes_no_codes(shop: Business) -> None:
    cashier = Actor(shop.id, "person", uuid.UUID(shop.cashier), "cashier")
    with scope(shop.id), pytest.raises(Forbidden):
        pairing.new_code(cashier, till_id=uuid.UUID(int=1))
