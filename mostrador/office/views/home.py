"""Hoy: who was helped, by hour and by what it gave; the money one tap away."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from mostrador.catalogue import queries as catalogue
from mostrador.counter import days, shifts
from mostrador.kernel import clock
from mostrador.office import plots
from mostrador.office.desk import LEADERS, Desk, found, identifier, room
from mostrador.office.views.shifts import states
from mostrador.people import queries
from mostrador.people.models import Store
from mostrador.sync import promising
from mostrador.trust import promises, samples

COMPOSITION = 360
PROMISED_MAX = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """Which stores and which day a page is about."""

    stores: tuple[Store, ...]
    all_stores: tuple[Store, ...]
    store: Store | None
    day: dt.date
    today: dt.date

    @property
    def is_today(self) -> bool:
        """Whether the day is still going on."""
        return self.day == self.today

    @property
    def before(self) -> dt.date:
        """The day before."""
        return self.day - dt.timedelta(days=1)

    @property
    def after(self) -> dt.date | None:
        """The day after, where it has come."""
        return self.day + dt.timedelta(days=1) if self.day < self.today else None

    @property
    def store_query(self) -> str:
        """The store as it stands in an address."""
        return f"&tienda={self.store.id}" if self.store else ""


def choice_of(desk: Desk) -> Choice:
    """Return the store and the day that an address asks for: all stores and today without."""
    every = tuple(queries.stores())
    store = None
    if wanted := desk.request.GET.get("tienda", ""):
        key = identifier(wanted)
        store = found(next((one for one in every if one.id == key), None))
    chosen = (store,) if store else every
    today = max((days.today(one) for one in chosen), default=clock.now().date())
    try:
        day = min(dt.date.fromisoformat(desk.request.GET.get("dia", "")), today)
    except ValueError:
        day = today
    return Choice(chosen, every, store, day, today)


@room("home")
def today(desk: Desk) -> HttpResponse:
    """Show a day: people first."""
    choice = choice_of(desk)
    helped = days.helped(choice.stores, choice.day)
    now, last = clock.now(), days.last_day(choice.stores) if helped.total == 0 else None
    hour = desk.formats.local(now, choice.stores[0].timezone).hour if choice.is_today and choice.stores else None
    rows, _ = shifts.shifts(shifts.Wanted(choice.day, choice.day, choice.store.id if choice.store else None))
    tills = queries.tills() if desk.may_see("tills") else []
    return desk.page(
        "home.html",
        choice=choice,
        first_steps=_first_steps(desk, is_paired=any(row.device for row in tills)),
        helped=helped,
        parts=_composition(helped),
        plot=plots.by_hour(helped.hours, hour) if helped.hours else None,
        shifts=rows,
        **states(rows),
        last=last,
        last_text=desk.say("home.last_day", day=desk.formats.day(last)) if last else "",
        tills=[row for row in tills if not choice.store or row.store.id == choice.store.id],
        now=now,
        **(_promised(desk, choice) if choice.is_today and desk.may_see("promises") else {}),
        samples_over=_samples_over(desk, choice, now) if choice.is_today and desk.may_see("samples") else [],
    )


def _promised(desk: Desk, choice: Choice) -> dict[str, Any]:
    """What is promised for today, and how much of it is still to be kept."""
    stores = choice.stores
    found = promises.for_today(stores)
    left = sum(one.promise.is_open for one in found)
    return {"promised": promising.spoken(found[:PROMISED_MAX]), "promised_left": desk.say("home.promised_left", n=len(found), left=left)}


def _samples_over(desk: Desk, choice: Choice, now: dt.datetime) -> list[tuple[uuid.UUID, str]]:
    """The stores that gave more to try this month than they may spend, and by how much: said here, and nowhere at a till."""
    return [
        (
            store.id,
            desk.say(
                "home.samples_over", store=store.name, cost=desk.formats.money(spent.cost), budget=desk.formats.money(spent.budget or 0)
            ),
        )
        for store, spent in samples.over(choice.stores, now, desk.formats.digits)
    ]


def _first_steps(desk: Desk, *, is_paired: bool) -> list[tuple[str, str]]:
    """What a new shop has still to do before it can sell: (address, words)."""
    if desk.membership.role not in LEADERS:
        return []
    steps = []
    if catalogue.is_empty():
        steps.append(("/productos/", desk.say("home.first_products")))
    if not is_paired:
        steps.append(("/cajas/", desk.say("home.first_till")))
    return steps


def _composition(helped: days.Helped) -> list[tuple[str, int, int, int, int]]:
    """The bar under the figure: (kind, visits, shade from 1, x, width), widths in proportion, none invisible."""
    parts, x = [], 0
    for shade, (kind, n) in enumerate(helped.gave, 1):
        width = max(4, n * COMPOSITION // max(1, helped.total))
        parts.append((kind, n, shade, x, width - 2))
        x += width
    return parts


@room("money")
def money(desk: Desk) -> HttpResponse:
    """Show the money of a day whole: methods, taxes, discounts, rounding, cash moved by hand, each till's shift."""
    choice = choice_of(desk)
    rows, more = shifts.shifts(shifts.Wanted(choice.day, choice.day, choice.store.id if choice.store else None))
    sums, names = days.money(choice.stores, choice.day, choice.day), queries.names()
    taxes = {tax.code: tax.name for tax in catalogue.taxes()}
    return desk.page(
        "money.html",
        choice=choice,
        money=sums,
        tax_sum=sums.gross - sums.net,
        differs=sums.differs,
        tax_rows=[(row, taxes.get(row.code, row.code)) for row in sums.taxes],
        back_rows=[(row, taxes.get(row.code, row.code)) for row in sums.back.taxes],
        moves=[(move, names.get(move.staff_id, "")) for move in sums.cash],
        shifts=rows,
        **states(rows),
        more=more,
    )
