"""What the intake journaled and did nothing else with is applied here, by the worker: nothing of it can hold up a sale (ruling 33)."""

import datetime as dt
import uuid
from functools import partial
from itertools import batched

import msgspec
from django.db.models import Exists, OuterRef
from msgspec import Raw, Struct

from mostrador.counter.facts import TOPIC_ASIDE
from mostrador.counter.order_models import Order
from mostrador.kernel import clock, outbox
from mostrador.kernel.writing import use_case
from mostrador.people.models import Device, Store
from mostrador.sync import contract, storage
from mostrador.sync.contract_trust import TRUST_BODIES
from mostrador.sync.models import JournalEntry, ParkedFact
from mostrador.trust import facts, order_promises
from mostrador.trust.facts import Aside


class _Source(Struct, frozen=True):
    """What the intake left: the fact whole, and the store of its journal."""

    store: str
    fact: Raw


_decoder = msgspec.json.Decoder(_Source)


def applied(organization_id: uuid.UUID, payloads: list[dict[str, object]]) -> partial[None]:
    """Read what tills said of visits, and return what writes it (the worker's handler of TOPIC_ASIDE)."""
    sources = [str(source) for payload in payloads for source in payload["sources"]]  # type: ignore[attr-defined]  # JSON of ours
    found, hours = [_decoder.decode(source) for source in sources], _Hours()
    stores = {str(store.id): store for store in Store.objects.filter(id__in={one.store for one in found})}
    return partial(facts.write, organization_id, [_read(one, stores[one.store], hours) for one in found])


def _read(found: _Source, store: Store, hours: "_Hours") -> Aside:
    envelope = contract.envelope_decoder.decode(found.fact)
    body = contract.body_decoders[envelope.kind, envelope.v].decode(envelope.body)
    received_at, contact_at = hours.of(envelope) if envelope.kind.startswith("promise.") else (clock.now(), None)
    return Aside(store, envelope, body, received_at, contact_at)


def rebuild(organization_id: uuid.UUID) -> int:
    """Make the rows that are missing, of facts and of orders, and return how many records there are. Rows that stand are never touched: they only grow."""
    parked = ParkedFact.objects.filter(organization_id=OuterRef("organization_id"), journal_id=OuterRef("journal_id"), seq=OuterRef("seq"))
    kinds = [kind for kind, _ in TRUST_BODIES]
    entries = JournalEntry.objects.filter(kind__in=kinds).exclude(Exists(parked)).order_by("journal_id", "seq")
    stores = {device.id: device.till.store for device in Device.objects.select_related("till__store")}
    total, hours = 0, _Hours()
    for page in batched(entries.iterator(chunk_size=500), 500):
        found = [(stores[entry.journal_id], storage.unpack(entry.bytes, entry.journal_id)) for entry in page]
        with use_case():
            facts.write(organization_id, [_read(_Source(str(store.id), Raw(fact)), store, hours) for store, fact in found])
        total += len(found)
    with use_case():
        order_promises.follow(organization_id, Order.objects.values_list("id", flat=True))
    return total


class _Hours:
    """Between which contacts of its till with the server a fact was written: its own hour counts only there (ruling 36)."""

    def __init__(self) -> None:
        self._before: dict[tuple[str, dt.datetime], dt.datetime | None] = {}

    def of(self, fact: contract.Envelope) -> tuple[dt.datetime, dt.datetime | None]:
        """Return when a fact was received, and the contact before that; one that a person took in was received now."""
        entry = (
            JournalEntry.objects.filter(journal_id=fact.journal, seq=fact.seq, fact_id=fact.id)
            .values_list("received_at", flat=True)
            .first()
        )
        received = entry or clock.now()
        key = fact.journal, received
        if key not in self._before:
            earlier = JournalEntry.objects.filter(journal_id=fact.journal, seq__lt=fact.seq, received_at__lt=received)
            self._before[key] = earlier.order_by("-seq").values_list("received_at", flat=True).first()
        return received, self._before[key]


outbox.handles(TOPIC_ASIDE, applied)
