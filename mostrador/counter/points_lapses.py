"""Points run out by the owner's rule. The worker looks once a day, and writes what ran out as rows: what should have, less what it wrote before.

So it may look as often as it likes, and a fact that comes late makes it write the difference (docs/adr/0032).
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from mostrador.buyers import joins
from mostrador.buyers import points as schemes
from mostrador.buyers.models import AccountEntry
from mostrador.counter.points_models import PointsLapse, PointsMove
from mostrador.kernel import clock, feed, outbox
from mostrador.kernel.ids import new_id
from mostrador.kernel.models import Organization, Outbox
from mostrador.kernel.ready import ready
from mostrador.kernel.scoping import current_organization
from mostrador.pricing.points_lapse import Lapse, Lots, lapsing

AHEAD = 3

type Moves = dict[uuid.UUID, list[tuple[dt.datetime, dt.date, int]]]


def rule() -> Lapse | None:
    """Return the rule in force: it holds since the first of the versions in a row that say the same; None where points do not run out."""
    since = None
    said: tuple[str, int | None] | None = None
    for version in schemes.versions():
        if said is None:
            said = (version.lapse, version.lapse_months) if version.is_on else ("", None)
        if (version.lapse, version.lapse_months) != said or not version.is_on:
            break
        since = version.made_at
    if since is None or said is None or not said[0] or not said[1]:
        return None
    return Lapse(said[0], said[1], _day(since, _zone()))  # type: ignore[arg-type]  # the service lets two in


def ahead(now_rule: Lapse, ids: list[uuid.UUID]) -> dict[uuid.UUID, list[tuple[dt.datetime, int]]]:
    """Return of these buyers until when how many of their points are good, the soonest first, at most AHEAD of them."""
    zone = _zone()
    found = _lapsing(now_rule, _moves(now_rule, ids, zone), _day(clock.now(), zone))
    return {buyer: [(_end(day, zone), points) for day, points in lots[:AHEAD]] for buyer, (_, lots) in found}


def documents(ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, object]]:
    """Return of each of these buyers how their points run out, as a till needs it; nothing where they do not."""
    now_rule = rule()
    if now_rule is None:
        return {}
    found = ahead(now_rule, ids)
    return {
        buyer: {
            "by": now_rule.kind,
            "months": now_rule.months,
            "next": [{"until": clock.to_ms(until), "points": points} for until, points in found.get(buyer, [])],
        }
        for buyer in ids
    }


def look(organization_id: uuid.UUID) -> list[PointsLapse]:
    """Return the rows that lack: what of points has run out and was not written yet, or was and had not."""
    now_rule = rule()
    if now_rule is None:
        return []
    zone, now, one = _zone(), clock.now(), joins.joined()
    written: dict[uuid.UUID, dict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    for row in PointsLapse.objects.filter(last_day__gte=now_rule.since):
        written[one.of(row.buyer_id)][row.last_day] -= row.points
    rows = []
    # Whoever was joined to another and is not any more may have rows, and no points left that could run out.
    moves: Moves = {buyer: [] for buyer in written} | _moves(now_rule, None, zone)
    for buyer, (gone, _) in _lapsing(now_rule, moves, _day(now, zone)):
        there = written[buyer]
        for day in sorted({*gone, *there}):
            more = gone.get(day, 0) - there[day]
            if more:
                at = now if there[day] else _end(day, zone)
                rows.append(
                    PointsLapse(
                        organization_id=organization_id, id=new_id(), buyer_id=buyer, last_day=day, points=-more, at=at, written_at=now
                    )
                )
    return rows


def lapse(organization_id: uuid.UUID) -> int:
    """Write what has run out, tell the tills, and return how many rows that were. Inside the caller's transaction."""
    return _write(organization_id, look(organization_id))


def _write(organization_id: uuid.UUID, rows: list[PointsLapse]) -> int:
    PointsLapse.objects.bulk_create(rows, batch_size=500)
    if rows:
        feed.touched(organization_id, "buyer", {row.buyer_id for row in rows})
    return len(rows)


def _lapsing(now_rule: Lapse, moved: Moves, today: dt.date) -> Iterator[tuple[uuid.UUID, tuple[dict[dt.date, int], Lots]]]:
    for buyer, moves in moved.items():
        moves.sort(key=lambda move: move[0])
        yield buyer, lapsing(now_rule, ((day, points) for _, day, points in moves), today)


def _moves(now_rule: Lapse, ids: list[uuid.UUID] | None, zone: ZoneInfo) -> Moves:
    """Every movement of points by buyer, of those who are one by the one that is kept; what ran out by a rule before this one is a movement too."""
    found: Moves = defaultdict(list)
    one = joins.joined()
    wanted = None if ids is None else one.spread(ids)
    lapsed = ((buyer, at, points) for buyer, at, points, last_day in _lapsed(wanted) if last_day < now_rule.since)
    for buyer, at, points in (*_moved(wanted), *_entered(wanted), *lapsed):
        found[one.of(buyer)].append((at, _day(at, zone), points))
    return found


def _whose(ids: list[uuid.UUID] | None) -> dict[str, Any]:
    return {} if ids is None else {"buyer_id__in": ids}


@ready
def _moved(ids: list[uuid.UUID] | None) -> Any:
    return PointsMove.objects.filter(**_whose(ids)).values_list("buyer_id", "at", "points")


@ready
def _entered(ids: list[uuid.UUID] | None) -> Any:
    return AccountEntry.objects.filter(account="points", **_whose(ids)).values_list("buyer_id", "at", "amount")


@ready
def _lapsed(ids: list[uuid.UUID] | None) -> Any:
    return PointsLapse.objects.filter(**_whose(ids)).values_list("buyer_id", "at", "points", "last_day")


def _zone() -> ZoneInfo:
    [name] = _zone_name()
    return ZoneInfo(name)


@ready
def _zone_name() -> Any:
    return Organization.objects.filter(id=current_organization()).values_list("timezone", flat=True)


def _day(instant: dt.datetime, zone: ZoneInfo) -> dt.date:
    return instant.astimezone(zone).date()


def _end(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The instant at which a day is over."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone).astimezone(dt.UTC)


def _holders() -> set[uuid.UUID]:
    """Whoever has or had points, also by hand alone."""
    by_hand = AccountEntry.objects.filter(account="points").values_list("buyer_id", flat=True)
    return {*PointsMove.objects.values_list("buyer_id", flat=True), *by_hand}


def _looked(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> Callable[[], None]:
    """A day is over, or the owner said something else: then every till hears anew what everybody has."""
    rows, zone = look(organization_id), _zone()
    is_said = any("scheme" in payload for payload in payloads)
    holders = set(joins.joined().spread(_holders())) if is_said else set()
    tomorrow = _end(_day(clock.now(), zone), zone) if rule() else None

    def write() -> None:
        _write(organization_id, rows)
        if holders:
            feed.touched(organization_id, "buyer", holders)
        if tomorrow is not None and not Outbox.objects.filter(topic=schemes.TOPIC_LAPSE).exists():
            Outbox.objects.create(organization_id=organization_id, topic=schemes.TOPIC_LAPSE, payload={}, due_at=tomorrow)

    return write


outbox.handles(schemes.TOPIC_LAPSE, _looked)
