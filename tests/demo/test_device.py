"""The Python till writes what the TypeScript till writes: the same bytes for the same day."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from mostrador.sync.device import FIRST_PREV, Annex, Device, Place, canonical, named_id, private_key_from, seeded_ids, uuid7

ROOT = Path(__file__).resolve().parents[2]
VECTORS = [json.loads(path.read_text()) for path in sorted((ROOT / "vectors/facts").glob("*.json"))]
JOURNAL = "0199b2a4-7000-7a00-8a00-000000000001"
AT = 1_764_032_400_000


def a_device(seed: str = "till") -> Device:
    """A device whose key and ids come from a seed."""
    return Device(JOURNAL, private_key_from(seed), "A1", ids=seeded_ids(seed))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['fact']['seq']}")
def test_a_fact_has_the_bytes_and_the_hash_of_its_vector(vector: dict[str, Any]) -> None:
    data = canonical(vector["fact"])

    assert data.decode() == vector["bytes"]
    assert hashlib.sha256(data).hexdigest() == vector["hash"]


def test_a_fact_is_chained_to_the_one_before() -> None:
    device = a_device()

    first = device.opening(Place(JOURNAL, JOURNAL, JOURNAL), AT)
    second = device.fact("drawer.opened", {"reason": "change"}, AT + 5)

    assert json.loads(first)["prev"] == FIRST_PREV
    assert json.loads(second)["prev"] == hashlib.sha256(first).hexdigest()
    assert [json.loads(first)["seq"], json.loads(second)["seq"]] == [1, 2]
    assert json.loads(first)["body"]["public_key"] == device.public_key


def test_a_clock_that_goes_back_is_moved_on_and_flagged() -> None:
    device = a_device()
    device.fact("drawer.opened", {}, AT)

    late = json.loads(device.fact("drawer.opened", {}, AT - 60_000))

    assert (late["at"], late["flags"]) == (AT + 1000, ["clock_back"])


def test_a_head_is_signed_over_prefix_journal_seq_and_hash() -> None:
    device = a_device()
    facts = [device.fact("drawer.opened", {"n": n}, AT + n) for n in range(3)]

    body = json.loads(device.push_body(facts))

    head = body["head"]
    assert (head["seq"], head["hash"]) == (3, hashlib.sha256(facts[2]).hexdigest())
    message = b"mostrador-head-v1" + bytes.fromhex(JOURNAL.replace("-", "")) + (3).to_bytes(8, "big") + bytes.fromhex(head["hash"])
    verify(device, message, head["signature"])
    with pytest.raises(InvalidSignature):
        verify(device, message[:-1] + b"x", head["signature"])


def test_the_vectors_signature_verifies_by_the_same_formula() -> None:
    for vector in VECTORS:
        fact = vector["fact"]
        message = (
            b"mostrador-head-v1"
            + bytes.fromhex(fact["journal"].replace("-", ""))
            + fact["seq"].to_bytes(8, "big")
            + bytes.fromhex(vector["hash"])
        )
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpadded(vector["public_key"]))
        signature = unpadded(vector["signature"])
        der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
        point.verify(der, message, ec.ECDSA(hashes.SHA256()))


def test_a_push_carries_the_facts_bytes_untouched() -> None:
    device = a_device()
    fact = device.fact("drawer.opened", {"reason": "ñ á € <script>"}, AT)

    assert b'"facts":[' + fact + b"]" in device.push_body([fact])


def test_an_empty_push_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one fact"):
        a_device().push_body([])


def test_an_annex_travels_beside_the_fact_that_holds_its_salted_hash() -> None:
    device = a_device()
    annex = Annex(id=uuid7(AT, b"annex-----"), fact=uuid7(AT, b"fact------"), salt=bytes(16), text="Molido grueso")

    fact = json.loads(device.fact("cash.moved", {}, AT, annexes=[annex]))

    assert fact["id"] == annex.fact
    assert fact["annexes"] == [{"id": annex.id, "hash": hashlib.sha256(bytes(16) + b"Molido grueso").hexdigest()}]
    assert "Molido" not in json.dumps(fact)


def test_the_same_seed_makes_the_same_facts() -> None:
    one, other = a_device("a"), a_device("a")

    assert one.fact("drawer.opened", {}, AT) == other.fact("drawer.opened", {}, AT)
    assert a_device("b").fact("drawer.opened", {}, AT) != one.fact("drawer.opened", {}, AT)


def test_an_id_holds_its_moment_version_and_variant() -> None:
    made = named_id(AT, "sale", "1")

    assert int(made.replace("-", "")[:12], 16) == AT
    assert (made[14], made[19] in "89ab") == ("7", True)


def verify(device: Device, message: bytes, signature: str) -> None:
    raw = unpadded(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpadded(device.public_key))
    point.verify(der, message, ec.ECDSA(hashes.SHA256()))


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
