"""Writes of people: a business begins, stores and tills, the team and its PINs."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import make_password

from mostrador.kernel import clock, sealing, trail
from mostrador.kernel.actor import ROLES, Actor, Role, system
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.models import Organization
from mostrador.kernel.money import digits_of
from mostrador.kernel.scoping import scope
from mostrador.kernel.writing import building_block, use_case, whole
from mostrador.people import pins
from mostrador.people.errors import LastOwner
from mostrador.people.models import RoleLimit, StaffMember, Store, Till, User

ALL = {
    "may_return_without_ticket": True, "may_change_price": True, "may_void": True, "may_exceed_account": True, "may_edit_products": True,
    "may_approve": True,
}  # fmt: skip
# Discount in parts per million that each role may give alone, and what else it may do. The owner edits it.
LIMITS: dict[Role, dict[str, Any]] = {
    "owner": {"discount_max": 1_000_000, "may_open_drawer": True, "may_move_cash": True, "may_return": True, **ALL},
    "manager": {"discount_max": 1_000_000, "may_open_drawer": True, "may_move_cash": True, "may_return": True, **ALL},
    "cashier": {"discount_max": 100_000, "may_open_drawer": False, "may_move_cash": True, "may_return": True, "may_approve": False},
    "stock": {
        "discount_max": 0,
        "may_open_drawer": False,
        "may_move_cash": False,
        "may_return": False,
        "may_void": False,
        "may_edit_products": True,
        "may_approve": False,
    },
}


def begin_business(*, name: str, country: str, currency: str, timezone: str, locale: str, **more: Any) -> Actor:
    """Make a business with its limits by role and return the actor of its set-up. Inside the caller's transaction."""
    with building_block():
        row = Organization.objects.create(
            name=name, country=country, currency=currency, currency_digits=digits_of(currency), timezone=timezone,
            locale=locale, created_at=clock.now(), **more,
        )  # fmt: skip
        with scope(row.id):
            RoleLimit.objects.bulk_create(RoleLimit(organization_id=row.id, role=role, **limits) for role, limits in LIMITS.items())
    return system(row.id)


def change_business(actor: Actor, **fields: Any) -> None:
    """Change the settings of a business: name, legal_name, tax_id, receipt_footer, transfer_holder, transfer_account, timezone, locale, tax_rounding, cash rounding."""
    _only(actor, "owner")
    with use_case():
        row = Organization.objects.get(id=actor.organization_id)
        changes = {field: (getattr(row, field), value) for field, value in fields.items() if getattr(row, field) != value}
        Organization.objects.filter(id=row.id).update(**fields)
        trail.record(actor, "business", row.id, changes)
        touched(row.id, "till", [row.id])


@whole
def add_store(actor: Actor, *, code: str, name: str, timezone: str, **more: Any) -> Store:
    """Add a place with stock and tills; `more`: address, phone, day_start_minutes, tips. Inside or outside a transaction."""
    _only(actor, "owner", "manager")
    if Store.objects.filter(code=code).exists():
        raise Invalid(code="taken")
    return Store.objects.create(organization_id=actor.organization_id, code=code, name=name, timezone=timezone, **more)


def change_store(actor: Actor, *, store_id: uuid.UUID, **fields: Any) -> None:
    """Change a store's name, address, phone, timezone, day_start_minutes, tips or archived_at."""
    _only(actor, "owner", "manager")
    with use_case():
        _change(actor, "store", _get(Store, store_id), fields)
        touched(actor.organization_id, "till", [store_id])


@whole
def add_till(actor: Actor, *, store_id: uuid.UUID, code: str, name: str) -> Till:
    """Add a till to a store. Its code begins every ticket series: letters and digits, at most 6."""
    _only(actor, "owner", "manager")
    if not code.isascii() or not code.isalnum() or len(code) > 6:
        raise Invalid(code="letters_and_digits")
    if Till.objects.filter(code=code.upper()).exists():
        raise Invalid(code="taken")
    _get(Store, store_id)
    return Till.objects.create(organization_id=actor.organization_id, store_id=store_id, code=code.upper(), name=name)


def change_till(actor: Actor, *, till_id: uuid.UUID, **fields: Any) -> None:
    """Change a till's name or archived_at."""
    _only(actor, "owner", "manager")
    with use_case():
        _change(actor, "till", _get(Till, till_id), fields)
        touched(actor.organization_id, "till", [till_id])


@whole
def hire(actor: Actor, *, name: str, role: Role, pin: str | None = None, store_id: uuid.UUID | None = None) -> StaffMember:
    """Add someone to the team. Managers add anyone but owners."""
    _may_give(actor, role)
    if not name.strip():
        raise Invalid(name="empty")
    member = StaffMember(organization_id=actor.organization_id, name=name.strip(), role=role, store_id=store_id)
    if pin:
        _seal(member, pin)
    member.save(force_insert=True)
    touched(actor.organization_id, "till", [member.id])
    return member


def change_member(actor: Actor, *, member_id: uuid.UUID, **fields: Any) -> None:
    """Change a member's name, role, store_id or archived_at. The last owner who can sign in stays an owner."""
    member = _get(StaffMember, member_id)
    _may_give(actor, member.role)
    if "role" in fields:
        _may_give(actor, fields["role"])
    with use_case():
        _change(actor, "member", member, fields)
        if not StaffMember.objects.filter(role="owner", archived_at=None, user_id__isnull=False).exists():
            raise LastOwner
        touched(actor.organization_id, "till", [member_id])


def set_pin(actor: Actor, *, member_id: uuid.UUID, pin: str) -> None:
    """Give a member a new PIN of 4 to 8 digits."""
    member = _get(StaffMember, member_id)
    if actor.id != member_id:
        _may_give(actor, member.role)
    with use_case():
        _seal(member, pin)
        StaffMember.objects.filter(id=member_id).update(pin_salt=member.pin_salt, pin_base=member.pin_base)
        trail.record(actor, "member", member_id, {"pin": (None, "new")})
        touched(actor.organization_id, "till", [member_id])


def set_limits(actor: Actor, *, limits: Mapping[Role, Mapping[str, Any]]) -> None:
    """Change what roles may do at the till alone: fields of RoleLimit by role. Owners keep every right: a lone one is never locked out."""
    _only(actor, "owner")
    if "owner" in limits:
        raise Invalid(role="owner_keeps")
    with use_case():
        rows = {row.role: row for row in RoleLimit.objects.filter(role__in=limits)}
        if rows.keys() != limits.keys():
            raise NotFound
        changes = {
            f"{role}.{field}": (getattr(rows[role], field), value)
            for role, fields in limits.items() for field, value in fields.items() if getattr(rows[role], field) != value
        }  # fmt: skip
        for role, fields in limits.items():
            RoleLimit.objects.filter(role=role).update(**fields)
        trail.record(actor, "limits", actor.organization_id, changes)
        touched(actor.organization_id, "till", [actor.organization_id])


@whole
def give_sign_in(actor: Actor, *, member_id: uuid.UUID, email: str, password: str, language: str = "es") -> User:
    """Let a member sign in at the office. An email that has a user already keeps its password and gains this business."""
    member = _get(StaffMember, member_id)
    _may_give(actor, member.role)
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User(email=email.lower(), name=member.name, language=language, password=make_password(password))
        user.save(force_insert=True)
    StaffMember.objects.filter(id=member_id).update(user_id=user.id)
    trail.record(actor, "member", member_id, {"sign_in": (None, "given")})
    return user


@whole
def set_password(*, email: str, password: str) -> None:
    """Set a user's password (the command line's `mostrador password`, and the user's own page)."""
    if User.objects.filter(email__iexact=email).update(password=make_password(password)) != 1:
        raise NotFound


def _seal(member: StaffMember, pin: str) -> None:
    if not pins.PIN_PATTERN.fullmatch(pin):
        raise Invalid(pin="four_to_eight_digits")
    member.pin_salt = pins.new_salt()
    member.pin_base = sealing.seal(pins.base_of(pin, member.pin_salt), member.id.bytes)


def _change(actor: Actor, entity: str, row: Any, fields: dict[str, Any]) -> None:
    changes = {field: (getattr(row, field), value) for field, value in fields.items() if getattr(row, field) != value}
    if changes:
        type(row).objects.filter(id=row.id).update(**fields)
        trail.record(actor, entity, row.id, changes)


def _get(model: Any, row_id: uuid.UUID) -> Any:
    row = model.objects.filter(id=row_id).first()
    if row is None:
        raise NotFound
    return row


def _only(actor: Actor, *roles: Role) -> None:
    if not actor.may(*roles):
        raise Forbidden


def _may_give(actor: Actor, role: str) -> None:
    """Owners manage everybody; managers everybody but owners."""
    if role not in ROLES:
        raise Invalid(role="unknown")
    if not actor.may("owner") and not (actor.may("manager") and role != "owner"):
        raise Forbidden
