"""Combos and kits: products that are others. Of a combo its slots and what may fill each, of a kit what goes with one."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from mostrador.catalogue import combos, kits, queries
from mostrador.catalogue.combos import Choice, Slot
from mostrador.catalogue.models import Product
from mostrador.kernel.reading import NotANumber, decimal_mark, read_number, scaled
from mostrador.office.desk import Desk, found, room
from mostrador.office.forms import PRICE_DIGITS, Form

ADDRESS = "/combos/"
KINDS = ("combo", "kit")
SHOWN_SLOTS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A combo or a kit of the list, and what it is made of in words."""

    product: Product
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot as it is typed."""

    n: int
    name: str
    quantity: str
    choices: str


@room("combos")
def combos_and_kits(desk: Desk) -> HttpResponse:
    """Show them; POST makes a product one."""
    kind = desk.request.GET.get("nuevo", "")
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        kind = form.choice("kind", KINDS)
        product_id = _product(form)
        if _written(desk, form, kind, product_id) and product_id:
            return desk.done(
                f"{ADDRESS}{product_id}/",
                "combos.saved_combo" if kind == "combo" else "combos.saved_kit",
                name=queries.names([product_id])[product_id],
            )
    return _page(desk, form, kind=kind if kind in KINDS else "", is_new=True)


@room("combos")
def made_of(desk: Desk, product_id: uuid.UUID) -> HttpResponse:
    """Show what a product is made of; POST says it anew, or makes it an ordinary product again."""
    product = found(queries.product(product_id)).product
    form = Form(desk.request.POST, desk.formats)
    kind = _kind_of(product_id) or (desk.request.GET.get("como", "") if desk.request.GET.get("como") in KINDS else "")
    if desk.request.method == "POST":
        kind = form.choice("kind", KINDS)
        if form.typed("undo"):
            combos.set_slots(desk.actor, combo_id=product_id, says=[])
            kits.set_components(desk.actor, kit_id=product_id, parts=[])
            return desk.done(ADDRESS, "combos.undone", name=product.name)
        if _written(desk, form, kind, product_id):
            return desk.done(f"{ADDRESS}{product_id}/", "combos.saved_combo" if kind == "combo" else "combos.saved_kit", name=product.name)
    return _page(desk, form, product=product, kind=kind)


def _kind_of(product_id: uuid.UUID) -> str:
    return "combo" if combos.slots([product_id]) else "kit" if kits.components([product_id]) else ""


def _product(form: Form) -> uuid.UUID | None:
    """The product whose SKU or barcode was typed."""
    code = form.text("product", longest=48)
    known = queries.by_codes([code]).get(code) if code else None
    if code and known is None:
        form.errors["product"] = "unknown_code"
    return known


def _written(desk: Desk, form: Form, kind: str, product_id: uuid.UUID | None) -> bool:
    """Read what is typed and write it; without a product, or where something is wrong, say all of it at once."""
    says = _read_slots(form) if kind == "combo" else []
    parts = _read_components(form) if kind == "kit" else []
    if product_id is None or not form.is_right:
        return False
    if kind == "combo":
        return form.tried(lambda: combos.set_slots(desk.actor, combo_id=product_id, says=says))
    return form.tried(lambda: kits.set_components(desk.actor, kit_id=product_id, parts=parts))


def _read_slots(form: Form) -> list[Slot]:
    """The slots that have a name or a choice."""
    says = []
    for n in range(1, combos.SLOTS_MAX + 1):
        name, typed = form.typed(f"slot_{n}"), form.typed(f"choices_{n}")
        if not name and not typed:
            continue
        name = form.text(f"slot_{n}", longest=combos.NAME_MAX)
        quantity = form.quantity(f"quantity_{n}")
        says.append(Slot(name, _read_choices(form, f"choices_{n}"), 1000 if quantity is None else quantity))
    if not says:
        form.errors["slots"] = "none"
    return says


def _read_choices(form: Form, field: str) -> tuple[Choice, ...]:
    """A SKU or barcode a line, and behind a plus what it adds: "LAT-012 + 10"."""
    lines = [_with_number(form, line, "+", PRICE_DIGITS) for line in form.typed(field).splitlines() if line.strip()]
    known = queries.by_codes(code for code, _ in lines)
    if not lines:
        form.errors[field] = "empty"
    elif any(code not in known for code, _ in lines):
        form.errors[field] = "unknown_code"
    return tuple(Choice(known[code], extra or 0) for code, extra in lines if code in known)


def _read_components(form: Form) -> list[tuple[uuid.UUID, int]]:
    """A SKU or barcode a line, and behind an asterisk how many: "AZU-001 * 2"."""
    lines = [_with_number(form, line, "*", 3) for line in form.typed("components").splitlines() if line.strip()]
    known = queries.by_codes(code for code, _ in lines)
    if not lines:
        form.errors["components"] = "empty"
    elif any(code not in known for code, _ in lines):
        form.errors["components"] = "unknown_code"
    return [(known[code], 1000 if quantity is None else quantity) for code, quantity in lines if code in known]


def _with_number(form: Form, line: str, mark: str, digits: int) -> tuple[str, int | None]:
    """A code, and the number behind the last mark, scaled; a code may have the mark in it."""
    code, found_mark, number = (part.strip() for part in line.rpartition(mark))
    if not found_mark:
        return line.strip(), None
    try:
        return code, scaled(read_number(number, decimal_mark(form.formats.locale)), digits)
    except NotANumber:
        return line.strip(), None


def _page(desk: Desk, form: Form, *, kind: str, product: Product | None = None, is_new: bool = False) -> HttpResponse:
    slots, components = combos.slots(None), kits.components(None)
    called = {row.id: row for row in queries.by_ids([*slots, *components])}
    rows = [Row(called[one], "combo", " · ".join(slot.name for slot in made)) for one, made in slots.items()]
    rows += [
        Row(called[one], "kit", ", ".join(_piece(desk, part.quantity, part.name) for part in made)) for one, made in components.items()
    ]
    of_combo, of_kit = (slots.get(product.id, []), components.get(product.id, [])) if product else ([], [])
    return desk.page(
        "combos.html", status=422 if form.errors else 200, form=form, kind=kind, product=product, is_new=is_new,
        rows=sorted(rows, key=lambda row: row.product.name.casefold()), slots=_slots(desk, form, of_combo) if kind == "combo" else [],
        said=[(slot, [(one, desk.formats.typed(one.extra, PRICE_DIGITS, desk.formats.digits) if one.extra else "") for one in slot.choices]) for slot in of_combo],
        components=of_kit, components_text=_components_text(desk, of_kit), is_made=bool(of_combo or of_kit),
    )  # fmt: skip


def _piece(desk: Desk, quantity: int, name: str) -> str:
    return name if quantity == 1000 else f"{desk.formats.quantity(quantity)} {name}"


def _slots(desk: Desk, form: Form, slots: list[Slot]) -> list[SlotRow]:
    """The slots as they are typed, with one more to fill."""
    codes = queries.skus_of(choice.product_id for slot in slots for choice in slot.choices)
    typed = max((n for n in range(1, combos.SLOTS_MAX + 1) if form.typed(f"slot_{n}") or form.typed(f"choices_{n}")), default=0)
    rows = []
    for n in range(1, min(combos.SLOTS_MAX, max(len(slots), typed, SHOWN_SLOTS - 1) + 1) + 1):
        if form.data:
            rows.append(SlotRow(n, form.typed(f"slot_{n}"), form.typed(f"quantity_{n}"), form.typed(f"choices_{n}")))
        elif n <= len(slots):
            slot = slots[n - 1]
            lines = [_code(desk, codes[one.product_id], one.extra, "+") for one in slot.choices]
            rows.append(SlotRow(n, slot.name, "" if slot.quantity == 1000 else desk.formats.typed(slot.quantity, 3), "\n".join(lines)))
        else:
            rows.append(SlotRow(n, "", "", ""))
    return rows


def _code(desk: Desk, code: str, extra: int, mark: str) -> str:
    return f"{code} {mark} {desk.formats.typed(extra, PRICE_DIGITS, desk.formats.digits)}" if extra else code


def _components_text(desk: Desk, components: list[kits.Component]) -> str:
    codes: dict[uuid.UUID, Any] = queries.skus_of(one.product_id for one in components)
    return "\n".join(
        codes[one.product_id] if one.quantity == 1000 else f"{codes[one.product_id]} * {desk.formats.typed(one.quantity, 3)}"
        for one in components
    )
