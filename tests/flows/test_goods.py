"""Products and stock in the office: list, search, edit, prices, barcodes, photos, adjustments."""

import datetime as dt
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mostrador.catalogue import queries, services
from mostrador.catalogue.models import Barcode, Picture, PriceEvent, Product, TaxGroup
from mostrador.config.worker import drain
from mostrador.kernel import clock
from mostrador.kernel.models import Edit, Outbox
from mostrador.kernel.scoping import scope
from mostrador.kernel.writing import use_case
from mostrador.stock import services as stock
from mostrador.stock.models import StockNote
from tests.flows.office import everything, office, statements
from tests.sync.shop import Business

HX = {"HX-Request": "true", "HX-Target": "list"}


def fields(business: Business, **more: str) -> dict[str, str]:
    """The form of a product, filled in."""
    with scope(business.id):
        group = TaxGroup.objects.get(code="IVA16")
    return {
        "name": "Lápiz", "sku": "LAP-1", "variant": "", "tax_group_id": str(group.id), "category_id": "", "unit": "pieza", "sold_by": "piece",
        "content": "", "content_unit": "", "picto": "", "tint": "", "price": "5.50", "barcodes": "", **more,
    }  # fmt: skip


def product(business: Business, sku: str) -> Product:
    """A product by its SKU."""
    with scope(business.id):
        row: Product = Product.objects.get(sku=sku)
    return row


def test_a_product_is_created_with_its_first_price_and_barcodes(shop: Business, owner: Client) -> None:
    answer = owner.post("/productos/nuevo/", fields(shop, barcodes="7501055300075\n7501055300082 * 6", content="250", content_unit="g"))

    row = product(shop, "LAP-1")
    assert answer["Location"] == f"/productos/{row.id}/"
    assert (row.name, row.price, row.content, row.content_unit) == ("Lápiz", 55_000, 250_000, "g")
    with scope(shop.id):
        assert dict(Barcode.objects.filter(product_id=row.id).values_list("code", "quantity")) == {
            "7501055300075": 1000, "7501055300082": 6000,
        }  # fmt: skip


@pytest.mark.parametrize(
    "field,value,words",
    [
        ("name", "", "Falta."),
        ("sku", "coffee", "Otro producto tiene esa clave."),
        ("price", "cinco", "No es un número."),
        ("price", "-1", "No puede ser menor que cero."),
        ("price", "1.23456", "Tiene demasiados decimales."),
        ("barcodes", "coffee", "Otro producto tiene ese código."),
        ("barcodes", "7501 * 0", "mayor que cero"),
        ("tax_group_id", "01a21078-0000-7000-8000-000000000000", "Elija uno de la lista."),
        ("unit", "barril", "Elija uno de la lista."),
    ],
)
def test_a_product_that_cannot_be_is_not_created(shop: Business, owner: Client, field: str, value: str, words: str) -> None:
    before = everything(shop)

    answer = owner.post("/productos/nuevo/", fields(shop, **{field: value}))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert everything(shop) == before


def test_a_name_with_markup_is_shown_as_it_was_typed(shop: Business, owner: Client) -> None:
    owner.post("/productos/nuevo/", fields(shop, name='<script>alert(1)</script>"&'))

    html = owner.get("/productos/").content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;" in html


def test_escape_bytes_never_reach_a_name(shop: Business, owner: Client) -> None:
    owner.post("/productos/nuevo/", fields(shop, name="Lápiz\x1bp\x00 rojo"))

    assert product(shop, "LAP-1").name == "Lápizp rojo"


@pytest.mark.parametrize("words,found", [("COFFEE", 1), ("caf", 0), ("ofee cof", 0), ("fee cof", 1)])
def test_words_find_a_product_in_any_order_without_accents(shop: Business, owner: Client, words: str, found: int) -> None:
    assert owner.get("/productos/", {"q": words}).content.decode().count('class="pp"') == found


def test_accents_do_not_matter_in_a_search(shop: Business, owner: Client) -> None:
    owner.post("/productos/nuevo/", fields(shop, name="Café de Tlaxiaco"))

    assert "Café de Tlaxiaco" in owner.get("/productos/", {"q": "tlaxiaco cafe"}).content.decode()


def test_a_barcode_finds_its_product(shop: Business, owner: Client) -> None:
    owner.post("/productos/nuevo/", fields(shop, barcodes="7501055300075"))

    assert "Lápiz" in owner.get("/productos/", {"q": "75010553"}).content.decode()


def test_a_search_that_finds_nothing_says_where_it_looked(owner: Client) -> None:
    html = owner.get("/productos/", {"q": "zzzz"}).content.decode()

    assert "Ningún producto con eso" in html
    assert "clave y código de barras" in html


def test_htmx_gets_the_list_alone_and_a_browser_the_whole_page(owner: Client) -> None:
    part = owner.get("/productos/", {"q": "coffee"}, headers=HX).content.decode()
    whole = owner.get("/productos/", {"q": "coffee"}).content.decode()

    assert part.startswith('<div class="paper list" id="list">')
    assert "<html" not in part
    assert part.strip() in whole


def test_a_list_is_paged(shop: Business, owner: Client) -> None:
    with scope(shop.id):
        group = TaxGroup.objects.get(code="IVA16").id
        with use_case():
            services.add_products(
                shop.actor, [{"sku": f"N{n:03}", "name": f"Número {n:03}", "tax_group_id": group, "price": 1} for n in range(120)]
            )

    html = owner.get("/productos/", {"q": "numero", "p": "3"}).content.decode()

    assert "101 a 120 de 120" in html
    assert html.count('class="pp"') == 20


def test_a_list_takes_the_same_number_of_statements_however_long_it_is(shop: Business) -> None:
    with scope(shop.id):
        services.change_product(
            shop.actor, product_id=uuid.UUID(shop.products["coffee"]), category_id=services.add_category(shop.actor, name="Papel").id
        )
        rows = list(Product.objects.all())
        with statements() as sent:
            queries.listed(rows * 10)

    assert len(sent) == 2


def test_editing_a_product_is_on_the_trail(shop: Business, owner: Client) -> None:
    there = f"/productos/{shop.products['coffee']}/"

    answer = owner.post(there, fields(shop, name="Café de olla", sku="coffee"))

    assert answer.status_code == 302
    with scope(shop.id):
        edit = Edit.objects.filter(entity="product").latest("id")
        assert edit.changes["name"] == ["coffee", "Café de olla"]
        assert edit.actor_kind == "person"
        touched = [row.payload for row in Outbox.objects.filter(topic="feed.touched")]
        assert {"kind": "product", "ids": [shop.products["coffee"]]} in touched, "tills learn of it"


def test_a_price_is_a_dated_event_and_the_old_one_stays(shop: Business, owner: Client) -> None:
    there = f"/productos/{shop.products['coffee']}/"

    owner.post(f"{there}precio/", {"price": "95.00", "from": ""})

    with scope(shop.id):
        events = list(PriceEvent.objects.filter(product_id=shop.products["coffee"]).order_by("recorded_at").values_list("price", flat=True))
    assert events == [890_000, 950_000]
    assert product(shop, "coffee").price == 950_000
    assert "$89.00" in owner.get(there).content.decode(), "lowest price of the 30 days before"


def test_a_price_of_a_coming_day_waits_for_it(shop: Business, owner: Client) -> None:
    there = f"/productos/{shop.products['coffee']}/"
    day = (clock.now() + dt.timedelta(days=3)).date()

    owner.post(f"{there}precio/", {"price": "95", "from": day.isoformat()})

    assert product(shop, "coffee").price == 890_000
    assert "$95.00 desde el" in owner.get(there).content.decode()
    with clock.at(clock.now() + dt.timedelta(days=4)):
        drain()
    assert product(shop, "coffee").price == 950_000


def test_looking_at_the_address_of_a_price_changes_none(shop: Business, owner: Client) -> None:
    before = everything(shop)

    answers = [owner.get(f"/productos/{shop.products['coffee']}/{part}/").status_code for part in ("precio", "codigos", "archivar")]

    assert answers == [200, 200, 200]
    assert everything(shop) == before


def test_in_spain_a_comma_is_the_decimal_mark(other: Business, stranger: Client) -> None:
    stranger.post(f"/productos/{other.products['coffee']}/precio/", {"price": "1.234,50"})

    assert product(other, "coffee").price == 12_345_000
    assert "1.234,50\xa0€" in stranger.get("/productos/").content.decode()


def test_no_price_means_that_the_till_asks(shop: Business, owner: Client) -> None:
    owner.post(f"/productos/{shop.products['coffee']}/precio/", {"price": ""})

    assert product(shop, "coffee").price is None
    assert "La caja pregunta" in owner.get("/productos/").content.decode()


def test_archived_products_leave_the_list_and_come_back(shop: Business, owner: Client) -> None:
    there = f"/productos/{shop.products['coffee']}/archivar/"

    owner.post(there, {"archived": "1"})
    assert owner.get("/productos/").content.decode().count('class="pp"') == 2
    assert owner.get("/productos/", {"estado": "archived"}).content.decode().count('class="pp"') == 1

    owner.post(there, {"archived": "0"})
    assert owner.get("/productos/").content.decode().count('class="pp"') == 3


def test_a_barcode_of_another_product_stays_with_it(shop: Business, owner: Client) -> None:
    before = everything(shop)

    answer = owner.post(f"/productos/{shop.products['coffee']}/codigos/", {"barcodes": "coffee\nwater"})

    assert answer.status_code == 422
    assert everything(shop) == before


def test_a_photo_is_kept_small_and_without_the_cameras_data(shop: Business, owner: Client) -> None:
    out = io.BytesIO()
    photo = Image.new("RGB", (1600, 900), "red")
    exif = photo.getexif()
    exif[0x010F] = "CamaraSecreta"
    photo.save(out, "JPEG", exif=exif)
    there = f"/productos/{shop.products['coffee']}/foto/"

    answer = owner.post(there, {"picture": SimpleUploadedFile("foto.jpg", out.getvalue(), "image/jpeg")})

    assert answer.status_code == 302
    shown = owner.get(there)
    kept = Image.open(io.BytesIO(shown.content))
    assert (shown["Content-Type"], kept.format, kept.size) == ("image/webp", "WEBP", (320, 180))
    assert b"CamaraSecreta" not in shown.content


@pytest.mark.parametrize("data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"GIF89a", b""])
def test_what_is_no_photo_is_not_kept(shop: Business, owner: Client, data: bytes) -> None:
    answer = owner.post(f"/productos/{shop.products['coffee']}/foto/", {"picture": SimpleUploadedFile("x.png", data, "image/png")})

    assert answer.status_code == 422
    with scope(shop.id):
        assert Picture.objects.count() == 0


def test_stock_goes_up_by_what_came_in_with_its_reason(shop: Business, owner: Client) -> None:
    there = f"/existencias/{shop.products['coffee']}/"
    form = {"store": str(shop.store_id), "how": "how_in", "quantity": "12", "reason": "received", "text": "Factura 7"}

    answer = owner.post(there, form)

    assert answer.status_code == 302
    with scope(shop.id):
        assert stock.level(shop.store_id, uuid.UUID(shop.products["coffee"])) == 12_000
        assert StockNote.objects.latest("at").text == "Factura 7"
    assert "Mercancía recibida" in owner.get(there).content.decode()


def test_a_count_moves_the_difference(shop: Business, owner: Client) -> None:
    there = f"/existencias/{shop.products['tomato']}/"
    form = {"store": str(shop.store_id), "how": "how_in", "quantity": "10.5", "reason": "received"}
    owner.post(there, form)

    owner.post(there, {**form, "how": "how_counted", "quantity": "9.250", "reason": "count"})

    with scope(shop.id):
        assert stock.level(shop.store_id, uuid.UUID(shop.products["tomato"])) == 9_250


@pytest.mark.parametrize("field,value", [("quantity", ""), ("quantity", "-3"), ("reason", "import"), ("reason", ""), ("how", "x")])
def test_an_adjustment_without_quantity_or_reason_moves_nothing(shop: Business, owner: Client, field: str, value: str) -> None:
    before = everything(shop)
    form = {"store": str(shop.store_id), "how": "how_in", "quantity": "12", "reason": "received", field: value}

    answer = owner.post(f"/existencias/{shop.products['coffee']}/", form)

    assert answer.status_code == 422
    assert everything(shop) == before


def test_who_keeps_the_stock_may_edit_products_and_move_goods(shop: Business) -> None:
    client = office(shop, "stock")

    assert client.post("/productos/nuevo/", fields(shop)).status_code == 302
