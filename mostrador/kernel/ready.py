"""Reads that are asked at every turn: built and compiled by Django once for each shape of what they are given, then only asked (docs/adr/0033).

To build a queryset and make its text takes ten times as long as SQLite takes to answer it. `@ready` over a function that returns a
queryset of tenant rows makes it a function that returns the rows:

    @ready
    def _paid(orders: Iterable[uuid.UUID]) -> Any:
        return OrderPayment.objects.filter(order_id__in=orders).values_list("order_id").annotate(total=Sum("amount")).order_by()

The function is called with stand-ins in place of what it is given, and of the business in scope. So all that changes must be given to it (ids,
lists of ids, instants, texts, whole numbers), it may look at nothing of that but whether it is None, and must put each whole into the statement:
what cannot be found there again, and an instant that was not given, raise. A list that is empty finds nothing, whatever else is asked.
"""

import copy
import datetime as dt
import functools
import uuid
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from mostrador.kernel import clock, sql
from mostrador.kernel.scoping import across_reason, current_organization, scope

# Longer lists are rare and would each be a text of their own: Django makes those.
LONGEST = 512
_BUSINESS = uuid.UUID(int=0xFEEDFACE << 96)
_FIRST_MS = 7_000_000_000_000

type Shape = tuple[type | int, ...]


class _Made(NamedTuple):
    """A text, and where its values come from: `places` holds for each value its place among all that is given, or what it always is."""

    queryset: Any
    compiler: Any
    text: str
    places: tuple[tuple[int, Any], ...]


def ready[**P](build: Callable[P, Any]) -> Callable[P, list[Any]]:
    """Make of a function that returns a queryset one that returns its rows."""
    made: dict[tuple[str, Shape], _Made] = {}

    @functools.wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[Any]:
        assert not kwargs, "what is ready is given its values by place"
        given = [_plain(value) for value in args]
        if any(value == () for value in given):
            return []
        if across_reason() or any(isinstance(value, tuple) and len(value) > LONGEST for value in given):
            return list(build(*given))  # type: ignore[call-arg]  # the same, as tuples
        vendor, shape = connections[DEFAULT_DB_ALIAS].vendor, tuple(_shape(value) for value in given)
        found = made.get((vendor, shape))
        if found is None:
            found = made[vendor, shape] = _make(build, vendor, shape)
        return _asked(found, vendor, given)

    return ask


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, uuid.UUID | dt.datetime | str | int) else tuple(value)


def _shape(value: Any) -> type | int:
    """A list's shape is its length, rounded up so that there are few of them; anything else's is its type."""
    return _rounded(len(value)) if isinstance(value, tuple) else type(value)


def _rounded(length: int) -> int:
    return 1 << (length - 1).bit_length()


def _stand_in(shape: type | int, n: int) -> Any:
    if shape is type(None):
        return None
    if isinstance(shape, int):
        return [uuid.UUID(int=_BUSINESS.int + (n << 32) + k + 1) for k in range(shape)]
    stand_ins = {uuid.UUID: uuid.UUID(int=_BUSINESS.int + (n << 32)), dt.datetime: clock.from_ms(_FIRST_MS + n), str: f"\ue000{n}\ue000"}
    return stand_ins.get(shape, 1_987_654_000 + n)


def _make(build: Callable[..., Any], vendor: str, shape: Shape) -> _Made:
    given = [_stand_in(one, n) for n, one in enumerate(shape, 1)]
    with scope(_BUSINESS):
        queryset = build(*given)
    assert not queryset._prefetch_related_lookups, f"{build.__qualname__}: what is prefetched is asked each time"
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    text, values = compiler.as_sql()
    stands = {value: n for n, value in enumerate(_values(vendor, _BUSINESS, given))}
    places = tuple((stands.get(value, -1) if value.__hash__ else -1, value) for value in values)
    lost = set(range(len(stands))) - {n for n, _ in places}
    if lost or any(n < 0 and isinstance(value, int) and value > _FIRST_MS // 7 for n, value in places):
        raise TypeError(
            f"{build.__qualname__}: something given is not in the statement as it is, or the statement has an instant of its own"
        )
    return _Made(queryset, compiler, text, places)


def _values(vendor: str, business: uuid.UUID, given: Iterable[Any]) -> list[Any]:
    """All that is given as the engine is told it, one after the other, the business first; a list is filled up with its last."""
    found = [sql.raw_id(vendor, business)]
    for value in given:
        if isinstance(value, list | tuple):
            some = [sql.raw_id(vendor, one) for one in value]
            found += some + some[-1:] * (_rounded(len(some)) - len(some))
        elif isinstance(value, uuid.UUID):
            found.append(sql.raw_id(vendor, value))
        elif value is not None:
            found.append(clock.to_ms(value) if isinstance(value, dt.datetime) else value)
    return found


def _asked(made: _Made, vendor: str, given: list[Any]) -> list[Any]:
    values = _values(vendor, current_organization(), given)
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(made.text, [values[n] if n >= 0 else value for n, value in made.places])
        rows = cursor.fetchall()
    compiler = copy.copy(made.compiler)
    compiler.connection = connection  # each thread has its own
    compiler.execute_sql = lambda *_, **__: [rows]
    return list(made.queryset._iterable_class(_Answered(made.queryset, compiler)))


class _Answered:
    """A queryset whose rows are there: what Django's iterables ask of one, to make of them what the caller wants."""

    def __init__(self, queryset: Any, compiler: Any) -> None:
        self._queryset, self._compiler, self.query = queryset, compiler, self

    def get_compiler(self, *_: object, **__: object) -> Any:
        """The one that made the text, with the rows."""
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queryset, name)
