"""What came back of each ticket, to the cent (docs/algorithms/returns.md), and what came back too often (ruling 27)."""

from collections import defaultdict
from typing import Any

from tests.histories.model.facts import Fact, Ledger

type Json = dict[str, Any]


class Returns(Ledger):
    """Sales, their returns in any order, and the exchanges of each visit."""

    def __init__(self) -> None:
        super().__init__()
        self._sales: dict[str, Json] = {}
        self._returns: dict[str, list[Json]] = defaultdict(list)
        self._exchanged: dict[str, int] = defaultdict(int)

    def take(self, fact: Fact) -> None:
        body = fact.body
        if fact.kind == "sale.recorded":
            self._sales[body["sale"]] = body
            self._exchanged[fact.visit] += _by_exchange(body["basket"]["payments"])
        elif fact.kind == "return.recorded":
            self._exchanged[fact.visit] -= _by_exchange(body["document"].get("refunds") or [])
            if body["sale"] is not None:
                self._returns[body["sale"]["id"]].append(body)

    def of(self, sale: str) -> set[str]:
        """Return the returns of a ticket that counted."""
        return {body["return"] for body in self._returns[sale]}

    def expected(self) -> Json:
        for sale, returns in self._returns.items():
            if sale in self._sales:
                self._look(self._sales[sale], returns)
        return {}

    def _look(self, sale: Json, returns: list[Json]) -> None:
        """Each return gives round(X · k / Q) less what the earlier ones that it knew of gave."""
        known = {body["return"]: body for body in returns}
        for body in returns:
            earlier = [known[name] for name in body["knew"] if name in known]
            if len(earlier) != len(body["knew"]):
                continue  # one of them was refused: nobody can follow
            for line, total in zip(body["document"]["lines"], body["totals"]["lines"], strict=True):
                quantity, gross = _back(earlier, line["line"])
                sold, whole = sale["basket"]["lines"][line["line"]], sale["totals"]["lines"][line["line"]]["gross"]
                due = _rounded(whole * (quantity + line["quantity"]), sold["quantity"]) - gross
                if total["gross"] != due:
                    self.faults.append(f"return {body['return']}: line {line['line']} gives {total['gross']}, not {due}")
                if _components(line.get("components", ())) != _share(sold, quantity, line["quantity"]):
                    self.faults.append(f"return {body['return']}: line {line['line']} brings {line.get('components')} back")

    def overdrafts(self) -> Json:
        over = [sale for sale, returns in self._returns.items() if sale in self._sales and _is_over(self._sales[sale], returns)]
        return {"over": sorted(over), "exchange": sorted(visit for visit, amount in self._exchanged.items() if amount), "other": []}


def _by_exchange(rows: list[Json]) -> int:
    return sum(row["amount"] for row in rows if row["method"] == "exchange")


def _back(returns: list[Json], place: int) -> tuple[int, int]:
    """How much of a line some returns took back, and what they gave for it."""
    found = [
        (line["quantity"], total["gross"])
        for body in returns
        for line, total in zip(body["document"]["lines"], body["totals"]["lines"], strict=True)
        if line["line"] == place
    ]
    return sum(quantity for quantity, _ in found), sum(gross for _, gross in found)


def _is_over(sale: Json, returns: list[Json]) -> bool:
    """Whether more came back of any line than was sold, in goods or in money."""
    for place, (line, total) in enumerate(zip(sale["basket"]["lines"], sale["totals"]["lines"], strict=True)):
        quantity, gross = _back(returns, place)
        if quantity > line["quantity"] or gross > max(0, total["gross"]):
            return True
    return False


def _components(rows: Any) -> list[tuple[str, int]]:
    return [(row["product_id"], row["quantity"]) for row in rows]


def _share(sold: Json, before: int, quantity: int) -> list[tuple[str, int]]:
    """What of a kit comes back with so much of its line: the share up to here less the share before."""
    found = [
        (
            row["product_id"],
            _rounded(row["quantity"] * (before + quantity), sold["quantity"]) - _rounded(row["quantity"] * before, sold["quantity"]),
        )
        for row in sold.get("components", ())
    ]
    return [(product, share) for product, share in found if share > 0]


def _rounded(numerator: int, denominator: int) -> int:
    """Divide, half away from zero; both are above nothing here."""
    return (2 * numerator + denominator) // (2 * denominator)
