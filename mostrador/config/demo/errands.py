"""What people come for: a believable basket from a seed. No clock, no database; random numbers are whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from mostrador.config.demo.shop import Shop, Ware

FAVOURITE_WEIGHT = 9
PIECES = (1, 1, 1, 1, 1, 1, 1, 2, 2, 3)
GRAMS = range(120, 1_250, 5)


@dataclass(frozen=True, slots=True)
class Wish:
    """A line to be: a ware and how many thousandths of its unit."""

    ware: Ware
    quantity: int


@dataclass(frozen=True, slots=True)
class Shelves:
    """A shop's wares by category with how often each is asked for."""

    by_category: Mapping[str, tuple[Sequence[Ware], Sequence[int]]]
    errands: Sequence[Mapping[str, Any]]


def shelves_of(shop: Shop, rng: Random) -> Shelves:
    """Sort wares by category. Some are asked for more often than others, always the same ones for a seed; favourites most."""
    found: dict[str, tuple[list[Ware], list[int]]] = {}
    for ware in shop.wares:
        wares, weights = found.setdefault(ware.category, ([], []))
        wares.append(ware)
        weights.append(rng.randint(1, 4) + (FAVOURITE_WEIGHT if ware.favourite else 0))
    return Shelves(found, shop.rows("errands"))


def errand(shelves: Shelves, rng: Random) -> list[Wish]:
    """Return what one visit takes: at least one line, no ware twice, in the order in which it is put on the counter."""
    kind = rng.choices(shelves.errands, [row["weight"] for row in shelves.errands])[0]
    least, most = kind["lines"]
    wanted = rng.randint(least, most)
    names, weights = zip(*kind["categories"], strict=True)
    taken: dict[str, Wish] = {}
    for _ in range(wanted * 3):
        if len(taken) == wanted:
            break
        wares, asked = shelves.by_category[rng.choices(names, weights)[0]]
        ware = rng.choices(wares, asked)[0]
        taken.setdefault(ware.sku, Wish(ware, quantity_of(ware, rng)))
    return list(taken.values())


def quantity_of(ware: Ware, rng: Random) -> int:
    """Return how much of a ware: grams on the scale, or a few pieces; of what is dear, one."""
    if ware.by == "weight":
        return rng.choice(GRAMS)
    return 1000 * (1 if ware.price > 1_500_000 else rng.choice(PIECES))


def moments_of_day(rhythm: Mapping[str, Any], count: int, rng: Random) -> list[int]:
    """Return when `count` visits begin: seconds since midnight, rising, more of them in the hours that weigh more."""
    hours = range(rhythm["first_hour"], rhythm["first_hour"] + len(rhythm["hours"]))
    return sorted(hour * 3600 + rng.randrange(3600) for hour in rng.choices(hours, rhythm["hours"], k=count))
