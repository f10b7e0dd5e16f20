"""Buyers who are one person (contracts/README.md, "Buyers"; docs/adr/0035): for whom each id stands. Nothing that happened is written anew."""


class Joins:
    """Who is joined to whom by the last word about them: chains are allowed, rings are not."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}
        self.faults: list[str] = []

    def join(self, other: str, kept: str) -> None:
        """Take in that `other` counts for `kept`."""
        if other in self._kept or kept in self._kept or self.of(kept) == other:
            self.faults.append(f"the office joined {other} to {kept}, of whom one is joined")
        self._kept[other] = kept

    def separate(self, other: str) -> None:
        """Take in that they are two after all; who is joined to `other` goes with them."""
        self._kept.pop(other, None)

    def of(self, buyer: str) -> str:
        """Return for whom an id stands."""
        while buyer in self._kept:
            buyer = self._kept[buyer]
        return buyer
