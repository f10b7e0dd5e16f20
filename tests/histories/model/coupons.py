"""Single-use codes (contracts/README.md, "Single-use coupons"; docs/adr/0034): kept for one ticket, used by one, free again when all of it came back."""

from collections import defaultdict
from typing import Any

from tests.histories.model.facts import Fact, Ledger

type Json = dict[str, Any]
KEPT_MS = 600_000


def used(fact: Fact) -> list[str]:
    """Return the codes that a fact says lowered its ticket."""
    return [one["id"] for one in fact.body.get("coupons", ())] if fact.kind == "sale.recorded" else []


class Coupons(Ledger):
    """Every code with the tickets that used it, and what the server had to answer whenever a till asked for one.

    `unasked`: those that a till took while it could ask nobody, or whose ticket came when nobody had to keep it any more.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unasked: set[str] = set()
        self.by_office: set[str] = set()
        self._until: dict[str, int | None] = {}
        self._void: set[str] = set()
        self._uses: dict[str, list[str]] = defaultdict(list)
        self._left: dict[str, dict[int, int]] = {}
        self._back: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._kept: dict[str, dict[str, int]] = defaultdict(dict)

    def take(self, fact: Fact) -> None:
        body = fact.body
        if fact.kind == "sale.recorded":
            self._left[body["sale"]] = {place: line["quantity"] for place, line in enumerate(body["basket"]["lines"])}
            for one in used(fact):
                self._uses[one].append(body["sale"])
            self._look(fact)
        elif fact.kind == "return.recorded" and body["sale"] is not None:
            for line in body["document"]["lines"]:
                self._back[body["sale"]["id"]][line["line"]] += line["quantity"]

    def _look(self, fact: Fact) -> None:
        """A sale names a code once, and one of each promotion, which lowered it."""
        named = fact.body.get("coupons", ())
        lowered = {one["id"] for one in fact.body["basket"].get("promotions", ())}
        versions = [one["promotion"] for one in named]
        if len(set(used(fact))) != len(named) or len(set(versions)) != len(named) or not set(versions) <= lowered:
            self.faults.append(f"sale {fact.id} names the codes {named}")

    def office(self, what: str, told: Json) -> None:
        if what == "coupons":
            self._until |= {one["id"]: one["until"] for one in told["codes"]}
        elif what == "void":
            self._void_or_not(told["coupon"], void=told["void"], done=told["done"])

    def _void_or_not(self, code: str, *, void: bool, done: bool) -> None:
        """A code that a ticket used cannot be made void."""
        if done == (void and code not in self._void and bool(self._standing(code))):
            self.faults.append(f"the office made {code} {'void' if void else 'good'}: {done}")
        if done:
            (self._void.add if void else self._void.discard)(code)
            self.by_office.add(code)

    def _standing(self, code: str) -> list[str]:
        """The tickets that used a code and did not come back whole."""
        return [sale for sale in self._uses.get(code, ()) if not self._is_back(sale)]

    def _is_back(self, sale: str) -> bool:
        back = self._back.get(sale, {})
        return all(back.get(place, 0) >= quantity for place, quantity in self._left[sale].items())

    def _state(self, code: str, now: int) -> str:
        if self._standing(code):
            return "used"
        until = self._until[code]
        return "void" if code in self._void else "over" if until is not None and until <= now else "free"

    def asked(self, event: Json) -> None:
        """The server was asked to keep a code for a ticket, or to let go of it, and answered: of two tickets one has it."""
        wish, said, now = event["wish"], event["said"], event["now"]
        code, sale = said["coupon"]["id"], wish["sale"]
        kept = self._kept[code]
        kept.pop(sale, None)
        others = [one for one, until in kept.items() if until > now and one not in self._left]
        state = self._state(code, now)
        due = wish["keep"] and state == "free" and not others
        if due:
            kept[sale] = now + KEPT_MS
        if (said["coupon"]["state"], said["kept"]) != (state, due):
            self.faults.append(f"asked for {code}: {said['coupon']['state']}, kept {said['kept']}, and it is {state}, kept {due}")

    def expected(self) -> Json:
        found = {code: [self._state(code, 0), sorted(self._standing(code))] for code in self._until}
        return {"coupons": {code: said for code, said in found.items() if said[0] in {"used", "void"}}}

    def overdrafts(self) -> Json:
        twice = [f"{code} twice" for code in self._until if len(self._standing(code)) > 1]
        void = [f"{code} void" for code in self._void if len(self._standing(code)) == 1]
        return {"coupons": sorted([*twice, *void])}

    def to_take(self) -> set[str]:
        """Return the codes that tills may take without asking: of those that no sale has ever used; one whose time is over need not be told."""
        return {code for code in self._until if code not in self._void and not self._uses.get(code)}

    def may_be_over(self, code: str) -> bool:
        """Whether its time may be over."""
        return self._until.get(code) is not None
