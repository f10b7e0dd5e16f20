"""What the intake journaled and did nothing else with is applied here, by the worker: nothing of it can hold up a sale (ruling 33)."""

import uuid
from functools import partial

import msgspec
from msgspec import Raw, Struct

from mostrador.counter.facts import TOPIC_ASIDE
from mostrador.kernel import outbox
from mostrador.sync import contract
from mostrador.trust import facts
from mostrador.trust.facts import Aside


class _Source(Struct, frozen=True):
    """What the intake left: the fact whole, and the store of its journal."""

    store: str
    fact: Raw


_decoder = msgspec.json.Decoder(_Source)


def applied(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> partial[None]:
    """Read what tills said of visits, and return what writes it (the worker's handler of TOPIC_ASIDE)."""
    sources = [str(source) for payload in payloads for source in payload["sources"]]  # type: ignore[attr-defined]  # JSON of ours
    return partial(facts.write, organization_id, [_read(source) for source in sources])


def _read(source: str) -> Aside:
    found = _decoder.decode(source)
    envelope = contract.envelope_decoder.decode(found.fact)
    return Aside(uuid.UUID(found.store), envelope, contract.body_decoders[envelope.kind, envelope.v].decode(envelope.body))


outbox.handles(TOPIC_ASIDE, applied)
