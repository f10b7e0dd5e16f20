"""The doors of tills: who may, from which business, and what is refused as a whole. Refusals change nothing."""

import gzip
import json
import uuid

import pytest
from django.http import HttpResponse

from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import Picture
from mostrador.config.worker import drain
from mostrador.kernel.errors import NotFound
from mostrador.kernel.scoping import scope
from mostrador.people import pairing
from mostrador.people.models import Device as DeviceRow
from tests.sync.books import doctor, everything, grown, head, made, parked, totals
from tests.sync.shop import Business, Till, call, document, reasons, states

PULLS = [
    "ping",
    "till",
    "catalogue",
    "changes?epoch=x&n=0",
    "lookup?q=coffee",
    "sold?code=A1-1",
    "stock?product=0199b2a4-7000-7b00-8b00-000000000001",
    "picture/0199b2a4-7000-7b00-8b00-000000000001",
]
TOKENS = {
    "none": None,
    "empty": "",
    "no business": "secret",
    "not a business": "zz.secret",
    "of nobody": f"{uuid.UUID(int=5).hex}.{'A' * 43}",
}


def problem(answer: HttpResponse) -> tuple[int, str]:
    """Status and code of a refusal."""
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, document(answer)["code"]


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS.keys())
@pytest.mark.parametrize("door", PULLS)
def test_a_pull_without_a_known_token_is_refused(shop: Business, door: str, token: str | None) -> None:
    assert problem(call("GET", door, token)) == (401, "unknown_device")


def test_a_push_without_a_known_token_is_refused(till: Till) -> None:
    till.sell(("coffee", 1000))
    before = everything()

    answers = [problem(call("POST", "push", token, till.device.push_body(till.journal_facts))) for token in TOKENS.values()]

    assert answers == [(401, "unknown_device")] * len(TOKENS)
    assert everything() == before


def test_a_token_under_another_businesss_name_is_refused(till: Till, other: Business) -> None:
    secret = till.token.partition(".")[2]

    assert problem(call("GET", "ping", f"{other.id.hex}.{secret}")) == (401, "unknown_device")


def test_a_push_of_another_businesss_journal_is_refused(till: Till, other: Business) -> None:
    stranger = other.till()
    till.sell(("coffee", 1000))
    before = everything()

    assert problem(call("POST", "push", stranger.token, till.device.push_body(till.journal_facts))) == (401, "unknown_device")
    assert everything() == before


def test_a_push_of_another_tills_journal_is_refused(till: Till) -> None:
    neighbour = till.business.till()
    till.sell(("coffee", 1000))
    before = everything()

    assert problem(call("POST", "push", neighbour.token, till.device.push_body(till.journal_facts))) == (401, "unknown_device")
    assert everything() == before


def test_a_stranger_sees_nothing_of_the_shop_on_any_door(till: Till, other: Business) -> None:
    stranger = other.till()
    version = document(till.pull("catalogue"))["version"]
    ours = set(till.business.products.values()) | {str(till.business.id), str(till.business.store_id), till.business.manager, till.journal}
    epoch = stranger.ping()["epoch"]

    doors = ["ping", "till", "catalogue", f"changes?epoch={epoch}&n=0", "lookup?q=coffee", "lookup?code=coffee", f"catalogue/{version}/0"]
    seen = b"".join(stranger.pull(door).content for door in doors).decode()

    assert [identifier for identifier in sorted(ours) if identifier in seen] == []


def test_a_version_of_the_shops_catalogue_is_not_there_for_a_stranger(till: Till, other: Business) -> None:
    with scope(till.business.id):
        catalogue.add_category(till.business.actor, name="Nueva")  # the shop's feed is further than the stranger's
    drain()
    version = document(till.pull("catalogue"))["version"]
    stranger = other.till()
    stranger.pull("catalogue")

    assert till.pull(f"catalogue/{version}/0").status_code == 200
    assert problem(stranger.pull(f"catalogue/{version}/0")) == (404, "not_found")


def test_the_same_version_of_two_businesses_is_two_catalogues(till: Till, other: Business) -> None:
    stranger = other.till()
    ours, theirs = (document(one.pull("catalogue")) for one in (till, stranger))

    assert ours["version"] == theirs["version"]
    for one in (till, stranger):
        assert json.loads(one.pull(f"catalogue/{ours['version']}/0").content)["id"] == sorted(one.business.products.values())


@pytest.mark.parametrize("version", ["..", "../..", "x", ".hidden", "a-b-c"])
def test_a_version_that_is_none_is_not_there(till: Till, version: str) -> None:
    assert till.pull(f"catalogue/{version}/0").status_code == 404


def test_a_picture_of_the_shop_is_not_there_for_a_stranger(till: Till, other: Business) -> None:
    product = till.business.products["coffee"]
    with scope(till.business.id):
        Picture.objects.create(organization_id=till.business.id, product_id=uuid.UUID(product), webp=b"RIFF", digest="d")
    stranger = other.till()

    assert till.pull(f"picture/{product}").content == b"RIFF"
    assert problem(stranger.pull(f"picture/{product}")) == (404, "not_found")


@pytest.mark.parametrize("door", PULLS[1:])
def test_a_revoked_till_pulls_nothing(till: Till, door: str) -> None:
    till.business.revoke(till)

    assert problem(till.pull(door)) == (401, "unknown_device")


def test_a_revoked_till_hears_so_in_the_ping(till: Till) -> None:
    till.business.revoke(till)

    said = till.ping()

    assert (said["journal"], said["watermark"]) == ("revoked", 2)


def test_everything_that_a_revoked_till_pushes_is_parked(till: Till) -> None:
    till.business.revoke(till)
    till.sell(("coffee", 1000))
    till.end_without_sale()
    till.close_shift()
    before, shift = everything(), totals(till)

    answer = till.push()

    assert (states(answer), reasons(answer)) == (["parked"] * 3, ["revoked"] * 3)
    assert (answer["watermark"], answer["journal"]) == (5, "revoked")
    assert grown(before) == {"sync_journalentry": 3, "sync_parkedfact": 3}
    assert totals(till) == shift
    assert [row[2] for row in parked(till)] == ["revoked"] * 3
    assert doctor() == []


def test_a_revoked_till_gets_no_new_journal(till: Till) -> None:
    till.business.revoke(till)
    fresh = {"code": None, "journal": str(uuid.UUID(int=9)), "public_key": till.device.public_key, "replaces": till.journal}

    assert problem(call("POST", "pair", till.token, json.dumps(fresh).encode())) == (401, "unknown_device")
    with scope(till.business.id):
        assert DeviceRow.objects.count() == 1


def test_a_stranger_cannot_revoke_the_shops_till(till: Till, other: Business) -> None:
    with scope(other.id), pytest.raises(NotFound):
        pairing.revoke(other.actor, device_id=uuid.UUID(till.journal))
    assert till.ping()["journal"] == "open"


BODIES = {
    "nothing": b"",
    "no JSON": b"hola",
    "a list": b"[]",
    "no facts": b'{"protocol":1,"journal":"0199b2a4-7000-7b00-8b00-000000000001"}',
    "a journal that is none": b'{"protocol":1,"journal":"x","facts":[]}',
    "not UTF-8": b'{"protocol":1,"journal":"\xff","facts":[]}',
    "nested without end": b'{"protocol":1,"journal":"0199b2a4-7000-7b00-8b00-000000000001","facts":[' + b"[" * 200_000,
    "501 facts": b'{"protocol":1,"journal":"0199b2a4-7000-7b00-8b00-000000000001","facts":[' + b",".join([b"1"] * 501) + b"]}",
    "half a surrogate pair": b'{"protocol":1,"journal":"0199b2a4-7000-7b00-8b00-000000000001","facts":["\\ud800"]}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_what_is_not_a_push_is_refused_whole(till: Till, body: bytes) -> None:
    before = everything()

    assert problem(till.post(body)) == (400, "not_a_push")
    assert everything() == before


def test_a_push_of_another_protocol_is_refused_whole(till: Till) -> None:
    till.sell(("coffee", 1000))
    before = everything()

    answer = till.post(till.device.push_body(till.journal_facts[2:]).replace(b'"protocol":1', b'"protocol":2', 1))

    assert problem(answer) == (426, "unknown_protocol")
    assert everything() == before


def test_a_push_beyond_eight_megabytes_is_refused_whole(till: Till) -> None:
    before = everything()

    assert problem(till.post(b" " * (8 * 1024 * 1024 + 1))) == (400, "not_a_push")
    assert everything() == before


def test_a_packed_push_is_taken_in(till: Till) -> None:
    till.sell(("coffee", 1000))
    body = till.device.push_body(till.journal_facts[2:])

    answer = call("POST", "push", till.token, gzip.compress(body), HTTP_CONTENT_ENCODING="gzip")

    assert states(document(answer)) == ["accepted"]


@pytest.mark.parametrize("packed", [b"hola", gzip.compress(bytes(9 * 1024 * 1024))], ids=["not packed", "a bomb"])
def test_a_packed_push_that_is_none_is_refused(till: Till, packed: bytes) -> None:
    answer = call("POST", "push", till.token, packed, HTTP_CONTENT_ENCODING="gzip")

    assert problem(answer) == (400, "not_a_push")


def test_a_push_of_500_facts_is_taken_in(till: Till) -> None:
    for _ in range(500):
        till.end_without_sale()

    assert states(till.push()) == ["accepted"] * 500
    assert (head(till)[0], len(made()["counter_visitclosing"]), totals(till)["visits"]) == (502, 500, 500)


@pytest.mark.parametrize("door, method", [("push", "GET"), ("pair", "GET"), ("ping", "POST"), ("changes", "DELETE")])
def test_a_door_has_one_method(till: Till, door: str, method: str) -> None:
    assert call(method, door, till.token).status_code == 405


def test_what_tills_pull_is_kept_by_no_cache(till: Till) -> None:
    for door in ("ping", "till", "lookup?q=coffee"):
        assert till.pull(door)["Cache-Control"] == "no-store"


def test_the_till_part_holds_no_pin_and_no_cost(till: Till) -> None:
    part = document(till.pull("till"))

    assert sorted(part) == ["epoch", "favourites", "n", "organization", "parked", "settings", "staff", "store", "till"]
    assert {member["name"]: member["pin"] for member in part["staff"]} == {"Ana": None, "Rosa": None}
    assert "cost" not in json.dumps(part) and "token" not in json.dumps(part)
