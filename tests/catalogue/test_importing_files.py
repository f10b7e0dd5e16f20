"""Files as shops bring them: encodings, delimiters, headers, spreadsheets; damaged and hostile ones are refused as a whole."""

import io
import zipfile

import pytest
import xlsxwriter

from mostrador.catalogue.importing import open_table
from mostrador.catalogue.importing_columns import guess
from mostrador.kernel.errors import Invalid

TEXT = "Clave;Nombre;Precio\nA1;Piñata grande;120,50\nA2;Café;9\n"


def xlsx(rows: list[list[object]]) -> bytes:
    """A spreadsheet of rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Productos")
    for n, row in enumerate(rows):
        sheet.write_row(n, 0, row)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("encoding,said", [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")])
def test_every_usual_encoding_is_read_and_said(encoding: str, said: str) -> None:
    table, mapping = open_table(TEXT.encode(encoding))

    assert (table.encoding, table.delimiter) == (said, ";")
    assert table.rows[0] == (2, ("A1", "Piñata grande", "120,50"))
    assert mapping == {"sku": 0, "name": 1, "price": 2}


def test_bytes_that_windows_does_not_know_are_read_as_latin_1() -> None:
    table, _ = open_table(b"Clave,Nombre\nA1,Pi\xf1ata\x81\n")

    assert table.encoding == "Latin-1"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(sign: str) -> None:
    table, _ = open_table(f'Clave{sign}Nombre{sign}Precio\nA1{sign}"Uno{sign} dos"{sign}1\nA2{sign}Tres{sign}2\n'.encode())

    assert table.delimiter == sign
    assert table.rows[0][1] == ("A1", f"Uno{sign} dos", "1")


def test_titles_above_the_headers_are_passed_over() -> None:
    table, mapping = open_table(b"Mi tienda,,\nListado del 3 de mayo,,\n\nClave,Nombre,Precio\nA1,Uno,1\n")

    assert mapping == {"sku": 0, "name": 1, "price": 2}
    assert table.rows == ((5, ("A1", "Uno", "1")),)


def test_a_cell_may_hold_a_line_break() -> None:
    table, _ = open_table(b'Clave,Nombre\nA1,"Uno\ndos"\nA2,Tres\n')

    assert [row[1][1] for row in table.rows] == ["Uno\ndos", "Tres"]


def test_numbers_of_a_spreadsheet_come_without_their_noise() -> None:
    table, _ = open_table(xlsx([["Clave", "EAN", "Precio"], ["A1", 7501055300075, 0.1 + 0.2], ["A2", "0012345678905", 12.5]]))

    assert table.sheet == "Productos"
    assert [row[1] for row in table.rows] == [("A1", "7501055300075", "0.3"), ("A2", "0012345678905", "12.5")]


@pytest.mark.parametrize(
    "data,code",
    [
        (b"", "empty"), (b"  \n \n", "empty"), (b"\xd0\xcf\x11\xe0old excel", "kind"), (b"%PDF-1.7 ...", "kind"), (b"a\x00b\x00", "kind"),
        (b"PK\x03\x04no zip", "xlsx"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_at_all_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        open_table(data)

    assert refused.value.data == {"file": code}


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    from mostrador.catalogue import importing_files

    monkeypatch.setattr(importing_files, "UNPACKED_MAX", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 1_000_001)

    with pytest.raises(Invalid) as refused:
        open_table(out.getvalue())

    assert len(out.getvalue()) < 5_000
    assert refused.value.data == {"file": "too_large"}


def test_more_rows_than_a_shop_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from mostrador.catalogue import importing_files

    monkeypatch.setattr(importing_files, "ROWS_MAX", 3)

    with pytest.raises(Invalid) as refused:
        open_table(b"Clave,Nombre\n" + b"A,B\n" * 30)

    assert refused.value.data == {"file": "too_many_rows"}


@pytest.mark.parametrize(
    "headers,mapping",
    [
        (["Handle", "SKU", "Name", "Category", "Sold by weight", "Price [Centro]", "In stock [Centro]", "Barcode"],
         {"sku": 1, "name": 2, "category": 3, "sold_by": 4, "price": 5, "stock": 6, "barcode": 7}),
        (["CÓDIGO DE BARRAS", "Descripción", "Precio de Venta", "Precio Costo", "Departamento", "Existencia"],
         {"barcode": 0, "name": 1, "price": 2, "cost": 3, "category": 4, "stock": 5}),
        (["Referencia", "Artículo", "P.V.P.", "EAN-13", "Familia", "Tipo de IVA"],
         {"sku": 0, "name": 1, "price": 2, "barcode": 3, "category": 4, "tax": 5}),
        (["Precio", "Precio", "Clave"], {"price": 0, "sku": 2}),
        (["uno", "dos"], {}),
    ],
)  # fmt: skip
def test_headers_of_other_tills_are_understood(headers: list[str], mapping: dict[str, int]) -> None:
    assert guess(headers) == mapping
