"""Reading the files that shops bring: CSV in whatever encoding and delimiter, XLSX. What was guessed is said.

Every cell becomes a text; numbers of a spreadsheet are written out exactly, without the noise of their binary form.
"""

import csv
import datetime as dt
import io
import zipfile
from dataclasses import dataclass
from decimal import Decimal

from mostrador.kernel.errors import Invalid

FILE_MAX = 64 * 1024 * 1024
UNPACKED_MAX = 600 * 1024 * 1024
ROWS_MAX = 250_000
COLUMNS_MAX = 200
CELL_MAX = 2000
DELIMITERS = (",", ";", "\t", "|")
_UNDEFINED_IN_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_SPREADSHEET_NOISE = Decimal(1).scaleb(-6)


@dataclass(frozen=True, slots=True)
class Table:
    """A file as texts. `rows` holds (number of the row in the file, cells); `encoding` and `delimiter` are empty for XLSX, `sheet` for CSV."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


def read_table(data: bytes, known: frozenset[str]) -> Table:
    """Return a file's table. `known`: folded headers, by which the head is found under titles. Refuses with Invalid(file=code)."""
    if not data.strip():
        raise Invalid(file="empty")
    if len(data) > FILE_MAX:
        raise Invalid(file="too_large")
    if data[:4] == b"PK\x03\x04":
        return _of_xlsx(data, known)
    if data[:4] in {b"\xd0\xcf\x11\xe0", b"%PDF"}:
        raise Invalid(file="kind")
    return _of_csv(data, known)


def decoded(data: bytes) -> tuple[str, str]:
    """Return a file's text and the encoding that it was read with, as spreadsheet programs call it."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", "strict"), "UTF-8"
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16"), "UTF-16"
    if b"\x00" in data[:4096]:
        raise Invalid(file="kind")
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        if _UNDEFINED_IN_1252.isdisjoint(data):
            return data.decode("cp1252"), "Windows-1252"
        return data.decode("latin-1"), "Latin-1"


def delimiter_of(text: str) -> str:
    """Return the sign that cuts the first lines into the most columns, the same number in most lines."""
    lines = [line for line in text[:65_536].splitlines()[:30] if line.strip()]

    def score(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) if usual > 1 else 0), usual

    return max(DELIMITERS, key=score)


def _of_csv(data: bytes, known: frozenset[str]) -> Table:
    try:
        text, encoding = decoded(data)
    except UnicodeDecodeError as error:
        raise Invalid(file="encoding") from error
    delimiter = delimiter_of(text)
    rows: list[tuple[int, tuple[str, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, tuple(cell.strip() for cell in cells)))
            if len(rows) > ROWS_MAX + 20:
                raise Invalid(file="too_many_rows")
    except csv.Error as error:
        raise Invalid(file="csv") from error
    headers, body = _headed(rows, known)
    return Table(headers, body, encoding, delimiter)


def _of_xlsx(data: bytes, known: frozenset[str]) -> Table:
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_bomb(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        if sheet.height > ROWS_MAX + 20 or sheet.width > COLUMNS_MAX:
            raise Invalid(file="too_many_rows")
        raw = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError, OSError) as error:
        raise Invalid(file="xlsx") from error
    rows = [(n, tuple(_text(cell) for cell in cells)) for n, cells in enumerate(raw, 1)]
    headers, body = _headed([row for row in rows if any(row[1])], known)
    return Table(headers, body, sheet=str(book.sheet_names[0]))


def _refuse_bomb(data: bytes) -> None:
    """A spreadsheet is a zip: what it unpacks to is known before it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > UNPACKED_MAX:
                raise Invalid(file="too_large")
    except zipfile.BadZipFile as error:
        raise Invalid(file="xlsx") from error


def _text(cell: object) -> str:
    """A cell as text: 12.5 -> "12.5", 7501055300075.0 -> "7501055300075"."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        value = Decimal(repr(cell))
        if not value.is_finite():
            return ""
        if value == value.to_integral_value():
            return str(int(value))
        return format(value.quantize(_SPREADSHEET_NOISE).normalize(), "f")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell).strip() if cell is not None else ""


def _headed(
    rows: list[tuple[int, tuple[str, ...]]], known: frozenset[str]
) -> tuple[tuple[str, ...], tuple[tuple[int, tuple[str, ...]], ...]]:
    """The row of headers (of the first ten the one with most names that we know, else the first) and the rows under it."""
    from mostrador.catalogue.words import fold

    if not rows:
        raise Invalid(file="empty")
    best = max(range(min(10, len(rows))), key=lambda n: (sum(fold(cell) in known for cell in rows[n][1]), -n))
    headers = rows[best][1][:COLUMNS_MAX]
    if len(rows) - best - 1 > ROWS_MAX:
        raise Invalid(file="too_many_rows")
    return headers, tuple((n, tuple(cell[:CELL_MAX] for cell in cells[:COLUMNS_MAX])) for n, cells in rows[best + 1 :])
