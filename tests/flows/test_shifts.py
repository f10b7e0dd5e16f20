"""Shifts and their Z in the office: what was expected, counted, set apart, approved and copied, each where its shift is."""

import uuid

from django.test import Client

from mostrador.config.worker import drain
from mostrador.sync.cashier import Extras
from tests.sync.shop import DAY, Business, states


def test_a_shift_shows_expected_counted_and_difference(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift(50_000)
    till.sell(("coffee", 1000))
    till.close_shift({50_000: 1, 5_000: 1})
    till.push()

    html = owner.get(f"/turnos/{till.shift}/").content.decode()

    for figure in ("$589.00", "$550.00", "-$39.00", "Corte 1"):
        assert figure in html
    assert "Faltan $39.00" in owner.get("/turnos/").content.decode()


def test_a_z_stands_and_says_what_was_set_apart(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    body = till.sale_body(("coffee", 1000))
    body["basket"]["lines"][0]["product_id"] = str(uuid.uuid4())
    till.write_sale(body)
    till.cashier.figures.add_sale(1, body["basket"], body["totals"])
    till.close_shift()
    till.push()

    html = owner.get(f"/turnos/{till.shift}/").content.decode()

    assert "Difiere en $89.00: 1 apartado por revisar." in html


def test_what_was_paid_on_account_stands_in_the_shift_and_a_z_says_when_some_of_it_is_missing(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    buyer = till.meet("Lucía")
    till.sell(("coffee", 1000), method="fiado", extras=Extras(buyer=buyer))
    till.pay_account(buyer, ("cash", 5_000), change=1_000)
    till.push(annexes=till.annexes)
    drain()

    open_html = owner.get(f"/turnos/{till.shift}/").content.decode()
    till.cashier.figures.account_paid += 700
    till.close_shift()
    till.push()
    html = owner.get(f"/turnos/{till.shift}/").content.decode()

    assert ("Abonos (1)" in open_html, "$40.00" in open_html, f"/clientes/{buyer}/" in open_html) == (True, True, True)
    assert ("Abonos (1)" in html, "$47.00" in html, "Difiere en $7.00" in html) == (True, True, True)


def test_what_was_approved_and_copied_is_among_the_events_of_its_shift_and_of_no_other(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    first = till.shift
    sold = till.sell(("coffee", 1000))
    till.approve()
    till.reprint(sold)
    till.close_shift()
    till.open_shift()
    till.open_drawer()
    till.push()

    before, after = (owner.get(f"/turnos/{shift}/").content.decode() for shift in (first, till.shift))

    assert "Descuento: Dañado, autorizó Ana · $10.00" in before
    assert ("Copia de ticket" in before, "Dar cambio" in before) == (True, False)
    assert ("Descuento: Dañado" in after, "Copia de ticket" in after, "Dar cambio" in after) == (False, False, True)


def test_cash_and_drawer_say_that_the_approval_they_name_is_missing(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    for kind, body in (
        ("cash.moved", {"direction": "out", "currency": "MXN", "amount": 5_000, "reason": "safe"}),
        ("drawer.opened", {"reason": "give_change"}),
    ):
        till.write(kind, {"shift": till.shift, "approvals": [till.device.ids(till.at)], **body})
    given = till.approve()["id"]
    till.write("drawer.opened", {"shift": till.shift, "approvals": [given], "reason": "check_cash"})
    assert set(states(till.push())) == {"accepted"}

    html = owner.get(f"/turnos/{till.shift}/").content.decode()

    assert html.count("Falta la autorización que nombra") == 2
    assert "Falta la autorización que nombra · Revisar efectivo" not in html


def test_methods_that_make_up_for_each_other_are_not_exact(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    till.sell(("coffee", 1000))
    fact = till.close_shift()
    till.journal_facts.pop()
    till.device.seq, till.device.head = fact["seq"] - 1, fact["prev"]
    till.write("shift.closed", {**fact["body"], "difference": [{"method": "cash", "amount": -8_900}, {"method": "card", "amount": 8_900}]})
    assert set(states(till.push())) == {"accepted"}

    for there in ("/turnos/", "/dinero/?dia=" + DAY, "/?dia=" + DAY):
        html = owner.get(there).content.decode()
        assert "Cuadró al centavo" not in html
    assert "Cruzado entre formas de pago" in owner.get("/turnos/").content.decode()


def test_a_parked_movement_of_cash_is_told_where_its_shift_is(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    till.push()
    there = f"/turnos/{till.shift}/"
    assert "por revisar" not in owner.get(there).content.decode()
    shop.revoke(till)
    till.move_cash("out", 5_000)
    till.push()

    assert "1 apartado de este turno por revisar." in owner.get(there).content.decode()


def test_an_open_shift_says_how_much_cash_there_should_be(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift(50_000)
    till.sell(("coffee", 1000))
    till.move_cash("out", 10_000)
    till.push()

    assert "$489.00" in owner.get(f"/turnos/{till.shift}/").content.decode()
