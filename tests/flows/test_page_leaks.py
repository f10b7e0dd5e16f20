"""The page of a ticket tells nobody about anybody: every text of every row is replaced by a marker of its field, and the page shows only those of the fields named here.

A field that is added to any model is under this test from its first day: it leaks unless it stands in SHOWN, with why it may.
"""

import hashlib
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client

from mostrador.config.worker import drain
from mostrador.counter.models import BuyerToken, Sale
from mostrador.kernel import clock
from mostrador.kernel.scoping import across, scope
from mostrador.rights import repairs
from mostrador.sync.cashier import Extras
from mostrador.sync.device import Annex
from mostrador.trust import need_chips, promise_chips
from mostrador.trust.models import PromiseEvent
from tests.browser.support.office import open_shop
from tests.flows.test_page import LATER, SOON
from tests.support.pdf import read_pdf
from tests.sync.shop import Business
from tests.sync.test_promises import local_day

SECRET = "bGVha3lsZWFreWxlYWt5MQ"
WHO = "María del Refugio"
# What a bearer may read: the shop's own face, what was sold by its name then, and what the shop says of its own.
SHOWN = {
    "kernel.Organization.name", "kernel.Organization.legal_name", "kernel.Organization.tax_id", "kernel.Organization.receipt_footer",
    "people.Store.name", "people.Store.address", "people.Store.phone", "counter.SaleLine.name", "counter.SaleModifier.name",
    "counter.SaleSaving.name", "counter.SaleCombo.name", "counter.SaleComponent.name", "counter.SaleTrace.serial", "counter.SaleTrace.lot",
    "catalogue.Tax.name", "trust.PromiseChip.name", "trust.ClaimTopic.name", "trust.Correction.says", "rights.ShopTerm.says",
}  # fmt: skip
# Words of ours that code reads: what a row is, in what state, in which unit, how it is reckoned. No person wrote them, and no page works with others in their place.
CODES = {
    "kernel.Organization.country", "kernel.Organization.currency", "kernel.Organization.timezone", "kernel.Organization.locale",
    "people.Store.timezone", "people.Device.series", "catalogue.Tax.code", "counter.ShiftTotal.code",
}  # fmt: skip
CODE_NAMES = {
    "kind",
    "method",
    "unit",
    "source",
    "answer",
    "goods",
    "state",
    "mode",
    "role",
    "tax_rounding",
    "cash_rounding_mode",
    "flags",
    "actor_kind",
    "locale",
    "theme",
}


def texts_of(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    """The fields of a model that hold text of somebody."""
    for field in model._meta.concrete_fields:
        label = f"{model._meta.label}.{field.name}"
        if isinstance(field, models.CharField | models.TextField) and label not in CODES and field.name not in CODE_NAMES:
            yield field


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("mostrador.")]


def marked() -> dict[str, str]:
    """Put a marker into each text of each row; return {marker: field}."""
    markers: dict[str, str] = {}
    with connection.cursor() as cursor, across("a test writes over everything"):
        for model in ours():
            table = model._meta.db_table
            for field in texts_of(model):
                room = field.max_length or 60
                if room < 6:
                    continue  # too short to name anybody
                marker = f"q{len(markers):03d}z"
                markers[marker] = f"{model._meta.label}.{field.name}"
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # names are the models' own
                if cursor.fetchone()[0]:
                    _write(cursor, table, field, marker, room)
    return markers


def _let_go(cursor: object) -> None:
    """Take away what holds rows as they are: this database ends with the test."""
    if connection.vendor == "postgresql":
        cursor.execute("SET LOCAL session_replication_role = replica")  # type: ignore[attr-defined]
    else:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")  # type: ignore[attr-defined]
        for (name,) in cursor.fetchall():  # type: ignore[attr-defined]
            cursor.execute(f'DROP TRIGGER "{name}"')  # type: ignore[attr-defined]


def _write(cursor: object, table: str, field: "models.Field[Any, Any]", marker: str, room: int) -> None:
    """Put the marker where each text stood, with a number behind it so that what differed still does."""
    column = connection.ops.quote_name(str(field.column))
    cursor.execute(f'SELECT DISTINCT {column} FROM "{table}"')  # type: ignore[attr-defined]
    for n, (text,) in enumerate(cursor.fetchall()):  # type: ignore[attr-defined]
        if text is not None:
            cursor.execute(f'UPDATE "{table}" SET {column} = %s WHERE {column} = %s', [f"{marker}{n}"[:room], text])  # type: ignore[attr-defined]


def pages(shop: Business) -> Iterator[tuple[str, str]]:
    """The page of a ticket, of a copy and of a present, early and late, in both languages, and as a PDF."""
    for kind in ("ticket", "reprint", "slip", "gift"):
        for when in (SOON, LATER):
            for address in (f"/t/{SECRET}", f"/t/{SECRET}.pdf"):
                for language in ("es", "en"):
                    with connection.cursor() as cursor, across("a test tries each kind"):
                        cursor.execute("UPDATE counter_buyertoken SET kind = %s", [kind])
                    with clock.at(when):
                        answer = Client(headers={"accept-language": language}).get(address)
                    assert answer.status_code == 200, (kind, address)
                    yield (
                        f"{kind} {when:%d} {address[-4:]} {language}",
                        read_pdf(answer.content).text if address.endswith("pdf") else answer.content.decode(),
                    )


@pytest.fixture
def shop(db: None) -> Business:
    """A shop where everything has happened; the ticket of SECRET is somebody's, with what they wanted, what was promised to them in so many words, and what is away for repair."""
    business = open_shop()
    till = business.till()
    till.open_shift()
    buyer = till.meet(WHO, phone="951 555 0177", email="refugio@example.org", consent=["whatsapp"])
    visit, shift = till.visit(), till.cashier.shift
    wanted, words = (
        Annex(till.device.ids(till.now()), till.device.ids(till.now()), b"0123456789abcdef", text)
        for text in ("Para su boda", "Es alérgica")
    )
    till.annexes += [wanted, words]
    with scope(business.id):
        chip, promise = need_chips.chips()[0].id, promise_chips.chips()[0].id
    need = {"shift": shift, "chip": str(chip), "origin": "buyer_said", "text": wanted.id}
    till._wrote(till.device.fact("need.stated", need, till.now(), visit.document(), business.cashier))
    said = {"promise": str(uuid.uuid4()), "shift": shift, "chip": str(promise), "due": local_day(till, 2), "text": words.id}
    till._wrote(till.device.fact("promise.made", said, till.now(), visit.document(), business.cashier))
    tokens = ({"kind": "ticket", "hash": hashlib.sha256(SECRET.encode()).hexdigest()},)
    basket = till.basket(("coffee", 2000), ("water", 1000), method="fiado")
    sold = till._wrote(till.cashier.sell(visit, basket, till.now(), Extras(buyer=buyer, tokens=tokens)))
    with clock.at(clock.from_ms(till.at + 1000)):
        till.push(annexes=till.annexes)
        drain()
    with scope(business.id), clock.at(SOON):
        sale = uuid.UUID(sold["body"]["sale"])
        stay = repairs.take_in(business.actor, sale_id=sale, n=0, on=SOON.date(), today=SOON.date())
        repairs.give_back(business.actor, sale_id=sale, stay_id=stay, on=SOON.date(), today=SOON.date())
        with connection.cursor() as cursor, across("a test writes over everything"):
            _let_go(cursor)
    return business


def test_no_page_shows_a_word_of_or_about_the_one_who_bought(shop: Business) -> None:
    for which, text in pages(shop):
        for word in (WHO, "Refugio", "951 555", "example.org", "boda", "alérgica", "Ana", "Rosa"):
            assert word not in text, which


def test_no_page_shows_a_text_of_anybody(shop: Business) -> None:
    markers = marked()
    wanted = {
        "people.StaffMember.name",
        "people.User.email",
        "buyers.Buyer.name",
        "buyers.Buyer.phone",
        "trust.Place.name",
        "kernel.Edit.entity",
    }
    assert wanted <= set(markers.values())
    assert len(markers) > 100
    seen: set[str] = set()
    for which, text in pages(shop):
        found = {markers[one] for one in re.findall(r"q\d{3}z", text) if one in markers}
        assert found - SHOWN == set(), which
        seen |= found
    assert {"kernel.Organization.name", "people.Store.phone", "counter.SaleLine.name"} <= seen


def test_no_page_shows_the_id_of_anybody(shop: Business) -> None:
    with scope(shop.id):
        sale = Sale.objects.get(id=BuyerToken.objects.get(token_hash=hashlib.sha256(SECRET.encode()).digest()).sale_id)
        of_promises = {str(one) for one in PromiseEvent.objects.filter(visit_id=sale.visit_id).values_list("promise_id", flat=True)}
        known = {str(one) for one in ids()} - of_promises  # a bearer says something of a promise by its id, which names nobody
    assert {str(sale.id), str(sale.staff_id), str(sale.visit_id)} <= known

    for which, text in pages(shop):
        found = set(re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", text)) | set(
            re.findall(r"\b[0-9a-f]{32}\b", text)
        )
        assert found & known == set(), which
        assert str(sale.id).replace("-", "")[:12] not in text, which


def ids() -> Iterator[uuid.UUID]:
    """Every id that any row holds."""
    for model in ours():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.UUIDField):
                rows = model._default_manager.values_list(field.attname, flat=True)
                yield from (one for one in rows if one is not None)
