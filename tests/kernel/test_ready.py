"""What is ready finds what the queryset itself finds, whatever it is given, whoever asks first, and refuses what it could not fill in."""

import datetime as dt
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.ready import LONGEST, ready
from mostrador.kernel.scoping import ScopeError, across, scope
from mostrador.people import services as people
from mostrador.people.models import Device, Store, Till

pytestmark = pytest.mark.django_db


def shop(name: str) -> tuple[Actor, Store]:
    actor = people.begin_business(name=name, country="MX", currency="MXN", timezone="America/Mexico_City", locale="es-MX")
    with scope(actor.organization_id):
        return actor, people.add_store(actor, code=name.upper(), name=name, timezone="America/Mexico_City")


def tills(actor: Actor, store: Store, *codes: str) -> list[Till]:
    with scope(actor.organization_id):
        return [people.add_till(actor, store_id=store.id, code=code, name=f"Caja {code}") for code in codes]


@ready
def of(ids: list[uuid.UUID] | None) -> Any:
    rows = Till.objects.order_by("code")
    return rows if ids is None else rows.filter(id__in=ids)


@ready
def called(name: str, since: dt.datetime) -> Any:
    return Till.objects.filter(name=name).exclude(archived_at__gt=since).values_list("code", flat=True)


def test_each_business_sees_its_own_rows_whoever_asked_first() -> None:
    (one, here), (other, there) = shop("Centro"), shop("Norte")
    mine, others = tills(one, here, "A", "B", "C"), tills(other, there, "A")

    with scope(one.organization_id):
        assert [row.id for row in of(None)] == [row.id for row in mine]
        assert [row.id for row in of([row.id for row in others])] == []
    with scope(other.organization_id):
        assert [(row.id, row.name) for row in of(None)] == [(others[0].id, "Caja A")]
    with pytest.raises(ScopeError):
        of(None)
    with across("a test looks at both"):
        assert len(of(None)) == 4


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, LONGEST + 1])
def test_lists_of_every_length_find_what_they_name(count: int) -> None:
    one, here = shop("Centro")
    made = tills(one, here, "A", "B", "C", "D")
    wanted = ([row.id for row in made[1:]] + [uuid.uuid4() for _ in range(LONGEST)])[:count]

    with scope(one.organization_id):
        assert [row.code for row in of(wanted)] == [row.code for row in made[1:] if row.id in wanted]


def test_texts_and_instants_are_those_that_were_given() -> None:
    one, here = shop("Centro")
    tills(one, here, "A", "B")

    with scope(one.organization_id):
        assert [called(name, clock.now()) for name in ("Caja B", "Caja A", "Caja C")] == [["B"], ["A"], []]


def test_django_makes_the_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    @ready
    def counted(till_id: uuid.UUID) -> Any:
        made.append(till_id)
        return Device.objects.filter(till_id=till_id)

    with scope(uuid.uuid4()):
        assert [counted(uuid.uuid4()) for _ in range(3)] == [[], [], []]
    assert len(made) == 1


def test_what_could_not_be_filled_in_is_refused() -> None:
    @ready
    def looks(text: str) -> Any:
        return Till.objects.filter(name__contains=text)

    @ready
    def forgets(_till: uuid.UUID) -> Any:
        return Till.objects.all()

    @ready
    def has_its_own_instant() -> Any:
        return Till.objects.filter(archived_at__gt=clock.now())

    with scope(uuid.uuid4()):
        for wrong, given in ((looks, ("a",)), (forgets, (uuid.uuid4(),)), (has_its_own_instant, ())):
            with pytest.raises(TypeError):
                wrong(*given)


def test_a_thread_asks_by_its_own_connection() -> None:
    with scope(uuid.uuid4()):
        of(None)
    asked: list[object] = []

    def note(execute: Callable[..., Any], *given: Any) -> Any:
        asked.append(connections["default"])
        return execute(*given)

    def ask() -> None:
        try:
            with scope(uuid.uuid4()), connections["default"].execute_wrapper(note):
                asked.append(of(None))
        finally:
            connections["default"].close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert asked[1:] == [[]]
    assert asked[0] is not connections["default"]
