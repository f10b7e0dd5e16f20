"""The contract in three forms: JSON Schema, the types of the intake, golden vectors. They draw the same border."""

import copy
import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError, validators

from mostrador.sync import contract, signing
from mostrador.sync.content import read
from mostrador.sync.device import canonical
from tests.sync.shop import Json

ROOT = Path(__file__).resolve().parents[2]
VECTORS = sorted((ROOT / "vectors/facts").glob("*.json"))
KINDS = sorted(f"{kind}.v{version}" for kind, version in contract.BODIES)
# One of each kind, and what is an example of more: `sale.recorded.v1.vouchers`.
NAMES = sorted(path.stem for path in VECTORS)
# What the schema leaves to the engine of prices: tests/pricing compare those documents with their own schemas.
NOT_OURS = {"basket", "totals"}


def vector(name: str) -> Json:
    """The golden vector of a name: a kind, or an example of more."""
    found: Json = json.loads((ROOT / f"vectors/facts/{name}.json").read_bytes())
    return found


def kind_of(name: str) -> str:
    """The kind that a vector is of."""
    return next(kind for kind in KINDS if name == kind or name.startswith(f"{kind}."))


def pattern(_: object, wanted: str, instance: object, __: object) -> Iterator[ValidationError]:
    """JSON Schema's patterns are ECMAScript's, where `$` is the very end; Python's would let a line feed follow."""
    if isinstance(instance, str) and not re.search(f"{wanted.removesuffix('$')}\\Z", instance):
        yield ValidationError(f"{instance!r} does not match {wanted!r}")


Validator = validators.extend(Draft202012Validator, {"pattern": pattern})


def schema_of(kind: str) -> Any:
    """The schema of a kind."""
    document = json.loads((ROOT / f"contracts/facts/{kind}.schema.json").read_bytes())
    Draft202012Validator.check_schema(document)
    return Validator(document)


def is_taken(document: object) -> bool:
    """Whether the intake's types take a fact."""
    try:
        return read(canonical(document), uuid.UUID(int=0)).fault is None
    except msgspec.DecodeError:
        return False


def test_every_kind_has_its_schema_its_example_and_its_vector() -> None:
    assert sorted({kind_of(name) for name in NAMES}) == sorted(set(NAMES) & set(KINDS)) == KINDS
    assert sorted(path.name.removesuffix(".schema.json") for path in (ROOT / "contracts/facts").glob("*.json")) == KINDS
    assert sorted(path.stem for path in (ROOT / "contracts/examples/facts").glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_vectors_bytes_are_what_the_canonical_form_makes_of_its_fact(name: str) -> None:
    golden = vector(name)

    assert canonical(golden["fact"]) == golden["bytes"].encode()
    assert contract.is_canonical(golden["bytes"].encode())


@pytest.mark.parametrize("name", NAMES)
def test_a_vectors_hash_is_that_of_its_bytes(name: str) -> None:
    golden = vector(name)

    assert hashlib.sha256(golden["bytes"].encode()).hexdigest() == golden["hash"]


@pytest.mark.parametrize("name", NAMES)
def test_a_vectors_signature_holds_over_its_head_and_over_no_other(name: str) -> None:
    golden = vector(name)
    key, signature = signing.from_text(golden["public_key"]), signing.from_text(golden["signature"])
    journal, seq, digest = uuid.UUID(golden["fact"]["journal"]), golden["fact"]["seq"], bytes.fromhex(golden["hash"])

    assert signing.verifies(key, journal, seq, digest, signature)
    assert not signing.verifies(key, journal, seq + 1, digest, signature)
    assert not signing.verifies(key, uuid.UUID(int=journal.int ^ 1), seq, digest, signature)
    assert not signing.verifies(key, journal, seq, digest[::-1], signature)
    assert not signing.verifies(key, journal, seq, digest, signature[32:] + signature[:32])


def test_the_vectors_are_one_chain() -> None:
    golden = sorted((vector(name) for name in NAMES), key=lambda one: int(one["fact"]["seq"]))

    assert [one["fact"]["seq"] for one in golden] == list(range(1, 1 + len(NAMES)))
    assert [one["fact"]["prev"] for one in golden] == ["0" * 64, *(one["hash"] for one in golden[:-1])]


@pytest.mark.parametrize("name", NAMES)
def test_a_vectors_annexes_have_the_hashes_that_its_fact_names(name: str) -> None:
    golden = vector(name)

    named = {annex["id"]: annex["hash"] for annex in golden["fact"].get("annexes", ())}
    assert {annex["id"]: signing.annex_hash(annex["salt"], annex["text"]) for annex in golden["annexes"]} == named


@pytest.mark.parametrize("name", NAMES)
def test_schema_and_types_take_the_example(name: str) -> None:
    example = json.loads((ROOT / f"contracts/examples/facts/{name}.json").read_bytes())["fact"]

    assert list(schema_of(kind_of(name)).iter_errors(example)) == []
    assert is_taken(example)


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place inside a document that the facts' own schemas describe."""
    if path:
        yield path
    if path and path[-1] in NOT_OURS:
        return
    pairs: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        yield from places(inner, (*path, name))


def changed(document: Json, path: tuple[str | int, ...], value: object) -> Json:
    """A copy with another value at a place; `...` takes the place away."""
    made = copy.deepcopy(document)
    inner: Any = made
    for name in path[:-1]:
        inner = inner[name]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return made


OTHERS: list[object] = [
    ...,
    None,
    True,
    0,
    1,
    -1,
    2**31,
    2**53,
    2**60,
    1.5,
    "",
    "x",
    "x\n",
    "x" * 300,
    "2025-11-25\n",
    [],
    {},
    [None],
    {"extra": 1},
]


def mutants(example: Json) -> Iterator[tuple[tuple[str | int, ...], object, Json]]:
    """The example with each property taken away, of every other type, at the edges of its range, and with one too many."""
    for path in places(example):
        yield from ((path, other, changed(example, path, other)) for other in OTHERS)
        value: Any = example
        for name in path:
            value = value[name]
        if isinstance(value, dict) and path[-1] not in NOT_OURS:
            yield path, "extra", changed(example, (*path, "extra"), 1)
        if isinstance(value, str):
            yield path, "line feed", changed(example, path, f"{value}\n")
            yield path, "capitals", changed(example, path, value.upper())
    yield (), "extra", {**example, "extra": 1}


# The other examples of more hold together by their meaning, which no schema says.
@pytest.mark.parametrize("name", [*KINDS, "sale.recorded.v1.coupons"])
def test_schema_and_types_refuse_the_same_changes_of_the_example(name: str) -> None:
    example, validator = vector(name)["fact"], schema_of(kind_of(name))
    differ, count = [], 0

    for path, value, document in mutants(example):
        if path and path[-1] in NOT_OURS:
            continue
        count += 1
        if (said := validator.is_valid(document)) != is_taken(document):
            differ.append((path, value, f"schema says {said}"))

    assert differ == []
    assert count > 200


@pytest.mark.parametrize("date", ["2025-02-29", "2025-13-01", "0000-01-01", "2025-00-10"])
def test_a_date_that_is_in_no_calendar_is_refused_though_its_pattern_fits(date: str) -> None:
    fact = changed(vector("shift.opened.v1")["fact"], ("body", "business_date"), date)

    assert list(schema_of("shift.opened.v1").iter_errors(fact)) == []
    assert not is_taken(fact)


@pytest.mark.parametrize(
    "data, holds",
    [
        (b'{"a":1,"b":[true,null,"\xc3\xb1"]}', True),
        (b'{"b":1,"a":2}', False),
        (b'{"a":1,"a":1}', False),
        (b'{"a": 1}', False),
        (b'{"a":1}\n', False),
        (b'{"a":1.0}', False),
        (b'{"a":1e2}', False),
        (b'{"a":-0}', False),
        (b'{"a":01}', False),
        (b'{"a":"\\u001b"}', True),
        (b'{"a":"\\u001B"}', False),
        (b'{"a":"\\/"}', False),
        (b'{"a":"\\u00f1"}', False),
        (b'{"a":"\xff"}', False),
        (b'{"a":NaN}', False),
        (b"[" * 100_000, False),
        (b"", False),
    ],
)
def test_what_canonical_bytes_are(data: bytes, holds: bool) -> None:
    assert contract.is_canonical(data) is holds
