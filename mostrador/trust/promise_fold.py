"""What a promise has come to: folded from all that was said of it, in whatever order that arrives (ruling 36; docs/adr/0037). Pure: no database, no clock of its own.

A promise is made with a day, at whose end in its store it is due. Nothing said later moves that first date: another one may be agreed before the due instant, with the buyer
told, and both are shown. `late` and `broken` are set by the clock alone, at the moment of reading; what was truly kept before it was due undoes both, however late that is heard.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

type Kind = Literal["made", "kept", "renegotiated", "released", "voided", "confirmed", "disputed", "settled"]
type State = Literal["made", "late", "broken", "kept", "kept_late", "released", "void"]
type Answer = Literal["", "confirmed", "disputed", "settled"]
type Reason = Literal["repeated", "after_due", "after_end", "not_told", "unseen", "other_date_stands", "too_late", "not_disputed"]

GRACE = dt.timedelta(days=7)
"""So long after it was due a promise is late; then it is broken."""
MISTAKE = dt.timedelta(minutes=15)
"""So long whoever made it may say that it was a mistake; after that a manager, with a reason."""
SETTLED: dict[str, State] = {"kept": "kept", "late": "kept_late", "broken": "broken"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something said of a promise. `at`: when, as far as the server believes it (`believed`); `is_doubtful`: it does not.

    `due_by`, `due_at`: of what was made or agreed anew, the day and the instant at which that day ends in the store. `revision`: how many times the date had been agreed anew
    as far as who said it knew; None: whoever owns the dates (an order) says them in their own order. `told`: the buyer knows. `is_leader`: a manager says it, with a reason.
    """

    id: uuid.UUID
    kind: Kind
    at: dt.datetime
    is_doubtful: bool = False
    due_by: dt.date | None = None
    due_at: dt.datetime | None = None
    revision: int | None = None
    told: bool = True
    is_leader: bool = False
    word: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A date that holds: the day, and the instant at which it ends in the store."""

    by: dt.date
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as it stands at an instant.

    `first` was said when it was made and never changes; `due` holds now; `revision`: how many times it was agreed anew. `ended_at`: when it was kept, released or voided.
    `set_aside`: what was said and does not count, and why; of two dates agreed by people who did not know of each other, one is here and both are shown.
    """

    made: Event
    state: State
    first: Due
    due: Due
    revision: int
    ended_at: dt.datetime | None
    answer: Answer
    is_doubtful: bool
    has_rivals: bool
    history: tuple[Event, ...]
    set_aside: tuple[tuple[Event, Reason], ...]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept."""
        return self.ended_at is None and self.answer != "settled"

    @property
    def is_kept(self) -> bool:
        """Whether it was kept by the date that stood."""
        return self.state == "kept"

    @property
    def is_kept_first(self) -> bool:
        """Whether it was kept by the date that was said at first."""
        return self.state == "kept" and self.ended_at is not None and self.ended_at <= self.first.at

    @property
    def counts(self) -> bool:
        """Whether it is one of those of which it is asked how many were kept: it fell due or was kept, it was no mistake, nobody let go of it in time, its hours are certain."""
        if self.is_doubtful or self.state in {"void", "made"}:
            return False
        return self.state != "released" or (self.ended_at is not None and self.ended_at > self.due.at)


def believed(
    said: dt.datetime,
    received: dt.datetime,
    contact: dt.datetime | None,
    offset: dt.timedelta = dt.timedelta(),
    slack: dt.timedelta = dt.timedelta(minutes=2),
) -> tuple[dt.datetime, bool]:
    """Return when a till wrote something, and whether that is doubtful.

    Its own time counts, corrected by how far its clock was off, where it lies between its contacts with the server before and after; otherwise the moment of the second.
    """
    try:
        corrected = said + offset
    except OverflowError:
        return received, True
    lower = contact if contact is not None else corrected
    if lower - slack <= corrected <= received + slack:
        return min(max(corrected, lower), received), False
    return received, True


def fold(events: Iterable[Event], now: dt.datetime, grace: dt.timedelta = GRACE) -> Promise | None:
    """Return what a promise has come to at an instant, from events in any order and repeated any number of times; None before it was heard that it was made."""
    said = sorted({event.id: event for event in events}.values(), key=lambda event: (event.at, event.id))
    made = next((event for event in said if event.kind == "made" and event.due_by and event.due_at), None)
    if made is None or made.due_by is None or made.due_at is None:
        return None
    aside: dict[uuid.UUID, Reason] = {event.id: "repeated" for event in said if event.kind == "made" and event.id != made.id}
    first = Due(made.due_by, made.due_at)
    voided, released, kept = _voided(said, made, aside), _first(said, "released", aside), _first(said, "kept", aside)
    end = _end(voided, released, kept, aside)
    due, revision, has_rivals = _agreed(said, first, end, aside)
    state = _state(end, due, now, grace)
    answer, settled = _answered(said, end, aside)
    if settled is not None:
        state = settled
    # What was said at an hour nobody knows is doubtful where the hour decides: heard before it was due, it was said before it was due.
    unsure = (event.is_doubtful and aside[event.id] in {"after_due", "too_late"} for event in said if event.id in aside)
    is_doubtful = made.is_doubtful or any(unsure) or (end is not None and end.is_doubtful and end.at > due.at)
    return Promise(
        made, state, first, due, revision, end.at if end else None, answer, is_doubtful, has_rivals, tuple(said),
        tuple((event, aside[event.id]) for event in said if event.id in aside),
    )  # fmt: skip


def _first(said: list[Event], kind: Kind, aside: dict[uuid.UUID, Reason]) -> Event | None:
    """The first of a kind; those after it say nothing new."""
    found = [event for event in said if event.kind == kind]
    aside.update({event.id: "repeated" for event in found[1:]})
    return found[0] if found else None


def _voided(said: list[Event], made: Event, aside: dict[uuid.UUID, Reason]) -> Event | None:
    """A mistake, said at once by anybody or later by a manager with a reason."""
    found = None
    for event in said:
        if event.kind != "voided":
            continue
        if not (event.is_leader and event.word) and not dt.timedelta() <= event.at - made.at <= MISTAKE:
            aside[event.id] = "too_late"
        elif found is None:
            found = event
        else:
            aside[event.id] = "repeated"
    return found


def _end(voided: Event | None, released: Event | None, kept: Event | None, aside: dict[uuid.UUID, Reason]) -> Event | None:
    """What ended it: that it was a mistake above all; otherwise what came first."""
    ends = sorted((event for event in (released, kept) if event is not None), key=lambda event: (event.at, event.id))
    end = voided or (ends[0] if ends else None)
    aside.update({event.id: "after_end" for event in ends if event is not end})
    return end


def _agreed(said: list[Event], first: Due, end: Event | None, aside: dict[uuid.UUID, Reason]) -> tuple[Due, int, bool]:
    """The date that holds, how many times it was agreed anew, and whether two people agreed on different ones without knowing of each other.

    Step by step: of what was agreed seeing this revision, in time and with the buyer told, the earliest date stands.
    """
    left = [event for event in said if event.kind == "renegotiated" and event.due_by is not None and event.due_at is not None]
    due, revision, has_rivals = first, 0, False
    for event in left:
        if not event.told:
            aside[event.id] = "not_told"
        elif end is not None and event.at > end.at:
            aside[event.id] = "after_end"
    left = [event for event in left if event.id not in aside]
    while True:
        in_order = next((event for event in left if event.revision is None), None)
        seeing = [event for event in left if event.revision == revision] or ([in_order] if in_order else [])
        if not seeing:
            break
        left = [event for event in left if event not in seeing]
        aside.update({event.id: "after_due" for event in seeing if event.at > due.at})
        in_time = [event for event in seeing if event.at <= due.at]
        if not in_time:
            if seeing == [in_order]:
                continue
            break
        stands = min(in_time, key=lambda event: (event.due_at or due.at, event.at, event.id))
        rivals = [event for event in in_time if event is not stands]
        aside.update({event.id: "other_date_stands" for event in rivals})
        has_rivals = has_rivals or any(event.due_by != stands.due_by for event in rivals)
        due, revision = Due(stands.due_by or due.by, stands.due_at or due.at), revision + 1
    aside.update({event.id: "unseen" for event in left})
    return due, revision, has_rivals


def _state(end: Event | None, due: Due, now: dt.datetime, grace: dt.timedelta) -> State:
    if end is None:
        return "made" if now <= due.at else "late" if now <= due.at + grace else "broken"
    if end.kind == "voided":
        return "void"
    if end.kind == "released":
        return "released"
    return "kept" if end.at <= due.at else "kept_late" if end.at <= due.at + grace else "broken"


def _answered(said: list[Event], end: Event | None, aside: dict[uuid.UUID, Reason]) -> tuple[Answer, State | None]:
    """What the buyer answered last, and what a dispute was settled to, if it was."""
    answer: Answer = ""
    state: State | None = None
    for event in said:
        if event.kind == "confirmed" and end is not None and end.kind == "kept":
            answer, state = "confirmed", None
        elif event.kind == "disputed":
            answer, state = "disputed", None
        elif event.kind == "settled" and answer == "disputed" and event.word in SETTLED:
            answer, state = "settled", SETTLED[event.word]
        elif event.kind in {"confirmed", "settled"}:
            aside[event.id] = "not_disputed" if event.kind == "settled" else "unseen"
    return answer, state
