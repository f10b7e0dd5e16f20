"""The law of the feed: a snapshot with the changes after it, in any portions, is a new snapshot."""

import json
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from random import Random
from typing import Any

import brotli
import pytest

from mostrador.catalogue import combos, kits, modifiers, price_lists, promotions
from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import Barcode, Category, CostEvent, ModifierGroup, PriceList, Product, Promotion, Tax, TaxGroup
from mostrador.catalogue.modifiers import Option, Saying
from mostrador.catalogue.terms import Conditions, Pick, Terms
from mostrador.config.worker import drain
from mostrador.kernel import feed
from mostrador.kernel.errors import Invalid
from mostrador.kernel.models import Change
from mostrador.kernel.scoping import scope
from mostrador.people import services as people
from mostrador.pricing.basket import Reward
from mostrador.sync import down, snapshot
from tests.support.examples import examples
from tests.sync.shop import Business, Json, Till, document

type State = dict[tuple[str, str], Json]
LISTS = {
    "category": "categories", "tax": "taxes", "tax_group": "tax_groups", "family": "families", "barcode_rule": "barcode_rules",
    "promotion": "promotions", "price_list": "price_lists", "modifier_group": "modifier_groups", "kit": "kits", "combo": "combos",
}  # fmt: skip


def snapshot_of(till: Till) -> tuple[int, State]:
    """What a till holds after loading the whole catalogue: its number, and every row by kind and id."""
    manifest = document(till.pull("catalogue"))
    state: State = {}
    state |= {("product", row["id"]): row for rows in parts_of(till, manifest) for row in rows}
    for kind, name in LISTS.items():
        state |= {(kind, row["id"]): row for row in manifest[name]}
    return manifest["n"], state


def parts_of(till: Till, manifest: Json) -> list[list[Json]]:
    """All parts, their columns turned into rows: each file has the lines that the manifest says."""
    parts = []
    for path, named in groupby(manifest["parts"], key=lambda part: part["path"]):
        lines = till.pull(path).content.splitlines(keepends=True)
        for line, part in zip(lines, named, strict=True):
            assert line.endswith(b"\n")
            columns = json.loads(line)
            assert {len(column) for column in columns.values()} == {part["count"]}
            rare = dict.fromkeys(("age", "trace", "units"))  # columns that a part leaves out where no product of it has any
            parts.append([{**rare, **dict(zip(columns, values, strict=True))} for values in zip(*columns.values(), strict=True)])
    return parts


def apply_changes(till: Till, n: int, state: State) -> int:
    """Pull changes until there are no more, as a till does: only what is newer than what is held."""
    epoch, held = till.ping()["epoch"], dict.fromkeys(state, n)
    while True:
        answer = document(till.pull(f"changes?epoch={epoch}&n={n}"))
        for change in answer["changes"]:
            key = (change["kind"], change["id"])
            if change["kind"] == "till" or change["n"] <= held.get(key, 0):
                continue
            held[key] = change["n"]
            state.pop(key, None)
            if change["row"] is not None:
                state[key] = change["row"]
        n = answer["n"]
        if not answer["more"]:
            return n


class Office:
    """Somebody who changes the catalogue at random."""

    def __init__(self, business: Business, random: Random) -> None:
        self.business, self.random, self.count = business, random, 0
        self.acts: list[Callable[[], object]] = [
            self.add_product, self.add_product, self.rename, self.price, self.price, self.barcodes, self.archive, self.bring_back,
            self.add_category, self.change_category, self.archive_category, self.add_family, self.add_tax, self.change_tax,
            self.add_tax_group, self.add_rule, self.file_away, self.unpriced, self.cost, self.hire,
            self.promote, self.promote, self.change_promotion, self.end_promotion, self.move_promotion, self.add_list, self.change_list, self.end_list, self.list_price, self.list_price, self.add_group, self.add_group, self.change_group, self.end_group, self.make_kit, self.make_kit, self.make_combo, self.make_combo,
        ]  # fmt: skip

    def act(self) -> None:
        """Do one thing."""
        self.count += 1
        self.random.choice(self.acts)()

    @property
    def actor(self) -> Any:
        return self.business.actor

    def name(self) -> str:
        return f"x{self.count}"

    def some(self, model: Any) -> Any:
        rows = list(model.objects.order_by("id"))
        return self.random.choice(rows) if rows else None

    def product(self) -> uuid.UUID:
        found: uuid.UUID = self.some(Product).id
        return found

    def add_product(self) -> None:
        catalogue.add_product(
            self.actor, sku=self.name(), name=f"Ñandú <{self.count}>", price=self.random.choice([None, 0, 123_456]), cost=77_777,
            tax_group_id=self.some(TaxGroup).id, barcodes=[(f"code{self.count}", 1000)], tax_units=self.random.choice([{}, {"IEPS_L": 600}]),
            favourite=self.random.choice([None, 3]), content=500, content_unit="ml",
        )  # fmt: skip

    def rename(self) -> None:
        catalogue.change_product(self.actor, product_id=self.product(), name=self.name(), variant=self.name(), favourite=None, picto="pan")

    def price(self) -> None:
        catalogue.change_price(self.actor, product_id=self.product(), price=self.random.randrange(10**6))

    def unpriced(self) -> None:
        catalogue.change_price(self.actor, product_id=self.product(), price=None)

    def cost(self) -> None:
        catalogue.set_cost(self.actor, product_id=self.product(), cost=55_555)

    def barcodes(self) -> None:
        codes = [(f"new{self.count}-{n}", 1000 * n) for n in range(1, self.random.randrange(1, 4))]
        catalogue.set_barcodes(self.actor, product_id=self.product(), barcodes=codes)

    def archive(self) -> None:
        catalogue.archive_product(self.actor, product_id=self.product())

    def bring_back(self) -> None:
        catalogue.archive_product(self.actor, product_id=self.product(), archived=False)

    def add_category(self) -> None:
        catalogue.add_category(self.actor, name=self.name(), position=self.count)

    def change_category(self) -> None:
        if category := self.some(Category):
            catalogue.change_category(self.actor, category_id=category.id, tint="rojo", position=self.random.randrange(9))

    def archive_category(self) -> None:
        from mostrador.kernel import clock

        if category := self.some(Category):
            catalogue.change_category(self.actor, category_id=category.id, archived_at=clock.now())

    def file_away(self) -> None:
        if category := self.some(Category):
            catalogue.change_product(self.actor, product_id=self.product(), category_id=category.id)

    def add_family(self) -> None:
        family = catalogue.add_family(self.actor, name=self.name())
        catalogue.change_product(self.actor, product_id=self.product(), family_id=family.id)

    def add_tax(self) -> None:
        catalogue.add_tax(self.actor, code=self.name(), name="Otro", kind="fixed", amount=5)

    def change_tax(self) -> None:
        catalogue.change_tax(self.actor, tax_id=self.some(Tax).id, rate=self.random.randrange(10**6))

    def add_tax_group(self) -> None:
        catalogue.add_tax_group(self.actor, code=self.name(), name="Otro", codes=[self.some(Tax).code])

    def add_rule(self) -> None:
        catalogue.add_barcode_rule(self.actor, prefix=f"{self.count:02}"[-2:], kind="weight", item_digits=5, value_digits=5, decimals=3)

    def promote(self) -> None:
        terms = Terms(
            kind="each",
            reward=Reward(percent=self.random.randrange(1, 10**6)),
            pick=Pick(everything=True),
            coupon=self.random.choice([None, "AB1"]),
        )
        promotions.add_promotion(self.actor, name=self.name(), terms=terms)

    def change_promotion(self) -> None:
        if promotion := self.some(Promotion):
            terms = Terms(kind="total", reward=Reward(amount=500), pick=Pick(products=(str(self.product()),)), least_amount=self.count)
            promotions.change_promotion(self.actor, promotion_id=promotion.id, name=self.name(), terms=terms)

    def end_promotion(self) -> None:
        if promotion := self.some(Promotion):
            promotions.end_promotion(self.actor, promotion_id=promotion.id, ended=self.random.random() < 0.7)

    def move_promotion(self) -> None:
        if (promotion := self.some(Promotion)) and promotion.archived_at is None:
            promotions.move_promotion(self.actor, promotion_id=promotion.id, up=self.random.random() < 0.5)

    def add_list(self) -> None:
        price_lists.add_list(self.actor, name=self.name(), conditions=Conditions(days=(1, 2), since=self.count))

    def change_list(self) -> None:
        if row := self.some(PriceList):
            price_lists.change_list(self.actor, list_id=row.id, name=self.name(), conditions=Conditions(until=self.count))

    def end_list(self) -> None:
        if row := self.some(PriceList):
            price_lists.end_list(self.actor, list_id=row.id, ended=self.random.random() < 0.5)

    def list_price(self) -> None:
        if row := self.some(PriceList):
            price = self.random.choice([None, 0, 50_000])
            price_lists.set_prices(self.actor, list_id=row.id, rows=[(self.product(), self.random.choice([0, 6000]), price)])

    def add_group(self) -> None:
        options = tuple(Option(None, f"{n}", self.random.randrange(-9, 9), n == 1) for n in range(self.random.randrange(1, 4)))
        modifiers.add_group(self.actor, says=Saying(self.name(), self.random.randrange(2), 1, Pick(everything=True), options))

    def change_group(self) -> None:
        if row := self.some(ModifierGroup):
            says = modifiers.group(row.id).says
            options = (*says.options[: self.random.randrange(1, 4)], Option(None, self.name()))
            modifiers.change_group(self.actor, group_id=row.id, says=replace(says, name=self.name(), options=options))

    def end_group(self) -> None:
        if row := self.some(ModifierGroup):
            modifiers.end_group(self.actor, group_id=row.id, ended=self.random.random() < 0.5)
            if self.random.random() < 0.5 and ModifierGroup.objects.filter(id=row.id, archived_at=None).exists():
                modifiers.move_group(self.actor, group_id=row.id, up=True)

    def make_kit(self) -> None:
        with suppress(Invalid):
            kits.set_components(self.actor, kit_id=self.product(), parts=[(self.product(), 2000)] if self.random.random() < 0.7 else [])

    def make_combo(self) -> None:
        slot = combos.Slot(self.name()[:40], (combos.Choice(self.product(), 50_000), combos.Choice(self.product())))
        with suppress(Invalid):
            combos.set_slots(self.actor, combo_id=self.product(), says=[slot] if self.random.random() < 0.7 else [])

    def hire(self) -> None:
        people.hire(self.actor, name=self.name(), role="cashier")


@pytest.mark.parametrize("seed", range(examples(15)))
def test_a_snapshot_with_its_changes_in_any_portions_is_a_new_snapshot(shop: Business, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)
    monkeypatch.setattr(down, "CHANGES_MAX", random.choice([1, 2, 3, 1000]))
    monkeypatch.setattr(snapshot, "PART", random.choice([2, 3, 5000]))
    monkeypatch.setattr(snapshot, "FILE", random.choice([1, 2, 32]))
    till, office = shop.till(), Office(shop, random)
    n, state = snapshot_of(till)

    for _ in range(random.randrange(5, 30)):
        with scope(shop.id):
            office.act()
        if random.random() < 0.3:
            drain()
        if random.random() < 0.2:
            n = apply_changes(till, n, state)
    drain()
    n = apply_changes(till, n, state)

    assert (n, state) == (till.ping()["n"], snapshot_of(till)[1])
    assert "77777" not in json.dumps(list(state.values())) and "55555" not in json.dumps(list(state.values()))


def test_changes_that_nobody_has_numbered_yet_are_in_the_rows_and_do_no_harm_later(shop: Business) -> None:
    till = shop.till()
    with scope(shop.id):
        catalogue.change_price(shop.actor, product_id=uuid.UUID(shop.products["coffee"]), price=1)
    n, state = snapshot_of(till)
    assert state["product", shop.products["coffee"]]["price"] == 1

    drain()
    apply_changes(till, n, state)

    assert state == snapshot_of(till)[1]


def test_an_archived_product_comes_as_null(shop: Business) -> None:
    till = shop.till()
    n, _ = snapshot_of(till)
    with scope(shop.id):
        catalogue.archive_product(shop.actor, product_id=uuid.UUID(shop.products["water"]))
    drain()

    answer = document(till.pull(f"changes?epoch={till.ping()['epoch']}&n={n}"))

    assert answer["changes"] == [{"n": n + 1, "kind": "product", "id": shop.products["water"], "row": None}]
    assert (answer["n"], answer["more"]) == (n + 1, False)


def test_a_thing_that_changed_often_is_one_change(shop: Business) -> None:
    till = shop.till()
    n, _ = snapshot_of(till)
    for price in range(5):
        with scope(shop.id):
            catalogue.change_price(shop.actor, product_id=uuid.UUID(shop.products["water"]), price=price)
        drain()

    changes = document(till.pull(f"changes?epoch={till.ping()['epoch']}&n={n}"))["changes"]

    assert [(change["n"], change["row"]["price"]) for change in changes] == [(n + 5, 4)]


def test_each_business_has_numbers_of_its_own(shop: Business, other: Business) -> None:
    def numbers(business: Business) -> list[int]:
        with scope(business.id):
            assert feed.last_n() == max(Change.objects.values_list("n", flat=True))
            return sorted(Change.objects.values_list("n", flat=True))

    before, others = numbers(shop), numbers(other)
    with scope(shop.id):
        catalogue.add_category(shop.actor, name="Nueva")
    drain()

    assert numbers(shop) == [*before, before[-1] + 1]
    assert numbers(other) == others


@pytest.mark.parametrize(
    "query", ["", "n=0", "epoch=x&n=0", "epoch={epoch}", "epoch={epoch}&n=-1", "epoch={epoch}&n=x", "epoch={epoch}&n=" + "9" * 16]
)
def test_a_till_of_another_epoch_takes_a_new_snapshot(till: Till, query: str) -> None:
    epoch = till.ping()["epoch"]

    answer = till.pull(f"changes?{query.format(epoch=epoch)}")

    assert (answer.status_code, document(answer)) == (409, {"epoch": epoch})


def test_a_new_epoch_is_told_by_every_door(till: Till) -> None:
    old = till.ping()["epoch"]

    fresh = str(feed.new_epoch())

    assert fresh != old
    till.end_without_sale()
    assert {
        till.ping()["epoch"],
        till.push()["epoch"],
        document(till.pull("till"))["epoch"],
        document(till.pull("catalogue"))["epoch"],
    } == {fresh}
    assert document(till.pull(f"changes?epoch={old}&n=0")) == {"epoch": fresh}


def test_the_catalogues_parts_are_the_rows(shop: Business, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "PART", 2)
    with scope(shop.id):
        office = Office(shop, Random(7))
        for _ in range(12):
            office.count += 1
            office.add_product()
    drain()
    till = shop.till()

    manifest = document(till.pull("catalogue"))
    rows = [row for part in parts_of(till, manifest) for row in part]

    with scope(shop.id):
        assert sorted(rows, key=lambda row: str(row["id"])) == sorted(down.product_rows(None), key=lambda row: str(row["id"]))
    assert (manifest["count"], [part["count"] for part in manifest["parts"][:-1]]) == (15, [2] * (len(manifest["parts"]) - 1))
    favourites = [row["favourite"] is not None for row in rows]
    assert favourites == sorted(favourites, reverse=True)


@pytest.mark.parametrize("products, files", [(0, []), (1, [1]), (2, [2]), (3, [2, 1]), (8, [2, 3, 3]), (9, [2, 3, 3, 1])])
def test_a_first_file_is_short_and_none_is_empty(shop: Business, monkeypatch: pytest.MonkeyPatch, products: int, files: list[int]) -> None:
    monkeypatch.setattr(snapshot, "PART", 1)
    monkeypatch.setattr(snapshot, "FILE", 3)
    with scope(shop.id):
        for product_id in shop.products.values():
            catalogue.archive_product(shop.actor, product_id=uuid.UUID(product_id))
        office = Office(shop, Random(7))
        for office.count in range(products):
            office.add_product()
    drain()
    till = shop.till()

    manifest = document(till.pull("catalogue"))

    assert [len(list(parts)) for _, parts in groupby(manifest["parts"], key=lambda part: part["path"])] == files
    assert len(parts_of(till, manifest)) == manifest["count"] == products


def test_a_manifest_says_its_version_and_is_not_sent_twice(till: Till) -> None:
    first = till.pull("catalogue")

    again = till.pull("catalogue", HTTP_IF_NONE_MATCH=first["ETag"])

    assert first["ETag"] == f'"{document(first)["version"]}"'
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_a_part_comes_packed_to_who_reads_it(till: Till) -> None:
    [part] = document(till.pull("catalogue"))["parts"]

    packed, plain = till.pull(part["path"], HTTP_ACCEPT_ENCODING="gzip, br"), till.pull(part["path"])

    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain.content
    assert packed["Cache-Control"] == "private, max-age=31536000, immutable"


def test_a_version_that_is_still_being_loaded_stays_while_newer_ones_come(till: Till) -> None:
    shop = till.business
    [part] = document(till.pull("catalogue"))["parts"]
    before = till.pull(part["path"]).content
    for price in (1, 2):
        with scope(shop.id):
            catalogue.change_price(shop.actor, product_id=uuid.UUID(shop.products["coffee"]), price=price)
        drain()
        till.pull("catalogue")

    assert till.pull(part["path"]).content == before


def test_a_change_of_the_team_is_no_new_catalogue(till: Till) -> None:
    before = document(till.pull("catalogue"))["version"]
    with scope(till.business.id):
        people.hire(till.business.actor, name="Otra", role="cashier")
    drain()

    assert document(till.pull("catalogue"))["version"] == before


def test_lookup_finds_by_code_and_by_words(till: Till) -> None:
    by_code, by_words = document(till.pull("lookup?code=coffee"))["products"], document(till.pull("lookup?q=COFF"))["products"]

    with scope(till.business.id):
        assert by_code == by_words == down.product_rows([uuid.UUID(till.business.products["coffee"])])
        assert Barcode.objects.filter(code="coffee").exists()
        assert CostEvent.objects.count() == 0


@pytest.mark.parametrize("query", ["", "?code=", "?q=", "?q=%20", "?code=nada", "?q=zzz"])
def test_lookup_of_nothing_finds_nothing(till: Till, query: str) -> None:
    assert document(till.pull(f"lookup{query}")) == {"products": []}
