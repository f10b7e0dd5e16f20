"""A shop of 100,000 products: the replay's 92,331 and copies of them by seed, with priced favourites, 200 promotions, 5,000 buyers, people and tills.

Made once by the importer of the office and kept under var/bench, named after what it is made of: `python -m bench.till.shop FOLDER`.
"""

import csv
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCTS = 100_000
FAVOURITES = 60
PROMOTIONS = 200
BUYERS = 5_000
SCANS = 600
QUERIES = 40
TILLS = 6
PERSON, PIN = "Rosa Martínez", "1111"
DATABASE = "bench.sqlite3"
WISHES = "wishes.json"
FIRST_COPY = 900_000_000
MADE_OF = ("bench/till/shop.py", "bench/replay/source.py", "bench/replay/office.py")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What people want of this shop: barcodes of priced products, texts that they search for, all by seed."""

    scans: list[str]
    queries: list[str]


def lend(folder: Path) -> Wishes:
    """Copy the shop into a data folder, making it first if it is not there yet, and return what people want of it."""
    kept = ROOT / "var/bench" / f"till-{version()}"
    if not (kept / WISHES).exists():
        for old in (ROOT / "var/bench").glob("till-*"):
            shutil.rmtree(old, ignore_errors=True)
        environment = {**os.environ, "MOSTRADOR_DATA_DIR": str(kept), "MOSTRADOR_DATABASE_URL": f"sqlite:///{kept}/{DATABASE}"}
        subprocess.run([sys.executable, "-m", "bench.till.shop", str(kept)], cwd=ROOT, env=environment, stdout=sys.stderr, check=True)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    return Wishes(**json.loads((kept / WISHES).read_text()))


def version() -> str:
    """Name what the shop is made of: these sources and the schema."""
    digest = hashlib.sha256()
    for path in [*(ROOT / name for name in MADE_OF), *sorted(ROOT.glob("mostrador/*/migrations/*.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def codes() -> list[str]:
    """Return a fresh pairing code for each till of the shop that Django points to."""
    from mostrador.kernel.actor import system
    from mostrador.kernel.models import Organization
    from mostrador.kernel.scoping import scope
    from mostrador.people import pairing
    from mostrador.people.models import Till

    actor = system(Organization.objects.get().id)
    with scope(actor.organization_id):
        return [pairing.new_code(actor, till_id=till.id) for till in Till.objects.order_by("code")]


def main() -> None:
    """Make the shop in a folder."""
    folder = Path(sys.argv[1])
    from bench.replay.database import prepare

    prepare(folder)
    from mostrador.catalogue.begin import NewBusiness, begin
    from mostrador.kernel.scoping import scope
    from mostrador.people import services as people
    from mostrador.people.models import Store

    rng = random.Random(11)
    rows = every_row(rng)
    actor = begin(NewBusiness("Banco de pruebas", "MX", "Ana", "ana@bench.example", "mostrador-bench", "Centro", "Caja 1", "1357"))
    with scope(actor.organization_id):
        store = Store.objects.get()
        for n in range(2, TILLS + 1):
            people.add_till(actor, store_id=store.id, code=f"C{n}", name=f"Caja {n}")
        people.hire(actor, name=PERSON, role="cashier", pin=PIN)
        _import(actor, rows)
        wanted = wishes(rows, rng)
        _promote(actor, wanted["scans"], rng)
        _meet(actor, rng)
    _settle()
    (folder / WISHES).write_text(json.dumps(wanted))


def every_row(rng: random.Random) -> list[list[str]]:
    """Return the rows of the product file, its head first: all of the replay's, then copies under other names until there are enough."""
    from bench.replay import office, source

    head, *rows = csv.reader(io.StringIO(office.product_file(source.products()).decode()))
    for n in range(PRODUCTS - len(rows)):
        _, name, department, price, _, unit, weighed = rng.choice(rows)
        number = FIRST_COPY + n
        rows.append([str(number), f"{name[:110]} {rng.randrange(10, 100)}", department, price, office.barcode(number), unit, weighed])
    return [head, *rows]


def wishes(rows: list[list[str]], rng: random.Random) -> dict[str, list[str]]:
    """Draw what people scan and search for: words of names in lower case, and beginnings of SKUs and barcodes."""
    priced = [row for row in rows[1:] if row[3] and row[6] == "no"]
    texts = []
    for _ in range(QUERIES - 8):
        words = [word for word in rng.choice(priced)[1].lower().replace("/", " ").split() if word.isalpha()][:2]
        texts.append(" ".join(words)[:9] or "pan")
    digits = [row[place][:7] for row, place in zip(rng.sample(priced, 8), (0, 4) * 4, strict=True)]
    return {"scans": [row[4] for row in rng.sample(priced, SCANS)], "queries": [*texts, *digits]}


def _import(actor, rows: list[list[str]]) -> None:  # type: ignore[no-untyped-def]  # mostrador.kernel.actor.Actor, loaded after Django's settings
    from mostrador.catalogue import importing
    from mostrador.catalogue import services as catalogue
    from mostrador.catalogue.models import Product, TaxGroup
    from mostrador.kernel.writing import use_case

    file = io.StringIO()
    csv.writer(file).writerows(rows)
    table, mapping = importing.open_table(file.getvalue().encode())
    with use_case():
        plan = importing.check(table, importing.Options(mapping, "es-MX", TaxGroup.objects.get(code="IVA16").id))
        if plan.problems:
            raise RuntimeError(f"{len(plan.problems)} rows of the product file are refused: {plan.problems[0]}")
        importing.apply(actor, plan)
    catalogue.add_barcode_rule(actor, prefix="20", kind="weight", item_digits=5, value_digits=5, decimals=3)
    liked = Product.objects.exclude(price=None).filter(sold_by="piece").order_by("sku").values_list("id", flat=True)[:FAVOURITES]
    for place, product_id in enumerate(liked, start=1):
        catalogue.change_product(actor, product_id=product_id, favourite=place)


def _promote(actor, scans: list[str], rng: random.Random) -> None:  # type: ignore[no-untyped-def]  # as above
    """State promotions of every kind, most of them on what people scan, so that a ticket meets several of them on each line."""
    from mostrador.catalogue import promotions
    from mostrador.catalogue.models import Barcode, Category
    from mostrador.catalogue.terms import Pick, PickedPart, Terms
    from mostrador.pricing.basket import Reward

    scanned = [str(found) for found in Barcode.objects.filter(code__in=scans).order_by("code").values_list("product_id", flat=True)]
    categories = [str(found) for found in Category.objects.order_by("name", "id").values_list("id", flat=True)]

    def some(n: int) -> Pick:
        return Pick(products=tuple(rng.sample(scanned, n)))

    def whole() -> Pick:
        return Pick(categories=tuple(rng.sample(categories, 2)), without=tuple(rng.sample(scanned, 5)))

    def three_for_two(n: int) -> Terms:
        return Terms(kind="set", reward=Reward(percent=1_000_000), cheapest=1, parts=(PickedPart(whole() if n % 2 else some(40), 3),))

    def together(_: int) -> Terms:
        return Terms(kind="set", reward=Reward(percent=150_000), parts=(PickedPart(some(10), 1), PickedPart(some(10), 1)))

    def cheaper(n: int) -> Terms:
        return Terms(kind="each", reward=Reward(percent=50_000), pick=whole() if n % 3 == 0 else some(20), stack=n % 4 == 0)

    def from_a_total(n: int) -> Terms:
        return Terms(kind="total", reward=Reward(percent=20_000), least_amount=20_000 + 1_000 * n, pick=Pick(everything=True), stack=True)

    kinds = (three_for_two, together, cheaper, cheaper, from_a_total)
    for n in range(PROMOTIONS):
        promotions.add_promotion(actor, name=f"Promoción {n}", terms=kinds[n % len(kinds)](n))


def _meet(actor, rng: random.Random) -> None:  # type: ignore[no-untyped-def]  # as above
    """Write buyers down; every third one owes something."""
    from mostrador.buyers import services as buyers

    first, last = ("Lucía", "Pedro", "Juana", "José", "Inés", "Ramón"), ("Méndez", "Ruiz", "Ñandú", "Páramo", "Cruz", "López")
    for n in range(BUYERS):
        contact = {"name": f"{rng.choice(first)} {rng.choice(last)} {rng.choice(last)}", "phone": f"951 {n:07d}", "email": "", "tax_id": ""}
        row = buyers.add_buyer(actor, contact=contact, fiado_limit=50_000)
        if n % 3 == 0:
            buyers.write_entry(actor, buyer_id=row.id, account="fiado", amount=rng.randrange(1_000, 40_000), reason="opening")


def _settle() -> None:
    """Let the worker do what is left, and write everything down into the one file."""
    from django.db import connection

    from mostrador.config.worker import drain

    drain()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()
    connection.close()


if __name__ == "__main__":
    main()
