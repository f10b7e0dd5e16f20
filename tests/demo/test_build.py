"""Three days of the demo through the real door, looked at from outside."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from mostrador.catalogue import importing
from mostrador.catalogue.models import Barcode, PriceEvent, Product, TaxGroup
from mostrador.config.demo.build import DemoReport, DemoShop, build
from mostrador.config.demo.errands import errand, shelves_of
from mostrador.config.demo.shop import DATA, SHOPS, load
from mostrador.counter import accounts, order_queries, returns
from mostrador.counter.gift_card_models import GiftCardMove
from mostrador.counter.made_of import SaleCombo, SaleComponent
from mostrador.counter.models import (
    AccountPayment,
    BuyerToken,
    Payment,
    Refund,
    Return,
    ReturnLine,
    Sale,
    SaleLine,
    Shift,
    ShiftClosing,
    VisitClosing,
)
from mostrador.counter.order_models import Order, OrderPayment
from mostrador.counter.parked_models import ParkedTicket
from mostrador.counter.points_models import PointsMove
from mostrador.counter.traces import SaleTrace
from mostrador.kernel import clock
from mostrador.kernel.scoping import across, scope
from mostrador.people.models import Device, StaffMember, Store, Till, User
from mostrador.stock.models import StockLevel
from mostrador.sync.models import Evidence, JournalEntry, ParkedFact
from mostrador.trust.sample_models import Sample, SampleCost

DAYS = 3
NOON = dt.datetime(2026, 11, 24, 18, tzinfo=dt.UTC)


@pytest.fixture
def report(transactional_db: None) -> Iterator[DemoReport]:
    """The demo of three days, built on 24 November 2026 at noon in Oaxaca."""
    with clock.at(NOON), across("the demo is looked at as a whole"):
        yield build(lambda *_: None, DAYS)


def shop(report: DemoReport, name: str) -> DemoShop:
    """The shop whose name begins so."""
    return next(one for one in report.shops if one.name.startswith(name))


@pytest.mark.slow
def test_the_demo_is_two_shops_that_agree_with_their_tills(report: DemoReport) -> None:
    mexico, spain = shop(report, "Abarrotes"), shop(report, "Zapatería")

    assert (Store.objects.count(), Till.objects.count(), Device.objects.count()) == (3, 5, 5)
    assert (mexico.products, spain.products, Product.objects.count()) == (
        446,
        128,
        574 + 9 + 3,
    )  # nine ask for something at the till, three are made of others
    visits = (Sale, VisitClosing, Return, AccountPayment, Order)
    exchanges = Refund.objects.filter(method="exchange").count()  # a return and a sale of one visit
    assert mexico.visits + spain.visits == sum(made.objects.count() for made in visits) - exchanges
    assert exchanges > 0
    assert AccountPayment.objects.count() > 0
    assert {order.kind for order in Order.objects.all()} >= {"delivery"} and OrderPayment.objects.count() > 0
    assert order_queries.overdrawn() == []
    samples_cost_something(report)
    assert returns.doubtful() == []
    # A ticket waits in each store where several tills stand: the others show it.
    assert ParkedTicket.objects.filter(state="parked", lines__gt=0, total__gt=0).count() == 2
    assert SaleCombo.objects.count() > 0 and SaleComponent.objects.count() > 0
    assert Return.objects.count() > 3
    what_happens_seldom_has_happened()
    assert set(PointsMove.objects.values_list("kind", flat=True)) == {"earn", "spend"}
    assert all(count >= 0 for (_, account), count in accounts.balances().items() if account == "points")
    assert mexico.facts + spain.facts == JournalEntry.objects.count()
    assert (ParkedFact.objects.count(), Evidence.objects.count()) == (0, 0)
    assert Sale.objects.exclude(flags="").count() == 0
    the_days_end_yesterday_and_are_closed()
    every_amount_adds_up()
    people_can_sign_in(report)
    shelves_are_not_empty()
    every_shop_has_a_ticket_that_a_buyer_can_open(report)


def the_days_end_yesterday_and_are_closed() -> None:
    """No shift is left open, and today has none."""
    days = set(Shift.objects.values_list("business_date", flat=True))

    assert days <= {dt.date(2026, 11, 21), dt.date(2026, 11, 22), dt.date(2026, 11, 23)}
    assert max(days) == dt.date(2026, 11, 23)
    assert set(Shift.objects.values_list("id", flat=True)) == set(ShiftClosing.objects.values_list("shift_id", flat=True))


def what_happens_seldom_has_happened() -> None:
    """Goods with a number were sold, gift tickets printed, one came back as credit and was spent, and something came back without a ticket, allowed by a PIN."""
    assert SaleTrace.objects.exclude(serial="").count() > 0 and SaleTrace.objects.exclude(lot="").count() > 0
    assert BuyerToken.objects.filter(kind="gift").count() > 0
    assert Refund.objects.filter(method="credit").count() > 0 and Payment.objects.filter(method="credit").count() > 0
    assert all(count >= 0 for (_, account), count in accounts.balances().items() if account == "credit")
    bare = Return.objects.filter(sale_id=None)
    assert bare.count() > 0 and not bare.exclude(flags="").exists()


def every_amount_adds_up() -> None:
    """Payments, lines and the Z agree with the sales, business by business."""
    for organization in set(Sale.objects.values_list("organization_id", flat=True)):
        gross = total(Sale.objects.filter(organization_id=organization), "gross")
        assert total(SaleLine.objects.filter(organization_id=organization), "gross") == gross
        # A gift card that is sold is paid for, and is no revenue.
        on_cards = total(GiftCardMove.objects.filter(organization_id=organization, kind="load"), "amount")
        assert total(Payment.objects.filter(organization_id=organization), "amount") == gross + on_cards
        back = total(Return.objects.filter(organization_id=organization), "gross")
        assert total(ReturnLine.objects.filter(organization_id=organization), "gross") == back
        assert total(Refund.objects.filter(organization_id=organization), "amount") == back
        figures = ShiftClosing.objects.filter(organization_id=organization).values_list("figures", flat=True)
        assert sum(figure["gross"] for figure in figures) == gross
        assert sum(figure["returned"]["gross"] for figure in figures if "returned" in figure) == back


def samples_cost_something(report: DemoReport) -> None:
    """Every shop gave something to try, each with what it cost."""
    given = Sample.objects.values_list("organization_id", flat=True)
    assert {str(one) for one in given} == {one.organization_id for one in report.shops}
    assert SampleCost.objects.count() == Sample.objects.count() > 20


def total(rows: Any, field: str) -> int:
    """Sum a column."""
    return sum(rows.values_list(field, flat=True))


def people_can_sign_in(report: DemoReport) -> None:
    """Everybody has a PIN or a sign-in, and owners have both."""
    people = [person for one in report.shops for person in one.people]

    assert len(people) == StaffMember.objects.count() == 12
    assert {person.email for person in people if person.email} == set(User.objects.values_list("email", flat=True))
    assert all(user.check_password(report.password) for user in User.objects.all())
    assert all(person.email and person.pin for person in people if person.role == "owner")


def shelves_are_not_empty() -> None:
    """Every stocked product has a level at each store, scales find weighed ones by number, and prices have a past."""
    assert StockLevel.objects.filter(quantity__gt=0).count() > 900
    assert Barcode.objects.filter(code="00301").get().product.name == "Quesillo de hebra"
    assert PriceEvent.objects.count() > 574
    drink = Product.objects.get(sku="BEB-002")
    assert (drink.name, drink.variant, drink.tax_units) == ("Refresco de cola", "600 ml", {"IEPS_BEB": 600})


def every_shop_has_a_ticket_that_a_buyer_can_open(report: DemoReport) -> None:
    """The secret that `make demo` can print opens a ticket of its shop."""
    for one in report.shops:
        token = BuyerToken.objects.get(token_hash=hashlib.sha256(one.secret.encode()).digest())
        assert str(token.organization_id) == one.organization_id


@pytest.mark.slow
@pytest.mark.parametrize("name", SHOPS)
def test_a_shops_file_is_one_that_the_importer_takes_and_finds_unchanged(report: DemoReport, name: str) -> None:
    about = load(name).about
    organization = next(one.organization_id for one in report.shops if one.name == about["name"])

    with scope(uuid.UUID(organization)):
        table, mapping = importing.open_table((DATA / about["products"]).read_bytes())
        plan = importing.check(table, importing.Options(mapping, about["locale"], TaxGroup.objects.order_by("code")[0].id))

    assert mapping.keys() == {"sku", "name", "variant", "category", "price", "stock", "unit", "sold_by", "content", "tax", "barcode"}
    assert (plan.problems, plan.categories, plan.counts["new"]) == ([], [], 0)


@pytest.mark.parametrize("name", SHOPS)
def test_the_same_seed_gives_the_same_errands(name: str) -> None:
    one, other = Random(7), Random(7)
    first, second = shelves_of(load(name), one), shelves_of(load(name), other)

    assert [errand(first, one) for _ in range(50)] == [errand(second, other) for _ in range(50)]


@pytest.mark.parametrize("name", SHOPS)
def test_an_errand_takes_something_and_nothing_twice(name: str) -> None:
    rng = Random(11)
    shelves = shelves_of(load(name), rng)

    for wishes in (errand(shelves, rng) for _ in range(500)):
        assert 1 <= len(wishes) == len({wish.ware.sku for wish in wishes})
        assert all(wish.quantity > 0 for wish in wishes)
