"""Codes that were scanned and that no product carried: what tills said of them becomes rows here, by the worker, so that no sale waits for it (docs/adr/0039)."""

import uuid
from collections.abc import Iterable
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct

from mostrador.counter.unknown_code_models import UnknownScan
from mostrador.kernel import clock, outbox

TOPIC_UNKNOWN = "counter.unknown_codes"
KINDS = ("sale.recorded", "visit.closed")


class Said(Struct, frozen=True):
    """What one fact says: the store of its journal, its own id and moment (milliseconds), the codes."""

    store: str
    fact: str
    at: int
    codes: tuple[str, ...]


_decoder = msgspec.json.Decoder(Said)


def said(store_id: uuid.UUID, fact: Any, body: Any) -> Said:
    """Return what a fact says of unknown codes."""
    return Said(str(store_id), fact.id, fact.at, tuple(body.unknown_codes or ()))


def source(store_id: uuid.UUID, fact: Any, body: Any) -> str:
    """Return what the intake leaves of it for the worker."""
    return msgspec.json.encode(said(store_id, fact, body)).decode()


def keep(organization_id: uuid.UUID, found: Iterable[Said]) -> None:
    """Write the rows, inside the caller's transaction; what stands already stays as it is."""
    rows = [
        UnknownScan(organization_id=organization_id, fact_id=uuid.UUID(one.fact), code=code, store_id=uuid.UUID(one.store), at=clock.from_ms(one.at))
        for one in found
        for code in one.codes
    ]  # fmt: skip
    UnknownScan.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _kept(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> partial[None]:
    """Read what was left for the worker, and return what writes it (the handler of TOPIC_UNKNOWN)."""
    sources = [str(one) for payload in payloads for one in payload["sources"]]  # type: ignore[attr-defined]  # JSON of ours
    return partial(keep, organization_id, [_decoder.decode(one) for one in sources])


outbox.handles(TOPIC_UNKNOWN, _kept)
