"""A purchase as a PDF to keep, for paper fades: text in the two fonts that every reader has, nothing fetched, nothing about whoever reads it. Written here, because it needs so little."""

import textwrap
from collections.abc import Iterator

from mostrador.kernel.sentences import say
from mostrador.page.purchase import Purchase
from mostrador.page.texts import TABLE

COLUMNS = 78
ROWS = 62
SIZE, LEADING = 10, 12.5
LEFT, TOP = 63, 790
PAGE = (595, 842)
STRANGE = str.maketrans(
    {"\N{MINUS SIGN}": "-", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{MULTIPLICATION SIGN}": "x"}
)

type Row = tuple[str, bool]


def pdf_of(purchase: Purchase, language: str) -> bytes:
    """Return the purchase as PDF 1.4, A4, as many pages as it takes: the same texts as the page."""
    rows = list(_rows(purchase, language))
    pages = [rows[first : first + ROWS] for first in range(0, len(rows), ROWS)]
    return _document([_content(page) for page in pages], say(TABLE, "title", language))


def _rows(purchase: Purchase, language: str) -> Iterator[Row]:
    """The lines of text, each with whether it is bold."""

    def said(key: str, **values: object) -> str:
        return say(TABLE, key, language, **values)

    yield purchase.business, True
    yield from _wrapped(purchase.store, purchase.address, purchase.phone, purchase.legal)
    yield "", False
    yield f"{said('title')} · {purchase.when} · {said('ticket', number=purchase.number)}", True
    yield "", False
    for line in purchase.lines:
        name = " ".join(part for part in (line.quantity, line.unit, line.name) if part)
        yield from _pair(f"  {name}" if line.is_part else name, line.amount)
        yield from _wrapped(line.price, line.chosen, line.saved, indent="    ")
    if purchase.total:
        yield "", False
        yield from ((text, True) for text, _ in _pair(f"{said('paid')} ({purchase.methods})", purchase.total))
        yield from _wrapped(*purchase.notes)
        yield from (row for name, base, amount in purchase.taxes for row in _pair(f"{name} {base}", amount))
    if purchase.promised:
        yield from _title(said("promised"))
        for one in purchase.promised:
            yield from _wrapped(one.what, one.due, one.first, one.state)
    if purchase.rights:
        yield from _title(said("rights"))
        for right in purchase.rights:
            yield from _pair(right.title, right.ends)
            yield from _wrapped(right.goods, right.text, *right.notes, right.law, indent="    ")
    if purchase.told:
        yield from _title(said("told"))
        for product in purchase.told:
            yield product.name, False
            for point in product.points:
                yield from _wrapped(point.says, point.answer, point.more, point.turned, *point.corrections, indent="    ")
    yield "", False
    yield from _wrapped(said("return_code", code=purchase.return_code), purchase.footer)


def _title(text: str) -> Iterator[Row]:
    yield "", False
    yield text, True


def _wrapped(*texts: str, indent: str = "") -> Iterator[Row]:
    for text in texts:
        yield from ((row, False) for row in textwrap.wrap(text, COLUMNS, initial_indent=indent, subsequent_indent=indent))


def _pair(name: str, amount: str) -> Iterator[Row]:
    """A name and at the right an amount, under it where there is no room beside it."""
    rows = textwrap.wrap(name, COLUMNS - len(amount) - 2, subsequent_indent="  ") or [""]
    yield from ((row, False) for row in rows[:-1])
    yield rows[-1].ljust(COLUMNS - len(amount)) + amount, False


def _content(rows: list[Row]) -> bytes:
    out = [b"BT", f"{LEFT} {TOP} Td {LEADING} TL".encode()]
    for text, bold in rows:
        out += [f"/F{2 if bold else 1} {SIZE} Tf".encode(), b"(" + _escaped(text) + b") Tj T*"]
    return b"\n".join([*out, b"ET"])


def _escaped(text: str) -> bytes:
    plain = "".join(sign for sign in text.translate(STRANGE) if sign.isprintable())
    return plain.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _document(contents: list[bytes], title: str) -> bytes:
    """The objects of the file and where each begins."""
    first = 5
    kids = " ".join(f"{first + 2 * place} 0 R" for place in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier-Bold/Encoding/WinAnsiEncoding>>",
    ]
    for place, content in enumerate(contents):
        fonts = "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAGE[0]} {PAGE[1]}]{fonts}/Contents {first + 2 * place + 1} 0 R>>".encode()
        )
        objects.append(f"<</Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream")
    objects.append(b"<</Title(" + _escaped(title) + b")>>")
    body, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    tail = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{len(body)}\n%%EOF\n".encode()
    return body + head + table + tail
