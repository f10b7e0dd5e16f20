"""Which kinds of voucher the shop takes, and by which rules: the owner's to say, each change in the trail. Amounts: int minor units."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mostrador.catalogue.models import Category
from mostrador.counter.voucher_models import VoucherKind
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.ready import ready
from mostrador.kernel.writing import whole

CHANGES = ("none", "cash", "credit")
BACKS = ("credit", "cash")
NUMBERS = ("no", "may", "must")
NAME_MAX, ISSUER_MAX = 40, 60
VALUES_MAX = 6
AMOUNT_MAX = 10**10


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said of a kind: as VoucherKind has it."""

    name: str
    issuer: str = ""
    values: tuple[int, ...] = ()
    change: str = "none"
    change_max: int | None = None
    number: str = "no"
    limit: int | None = None
    without: tuple[uuid.UUID, ...] = ()
    back: str = "credit"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind as it stands."""

    id: uuid.UUID
    says: Saying
    is_retired: bool


def kinds(*, retired: bool = False) -> list[Kind]:
    """Return the kinds in the order of the till's keys, those that are not taken any more last."""
    return sorted((_kind(row) for row in _kinds() if retired or row.archived_at is None), key=lambda kind: kind.is_retired)


@ready
def _kinds() -> Any:
    return VoucherKind.objects.order_by("position", "name", "id")


def kind(kind_id: uuid.UUID) -> Kind:
    """Return one kind."""
    return _kind(_row(kind_id))


def document() -> list[dict[str, object]]:
    """Return the kinds as the till part has them."""
    return [
        {
            "id": str(one.id), "name": one.says.name, "values": list(one.says.values), "change": one.says.change, "change_max": one.says.change_max,
            "number": one.says.number, "limit": one.says.limit, "without": [str(category) for category in one.says.without],
            "back": one.says.back,
        }
        for one in kinds()
    ]  # fmt: skip


@whole
def add_kind(actor: Actor, *, says: Saying) -> uuid.UUID:
    """Take another kind of voucher from now on; it comes last among the keys."""
    _check(actor, says)
    _check_name(says, None)
    kind_id = new_id()
    place = VoucherKind.objects.count()
    VoucherKind.objects.create(organization_id=actor.organization_id, id=kind_id, position=place, **_columns(says))
    _changed(actor, kind_id, {"name": ("", says.name)})
    return kind_id


@whole
def change_kind(actor: Actor, *, kind_id: uuid.UUID, says: Saying) -> None:
    """Say a kind anew. What was paid with it before stays as it was."""
    _check(actor, says)
    row = _row(kind_id)
    _check_name(says, kind_id)
    wanted = _columns(says)
    changed = {name: (getattr(row, name), value) for name, value in wanted.items() if getattr(row, name) != value}
    if not changed:
        return
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save(force_update=True)
    _changed(actor, kind_id, {name: (str(before), str(after)) for name, (before, after) in changed.items()})


@whole
def retire_kind(actor: Actor, *, kind_id: uuid.UUID, retired: bool) -> None:
    """Take no more vouchers of a kind, or take them again."""
    _may_lead(actor)
    row = _row(kind_id)
    if (row.archived_at is not None) == retired:
        return
    row.archived_at = clock.now() if retired else None
    row.save(force_update=True)
    _changed(actor, kind_id, {"retired": (not retired, retired)})


def _changed(actor: Actor, kind_id: uuid.UUID, changed: Mapping[str, Any]) -> None:
    trail.record(actor, "voucher_kind", kind_id, dict(changed))
    # It stands in the till part: every till takes that anew.
    touched(actor.organization_id, "till", [kind_id])


def _check(actor: Actor, says: Saying) -> None:
    _may_lead(actor)
    wrong: dict[str, str] = {}
    if not says.name.strip():
        wrong["name"] = "empty"
    if says.change not in CHANGES:
        wrong["change"] = "choose"
    if says.number not in NUMBERS:
        wrong["number"] = "choose"
    if says.back not in BACKS:
        wrong["back"] = "choose"
    elif says.back == "cash" and says.change != "cash":
        wrong["back"] = "no_cash"
    if len(says.values) > VALUES_MAX or any(not 0 < value <= AMOUNT_MAX for value in says.values):
        wrong["values"] = "out_of_range"
    for name in ("change_max", "limit"):
        amount = getattr(says, name)
        if amount is not None and not 0 < amount <= AMOUNT_MAX:
            wrong[name] = "out_of_range"
    if Category.objects.filter(id__in=says.without).count() != len(set(says.without)):
        wrong["without"] = "unknown"
    if wrong:
        raise Invalid(**wrong)


def _check_name(says: Saying, kind_id: uuid.UUID | None) -> None:
    if any(row.id != kind_id for row in VoucherKind.objects.filter(name=says.name)):
        raise Invalid(name="taken")


def _columns(says: Saying) -> dict[str, Any]:
    return {
        **asdict(says),
        "values": sorted(set(says.values)),
        "without": sorted(str(category) for category in set(says.without)),
        "change_max": says.change_max if says.change == "cash" else None,
    }


def _kind(row: VoucherKind) -> Kind:
    says = Saying(
        row.name,
        row.issuer,
        tuple(row.values),
        row.change,
        row.change_max,
        row.number,
        row.limit,
        tuple(uuid.UUID(one) for one in row.without),
        row.back,
    )
    return Kind(row.id, says, row.archived_at is not None)


def _row(kind_id: uuid.UUID) -> VoucherKind:
    row = VoucherKind.objects.filter(id=kind_id).first()
    if row is None:
        raise NotFound
    return row


def _may_lead(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden
