"""The catalogue as a document: a manifest and parts of columns, written once per version and served from files.

A version is the last number of the feed that touched the catalogue. The number is read before the rows: rows may be newer than
the version says, never older, and the changes after it bring every till to the same state.
"""

import shutil
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import msgspec
from django.conf import settings

from mostrador.catalogue.models import Barcode, Product
from mostrador.kernel import feed
from mostrador.kernel.models import Change
from mostrador.sync import down

PART = 5000
FORMAT = 1
QUALITY = 5
KEPT_VERSIONS = 3

_building = threading.Lock()


def manifest(organization_id: uuid.UUID) -> tuple[str, bytes]:
    """Return the version and the manifest's bytes of the business in scope, building the files if nobody has yet."""
    version = current_version()
    folder = _folder(organization_id, version)
    path = folder / "manifest.json"
    if not path.exists():
        with _building:  # a second process may build as well: the folder's rename decides, and both are right
            if not path.exists():
                _build(version, folder)
    return version, path.read_bytes()


def part(organization_id: uuid.UUID, version: str, k: int) -> bytes | None:
    """Return part k of a version, brotli; None when that version is not kept any more."""
    path = _folder(organization_id, version) / f"{k}.br"
    return path.read_bytes() if path.exists() else None


def current_version() -> str:
    """Return epoch and number of the catalogue of the business in scope: "1f0c2a9b-412"."""
    n = Change.objects.exclude(kind="till").order_by("-n").values_list("n", flat=True).first() or 0
    return f"{feed.epoch().hex[-8:]}-{n}"


def _build(version: str, folder: Path) -> None:
    scratch = folder.with_name(f".{version}-{uuid.uuid4().hex[:8]}")
    scratch.mkdir(parents=True)
    parts: list[dict[str, Any]] = []
    for k, (count, columns) in enumerate(_parts()):
        packed = brotli.compress(columns, quality=QUALITY, lgwin=22)
        (scratch / f"{k}.br").write_bytes(packed)
        parts.append({"path": f"catalogue/{version}/{k}", "count": count, "bytes": len(packed)})
    document = {
        "epoch": str(feed.epoch()), "n": int(version.rsplit("-", 1)[1]), "version": version, "format": FORMAT,
        "count": sum(row["count"] for row in parts), "parts": parts, "categories": down.categories(), "taxes": down.taxes(),
        "tax_groups": down.tax_groups(), "families": down.families(), "barcode_rules": down.barcode_rules(),
    }  # fmt: skip
    (scratch / "manifest.json").write_bytes(msgspec.json.encode(document))
    try:
        scratch.rename(folder)
    except OSError:  # another process was faster: its files say the same
        shutil.rmtree(scratch)
    _forget_old(folder.parent)


def _parts() -> Iterator[tuple[int, bytes]]:
    """Yield (count, JSON of columns) of 5,000 products each, favourites first so that a till can sell the usual at once."""
    for usual in (True, False):
        last: uuid.UUID | None = None
        while True:
            rows = Product.objects.filter(archived_at=None, favourite__isnull=not usual)
            if last is not None:
                rows = rows.filter(id__gt=last)
            chunk = list(rows.order_by("id").values_list(*down.PRODUCT_COLUMNS)[:PART])
            if chunk:
                yield len(chunk), _columns(chunk, usual)
            if len(chunk) < PART:
                break
            last = chunk[-1][0]


def _columns(chunk: list[tuple[Any, ...]], usual: bool) -> bytes:
    first, last = chunk[0][0], chunk[-1][0]
    codes = Barcode.objects.filter(product_id__gte=first, product_id__lte=last).order_by("code")
    if usual:
        codes = codes.filter(product_id__in=[row[0] for row in chunk])
    barcodes: dict[uuid.UUID, list[list[Any]]] = {}
    for product_id, code, quantity in codes.values_list("product_id", "code", "quantity"):
        barcodes.setdefault(product_id, []).append([code, quantity])
    rows = [down.product_row(row, barcodes.get(row[0], [])) for row in chunk]
    return msgspec.json.encode({name: [row[name] for row in rows] for name in rows[0]})


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
