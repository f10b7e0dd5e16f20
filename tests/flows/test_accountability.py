"""What people answer for: a list with names, of one person only with a purpose that is kept; and what came after a Z beside it."""

import re
from typing import Any

import pytest
from django.test import Client

from mostrador.counter.models import Sale, ShiftClosing
from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from mostrador.people import services as people
from mostrador.sync.cashier import Extras
from tests.flows.office import office
from tests.sync.books import doctor, totals
from tests.sync.shop import DAY, Business, Till, back_line, document, states
from tests.sync.test_evidence import copied, decide

DAYS = f"desde={DAY}&hasta={DAY}"


def a_hard_day(shop: Business) -> Till:
    """A till where one of each thing happened that people answer for, by Rosa; and sales about which there is nothing to say."""
    till = shop.till()
    till.open_shift()
    sold = till.sell(("coffee", 2000), extras=Extras(not_sold={"times": 1, "amount": 38_000}))
    till.sell(("water", 1000), extras=Extras(voided={"times": 2, "amount": 3_700}))
    changed = {**till.line("1", "coffee", 1000), "unit_price": 850_000}
    till.sell_basket(till.basket(lines=[changed]), Extras(price_changes=[{"line": "1", "list_price": 890_000}]))
    till.sell(("coffee", 1000), discount={"percent": 500_000})
    till.take_back(None, lines=[back_line(sold, 0, 1000, line=None)])
    till.open_drawer()
    till._wrote(till.cashier.approve(shop.manager, "account", 25_000, "agreed_price", till.now())[1])
    till.close_shift({10_000: 4})
    till.push()
    return till


def happened(html: str) -> list[str]:
    """What the rows of the list say, oldest first."""
    return list(reversed(re.findall(r"<tr><td><b>([^<]+)</b>", html)))


def test_the_list_names_who_did_what_and_says_nothing_of_ordinary_sales(shop: Business, owner: Client) -> None:
    a_hard_day(shop)

    html = owner.get(f"/rendicion/?{DAYS}").content.decode()

    assert happened(html) == [
        "No vendido por la edad", "Partidas quitadas", "Precio cambiado", "Venta más allá de un límite", "Devolución sin ticket", "Cajón abierto",
        "Fiado más allá del límite", "Diferencia en el conteo",
    ]  # fmt: skip
    assert html.count('data-l="Persona">Rosa') == 8
    assert "Autorizó Ana" in html
    assert html.count("Más allá del límite de su puesto, sin autorización") == 3  # discount, return, drawer


def test_one_persons_are_shown_only_for_a_purpose_that_everybody_can_read(shop: Business, owner: Client) -> None:
    till = a_hard_day(shop)
    till.cashier.staff = shop.manager
    till.open_shift()
    till.open_drawer()
    till.push()
    assert happened(owner.get(f"/rendicion/?{DAYS}&person={shop.manager}").content.decode()).count("Cajón abierto") == 2  # no way round

    refused = owner.post("/rendicion/", {"person": shop.manager, "purpose": "complaint", "note": "", "desde": DAY, "hasta": DAY})
    asked = owner.post(
        "/rendicion/", {"person": shop.manager, "purpose": "complaint", "note": "Queja del martes", "desde": DAY, "hasta": DAY}
    )

    assert (refused.status_code, asked.status_code) == (422, 302)
    html = owner.get(asked["Location"]).content.decode()
    assert happened(html) == ["Cajón abierto"]
    assert "Solo Ana. Motivo: Reclamo de un cliente." in html
    with scope(shop.id):
        [row] = Edit.objects.filter(entity="inquiry")
    assert (str(row.entity_id), row.changes["note"]) == (shop.manager, [None, "Queja del martes"])
    # Nobody looks by another's purpose; the auditor reads who looked, and asks for nobody.
    assert len(happened(office(shop, "manager").get(asked["Location"]).content.decode())) == 9
    auditor = office(shop, "auditor")
    assert "Owner miró lo de Ana" in auditor.get("/rendicion/").content.decode()
    assert auditor.post("/rendicion/", {"person": shop.manager, "purpose": "complaint", "note": "x"}).status_code == 403


def test_a_stranger_is_nobody_to_ask_about(shop: Business, other: Business, owner: Client) -> None:
    a_hard_day(other)

    assert owner.post("/rendicion/", {"person": other.cashier, "purpose": "other", "note": "x"}).status_code == 422
    assert happened(owner.get(f"/rendicion/?{DAYS}").content.decode()) == []
    with scope(shop.id):
        assert not Edit.objects.filter(entity="inquiry").exists()


@pytest.mark.parametrize("room", ["/tickets/", "/", "/dinero/", "/turnos/"])
def test_sales_and_visits_have_no_column_of_persons(shop: Business, owner: Client, room: str) -> None:
    a_hard_day(shop)

    html = owner.get(f"{room}?dia={DAY}&{DAYS}").content.decode()

    assert "Rosa" not in html


def test_what_came_after_the_z_is_a_supplement_and_the_z_stays(shop: Business, owner: Client) -> None:
    """A browser copied to another device sold on: its sales are admitted after the shift was closed."""
    till = shop.till()
    till.open_shift()
    till.push()
    other = copied(till)
    till.sell(("coffee", 1000))
    till.close_shift()
    till.push()
    other.sell(("tomato", 1000))
    other.sell(("water", 2000))
    assert states(other.push(other.journal_facts[-2:])) == ["refused", "refused"]
    before = owner.get(f"/turnos/{till.shift}/").content.decode()
    with scope(shop.id):
        z = ShiftClosing.objects.values().get()

    for fact in other.journal_facts[-2:]:
        decide(till, fact)
    html = owner.get(f"/turnos/{till.shift}/").content.decode()

    assert ("Suplemento al Z" in before, "Suplemento al Z" in html) == (False, True)
    figures = re.findall(
        r"<tr><td>(Ventas|Vendido)</td><td class=\"r\">([^<]+)</td><td class=\"r\">([^<]+)</td><td class=\"r\"><b>([^<]+)", html
    )
    assert figures == [("Ventas", "1", "3", "2"), ("Vendido", "$89.00", "$164.00", "$75.00")]
    with scope(shop.id):
        assert ShiftClosing.objects.values().get() == z
    assert totals(till)["gross"] == 16_400
    assert doctor() == []


def test_a_sale_after_midnight_is_of_the_day_before_where_the_day_begins_at_five(shop: Business, owner: Client) -> None:
    """The shift's day, which the till fixed by the store's start of the day, rules day figures, list and export."""
    with scope(shop.id):
        people.change_store(shop.actor, store_id=shop.store_id, day_start_minutes=300)
    till = shop.till()
    till.at += 17 * 3_600_000 + 1_800_000  # 26 November, 01:30
    till.open_shift()
    till.sell(("coffee", 1000))
    till.close_shift()
    till.push()

    with scope(shop.id):
        assert [row.business_date.isoformat() for row in Sale.objects.all()] == [DAY]
    assert "$89.00" in owner.get(f"/dinero/?dia={DAY}").content.decode()
    assert "$89.00" not in owner.get("/dinero/?dia=2025-11-26").content.decode()
    exported: Any = owner.get(f"/tickets/exportar.csv?{DAYS}")
    assert DAY in b"".join(exported).decode("utf-8-sig")
    assert "$89.00" in owner.get(f"/tickets/?{DAYS}").content.decode()


def test_how_the_drawer_is_counted_is_a_setting_that_the_tills_hear(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.push()
    said = document(till.pull("till"))["settings"]
    assert (said["blind_count"], said["count_tolerance"]) == (True, None)
    form = {
        "name": "Tienda", "tax_rounding": "line", "cash_rounding_mode": "half_up", "timezone": "America/Mexico_City", "locale": "es-MX",
        "count_tolerance": "20",
    }  # fmt: skip

    assert owner.post("/ajustes/", form).status_code == 302

    said = document(till.pull("till"))["settings"]
    assert (said["blind_count"], said["count_tolerance"]) == (False, 2_000)
