"""Plots as plain geometry: whole numbers for the attributes of an SVG, so that a page needs neither script nor style to draw them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from mostrador.catalogue.queries import PriceStep
from mostrador.counter.days import Hour

WIDTH, HEIGHT, RIGHT, BOTTOM, TOP = 700, 244, 42, 36, 20


@dataclass(frozen=True, slots=True)
class Bar:
    """An hour: its bar, the band of the usual range behind it (or None), its label; `is_now`: still going on."""

    x: int
    y: int
    width: int
    height: int
    band: tuple[int, int, int, int] | None
    middle: int
    label: int
    helped: int
    is_now: bool


@dataclass(frozen=True, slots=True)
class HourPlot:
    """Bars by hour with the lines of the scale: [(y, value)]."""

    bars: tuple[Bar, ...]
    lines: tuple[tuple[int, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def by_hour(hours: Sequence[Hour], now: int | None) -> HourPlot:
    """Return the plot of people helped by hour. `now`: the hour that is going on, or None on another day."""
    top = max([1, *(hour.helped for hour in hours), *(hour.usual[1] for hour in hours if hour.usual)])
    step = next(step for step in (1, 2, 4, 5, 10, 20, 25, 50, 100, 250, 500, 1000, 5000, 10**6) if step * 4 >= top)
    base, room = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP

    def y(value: int) -> int:
        return base - value * room // (4 * step)

    slot = (WIDTH - RIGHT) // max(1, len(hours))
    bars = []
    for n, hour in enumerate(hours):
        left, wide, narrow = n * slot, max(6, slot - 6), min(14, max(4, slot // 3))
        band = None
        if hour.usual:
            low, high = hour.usual
            band = (left + 3, y(high), wide, max(3, y(low) - y(high)))
        middle = left + 3 + wide // 2
        bars.append(
            Bar(middle - narrow // 2, y(hour.helped), narrow, base - y(hour.helped), band, middle, hour.hour, hour.helped, hour.hour == now)
        )
    return HourPlot(tuple(bars), tuple((y(k * step), k * step) for k in range(5)))


@dataclass(frozen=True, slots=True)
class PricePlot:
    """A price over time: the path so far, the path still to come, where now is, and the texts of the lowest and highest price."""

    path: str
    future: str
    now: int
    lowest: int
    highest: int
    first: dt.datetime
    last: dt.datetime
    y_lowest: int
    y_highest: int
    band: int = 0
    width: int = 392
    height: int = 96

    @property
    def band_width(self) -> int:
        """How wide the 30 days before now stand."""
        return self.now - self.band

    @property
    def middle(self) -> int:
        """Where the word under the 30 days stands: never over the dates at the ends."""
        return max(self.width // 2, self.band + self.band_width // 2) if self.band < self.width // 2 else self.width // 2


def of_prices(steps: Sequence[PriceStep], now: dt.datetime) -> PricePlot | None:
    """Return the plot of a price's history with 60 days at least, or None where no price was ever set."""
    priced = [(step.since, step.price) for step in steps if step.price is not None]
    if not priced:
        return None
    begin = min(priced[0][0], now - dt.timedelta(days=60))
    end = max(priced[-1][0] + dt.timedelta(days=14) if priced[-1][0] > now else now, now)
    low, high = min(price for _, price in priced), max(price for _, price in priced)
    width, height, margin = 392, 96, 14

    def x(when: dt.datetime) -> int:
        return int((when - begin) / dt.timedelta(seconds=1) * width / max(1, int((end - begin).total_seconds())))

    def y(price: int) -> int:
        return height // 2 if high == low else height - margin - (price - low) * (height - 2 * margin) // (high - low)

    past = [point for point in priced if point[0] <= now]
    coming = [point for point in priced if point[0] > now]
    path = _steps([(x(when), y(price)) for when, price in past], x(now))
    start = past[-1][1] if past else coming[0][1]
    future = _steps([(x(now), y(start)), *((x(when), y(price)) for when, price in coming)], width) if coming else ""
    return PricePlot(path, future, x(now), low, high, begin, end, y(low), y(high), max(0, x(now - dt.timedelta(days=30))))


def _steps(points: list[tuple[int, int]], until: int) -> str:
    """A path of right angles through points, on to `until`."""
    if not points:
        return ""
    text = f"M{points[0][0]} {points[0][1]}"
    for x, y in points[1:]:
        text += f"H{x}V{y}"
    return f"{text}H{until}"
