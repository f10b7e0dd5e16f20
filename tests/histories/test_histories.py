"""The net itself: the model stands on its own, and what is wrong is caught. The histories are played by `make test` and `make histories`."""

import ast
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.histories.bugs import QUICK, Bug
from tests.histories.catching import Net, net
from tests.histories.model import Model
from tests.histories.run import Failure
from tests.histories.shrink import smallest

MODEL = Path(__file__).with_name("model")
VISIT = {"id": "v", "opened_at": 1}


@pytest.fixture(scope="module")
def held() -> Iterator[Net]:
    with net() as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("bug", QUICK, ids=lambda bug: bug.name)
def test_a_seeded_bug_is_caught(held: Net, bug: Bug) -> None:
    histories, failure = held.caught(bug)

    assert failure is not None, f"{histories} histories hold with it"


def test_at_least_ten_bugs_are_seeded_on_both_sides() -> None:
    assert len(QUICK) >= 10
    assert {bug.is_of_till for bug in QUICK} == {True, False}


def test_the_model_knows_nothing_of_the_code() -> None:
    imported = set[str]()
    for file in sorted(MODEL.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(str(node.module))

    assert {name for name in imported if not name.startswith("tests.histories.model")} == {
        "collections", "collections.abc", "dataclasses", "datetime", "fractions", "hashlib", "json", "math", "typing",
    }  # fmt: skip


class Chain:
    """A journal in the making."""

    def __init__(self) -> None:
        self.facts: list[dict[str, Any]] = []

    def write(self, kind: str, body: dict[str, Any]) -> "Chain":
        prev = "0" * 64 if not self.facts else hash_of(self.facts[-1])
        seq = len(self.facts) + 1
        self.facts.append(
            {"id": f"{kind}{seq}", "journal": "j", "seq": seq, "prev": prev, "kind": kind, "at": 0, "body": body, "visit": VISIT}
        )
        return self

    def push(self, first: int = 0) -> dict[str, Any]:
        return {"event": "push", "now": 0, "status": 200, "body": json.dumps({"journal": "j", "facts": self.facts[first:]})}


def hash_of(fact: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fact, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def moved(amount: int) -> dict[str, Any]:
    return {"shift": "s", "direction": "in", "amount": amount, "approvals": []}


def test_what_arrives_twice_counts_once() -> None:
    model, chain = Model(), Chain().write("shift.opened", {"shift": "s", "float": 100}).write("cash.moved", moved(7))

    model.hear(chain.push())
    model.hear(chain.push(1))

    assert model.expected()["shifts"]["cash"] == {"s": 107}
    assert model.expected()["journals"]["evidence"] == []


def test_what_fits_no_chain_counts_when_somebody_lets_it_in() -> None:
    model, chain = Model(), Chain().write("shift.opened", {"shift": "s", "float": 100}).write("cash.moved", moved(7))
    model.hear(chain.push())
    other = Chain()
    other.facts = chain.facts[:1]
    other.write("cash.moved", moved(5))

    model.hear(other.push(1))
    before = model.expected()["shifts"]["cash"]
    model.hear({"event": "office", "what": "admit", "admitted": [hash_of(other.facts[-1])], "left": []})

    assert (before, model.expected()["shifts"]["cash"]) == ({"s": 107}, {"s": 112})
    assert model.expected()["journals"]["heads"] == {"j": [2, hash_of(chain.facts[-1]), True]}


def test_a_push_that_the_server_did_not_take_says_nothing() -> None:
    model, chain = Model(), Chain().write("shift.opened", {"shift": "s", "float": 100})

    model.hear({**chain.push(), "status": 503})

    assert model.expected()["journals"]["heads"] == {}


def plan(*acts: str) -> dict[str, Any]:
    return {"inContact": False, "isAdmitted": True, "steps": [{"act": act, "till": 0, "dice": 1} for act in acts]}


def test_a_history_that_does_not_hold_is_made_as_short_as_can_be() -> None:
    tried = 0

    def play(plans: list[dict[str, Any]]) -> Failure | None:
        nonlocal tried
        tried += 1
        acts = [step["act"] for one in plans for step in one["steps"]]
        return Failure(1, plans, acts, ["wrong"]) if {"sell", "cut"} <= set(acts) else None

    before = [plan(*(["sync", "work"] * 8)), plan("wait", "sell", "sync"), plan(*(["meet"] * 9)), plan("heal", "cut", "sync")]
    found = smallest(Failure(1, before, [], ["wrong"]), play)

    assert [[step["act"] for step in one["steps"]] for one in found.plans] == [["sell"], ["cut"]]
    assert tried < 30
