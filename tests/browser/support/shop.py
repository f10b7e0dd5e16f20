"""A small shop with two tills, made by the services of the house: `python -m tests.browser.support.shop` fills MOSTRADOR_DATA_DIR.

Prices are ten-thousandths of a peso, quantities thousandths. Prints one JSON: the pairing codes of the tills, by their code.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.browser.support.server import ROOT, environment

COFFEE, CAPPUCCINO, WATER, TOMATO = "2300000000016", "2300000000191", "2300000000900", "00101"
# 750 g on the scale: prefix 20, item 00101, 00750, check digit.
TOMATO_750_G = "2000101007500"
ROSA, JULIAN, TOMAS = ("Rosa Martínez", "1111"), ("Julián Cruz", "2222"), ("Tomás Vásquez", "2468")
PIECES, KILOS = 100_000, 40_000
TILLS = ("C1", "C2", "C3")


@dataclass(frozen=True, slots=True)
class Ware:
    """A product of the shop."""

    code: str
    name: str
    price: int
    tax: str
    favourite: int
    by: str = "piece"
    unit: str = "pieza"
    stock: int = PIECES


WARES = (
    Ware(COFFEE, "Café de olla molido", 890_000, "IVA0", 1),
    Ware(CAPPUCCINO, "Capuchino", 490_000, "IVA16", 2),
    Ware(WATER, "Agua de manantial", 185_000, "IVA16", 3),
    Ware(TOMATO, "Jitomate saladet", 380_000, "IVA0", 4, by="weight", unit="kg", stock=KILOS),
)


def make(folder: Path) -> dict[str, str]:
    """Make the shop in a data folder, in a process of its own, and return the pairing codes of its tills."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.support.shop"], cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    codes: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return codes


def main() -> None:
    """Migrate, open the business and print the codes."""
    from mostrador.config import start

    start.load()
    start.prepare()
    from datetime import timedelta

    from mostrador.catalogue.begin import NewBusiness, begin
    from mostrador.config.worker import drain
    from mostrador.kernel import clock
    from mostrador.kernel.scoping import scope
    from mostrador.people import pairing
    from mostrador.people import services as people
    from mostrador.people.models import PairingCode, Store

    actor = begin(NewBusiness("La Esquina", "MX", "Amalia Ruiz", "duena@esquina.example", "una-frase-larga-1", "Centro", "Caja 0", "1357"))
    with scope(actor.organization_id):
        store_id = Store.objects.values_list("id", flat=True).get()
        tills = {code: people.add_till(actor, store_id=store_id, code=code, name=f"Caja {code[1:]}").id for code in TILLS}
        for (name, pin), role in ((ROSA, "cashier"), (JULIAN, "cashier"), (TOMAS, "manager")):
            people.hire(actor, name=name, role=role, pin=pin)  # type: ignore[arg-type]  # two roles of the table above
        _fill(actor, store_id)
        codes = {code: pairing.new_code(actor, till_id=till_id) for code, till_id in tills.items()}
        # The shop is made once and copied for each journey, and the journeys together last longer than a code does.
        PairingCode.objects.update(expires_at=clock.now() + timedelta(days=1))
    drain()
    print(json.dumps(codes))


def _fill(actor, store_id) -> None:  # type: ignore[no-untyped-def]  # types of Django's side, loaded after its settings
    from mostrador.catalogue import services as catalogue
    from mostrador.catalogue.models import TaxGroup
    from mostrador.stock import services as stock

    groups = dict(TaxGroup.objects.values_list("code", "id"))
    catalogue.add_barcode_rule(actor, prefix="20", kind="weight", item_digits=5, value_digits=5, decimals=3)
    shelf = catalogue.add_category(actor, name="Mostrador")
    quantities = []
    for n, ware in enumerate(WARES, start=1):
        product = catalogue.add_product(
            actor, sku=f"P{n}", name=ware.name, category_id=shelf.id, tax_group_id=groups[ware.tax], unit=ware.unit, sold_by=ware.by,
            favourite=ware.favourite, price=ware.price, barcodes=[(ware.code, 1000)],
        )  # fmt: skip
        quantities.append((product.id, ware.stock))
    stock.move_many(actor, store_id=store_id, quantities=quantities, reason="import")


if __name__ == "__main__":
    main()
