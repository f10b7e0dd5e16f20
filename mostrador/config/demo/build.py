"""Fill an empty database with the demo: two shops and sixty days of visits, through the doors that real shops use.

The seed is fixed and the days end yesterday in each shop's own zone, so that two builds of one day differ only in random tokens.
"""

import datetime as dt
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from zoneinfo import ZoneInfo

from mostrador.catalogue import services as catalogue
from mostrador.config.demo import pricing
from mostrador.config.demo.cards import Wallet
from mostrador.config.demo.errands import errand, shelves_of
from mostrador.config.demo.helping import Ear
from mostrador.config.demo.loyalty import Loyalty
from mostrador.config.demo.ordering import Book
from mostrador.config.demo.promising import Promises, closed_weekdays
from mostrador.config.demo.sampling import Tasting
from mostrador.config.demo.saying import Answers, happens
from mostrador.config.demo.seldom import Seldom, asked_goods
from mostrador.config.demo.setting_up import PASSWORD, Person, Ready, set_up
from mostrador.config.demo.shop import SHOPS, Shop, load
from mostrador.config.demo.strange import Strange
from mostrador.config.demo.trade import Counted, Day, basket_of, facts_of_day
from mostrador.config.demo.vouchers import Drawer
from mostrador.config.worker import drain
from mostrador.counter import parked_tickets
from mostrador.counter.parked_queries import Place
from mostrador.counter.parked_tickets import Parked, Round
from mostrador.kernel import clock
from mostrador.kernel.ids import new_id
from mostrador.kernel.scoping import scope
from mostrador.kernel.writing import use_case
from mostrador.pricing.document import price_document
from mostrador.stock import services as stock
from mostrador.sync import contract, gate
from mostrador.sync.cashier import Cashier
from mostrador.sync.cashier_rows import whole

SEED = "mostrador-demo-1"
DAYS = 60
FACTS_A_PUSH = 400
PRICE_CHANGES = 24

type Progress = Callable[[str, int, int], None]
"""Told what is being done, how much is done and how much there is, in days."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone to sign in as: at the office by email, at the till by PIN; either may be empty."""

    name: str
    role: str
    store: str
    email: str
    pin: str


@dataclass(frozen=True, slots=True)
class DemoShop:
    """A shop of the demo and what its sixty days came to. secret: opens the buyer's page of its last ticket."""

    organization_id: str
    name: str
    stores: tuple[str, ...]
    tills: tuple[tuple[str, str], ...]
    people: tuple[DemoPerson, ...]
    products: int
    visits: int
    sales: int
    facts: int
    secret: str


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What was built, for whoever prints it."""

    password: str
    shops: tuple[DemoShop, ...]
    first_day: dt.date
    last_day: dt.date
    seconds: int


def build(progress: Progress, days: int = DAYS) -> DemoReport:
    """Build both shops with visits on that many days up to yesterday; durable day by day. Wants a migrated, empty database."""
    started = time.monotonic()
    shops = []
    first = last = clock.now().date()
    for name in SHOPS:
        shop = load(name)
        zone = ZoneInfo(shop.about["timezone"])
        last = clock.now().astimezone(zone).date() - dt.timedelta(days=1)
        first = last - dt.timedelta(days=days - 1)
        dates = [first + dt.timedelta(days=n) for n in range(days)]
        progress(shop.about["name"], 0, days)
        shops.append(build_shop(shop, dates, progress))
    return DemoReport(PASSWORD, tuple(shops), first, last, int(time.monotonic() - started))


def build_shop(shop: Shop, dates: list[dt.date], progress: Progress) -> DemoShop:
    """Set a shop up the evening before the first date, let it trade, and return what came of it."""
    opening = evening(shop, dates[0] - dt.timedelta(days=1))
    with clock.at(opening):
        ready = set_up(shop, f"{SEED}/{shop.about['slug']}", clock.to_ms(opening))
    rng = Random(f"{SEED}/{shop.about['slug']}")
    shelves = shelves_of(shop, rng)
    counted = Counted()
    changes = price_changes(shop, dates, rng)
    for date, moved in pricing.moves(ready, dates).items():
        changes[date] += moved
    prices = {ware.sku: ware.price for ware in (*shop.wares, *(ware for ware, _ in asked_goods(shop)))}
    rarities = Seldom(Random(f"{SEED}/{shop.about['slug']}/seldom"))
    trading = [
        Day(
            ready,
            till,
            shelves,
            cashier_of(ready, index),
            Random(f"{SEED}/{till.code}"),
            counted,
            prices,
            book=Book(Random(f"{SEED}/{till.code}/orders")),
            wallet=Wallet(Random(f"{SEED}/{till.code}/gift cards")),
            neighbours=Loyalty(Random(f"{SEED}/{till.code}/points")),
            slips=Drawer(Random(f"{SEED}/{till.code}/vouchers"), ready.voucher_kinds),
            rarities=rarities,
            ear=Ear(Random(f"{SEED}/{till.code}/needs"), ready.needs, ready.elsewhere),
            strange=Strange(Random(f"{SEED}/{till.code}/codes"), shop.about["unknown_codes"]),
            labels=pricing.labels(ready, Random(f"{SEED}/{till.code}/shelves")),
            tasting=Tasting(Random(f"{SEED}/{till.code}/samples"), ready.tastes),
            promises=Promises(Random(f"{SEED}/{till.code}/promises"), ready.promised, frozenset(closed_weekdays(shop))),
            answers=Answers(Random(f"{SEED}/{till.code}/answers"), ready.asked),
        )
        for index, till in enumerate(ready.tills)
    ]
    for done, date in enumerate(dates, start=1):
        with scope(ready.actor.organization_id):
            for sku, price in changes.get(date, ()):
                with clock.at(evening(shop, date - dt.timedelta(days=1))):
                    catalogue.change_price(ready.actor, product_id=ready.product_id(sku), price=price)
                prices[sku] = price
            with clock.at(evening(shop, date)):
                for day in trading:
                    send(day, facts_of_day(day, date))
                happens(ready.actor, shop.about, ready.products, done)
                if date.weekday() in {0, 2, 4}:
                    restock(ready, counted)
        progress(shop.about["name"], done, len(dates))
    pricing.begin(ready, [evening(shop, date) for date in dates])
    # Stock and changes stand when the demo opens, and what nobody fetched has ended.
    drain()
    leave_waiting(trading)
    return described(ready, counted)


def evening(shop: Shop, date: dt.date) -> dt.datetime:
    """The last minutes of a date in the shop's zone: when its day has been sent."""
    return dt.datetime.combine(date, dt.time(23, 30), ZoneInfo(shop.about["timezone"])).astimezone(dt.UTC)


def cashier_of(ready: Ready, index: int) -> Cashier:
    """Return who works a till of the past."""
    return Cashier(ready.tills[index].device, ready.shop.about["currency"], price_document)


def price_changes(shop: Shop, dates: list[dt.date], rng: Random) -> dict[dt.date, list[tuple[str, int]]]:
    """Let some prices move on some dates, most of them a little up: SKU and new price in ten-thousandths, to the whole half unit."""
    found: dict[dt.date, list[tuple[str, int]]] = defaultdict(list)
    for ware in rng.sample(shop.wares, min(PRICE_CHANGES, len(shop.wares))):
        percent = rng.choice((103, 104, 105, 108, 110, 94, 90))
        price = (ware.price * percent // 100 + 2_500) // 5_000 * 5_000
        if price != ware.price and price > 0:
            found[rng.choice(dates)].append((ware.sku, price))
    return found


def send(day: Day, facts: Iterator[bytes]) -> None:
    """Push a till's day as its device would, in batches; whatever is not accepted is a fault of the demo."""
    written = list(facts)
    for start in range(0, len(written), FACTS_A_PUSH):
        texts, day.book.texts = day.book.texts, []
        body = day.till.device.push_body(written[start : start + FACTS_A_PUSH], texts)
        answer = gate.receive(day.till.paired, contract.push_decoder.decode(body))
        refused = [one for one in answer.answers if one.state != "accepted"]
        if refused:
            raise RuntimeError(f"the demo's own fact was not accepted: {refused[0]}")
    day.counted.facts += len(written)


def restock(ready: Ready, counted: Counted) -> None:
    """Bring every store what it has sold since the last delivery."""
    with use_case():
        for store_id, store in {(till.paired.store_id, till.store) for till in ready.tills}:
            sold = [(ready.product_id(sku), amount) for (where, sku), amount in counted.sold.items() if where == store and amount]
            stock.move_many(ready.actor, store_id=store_id, quantities=sold, reason="received", text="")
    counted.sold.clear()


def leave_waiting(trading: list[Day]) -> None:
    """In every store where several tills stand, a ticket waits at the last one: the others show it, and say that nobody answers there."""
    last = {day.till.store: day for day in trading}
    for store in {day.till.store for day in trading if day is not last[day.till.store]}:
        day, now = last[store], clock.now()
        wishes = errand(day.shelves, Random(f"{SEED}/{day.till.code}/waits"))
        total, staff = whole(price_document(basket_of(day, wishes))["due"]), day.cashier_of(now.date()).id
        parked = Parked(new_id(), uuid.UUID(staff), "A", len(wishes), total, now - dt.timedelta(minutes=10))
        with scope(day.ready.actor.organization_id):
            parked_tickets.meet(Place(day.till.paired.store_id, day.till.paired.till_id), Round([parked]))


def described(ready: Ready, counted: Counted) -> DemoShop:
    """Say what was built."""
    about = ready.shop
    by_name = {row["name"]: row for row in about.rows("staff")}
    return DemoShop(
        organization_id=str(ready.actor.organization_id),
        name=about.about["name"],
        stores=tuple(row["name"] for row in about.rows("stores")),
        tills=tuple((till.store, till.code) for till in ready.tills),
        people=tuple(
            described_person(person, by_name[person.name].get("email", ""), by_name[person.name].get("pin", "")) for person in ready.people
        ),
        products=len(about.wares),
        visits=counted.visits,
        sales=counted.sales,
        facts=counted.facts,
        secret=counted.secret,
    )


def described_person(person: Person, email: str, pin: str) -> DemoPerson:
    """Say who someone is and how to sign in as them."""
    return DemoPerson(person.name, person.role, person.store, email, pin)
