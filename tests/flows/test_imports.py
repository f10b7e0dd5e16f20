"""Importing products through the office: upload, preview, columns, confirmation, progress, report."""

import csv
import io
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mostrador.catalogue.models import Barcode, Product
from mostrador.kernel.scoping import scope
from mostrador.office import imports
from mostrador.stock import services as stock
from tests.flows.office import everything
from tests.sync.shop import Business

GOOD = "Clave,Nombre,Precio,Existencia\nA1,Uno,1.50,7\nA2,Dos,2,8\n"
MIXED = "Clave,Nombre,Precio\nA1,Uno,1.50\nA2,,2\nA3,Tres,nada\n=1+1,Cuatro,4\n"


def upload(client: Client, text: str | bytes, name: str = "lista.csv") -> str:
    """Upload a file and return the address of its preview."""
    data = text.encode() if isinstance(text, str) else text
    answer = client.post("/productos/importar/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_preview_says_what_would_happen_and_writes_nothing(shop: Business, owner: Client) -> None:
    before = everything(shop)

    html = owner.get(upload(owner, GOOD)).content.decode()

    assert [int(n) for n in re.findall(r"<dd>(\d+)</dd>", html)] == [2, 0, 0, 0]
    assert "Texto UTF-8, columnas separadas por coma" in html
    assert "Importar 2 productos" in html
    assert everything(shop) == before


def test_a_confirmed_import_is_written_with_its_stock(shop: Business, owner: Client) -> None:
    there = upload(owner, GOOD)

    owner.post(there, {"act": "write"})

    html = owner.get(there).content.decode()
    assert "Importado" in html
    with scope(shop.id):
        product = Product.objects.get(sku="A1")
        assert product.price == 15_000
        assert stock.level(shop.store_id, product.id) == 7_000


def test_pressing_twice_imports_once(shop: Business, owner: Client) -> None:
    there = upload(owner, GOOD)

    owner.post(there, {"act": "write"})
    after = everything(shop)
    owner.post(there, {"act": "write"})

    assert everything(shop) == after


def test_bad_rows_keep_the_good_ones_out_until_it_is_confirmed(shop: Business, owner: Client) -> None:
    there = upload(owner, MIXED)
    before = everything(shop)

    refused = owner.post(there, {"act": "write"})

    assert refused.status_code == 422
    assert "Hay filas con error" in refused.content.decode()
    assert everything(shop) == before

    owner.post(there, {"act": "write", "only_good": "1"})
    with scope(shop.id):
        assert sorted(Product.objects.filter(name__in=["Uno", "Cuatro", "Tres"]).values_list("name", flat=True)) == ["Cuatro", "Uno"]


def test_errors_are_shown_by_row_in_words(owner: Client) -> None:
    html = owner.get(upload(owner, MIXED)).content.decode()

    assert "Es nuevo y le falta el nombre." in html
    assert "Precio: no es un número." in html
    assert ">nada</td>" in html


def test_the_report_has_every_row_and_runs_nothing(shop: Business, owner: Client) -> None:
    there = upload(owner, MIXED)
    owner.post(there, {"act": "write", "only_good": "1"})

    answer = owner.get(f"{there}informe.csv")

    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]  # a file
    assert rows == [
        ["fila", "clave", "nombre", "resultado", "problema"],
        ["2", "A1", "Uno", "Nuevo", ""],
        ["3", "A2", "", "Error", "Es nuevo y le falta el nombre."],
        ["4", "A3", "Tres", "Error", "Precio: no es un número."],
        ["5", "'=1+1", "Cuatro", "Nuevo", ""],
    ]


def test_a_file_of_nothing_but_bad_rows_has_its_report_before_anything_is_written(shop: Business, owner: Client) -> None:
    before = everything(shop)
    there = upload(owner, "Clave,Nombre,Precio\nA1,Uno,nada\nA2,,3\n")

    refused = owner.post(there, {"act": "write", "only_good": "1"})
    answer = owner.get(f"{there}informe.csv")

    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]  # a file
    assert [row[:4] for row in rows[1:]] == [["2", "A1", "Uno", "Error"], ["3", "A2", "", "Error"]]
    assert 'href="informe.csv"' in owner.get(there).content.decode()
    assert refused.status_code == 422
    assert everything(shop) == before


def test_columns_can_be_chosen_by_hand(shop: Business, owner: Client) -> None:
    there = upload(owner, "A,B,C\nZ1,Papel,3.25\n")

    unknown = owner.get(there)
    owner.post(there, {"act": "choose", "column_sku": "0", "column_name": "1", "column_price": "2"})
    owner.post(there, {"act": "write"})

    assert "Diga qué columna es la clave" in unknown.content.decode()
    with scope(shop.id):
        assert Product.objects.get(sku="Z1").price == 32_500


def test_a_column_that_is_not_there_is_ignored(owner: Client) -> None:
    there = upload(owner, GOOD)

    owner.post(there, {"act": "choose", "column_sku": "0", "column_name": "99", "column_price": "0"})

    assert "Código de barras" in owner.get(there).content.decode()


def test_a_file_without_a_key_is_refused_in_words_and_nothing_of_it_is_written(shop: Business, owner: Client) -> None:
    before = everything(shop)
    there = upload(owner, "Nombre,Precio\nUno,1\n")

    shown = owner.get(there)
    written = owner.post(there, {"act": "write"})

    assert (shown.status_code, written.status_code) == (422, 422)
    assert everything(shop) == before


@pytest.mark.parametrize("data", ["Clave,Nombre,Precio\nA1,Uno,1\n".encode("utf-16")[:-1], b"\xef\xbb\xbfClave,Nombre\nA1,Caf\xe9\n"])
def test_a_file_that_breaks_its_own_encoding_is_refused_and_nothing_of_it_is_written(shop: Business, owner: Client, data: bytes) -> None:
    before = everything(shop)

    answer = owner.post("/productos/importar/", {"file": SimpleUploadedFile("x.csv", data)})

    assert answer.status_code == 422
    assert "El texto del archivo está dañado" in answer.content.decode()
    assert everything(shop) == before


def test_a_name_with_escape_bytes_and_markup_is_kept_as_letters_only(shop: Business, owner: Client) -> None:
    there = upload(owner, "Clave,Nombre,Precio\nE1,Pan\x1b@dulce <script>alert(1)</script>,2\n")

    preview = owner.get(there).content.decode()
    owner.post(there, {"act": "write"})

    with scope(shop.id):
        assert Product.objects.get(sku="E1").name == "Pan @dulce <script>alert(1)</script>"
    assert "&lt;script&gt;alert(1)" in preview
    for html in (preview, owner.get("/productos/?q=dulce").content.decode()):
        assert "<script>alert" not in html
        assert "\x1b" not in html


def test_the_second_of_two_rows_with_one_barcode_makes_no_product(shop: Business, owner: Client) -> None:
    there = upload(owner, "Clave,Nombre,EAN\nD1,Uno,111222\nD2,Dos,111222\nD3,Tres,coffee\n")

    owner.post(there, {"act": "write", "only_good": "1"})

    with scope(shop.id):
        assert list(Product.objects.filter(sku__in=["D1", "D2", "D3"]).values_list("sku", flat=True)) == ["D1"]
        assert [code.product.sku for code in Barcode.objects.filter(code="111222")] == ["D1"]
        assert [code.product.sku for code in Barcode.objects.filter(code="coffee")] == ["coffee"]


@pytest.mark.parametrize("data,words", [(b"", "no esté vacío"), (b"%PDF-1.4", "Solo CSV o XLSX"), (b"PK\x03\x04x", "no se puede abrir")])
def test_a_file_of_another_kind_is_refused_in_words(shop: Business, owner: Client, data: bytes, words: str) -> None:
    before = everything(shop)

    answer = owner.post("/productos/importar/", {"file": SimpleUploadedFile("x.csv", data)})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert everything(shop) == before


def test_an_import_that_stops_in_the_middle_says_that_nothing_was_kept(shop: Business, owner: Client, settings: object) -> None:
    there = upload(owner, GOOD)
    job = imports.get(shop.id, uuid.UUID(there.split("/")[3]))
    job.state.status, job.state.heard_ms = "running", 0
    job.keep()

    html = owner.get(there).content.decode()
    owner.post(there, {"act": "again"})

    assert "Nada de este archivo quedó guardado" in html
    assert "Importar 2 productos" in owner.get(there).content.decode()


def test_a_running_import_shows_how_far_it_is(shop: Business, owner: Client) -> None:
    from mostrador.kernel import clock

    there = upload(owner, GOOD)
    job = imports.get(shop.id, uuid.UUID(there.split("/")[3]))
    job.state.status, job.state.heard_ms, job.state.done, job.state.total = "running", clock.now_ms(), 4000, 92_331
    job.keep()

    whole = owner.get(there).content.decode()
    part = owner.get(there, headers={"HX-Request": "true", "HX-Target": "progress"}).content.decode()

    assert "4,000 de 92,331 productos escritos" in whole
    assert '<meta http-equiv="refresh" content="3">' in whole, "it moves on without JavaScript, too"
    assert part.startswith('<div class="paper" id="progress"')


def test_what_changed_in_the_meantime_stops_the_whole_import(shop: Business, owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from mostrador.kernel.errors import Invalid

    def refuse(*_: object, **__: object) -> None:
        raise Invalid(catalogue="changed")

    there = upload(owner, GOOD)
    before = everything(shop)
    monkeypatch.setattr(imports, "import_products", refuse)

    owner.post(there, {"act": "write"})

    assert "Alguien cambió productos mientras tanto" in owner.get(there).content.decode()
    assert everything(shop) == before


@pytest.mark.django_db(transaction=True)
def test_a_large_import_goes_on_in_a_thread_of_its_own(monkeypatch: pytest.MonkeyPatch, shop: Business, owner: Client) -> None:
    import threading

    monkeypatch.setattr(imports, "IN_THE_REQUEST_ROWS", 1)
    there = upload(owner, GOOD)

    owner.post(there, {"act": "write"})
    for thread in threading.enumerate():
        if thread.name.startswith("import-"):
            thread.join(timeout=30)

    assert "Importado" in owner.get(there).content.decode()
    with scope(shop.id):
        assert Product.objects.filter(sku__in=["A1", "A2"]).count() == 2
