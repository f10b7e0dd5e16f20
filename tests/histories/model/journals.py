"""Which facts count: each journal is one chain, and what does not fit it counts nowhere until a person admits it (contracts/README.md, "Push")."""

import json
from typing import Any

from tests.histories.model.facts import Fact

type Json = dict[str, Any]
ZERO = "0" * 64


class Journals:
    """The chains as they arrived. `facts`: every fact that was ever sent, by id and by hash, whether it counts or not."""

    def __init__(self) -> None:
        self.heads: dict[str, tuple[int, str]] = {}
        self.broken: set[str] = set()
        self.by_id: dict[str, Fact] = {}
        self.by_hash: dict[str, Fact] = {}
        self.refused: dict[str, Fact] = {}
        self.dealt_with: set[str] = set()
        self.parked: dict[str, tuple[Fact, str]] = {}
        self.faults: list[str] = []
        self._places: dict[tuple[str, int], str] = {}

    def arrive(self, body: str) -> list[Fact]:
        """Take in a push; return the facts that count from now on, in the order of their chain."""
        push = json.loads(body)
        facts = sorted((Fact.of(document) for document in push["facts"]), key=lambda fact: fact.seq)
        for fact in facts:
            self.by_id[fact.id] = self.by_hash[fact.hash] = fact
        journal = push["journal"]
        self.heads.setdefault(journal, (0, ZERO))
        known, fresh = self._known(journal, facts)
        for fact in known:
            if self._places[journal, fact.seq] != fact.hash:
                self._refuse(fact)
        return [fact for fact in fresh if self._counts(fact)]

    def _known(self, journal: str, facts: list[Fact]) -> tuple[list[Fact], list[Fact]]:
        head = self.heads[journal][0]
        return [fact for fact in facts if fact.seq <= head], [fact for fact in facts if fact.seq > head]

    def _counts(self, fact: Fact) -> bool:
        seq, digest = self.heads[fact.journal]
        if fact.seq > seq + 1 and fact.journal not in self.broken:
            self.faults.append(f"a till left a gap before {fact.kind} {fact.seq}")
        if fact.journal in self.broken or fact.prev != digest or fact.seq != seq + 1:
            self._refuse(fact)
            return False
        self.heads[fact.journal] = fact.seq, fact.hash
        self._places[fact.journal, fact.seq] = fact.hash
        return True

    def _refuse(self, fact: Fact) -> None:
        self.broken.add(fact.journal)
        self.refused[fact.hash] = fact

    def admit(self, digest: str) -> Fact:
        """A person lets in what fitted no chain."""
        return self._deal_with(self.refused[digest])

    def leave(self, digest: str) -> Fact:
        """A person leaves on record what was refused or parked."""
        return self._deal_with(self.by_hash[digest])

    def park(self, fact: Fact, reason: str) -> None:
        """It is in its chain, and counts nowhere until a person has looked."""
        self.parked[fact.hash] = fact, reason

    def _deal_with(self, fact: Fact) -> Fact:
        if fact.hash in self.dealt_with:
            self.faults.append(f"dealt with twice: {fact.id}")
        self.dealt_with.add(fact.hash)
        return fact

    def waiting(self) -> list[Fact]:
        """Return what counts nowhere."""
        kept = [*self.refused.values(), *(fact for fact, _ in self.parked.values())]
        return [fact for fact in kept if fact.hash not in self.dealt_with]

    def before(self, fact: Fact) -> list[Fact]:
        """Return the chain that leads to a fact, as the till that wrote it had it: oldest first."""
        chain = []
        step = self.by_hash.get(fact.prev)
        while step is not None:
            chain.append(step)
            step = self.by_hash.get(step.prev)
        return chain[::-1]

    def expected(self) -> Json:
        """How far each journal has come, with its head; what fits none; what is parked; and that nothing waits beyond a gap."""
        heads = {journal: [seq, digest, journal in self.broken] for journal, (seq, digest) in self.heads.items()}
        evidence = sorted([fact.journal, digest] for digest, fact in self.refused.items())
        parked = sorted([fact.journal, fact.seq, reason] for fact, reason in self.parked.values())
        return {"heads": heads, "evidence": evidence, "parked": parked, "early": 0}
