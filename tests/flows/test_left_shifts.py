"""A shift whose till is gone: the office says so, counts its drawer, and a Z that comes after all stands."""

from django.test import Client

from mostrador.kernel.models import Edit
from mostrador.kernel.scoping import scope
from tests.flows.office import office
from tests.sync.books import doctor
from tests.sync.shop import Business, Till


def left_open(shop: Business) -> Till:
    """A till that sold a coffee for 89.00 on a float of 500.00 and is revoked with its shift open."""
    till = shop.till("lost")
    till.open_shift(50_000)
    till.sell(("coffee", 1000))
    till.push()
    shop.revoke(till)
    return till


def test_a_shift_left_open_is_said_and_counted_in_the_office(shop: Business, owner: Client) -> None:
    till = left_open(shop)
    there = f"/turnos/{till.shift}/"

    assert "Abierto, sin su caja" in owner.get("/turnos/").content.decode()
    assert "Cerrar sin la caja" in owner.get(there).content.decode()
    answer = owner.post(there, {"counted": "580.00", "note": "Se cayó la tableta"}, follow=True)

    html = answer.content.decode()
    assert "Contado en la oficina" in html and "$580.00" in html and "$589.00" in html and "-$9.00" in html and "Se cayó la tableta" in html
    assert "Contado en la oficina" in owner.get("/turnos/").content.decode()
    with scope(shop.id):
        assert Edit.objects.filter(entity="shift").values_list("changes", flat=True).get() == {"counted": [None, 58_000]}
    assert doctor() == []


def test_it_may_be_counted_again(shop: Business, owner: Client) -> None:
    there = f"/turnos/{left_open(shop).shift}/"
    owner.post(there, {"counted": "580"})

    owner.post(there, {"counted": "589"})

    html = owner.get(there).content.decode()
    assert "Contar otra vez" in html and "$580.00" not in html


def test_while_its_till_can_close_it_the_office_does_not(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    till.push()

    answer = owner.post(f"/turnos/{till.shift}/", {"counted": "0"})

    assert answer.status_code == 422 and "Su caja todavía puede cerrarlo" in answer.content.decode()
    assert "Abierto, sin su caja" not in owner.get("/turnos/").content.decode()
    assert "Cerrar sin la caja" not in owner.get(f"/turnos/{till.shift}/").content.decode()


def test_what_is_no_amount_is_said_and_nothing_is_kept(shop: Business, owner: Client) -> None:
    there = f"/turnos/{left_open(shop).shift}/"

    for typed, why in (("", "Falta."), ("-5", "No puede ser menor que cero."), ("mucho", "No es un número.")):
        answer = owner.post(there, {"counted": typed})
        assert answer.status_code == 422 and why in answer.content.decode(), typed
    assert "Contar otra vez" not in owner.get(there).content.decode()


def test_who_may_only_read_counts_nothing(shop: Business) -> None:
    there = f"/turnos/{left_open(shop).shift}/"

    assert office(shop, "accountant").post(there, {"counted": "580"}).status_code == 403


def test_a_shift_before_another_of_the_same_till_was_left(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    till.push()
    first = till.shift
    till.open_shift()
    till.push()

    assert "Cerrar sin la caja" in owner.get(f"/turnos/{first}/").content.decode()
    assert "Cerrar sin la caja" not in owner.get(f"/turnos/{till.shift}/").content.decode()


def test_a_z_that_is_admitted_after_all_goes_before_the_count(shop: Business, owner: Client) -> None:
    till = left_open(shop)
    there = f"/turnos/{till.shift}/"
    owner.post(there, {"counted": "580"})
    till.close_shift({50_000: 1, 5_000: 1})
    till.push()
    owner.post(f"/por-revisar/{till.journal}/{len(till.journal_facts)}/", {"act": "accept", "note": "La tableta apareció"})

    html = owner.get(there).content.decode()

    assert "Corte 1" in html and "-$39.00" in html and "vale el corte" in html and "Contar otra vez" not in html
    assert "Faltan $39.00" in owner.get("/turnos/").content.decode()
