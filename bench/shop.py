"""A shop to measure with: products, paired tills, and sales made beforehand so that making them is not measured."""

import itertools
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mostrador.sync.device import Device, Place, named_id, private_key_from, seeded_ids

PRICES = (89_000, 125_000, 190_000, 275_000, 450_000, 1_180_000)
LINES = 5
START = 1_790_000_000_000
EVERY_MS = 250  # a sale of the whole shop


@dataclass(slots=True)
class Till:
    """A paired till: its pen, its token, its shift, where its ticket numbers stand, and the one clock of all tills.

    Identifiers begin with the time: a till with a clock of its own would write its sales among those of an hour ago.
    """

    device: Device
    token: str
    place: Place
    shift: str
    clock: Iterator[int]
    number: int = 0

    def opening(self) -> list[bytes]:
        """The first facts of the journal: it begins, and a shift opens."""
        body = {"shift": self.shift, "currency": "MXN", "float": 50_000, "business_date": "2026-09-21", "clock_offset_ms": 0}
        return [self.device.opening(self.place, START), self.device.fact("shift.opened", body, START)]

    def sale(self, products: Sequence[str], rng: random.Random) -> bytes:
        """One sale of five lines, paid in cash."""
        from mostrador.pricing.document import price_document

        self.number += 1
        at = next(self.clock)
        lines = [
            {
                "id": str(n), "quantity": rng.choice((1000, 1000, 1000, 2000, 750)), "unit_price": rng.choice(PRICES), "discount": None,
                "taxes": ["IVA16"], "product_id": rng.choice(products), "name": f"Producto de la banda {n}", "unit": "pieza",
            }
            for n in range(1, LINES + 1)
        ]  # fmt: skip
        basket: dict[str, object] = {
            "version": 1, "currency": {"code": "MXN", "digits": 2}, "prices_include_tax": True, "tax_rounding": "line", "cash_rounding": None,
            "taxes": [{"code": "IVA16", "kind": "percent", "rate": 160_000, "in_base": False}], "lines": lines, "discount": None, "tip": 0,
            "payments": [{"method": "cash", "amount": 1_000_000}],
        }  # fmt: skip
        body = {
            "sale": self.device.ids(at), "shift": self.shift, "series": self.device.series, "number": self.number, "basket": basket,
            "totals": price_document(basket), "references": [], "tokens": [{"kind": "ticket", "hash": rng.randbytes(32).hex()}], "approvals": [],
            "catalogue": None,
        }  # fmt: skip
        return self.device.fact("sale.recorded", body, at, visit={"id": self.device.ids(at), "opened_at": at - 500}, staff=None)


@dataclass(frozen=True, slots=True)
class Shop:
    """A business in the database under measure."""

    organization: uuid.UUID
    products: tuple[str, ...]
    tills: tuple[Till, ...]


def build(*, products: int, tills: int, seed: str) -> Shop:
    """Make the business through its services, in this process, on the database that Django points to."""
    from mostrador.catalogue import services as catalogue
    from mostrador.catalogue.begin import NewBusiness, begin
    from mostrador.catalogue.models import TaxGroup
    from mostrador.config.worker import drain
    from mostrador.kernel.scoping import scope
    from mostrador.kernel.writing import use_case
    from mostrador.people import services as people
    from mostrador.people.models import Store

    actor = begin(NewBusiness("Banco de pruebas", "MX", "Ana", f"{seed}@bench.example", "mostrador-bench", "Centro", "Caja 1"))
    with scope(actor.organization_id):
        group = TaxGroup.objects.get(code="IVA16")
        store = Store.objects.get()
        with use_case():
            made = catalogue.add_products(actor, list(_rows(products, seed, group.id)))
        clock = itertools.count(START + EVERY_MS, EVERY_MS)
        paired = [
            _pair(actor, people.add_till(actor, store_id=store.id, code=f"B{n}", name=f"Caja {n}"), seed, clock) for n in range(tills)
        ]
    drain()
    return Shop(actor.organization_id, tuple(str(product.id) for product in made), tuple(paired))


def _rows(count: int, seed: str, group: uuid.UUID):  # type: ignore[no-untyped-def]  # rows of catalogue.services.add_products
    rng = random.Random(seed)
    words = ("Café", "Leche", "Pan", "Jabón", "Arroz", "Frijol", "Queso", "Miel", "Galleta", "Refresco", "Aceite", "Sopa", "Atún", "Salsa")
    for n in range(count):
        name = f"{rng.choice(words)} {rng.choice(words).lower()} {rng.randrange(10, 990)} g {n}"
        yield {
            "sku": f"S{n:06d}", "name": name, "tax_group_id": group, "price": rng.choice(PRICES),
            "barcodes": [(f"750{rng.randrange(10**5):05d}{n:05d}", 1000)],
        }  # fmt: skip


def _pair(actor: object, till: object, seed: str, clock: Iterator[int]) -> Till:
    from mostrador.people import pairing

    name = f"{seed}/{till.id}"  # type: ignore[attr-defined]  # people.models.Till
    key, journal = private_key_from(name), named_id(START, name, "journal")
    device = Device(journal, key, "?", ids=seeded_ids(name))
    code = pairing.new_code(actor, till_id=till.id)  # type: ignore[arg-type, attr-defined]
    paired = pairing.pair(code=code, journal_id=uuid.UUID(journal), public_key=device.public_key, replaces=None)
    device.series = paired.device.series
    place = Place(str(paired.device.organization_id), str(paired.device.store_id), str(paired.device.till_id))
    return Till(device, paired.token, place, named_id(START, name, "shift"), clock)
