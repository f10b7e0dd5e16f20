"""Codes that were scanned and no product carries: said by the facts that end a visit, kept by the worker, told until a product has them."""

import datetime as dt
import uuid
from typing import Any

import pytest

from mostrador.catalogue import services as catalogue
from mostrador.catalogue.barcode_forms import forms
from mostrador.config.worker import drain
from mostrador.counter import unknown_code_desk, unknown_codes
from mostrador.counter.unknown_code_desk import Missing
from mostrador.counter.unknown_code_models import SilencedCode, UnknownScan
from mostrador.kernel import clock
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, NotFound
from mostrador.kernel.models import Outbox
from mostrador.kernel.scoping import scope
from mostrador.people import services as people
from mostrador.sync import repair
from mostrador.sync import unknown_codes as again
from mostrador.sync.cashier import Extras
from mostrador.sync.models import ParkedFact
from tests.sync.books import doctor, everything, grown
from tests.sync.shop import OPENED, Business, Till, reasons, states

SODA, BEANS = "7501030459941", "ZAP-38.N"
TODAY = clock.from_ms(OPENED)


@pytest.fixture(autouse=True)
def today() -> Any:
    """The day that tills write on."""
    with clock.at(TODAY + dt.timedelta(hours=10)):
        yield


def told(business: Business, *, silenced: bool = False) -> list[tuple[str, int]]:
    """The codes of the list and how many visits they were scanned in."""
    with scope(business.id):
        return [(one.code, one.times) for one in unknown_code_desk.missing(silenced=silenced)]


def scan(till: Till, *codes: str) -> None:
    """Somebody was helped while these were scanned, and bought a coffee; sent and worked off."""
    till.sell(("coffee", 1000), extras=Extras(unknown_codes=codes))
    till.push()
    drain()


def test_what_was_scanned_while_somebody_was_helped_is_told_with_how_often_when_and_where(till: Till) -> None:
    till.sell(("coffee", 1000), extras=Extras(unknown_codes=[SODA, BEANS]))
    last = till.end_without_sale(unknown_codes=[SODA])
    till.sell(("coffee", 1000))

    assert states(till.push()) == ["accepted"] * 3
    assert told(till.business) == []
    drain()

    with scope(till.business.id):
        [soda, beans] = unknown_code_desk.missing()
        assert soda == Missing(SODA, 2, clock.from_ms(last["at"]), (("Centro", 2),), None)
        assert (beans.code, beans.times) == (BEANS, 1)
        assert unknown_code_desk.count() == 2


def test_a_fact_that_names_none_leaves_the_worker_nothing(till: Till) -> None:
    till.sell(("coffee", 1000))
    till.end_without_sale()
    till.push()

    with scope(till.business.id):
        assert not Outbox.objects.filter(topic=unknown_codes.TOPIC_UNKNOWN).exists()


@pytest.mark.parametrize(
    "codes",
    [
        [], ["750"], ["7" * 15], ["abcd"], ["7501 0304"], ["HTTPS://TIENDA.MX/T"], [SODA, SODA], ["4111111111111111"], [""],
        [str(code) for code in range(1000, 1021)], [7501030459941], "7501030459941", ["7501\n"],
    ],
)  # fmt: skip
def test_what_is_no_list_of_barcodes_is_parked_and_kept_nowhere(till: Till, codes: Any) -> None:
    till.write_sale(till.sale_body(unknown_codes=codes))
    till.end_without_sale(unknown_codes=codes)

    assert reasons(till.push()) == ["schema", "schema"]
    drain()
    assert told(till.business) == []


def test_twenty_of_them_are_taken(till: Till) -> None:
    scan(till, *(str(code) for code in range(1000, 1020)))

    assert len(told(till.business)) == 20


def test_applied_twice_is_applied_once(till: Till) -> None:
    till.sell(("coffee", 1000), extras=Extras(unknown_codes=[SODA]))
    till.push()
    with scope(till.business.id):
        [row] = Outbox.objects.filter(topic=unknown_codes.TOPIC_UNKNOWN)
        Outbox.objects.create(organization_id=till.business.id, topic=row.topic, payload=row.payload, due_at=row.due_at)
    drain()

    assert told(till.business) == [(SODA, 1)]


def test_sales_go_on_while_its_code_breaks(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("down")

    with monkeypatch.context() as patch:
        patch.setattr(unknown_codes, "keep", broken)
        till.sell(("coffee", 1000), extras=Extras(unknown_codes=[SODA]))
        assert states(till.push()) == ["accepted"]
        drain()
    assert told(till.business) == []
    with scope(till.business.id):
        Outbox.objects.update(due_at=clock.now())
    drain()

    assert told(till.business) == [(SODA, 1)]


def test_a_code_that_a_product_carries_later_leaves_by_itself_and_comes_back_with_an_archived_one(till: Till) -> None:
    business = till.business
    scan(till, SODA, BEANS)
    coffee = uuid.UUID(business.products["coffee"])
    with scope(business.id):
        catalogue.set_barcodes(business.actor, product_id=coffee, barcodes=[(SODA, 1000)])
    assert told(business) == [(BEANS, 1)]

    with scope(business.id):
        catalogue.archive_product(business.actor, product_id=coffee)
        assert [(one.code, one.archived) for one in unknown_code_desk.missing() if one.archived] == [(SODA, (coffee, "coffee"))]


@pytest.mark.parametrize(
    "scanned,carried",
    [
        ("012345678905", "0012345678905"), ("0012345678905", "012345678905"), ("07501030459941", "7501030459941"),
        ("01234565", "012345000065"), ("01234565", "0012345000065"), ("00000096385074", "96385074"),
    ],
)  # fmt: skip
def test_a_code_is_carried_in_any_form_of_its_gtin(till: Till, scanned: str, carried: str) -> None:
    assert carried in forms(scanned)
    scan(till, scanned)
    business = till.business
    assert told(business) == [(scanned, 1)]

    with scope(business.id):
        catalogue.set_barcodes(business.actor, product_id=uuid.UUID(business.products["coffee"]), barcodes=[(carried, 1000)])
    assert told(business) == []


def test_what_was_scanned_long_ago_is_told_no_more(till: Till) -> None:
    scan(till, SODA)

    with clock.at(TODAY + dt.timedelta(days=unknown_code_desk.DAYS + 1)):
        assert told(till.business) == []


def test_nothing_more_is_told_of_a_code_until_somebody_says_so(till: Till, other: Business) -> None:
    business = till.business
    scan(till, SODA)
    with scope(business.id):
        for _ in range(2):
            unknown_code_desk.silence(business.actor, code=SODA, silenced=True)
    scan(till, SODA)
    assert (told(business), told(business, silenced=True)) == ([], [(SODA, 2)])

    with scope(business.id):
        unknown_code_desk.silence(business.actor, code=SODA, silenced=False)
    assert (told(business), told(business, silenced=True)) == ([(SODA, 2)], [])

    with scope(business.id):
        with pytest.raises(NotFound):
            unknown_code_desk.silence(business.actor, code="0000", silenced=True)
        with pytest.raises(Forbidden):
            unknown_code_desk.silence(Actor(business.id, "person", role="accountant"), code=SODA, silenced=True)
        assert not SilencedCode.objects.exists()
    with scope(other.id), pytest.raises(NotFound):
        unknown_code_desk.silence(other.actor, code=SODA, silenced=True)
    assert told(other) == []


def test_each_store_is_counted_by_its_name(till: Till, shop: Business) -> None:
    scan(till, SODA)
    with scope(shop.id):
        north = people.add_store(shop.actor, code="NORTE", name="Norte", timezone="America/Mexico_City")
    second = Business(shop.actor, north.id, shop.products, shop.currency, shop.manager, shop.cashier).till()
    second.open_shift()
    for _ in range(2):
        scan(second, SODA)

    with scope(shop.id):
        [soda] = unknown_code_desk.missing()
    assert (soda.times, soda.stores) == (3, (("Norte", 2), ("Centro", 1)))


def test_rebuild_brings_back_what_lacks_and_changes_nothing_else(till: Till) -> None:
    till.sell(("coffee", 1000), extras=Extras(unknown_codes=[SODA]))
    till.end_without_sale(unknown_codes=[SODA, BEANS])
    till.write_sale(till.sale_body(unknown_codes=[BEANS], number=1))
    assert states(till.push()) == ["accepted", "accepted", "parked"]
    with scope(till.business.id):
        Outbox.objects.filter(topic=unknown_codes.TOPIC_UNKNOWN).delete()
    before = everything()

    for _ in range(2):
        with scope(till.business.id):
            assert again.rebuild(till.business.id) == 2
    assert grown(before) == {"counter_unknownscan": 3}
    assert told(till.business) == [(SODA, 2), (BEANS, 1)]


def test_a_repaired_fact_says_its_codes_then(till: Till) -> None:
    body = till.sale_body(unknown_codes=[SODA])
    body["totals"]["gross"] += 1
    till.write_sale(body)
    assert states(till.push()) == ["parked"]
    drain()
    assert told(till.business) == []

    business = till.business
    with scope(business.id):
        [parked] = ParkedFact.objects.all()
        repair.repair(business.actor, journal_id=parked.journal_id, seq=parked.seq, how=repair.Repair("accept", "así fue"))
    drain()
    assert told(business) == [(SODA, 1)]


def test_doctor_finds_a_row_that_no_fact_stands_for(till: Till) -> None:
    scan(till, SODA)
    assert doctor() == []

    with scope(till.business.id):
        UnknownScan.objects.create(
            organization_id=till.business.id, fact_id=uuid.uuid4(), code=SODA, store_id=till.business.store_id, at=clock.now()
        )
    assert [text for _, text in doctor()] == ["Tienda MX: counter_unknownscan: 1 ∄"]
