"""The room of codes that no product carries: create the product, give the code to one that is there, or hear of it no more."""

import datetime as dt
import re
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client

from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import Barcode, TaxGroup
from mostrador.config.worker import drain
from mostrador.counter.unknown_code_models import SilencedCode
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.sync.cashier import Extras
from tests.flows.office import office
from tests.sync.shop import OPENED, Business

HERE = "/productos/sin-producto/"
SODA, OWN = "7501030459941", "A/38-N"


@pytest.fixture(autouse=True)
def scanned(shop: Business) -> Iterator[None]:
    """Two were helped while soda was scanned, one of them with a code of a shop's own too."""
    with clock.at(clock.from_ms(OPENED) + dt.timedelta(hours=2)):
        till = shop.till()
        till.open_shift()
        till.sell(("coffee", 1000), extras=Extras(unknown_codes=[SODA, OWN]))
        till.end_without_sale(unknown_codes=[SODA])
        till.push()
        drain()
        yield


def rows(client: Client, address: str = HERE) -> list[tuple[str, str]]:
    """The codes of the list, and in how many visits each was scanned."""
    html = client.get(address).content.decode()
    return re.findall(r'<td><b>([^<]+)</b>.*?data-l="Atenciones">([0-9]+)</td>', html)


def codes_of(shop: Business, name: str = "coffee") -> dict[str, int]:
    """The barcodes of a product, and how much each sells."""
    with scope(shop.id):
        return dict(Barcode.objects.filter(product_id=shop.products[name]).values_list("code", "quantity"))


def test_the_list_says_how_often_and_products_leads_to_it(shop: Business, owner: Client) -> None:
    assert rows(owner) == [(SODA, "2"), (OWN, "1")]
    assert "Códigos sin producto 2" in owner.get("/productos/").content.decode()
    assert '<th scope="col">Tiendas' not in owner.get(HERE).content.decode(), "one store needs no name"


def test_creating_begins_with_the_code_and_ends_the_line(shop: Business, owner: Client) -> None:
    html = owner.get("/productos/nuevo/", {"codigo": SODA}).content.decode()
    coffee = shop.products["coffee"]
    assert owner.get(f"/productos/{coffee}/?editar=1").status_code == 200, "the form of one that is there asks for no code"
    assert html.count(f">{SODA}</textarea>") == 1 and re.search(rf'name="sku"[^>]*value="{SODA}"', html)
    with scope(shop.id):
        group = str(TaxGroup.objects.values_list("id", flat=True)[0])

    form = {"name": "Agua", "sku": SODA, "barcodes": SODA, "price": "15", "tax_group_id": group, "sold_by": "piece", "unit": "pieza"}
    assert owner.post("/productos/nuevo/", form).status_code == 302
    assert rows(owner) == [(OWN, "1")]
    assert "Códigos sin producto 1" in owner.get("/productos/").content.decode()


def test_a_code_is_given_to_a_product_beside_those_that_it_has(shop: Business, owner: Client) -> None:
    assert f"<h2>{OWN}</h2>" in owner.get(f"{HERE}{OWN}/").content.decode()

    html = owner.post(f"{HERE}{OWN}/", {"products": "coffee"}, follow=True).content.decode()
    assert f"{OWN} es ya de coffee" in html
    assert codes_of(shop) == {"coffee": 1000, OWN: 1000}
    assert rows(owner) == [(SODA, "2")]
    assert owner.get(f"{HERE}{OWN}/").status_code == 404


@pytest.mark.parametrize("typed,said", [("", "Falta"), ("nadie", "Una clave o código no es de ningún producto")])
def test_what_is_no_product_is_said_and_changes_nothing(shop: Business, owner: Client, typed: str, said: str) -> None:
    answer = owner.post(f"{HERE}{SODA}/", {"products": typed})

    assert answer.status_code == 422 and said in answer.content.decode()
    assert codes_of(shop) == {"coffee": 1000}
    assert len(rows(owner)) == 2


def test_hear_no_more_of_a_code_and_hear_of_it_again(shop: Business, owner: Client) -> None:
    assert f"De {SODA} no se avisa más" in owner.post(f"{HERE}{SODA}/", {"silenced": "1"}, follow=True).content.decode()
    assert rows(owner) == [(OWN, "1")]
    assert rows(owner, f"{HERE}?estado=callados") == [(SODA, "2")]

    owner.post(f"{HERE}{SODA}/", {"silenced": "0"})
    assert rows(owner) == [(SODA, "2"), (OWN, "1")]
    assert "De ningún código se dejó de avisar" in owner.get(f"{HERE}?estado=callados").content.decode()


def test_a_code_of_an_archived_product_leads_to_it(shop: Business, owner: Client) -> None:
    coffee = uuid.UUID(shop.products["coffee"])
    with scope(shop.id):
        catalogue.set_barcodes(shop.actor, product_id=coffee, barcodes=[(SODA, 1000)])
        catalogue.archive_product(shop.actor, product_id=coffee)

    html = owner.get(HERE).content.decode()
    assert "Es de coffee, que está archivado" in html and f'href="/productos/{coffee}/"' in html
    assert f"/productos/nuevo/?codigo={SODA}" not in html


def test_who_only_reads_sees_the_list_and_changes_nothing(shop: Business) -> None:
    reader = office(shop, "accountant")
    assert len(rows(reader)) == 2
    assert "No avisar más" not in reader.get(HERE).content.decode()
    assert reader.post(f"{HERE}{SODA}/", {"silenced": "1"}).status_code == 403
    with scope(shop.id):
        assert not SilencedCode.objects.exists()
    assert office(shop, "stock").post(f"{HERE}{SODA}/", {"silenced": "1"}).status_code == 302


def test_another_business_has_none_of_it(stranger: Client, owner: Client) -> None:
    assert rows(stranger) == []
    assert stranger.post(f"{HERE}{SODA}/", {"silenced": "1"}).status_code == 404
    assert stranger.post(f"{HERE}{SODA}/", {"products": "coffee"}).status_code == 404
    assert len(rows(owner)) == 2
