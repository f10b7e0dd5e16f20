"""The importer of combos and kits: a row for each thing that goes into one. Checked against the catalogue (a plan), then written whole.

The rows of one product together say all that it is made of: with a slot it is a combo, else a kit. Upsert by SKU or barcode: what the file names is made
anew, what it does not name stays. The products themselves, with their prices, are there before.
"""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mostrador.catalogue import combos, kits, queries
from mostrador.catalogue.combos import Choice, Slot
from mostrador.catalogue.importing_columns import named
from mostrador.catalogue.importing_files import Table, read_table
from mostrador.catalogue.importing_rows import Problem
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Invalid
from mostrador.kernel.reading import NotANumber, decimal_mark, read_number, scaled
from mostrador.kernel.writing import use_case

ROWS_MAX = 10_000
FILE_MAX = 1_500_000
PIECE = 1000
# Field: the headers it goes by, folded, most usual first.
HEADERS: dict[str, tuple[str, ...]] = {
    "product": ("combo o paquete", "combo", "paquete", "kit", "producto", "combo or kit", "product", "parent sku", "bundle"),
    "slot": ("parte", "espacio", "slot", "opcion", "option", "group"),
    "part": ("lleva", "componente", "contenido", "component", "part", "item", "component sku", "contains"),
    "quantity": ("cantidad", "cuantos", "quantity", "qty"),
    "extra": ("suma", "aumenta", "extra", "adds", "surcharge"),
}
KNOWN = frozenset(name for names in HEADERS.values() for name in names)


@dataclass(slots=True)
class Line:
    """A row of the file. `quantity`: thousandths, None: one; `extra`: ten-thousandths of the major unit."""

    row: int
    product: str
    slot: str
    part: str
    quantity: int | None = None
    extra: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """What a product is made of, as the file says: `slots` of a combo, or `parts` [(product, thousandths)] of a kit. `action`: new, change or same."""

    row: int
    product_id: uuid.UUID
    name: str
    slots: tuple[Slot, ...]
    parts: tuple[tuple[uuid.UUID, int], ...]
    action: str

    @property
    def kind(self) -> str:
        """What it becomes."""
        return "combo" if self.slots else "kit"


@dataclass(slots=True)
class Plan:
    """What an import would do."""

    table: Table
    columns: Mapping[str, int]
    made: list[Made] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    @property
    def counts(self) -> Counter[str]:
        """How many combos and kits there are of each action."""
        return Counter(one.action for one in self.made)

    @property
    def bad_rows(self) -> int:
        """How many combos and kits cannot be taken."""
        return len(self.refused)


def check(data: bytes, *, locale: str) -> Plan:
    """Return what the import of a file would do in the business in scope. Writes nothing. Refuses with Invalid(file=code)."""
    if len(data) > FILE_MAX:
        raise Invalid(file="too_large")
    table = read_table(data, KNOWN)
    if len(table.rows) > ROWS_MAX:
        raise Invalid(file="too_many_rows")
    plan = Plan(table, named(table.headers, HEADERS))
    if not {"product", "part"} <= plan.columns.keys():
        raise Invalid(file="no_parts")
    lines = list(_lines(plan, decimal_mark(locale)))
    known = queries.by_codes({code for line in lines for code in (line.product, line.part)})
    together: dict[str, list[Line]] = {}
    for line in lines:
        plan.problems += [
            Problem(line.row, name, "unknown_code" if code else "empty", code)
            for name, code in (("product", line.product), ("part", line.part))
            if code not in known
        ]
        together.setdefault(str(known.get(line.product, line.product)), []).append(line)
    wrong = {problem.row for problem in plan.problems}
    good = {}
    for key, listed in together.items():
        if wrong.isdisjoint(line.row for line in listed):
            good[key] = listed
        else:
            plan.refused.add(key)
    _match(plan, good, known)
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


def _lines(plan: Plan, mark: str) -> Iterator[Line]:
    """The rows as values; what is wrong with their numbers stands among the plan's problems."""
    for number, cells in plan.table.rows:

        def cell(name: str, cells: tuple[str, ...] = cells) -> str:
            column = plan.columns.get(name)
            text = cells[column] if column is not None and column < len(cells) else ""
            return "".join(letter if letter.isprintable() else " " for letter in text).strip()

        line = Line(number, cell("product"), cell("slot"), cell("part"))
        for name, digits in (("quantity", 3), ("extra", 4)):
            try:
                value = scaled(read_number(cell(name), mark), digits) if cell(name) else None
            except NotANumber as error:
                plan.problems.append(Problem(number, name, error.code, cell(name)[:80]))
            else:
                setattr(line, name, value if name == "quantity" else value or 0)
        yield line


def _match(plan: Plan, good: Mapping[str, list[Line]], known: Mapping[str, uuid.UUID]) -> None:
    """Say of each combo and kit what it would be and whether that differs; what the catalogue refuses is a problem of its first row."""
    ids = [uuid.UUID(key) for key in good]
    slots, components, called = combos.slots(ids), kits.components(ids), queries.names(ids)
    for key, lines in good.items():
        product_id, first = uuid.UUID(key), lines[0]
        try:
            made = _slots(lines, known), _parts(lines, known)
            if made[0]:
                combos.check(product_id, made[0])
            else:
                kits.check(product_id, made[1])
        except Invalid as error:
            plan.refused.add(key)
            plan.problems += [Problem(first.row, name, str(code), first.product) for name, code in error.data.items()]
            continue
        had = (
            tuple(Slot(slot.name, tuple(Choice(one.product_id, one.extra) for one in slot.choices), slot.quantity) for slot in slots.get(product_id, ())),
            tuple((part.product_id, part.quantity) for part in components.get(product_id, ())),
        )  # fmt: skip
        action = "same" if had == made else "change" if any(had) else "new"
        plan.made.append(Made(first.row, product_id, called[product_id], *made, action))


def _slots(lines: list[Line], known: Mapping[str, uuid.UUID]) -> tuple[Slot, ...]:
    """The slots of a combo, each where it is named first; none of a kit. A slot's quantity is said once, or in each of its rows alike."""
    if not any(line.slot for line in lines):
        return ()
    if not all(line.slot for line in lines):
        raise Invalid(slot="mixed")
    by_name: dict[str, list[Line]] = {}
    for line in lines:
        by_name.setdefault(line.slot.casefold(), []).append(line)
    slots = []
    for listed in by_name.values():
        quantities = {line.quantity for line in listed if line.quantity is not None} or {PIECE}
        if len(quantities) > 1:
            raise Invalid(quantity="differs")
        slots.append(Slot(listed[0].slot, tuple(Choice(known[line.part], line.extra) for line in listed), quantities.pop()))
    return tuple(slots)


def _parts(lines: list[Line], known: Mapping[str, uuid.UUID]) -> tuple[tuple[uuid.UUID, int], ...]:
    """What goes with one of a kit; nothing of a combo."""
    if any(line.slot for line in lines):
        return ()
    if any(line.extra for line in lines):
        raise Invalid(extra="of_kit")
    return tuple((known[line.part], PIECE if line.quantity is None else line.quantity) for line in lines)


def apply(actor: Actor, plan: Plan) -> None:
    """Write a plan, whole or not at all. Refuses with Invalid what does not go together, and what somebody else changed meanwhile."""
    with use_case():
        for one in plan.made:
            if one.action == "same":
                continue
            if one.slots:
                combos.set_slots(actor, combo_id=one.product_id, says=one.slots)
            else:
                kits.set_components(actor, kit_id=one.product_id, parts=one.parts)


def rows() -> Iterator[tuple[str, str, str, int | None, int]]:
    """Yield all combos and kits as the rows of a file: SKU, slot, SKU of the part, thousandths (None: one) and what it adds."""
    slots, components = combos.slots(None), kits.components(None)
    parts = {choice.product_id for made in slots.values() for slot in made for choice in slot.choices}
    codes = queries.skus_of({*slots, *components, *parts, *(part.product_id for made in components.values() for part in made)})
    for product_id in sorted(slots, key=lambda one: codes[one]):
        for slot in slots[product_id]:
            for choice in slot.choices:
                yield codes[product_id], slot.name, codes[choice.product_id], _unless_one(slot.quantity), choice.extra
    for product_id in sorted(components, key=lambda one: codes[one]):
        for part in components[product_id]:
            yield codes[product_id], "", codes[part.product_id], _unless_one(part.quantity), 0


def _unless_one(quantity: int) -> int | None:
    return None if quantity == PIECE else quantity
