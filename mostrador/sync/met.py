"""Whom a till met: the fact names a buyer and an annex, and the annex that came beside it says who it is."""

import json
import uuid
from functools import partial
from typing import Any

from mostrador.buyers import services as buyers
from mostrador.counter.accounts import TOPIC_MET
from mostrador.kernel import outbox
from mostrador.sync.models import Annex

ID = 32  # hex digits


def written(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> partial[None]:
    """Read what tills wrote of the buyers they met, and return what fills it in (the worker's handler of TOPIC_MET)."""
    sources = [str(source) for payload in payloads for source in payload["sources"]]  # type: ignore[attr-defined]  # JSON of ours
    met = {uuid.UUID(source[:ID]): uuid.UUID(source[ID:]) for source in sources}
    texts = dict(Annex.objects.filter(id__in=list(met.values())).values_list("id", "text"))
    return partial(buyers.met, organization_id, {buyer: _contact(texts.get(annex, "")) for buyer, annex in met.items()})


def _contact(text: str) -> dict[str, Any]:
    """What the annex says; nothing where it was lost, erased, or is something else."""
    try:
        said = json.loads(text or "{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


outbox.handles(TOPIC_MET, written)
