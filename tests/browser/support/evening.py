"""The end of the day on a floor: each drawer is counted blindly, each shift is closed, and all that was sold for cash agrees on both sides."""

from dataclasses import dataclass

from tests.browser.support.floor import Floor
from tests.browser.support.till import Till

FLOAT = 100_00
TOMATOES = 40_000


@dataclass(frozen=True, slots=True)
class Day:
    """The first shift of a till, begun with FLOAT: how many tickets of its series it sold for exact cash, and what they come to."""

    till: Till
    series: str
    tickets: int
    gross: int

    @property
    def cash(self) -> int:
        """What must lie in the drawer."""
        return FLOAT + self.gross


def shelf(*, coffee: int, cappuccino: int, water: int) -> dict[str, int]:
    """The stock of the store, thousandths, for so many pieces of what is sold by the piece."""
    pieces = {"Agua de manantial": water, "Café de olla molido": coffee, "Capuchino": cappuccino}
    return {**{name: count * 1000 for name, count in pieces.items()}, "Jitomate saladet": TOMATOES}


def close(day: Day) -> None:
    """Count blindly what must be there, and close the shift."""
    day.till.close_shift(cash=day.cash, others={}, total=f"${day.cash // 100:,}.{day.cash % 100:02}")


def close_and_agree(floor: Floor, *days: Day, stock: dict[str, int]) -> None:
    """Close each shift, send all of it, and see that everything agrees."""
    for day in days:
        close(day)
    for day in days:
        day.till.all_sent()
    agree(floor, *days, stock=stock)


def agree(floor: Floor, *days: Day, stock: dict[str, int]) -> None:
    """These tickets once and no others, to the cent and the piece; every fact in its place; and neither `verify` nor `doctor` finds a thing."""
    assert floor.books.tickets() == {day.series: list(range(1, day.tickets + 1)) for day in days}
    for day in days:
        cash_agrees(floor, day)
        floor.holds_all_of(day.till)
    floor.settled(lambda books: books.work(), 0)
    assert floor.books.stock() == stock
    floor.everything_holds()


def cash_agrees(floor: Floor, day: Day) -> None:
    """What the till expected, what was counted and what the server has received of the shift: one figure."""
    z, received = floor.books.closing(day.series), floor.books.totals(day.series)
    assert z["expected"] == z["counted"] == [["cash", day.cash]]
    assert z["difference"] == [["cash", 0]]
    assert (z["z"], z["perpetual"]) == (1, day.gross)
    assert received["float"] + received["pay:cash"] == day.cash
    assert (received["sales"], received["gross"]) == (z["figures"]["sales"], z["figures"]["gross"]) == (day.tickets, day.gross)
