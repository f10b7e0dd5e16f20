"""The catalogue as a document: a manifest, and files of parts of columns, written once per version and served as they lie.

A part is short enough for a till to read between two frames; a file has many of them, one a line, for a request costs the server more
than a part. The first file is short: with it a till can sell.

A version is the last number of the feed that touched the catalogue. The number is read before the rows: rows may be newer than
the version says, never older, and the changes after it bring every till to the same state.
"""

import itertools
import shutil
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import brotli
import msgspec
from django.conf import settings
from django.db import connection

from mostrador.kernel import feed, sql
from mostrador.kernel.models import Change
from mostrador.kernel.scoping import current_organization
from mostrador.sync import down

PART = 2000
FILE = 32  # parts
FIRST_FILE = 2
FORMAT = 2
QUALITY = 5
KEPT_VERSIONS = 3

_building = threading.Lock()


def manifest(organization_id: uuid.UUID, version: str) -> bytes:
    """Return the manifest's bytes of the current version of the business in scope, building the files if nobody has yet."""
    folder = _folder(organization_id, version)
    path = folder / "manifest.json"
    if not path.exists():
        with _building:  # a second process may build as well: the folder's rename decides, and both are right
            if not path.exists():
                _build(version, folder)
    return path.read_bytes()


def file(organization_id: uuid.UUID, version: str, k: int) -> bytes | None:
    """Return file k of a version, brotli of lines; None when that version is not kept any more."""
    path = _folder(organization_id, version) / f"{k}.br"
    return path.read_bytes() if path.exists() else None


def current_version() -> str:
    """Return epoch and number of the catalogue of the business in scope: "1f0c2a9b-412"."""
    n = Change.objects.exclude(kind__in=("till", "buyer", "order")).order_by("-n").values_list("n", flat=True).first() or 0
    return f"{feed.epoch().hex[-8:]}-{n}"


def _build(version: str, folder: Path) -> None:
    scratch = folder.with_name(f".{version}-{uuid.uuid4().hex[:8]}")
    scratch.mkdir(parents=True)
    parts: list[dict[str, Any]] = []
    everything = _parts()
    for k, size in enumerate(itertools.chain([FIRST_FILE], itertools.repeat(FILE))):
        counts = _write(scratch / f"{k}.br", itertools.islice(everything, size))
        parts += [{"path": f"catalogue/{version}/{k}", "count": count} for count in counts]
        if len(counts) < size:
            break
    document = {
        "epoch": str(feed.epoch()), "n": int(version.rsplit("-", 1)[1]), "version": version, "format": FORMAT,
        "count": sum(row["count"] for row in parts), "parts": parts, "categories": down.categories(), "taxes": down.taxes(),
        "tax_groups": down.tax_groups(), "families": down.families(), "barcode_rules": down.barcode_rules(),
        "promotions": down.promotions(), "price_lists": down.price_lists(),
        "modifier_groups": down.modifier_groups(), "kits": down.kits(), "combos": down.combos(),
    }  # fmt: skip
    (scratch / "manifest.json").write_bytes(msgspec.json.encode(document))
    try:
        scratch.rename(folder)
    except OSError:  # another process was faster: its files say the same
        shutil.rmtree(scratch)
    _forget_old(folder.parent)


def _write(path: Path, parts: Iterable[tuple[int, bytes]]) -> list[int]:
    """Write parts into a file, one a line; return how many products each has. There is no file without a part."""
    compressor, counts = brotli.Compressor(quality=QUALITY, lgwin=22), []
    for count, columns in parts:
        with path.open("ab") as file:
            file.write(compressor.process(columns + b"\n"))
        counts.append(count)
    if counts:
        with path.open("ab") as file:
            file.write(compressor.finish())
    return counts


def _parts() -> Iterator[tuple[int, bytes]]:
    """Yield (count, JSON of columns) of 2,000 products each, favourites first so that a till can sell the usual at once."""
    organization = sql.raw_id(connection.vendor, current_organization())
    listed, sold_in = down.list_prices(None), down.selling_units(None)
    for usual in ("IS NOT NULL", "IS NULL"):
        last: Any = None
        while True:
            chunk = _chunk(organization, usual, last)
            if chunk:
                yield len(chunk), _columns(organization, chunk, listed, sold_in)
            if len(chunk) < PART:
                break
            last = chunk[-1][0]


def _chunk(organization: Any, usual: str, last: Any) -> list[tuple[Any, ...]]:
    """The next products on sale, as the engine stores them: a hundred thousand rows are too many to make objects of."""
    after = "" if last is None else "AND id > %s "
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(down.PRODUCT_COLUMNS)} FROM catalogue_product WHERE organization_id = %s AND archived_at IS NULL"  # noqa: S608  # names are ours
            f" AND favourite {usual} {after}ORDER BY id LIMIT {PART}",
            [organization] if last is None else [organization, last],
        )
        return list(cursor.fetchall())


type ByProduct = dict[str, list[list[Any]]]


def _columns(organization: Any, chunk: list[tuple[Any, ...]], listed: ByProduct, sold_in: ByProduct) -> bytes:
    """The chunk turned by a quarter: a list per column, as the contract names them."""
    barcodes: dict[object, list[tuple[str, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT product_id, code, quantity FROM catalogue_barcode WHERE organization_id = %s AND product_id >= %s AND product_id <= %s",
            [organization, chunk[0][0], chunk[-1][0]],
        )
        for product_id, code, quantity in cursor.fetchall():
            barcodes.setdefault(product_id, []).append((code, quantity))
    for codes in barcodes.values():
        codes.sort()
    few, json = cache(_id_text), cache(_json)  # categories, taxes and empty lists come again and again
    columns = dict(zip(down.PRODUCT_COLUMNS, zip(*chunk, strict=True), strict=True))
    ids = [_id_text(value) for value in columns["id"]]
    return msgspec.json.encode({
        **{name: columns[name] for name in ("sku", "name", "unit", "content", "price", "favourite")},
        **{name: [value or None for value in columns[name]] for name in ("variant", "content_unit", "picto", "tint")},
        **{name: [few(value) for value in columns[f"{name}_id"]] for name in ("category", "family", "tax_group")},
        "id": ids,
        "by": columns["sold_by"],
        "tax_units": [json(value) or None for value in columns["tax_units"]],
        "barcodes": [barcodes.get(value, []) for value in columns["id"]],
        "prices": [listed.get(name or "") for name in ids],
        # What few products have is said only where one of them does.
        **_said("age", columns["age_min"]),
        **_said("trace", [value or None for value in columns["trace"]]),
        **_said("units", [sold_in.get(name or "") for name in ids]),
    })  # fmt: skip


def _said(name: str, values: Sequence[Any]) -> dict[str, Sequence[Any]]:
    return {name: values} if any(value is not None for value in values) else {}


def _id_text(stored: Any) -> str | None:
    if not isinstance(stored, bytes):
        return None if stored is None else str(stored)
    text = stored.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _json(stored: Any) -> Any:
    """A JSON column as it is stored: text on SQLite, a value on PostgreSQL's driver or its text."""
    return msgspec.json.decode(stored) if isinstance(stored, str | bytes) else stored


def _folder(organization_id: uuid.UUID, version: str) -> Path:
    folder: Path = settings.CATALOGUE_DIR / organization_id.hex
    if not all(part.isalnum() for part in version.split("-")):
        return folder / "none"
    return folder / version


def _forget_old(folder: Path) -> None:
    """Keep the last versions: a till that is still loading an older one goes on."""
    versions = sorted((path for path in folder.iterdir() if not path.name.startswith(".")), key=lambda path: path.stat().st_mtime)
    for path in versions[:-KEPT_VERSIONS]:
        shutil.rmtree(path, ignore_errors=True)
