"""Returns in the office and on the buyer's page: beside their ticket, in their shift, in the money of the day, in the file."""

import csv
import io

import time_machine
from django.test import Client

from tests.flows.office import office
from tests.sync.shop import DAY, Business, Json, Till, back_line

DAYS = f"desde={DAY}&hasta={DAY}"
THERE = f"/devoluciones/?{DAYS}"


def a_day(shop: Business) -> tuple[Till, Json]:
    """Two coffees sold, one comes back faulty; and a water without a ticket."""
    till = shop.till()
    till.open_shift(50_000)
    sold = till.sell(("coffee", 2000))
    till.take_back(None, lines=[back_line(sold, 0, 1000, line=None, goods="scrap", reason="defective")])
    body = till.take_back(sold, (0, 1000))
    other = till.sell(("water", 1000))
    till.take_back(None, lines=[back_line(other, 0, 1000, line=None, reason="not_needed")])
    till.push()
    return till, {"sold": sold, "back": body}


def test_a_ticket_shows_what_came_back_of_it(shop: Business, owner: Client) -> None:
    till, day = a_day(shop)

    html = owner.get(f"/tickets/{day['sold']['body']['sale']}/").content.decode()

    assert f"Devolución {till.device.series}-3" in html
    assert "−$89.00" in html and "Defectuoso" in html and "al anaquel" in html
    assert f"Devolución {till.device.series}-2" not in html  # it came without a ticket


def test_a_shift_shows_its_returns_and_what_cash_went_back(shop: Business, owner: Client) -> None:
    till, _ = a_day(shop)

    before = owner.get(f"/turnos/{till.shift}/").content.decode()
    till.close_shift()
    till.push()
    after = owner.get(f"/turnos/{till.shift}/").content.decode()

    for html in (before, after):
        assert "Devoluciones" in html and "sin ticket" in html and "a merma" in html
        assert "Devuelto: Efectivo" in html and "−$196.50" in html and "· Rosa" in html
    assert "Devoluciones (3)" in after and "−$196.50" in after
    assert "Cuadró al centavo" in owner.get("/turnos/").content.decode()


def test_the_money_of_a_day_agrees_with_what_went_back(shop: Business, owner: Client) -> None:
    a_day(shop)

    html = owner.get(f"/dinero/?dia={DAY}").content.decode()

    assert "Devoluciones (3)" in html and "−$196.50" in html
    assert "cuadra al centavo" in html
    assert "Impuestos de lo devuelto" in html
    assert '<th scope="col" class="r">Devuelto</th>' in html and '<td class="r">−$196.50</td>' in html


def test_the_file_of_tickets_has_returns_below_zero(shop: Business, owner: Client) -> None:
    till, _ = a_day(shop)

    text = owner.get(f"/tickets/exportar.csv?desde={DAY}&hasta={DAY}").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    assert sum(round(float(row["total"]) * 100) for row in rows) == 0
    [back] = [row for row in rows if row["ticket"] == f"{till.device.series}-3"]
    assert (back["total"], back["avisos"], back["pago"]) == ("-89.00", "return", "Efectivo")
    assert [row["ticket de origen"] for row in rows if row["avisos"] == "return"].count(f"{till.device.series}-1") == 1
    assert back["ticket de origen"] == f"{till.device.series}-1"


def test_the_buyer_sees_what_was_given_back_for_thirty_days(shop: Business, owner: Client) -> None:
    _, day = a_day(shop)
    there = f"/t/vista/{day['sold']['body']['sale']}"

    with time_machine.travel(f"{DAY}T23:59:00Z", tick=False):
        seen = office(shop).get(there).content.decode()

    assert "Devuelto $89.00" in seen
    assert "Devuelto" not in owner.get(there).content.decode()


def test_a_return_is_found_by_the_number_of_its_paper(shop: Business, owner: Client) -> None:
    till, _ = a_day(shop)

    assert f"Devolución {till.device.series}-3" in owner.get(f"/tickets/?q={till.device.series}-3").content.decode()


def test_the_room_of_returns_says_why_things_came_back_and_what_came_back_most(shop: Business, owner: Client) -> None:
    a_day(shop)

    with time_machine.travel(f"{DAY}T23:59:00Z", tick=False):
        client = office(shop)
        html = client.get("/devoluciones/").content.decode()
        faulty = client.get("/devoluciones/?motivo=defective").content.decode()
    another_week = owner.get("/devoluciones/?desde=2024-01-01&hasta=2024-01-07").content.decode()

    assert "Defectuoso" in html and "No era lo que necesitaba" in html and "−$89.00" in html
    assert "Por mirar" not in html
    assert "Todos los motivos" in faulty and "water" not in faulty
    assert "Nada volvió en estos días" in another_week


def test_what_two_tills_gave_back_twice_is_listed_with_what_to_do(shop: Business, owner: Client) -> None:
    one, other = shop.till("one"), shop.till("other")
    for till in (one, other):
        till.open_shift()
    sold = one.sell(("coffee", 1000))
    for till in (one, other):
        till.take_back(sold, (0, 1000))
        till.push()

    html = owner.get(THERE).content.decode()

    assert "Por mirar (1)" in html and "Volvió más de lo que se vendió" in html and "corrija las existencias" in html
    assert f"del ticket {one.device.series}-1" in html
    assert "Por mirar (1)" in owner.get(f"{THERE}&avisos=1&motivo=size").content.decode()


def test_half_an_exchange_is_listed_with_its_sale(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    sold = till.sell(("coffee", 1000), method="exchange")
    till.push()

    html = owner.get(THERE).content.decode()

    assert "El cambio no queda en cero" in html and f"/tickets/{sold['body']['sale']}/" in html
    assert "El cambio no queda en cero" not in owner.get("/devoluciones/?desde=2024-01-01&hasta=2024-01-07").content.decode()


def test_every_line_that_came_back_is_a_row_of_the_file(shop: Business, owner: Client) -> None:
    till, day = a_day(shop)
    answer = owner.get(f"/devoluciones/exportar.csv?{DAYS}")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[5:11] for row in rows[1:]] == [
        ["water", "1.000", "pieza", "No era lo que necesitaba", "al anaquel", "18.50"],
        ["coffee", "1.000", "pieza", "Defectuoso", "al anaquel", "89.00"],
        ["coffee", "1.000", "pieza", "Defectuoso", "a merma", "89.00"],
    ]
    assert [row[4] for row in rows[1:]] == ["", f"{till.device.series}-1", ""]
    assert day["sold"]["body"]["sale"] in owner.get(THERE).content.decode()
