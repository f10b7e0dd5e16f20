"""Orders in the office and on the buyer's page: what waits and by when, each with its deposits; terms that the owner says; nothing personal to whoever finds the paper."""

import datetime as dt
import hashlib

from django.test import Client

from mostrador.config.worker import drain
from mostrador.counter import order_terms
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Ordered
from mostrador.sync.device import Annex
from tests.sync.shop import OPENED, Business, Json, Till

SECRET = "Zm9vYmFyYmF6cXV4MTIzNA"
SOON = clock.from_ms(OPENED) + dt.timedelta(days=1)
LATER = clock.from_ms(OPENED) + dt.timedelta(days=60)


def shown(client: Client, address: str) -> str:
    """A page's text."""
    return client.get(address).content.decode()


def a_repair(shop: Business) -> tuple[Till, Json]:
    """A repair of Lucía at 178.00, with 50.00 paid, whose page SECRET opens."""
    till = shop.till()
    till.open_shift()
    buyer = till.meet("Lucía Ñandú")
    basket = till.basket(("coffee", 2000))
    basket["payments"] = []
    details = Annex(till.device.ids(till.now()), till.device.ids(till.now()), b"0123456789abcdef", "Tapas de goma")
    till.annexes.append(details)
    tokens = ({"kind": "ticket", "hash": hashlib.sha256(SECRET.encode()).hexdigest()},)
    ordered = till._wrote(
        till.cashier.order(till.visit(), Ordered("repair", "2025-12-01", 100_000, buyer, details, tokens), basket, till.now())
    )
    till._wrote(till.cashier.pay_order(till.visit(), ordered["body"], [{"method": "cash", "amount": 5_000}], [], till.now()))
    till.push(annexes=till.annexes)
    drain()
    return till, ordered


def test_what_waits_is_listed_with_what_was_paid_and_what_happened(shop: Business, owner: Client) -> None:
    till, ordered = a_repair(shop)
    till._wrote(till.cashier.change_order(ordered["body"]["order"], till.now(), step="ready"))
    till.push()

    with clock.at(SOON):
        listed = shown(owner, "/pedidos/")
        one = shown(owner, f"/pedidos/{ordered['body']['order']}/")
    for text in ("Reparación", f"{till.device.series}-1", "$178.00", "$128.00", "Listo"):
        assert text in listed
    for text in ("Lucía", "Tapas de goma", "$50.00", "retiene 10", "Rosa"):
        assert text in one

    with clock.at(LATER):
        assert "Vencido" in shown(owner, "/pedidos/")
    assert "Ningún pedido" in shown(owner, "/pedidos/?tipo=quote")
    assert f"{till.device.series}-1" in shown(owner, "/pedidos/?q=nandu")


def test_stock_says_how_much_stands_aside_for_orders(shop: Business, owner: Client) -> None:
    till = shop.till()
    till.open_shift()
    basket = till.basket(("coffee", 3000))
    basket["payments"] = []
    till._wrote(till.cashier.order(till.visit(), Ordered("layaway", "2199-12-01", 100_000), basket, till.now()))
    till.push()
    drain()

    for address in ("/existencias/", f"/existencias/?tienda={shop.store_id}", f"/existencias/{shop.products['coffee']}/"):
        assert "3 para pedidos" in shown(owner, address), address
    assert "para pedidos" not in shown(owner, "/existencias/?q=tomate")


def test_deposits_that_two_tills_used_are_on_top(shop: Business, owner: Client) -> None:
    till, ordered = a_repair(shop)
    for _ in range(2):
        till._wrote(till.cashier.close_order(till.visit(), ordered["body"]["order"], [{"method": "cash", "amount": 5_000}], till.now()))
    till.push()

    html = shown(owner, "/pedidos/")

    assert "Hecho dos veces" in html and "De más: $50.00" in html
    assert "Cancelado" in shown(owner, "/pedidos/?estado=terminados")


def test_the_owner_says_the_terms_and_a_wrong_number_stays_as_it_was_typed(shop: Business, owner: Client) -> None:
    wrong = owner.post("/pedidos/condiciones/", {"kind": "layaway", "days": "9999", "deposit_share": "30", "kept_share": "10"})
    assert wrong.status_code == 422 and 'value="9999"' in wrong.content.decode()

    done = owner.post("/pedidos/condiciones/", {"kind": "layaway", "days": "45", "deposit_share": "30", "kept_share": "10"}, follow=True)

    assert "Apartado: condiciones guardadas" in done.content.decode()
    with scope(shop.id):
        said = order_terms.terms()["layaway"]
    assert (said.days, said.deposit_share, said.kept_share) == (45, 300_000, 100_000)


def test_the_secret_of_an_order_opens_its_page_and_says_nobodys_name(shop: Business) -> None:
    a_repair(shop)

    with clock.at(SOON):
        spanish = Client(headers={"accept-language": "es"}).get(f"/t/{SECRET}")
        english = Client(headers={"accept-language": "en"}).get(f"/t/{SECRET}").content.decode()

    html = spanish.content.decode()
    for text in ("Reparación", "$128.00", "lista el 1 de diciembre de 2025", "$50.00", "Pendiente", "retiene 10"):
        assert text in html
    for text in ("Lucía", "Tapas", "Rosa"):
        assert text not in html
    assert spanish["Referrer-Policy"] == "no-referrer" and not spanish.cookies
    for text in ("Repair", "Left to pay", "keeps 10"):
        assert text in english
