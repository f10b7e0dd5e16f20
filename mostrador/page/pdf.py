"""A purchase as a PDF to keep, for paper fades: the texts of the page in its order, drawn by Typst, with the structure that a screen reader wants; nothing about whoever reads it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mostrador.kernel.sentences import say
from mostrador.page.purchase import Line, Purchase
from mostrador.page.texts import TABLE

DRAWING = Path(__file__).with_name("purchase.typ")

type Row = dict[str, Any]


def pdf_of(purchase: Purchase, language: str) -> bytes:
    """Return the purchase as PDF 1.7, tagged, A4, as many pages as it takes."""
    import typst  # forty megabytes that a server does without until somebody keeps a page

    drawn = typst.compile(
        DRAWING, root=DRAWING.parent, sys_inputs={"page": json.dumps(_page(purchase, language))}, ignore_system_fonts=True
    )
    assert isinstance(drawn, bytes)
    return drawn


def _page(purchase: Purchase, language: str) -> dict[str, Any]:
    parts = ({"title": title, "rows": rows} for title, rows in _parts(purchase, language) if rows)
    store = purchase.store if purchase.store != purchase.business else ""
    return {
        "language": language,
        "title": say(TABLE, "title", language),
        "business": purchase.business,
        "store": [text for text in (store, purchase.address, purchase.phone, purchase.legal) if text],
        "sub": f"{purchase.when} · {say(TABLE, 'ticket', language, number=purchase.number)}",
        "parts": list(parts),
        "foot": [text for text in (say(TABLE, "return_code", language, code=purchase.return_code), purchase.footer) if text],
    }


def _parts(purchase: Purchase, language: str) -> Iterator[tuple[str, list[Row]]]:
    """Each part of the page: its heading, and its rows."""

    def said(key: str) -> str:
        return say(TABLE, key, language)

    yield "", [_line(line) for line in purchase.lines]
    if purchase.total:
        yield "", [_row(f"{said('paid')} ({purchase.methods})", purchase.total, *purchase.notes, strong=True)]
    before = [_row(said("paid_before"), purchase.paid_before)] if purchase.paid_before else []
    yield said("made_of"), [*(_row(name, amount) for name, amount in purchase.made_of), *before]
    yield purchase.taxes_title, [_row(name, amount, base) for name, base, amount in purchase.taxes]
    yield said("sampled"), [_row(name, purchase.nothing) for name in purchase.sampled]
    yield said("promised"), [_row(one.what, one.state, one.due, one.first, strong=True) for one in purchase.promised]
    yield said("rights"), [_row(one.title, one.ends, one.goods, one.text, *one.notes, one.law, strong=True) for one in purchase.rights]
    for product in purchase.told:
        points = (_row(one.says, "", one.answer, one.more, one.turned, *one.corrections) for one in product.points)
        yield f"{said('told')}: {product.name}", list(points)


def _line(line: Line) -> Row:
    name = " ".join(part for part in (line.quantity, line.unit, line.name) if part)
    return _row(name, line.amount, line.price, line.chosen, line.saved, line.before, indent=line.is_part)


def _row(name: str, amount: str, *notes: str, strong: bool = False, indent: bool = False) -> Row:
    return {"name": name, "amount": amount, "notes": [note for note in notes if note], "strong": strong, "indent": indent}
