"""Reads of people: whose office someone may enter, stores, tills with their devices, the team."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from mostrador.kernel import clock
from mostrador.kernel.actor import ROLES, Actor, Role
from mostrador.kernel.models import Organization
from mostrador.kernel.scoping import across, scope
from mostrador.people.models import Device, PairingCode, RoleLimit, StaffMember, Store, Till, User

# Who works at the till alone has no office.
OFFICE_ROLES: tuple[Role, ...] = ("owner", "manager", "stock", "accountant", "auditor")
SESSION_KEY = "organization"


@dataclass(frozen=True, slots=True)
class Membership:
    """A business in which a user works, and as what."""

    organization: Organization
    member_id: uuid.UUID
    name: str
    role: Role

    @property
    def actor(self) -> Actor:
        """Who acts when this person does."""
        return Actor(self.organization.id, "person", self.member_id, self.role)


@dataclass(frozen=True, slots=True)
class TillRow:
    """A till with its store and the devices it has had, newest first."""

    till: Till
    store: Store
    devices: tuple[Device, ...]

    @property
    def device(self) -> Device | None:
        """The device that may sell now."""
        return next((device for device in self.devices if device.revoked_at is None), None)

    @property
    def earlier(self) -> tuple[Device, ...]:
        """The other devices it has had."""
        return tuple(device for device in self.devices if device is not self.device)


def memberships(user_id: uuid.UUID) -> list[Membership]:
    """Return the businesses whose office a user may enter, by name."""
    with across("a user may work for several businesses"):
        rows = list(StaffMember.objects.filter(user_id=user_id, archived_at=None, role__in=OFFICE_ROLES))
    organizations = {row.id: row for row in Organization.objects.filter(id__in=[row.organization_id for row in rows])}
    found = [Membership(organizations[row.organization_id], row.id, row.name, role_of(row.role)) for row in rows]
    return sorted(found, key=lambda one: (one.organization.name.casefold(), one.organization.id))


def of_office(user_ids: Iterable[uuid.UUID], roles: Iterable[Role]) -> list[User]:
    """Return those of these users who still work in the business in scope with one of these roles and may sign in, by email."""
    still = StaffMember.objects.filter(user_id__in=list(user_ids), archived_at=None, role__in=list(roles)).values_list("user_id", flat=True)
    return list(User.objects.filter(id__in=list(still), is_active=True).order_by("email"))


def role_of(name: str) -> Role:
    """Return the role of a name; a name that is none of ours is a bug."""
    return next(role for role in ROLES if role == name)


def stores(*, archived: bool = False) -> list[Store]:
    """Return the stores by name; with `archived`, all of them."""
    rows = Store.objects.all() if archived else Store.objects.filter(archived_at=None)
    return list(rows.order_by("name", "id"))


def tills() -> list[TillRow]:
    """Return the tills by store and code: three statements."""
    places = {store.id: store for store in Store.objects.all()}
    devices: dict[uuid.UUID, list[Device]] = {}
    for device in Device.objects.order_by("-paired_at", "-id"):
        devices.setdefault(device.till_id, []).append(device)
    rows = sorted(Till.objects.all(), key=lambda till: (places[till.store_id].name, till.code))
    return [TillRow(till, places[till.store_id], tuple(devices.get(till.id, ()))) for till in rows]


def open_code(till_id: uuid.UUID) -> PairingCode | None:
    """Return the newest code of a till that still pairs; its text is known only to whoever made it."""
    row: PairingCode | None = (
        PairingCode.objects.filter(till_id=till_id, used_at=None, expires_at__gt=clock.now()).order_by("-expires_at").first()
    )
    return row


def team(*, archived: bool = False) -> list[StaffMember]:
    """Return the team by name; with `archived`, also who left."""
    rows = StaffMember.objects.all() if archived else StaffMember.objects.filter(archived_at=None)
    return list(rows.order_by("name", "id"))


def names() -> dict[uuid.UUID | None, str]:
    """Return the names of everybody who works or worked here; a row without a person asks for None and finds nothing."""
    return dict(StaffMember.objects.values_list("id", "name"))


def member(member_id: uuid.UUID) -> StaffMember | None:
    """Return one of the team."""
    row: StaffMember | None = StaffMember.objects.filter(id=member_id).first()
    return row


def email_of(row: StaffMember) -> str:
    """Return the address that someone of the team signs in with, or nothing."""
    return User.objects.filter(id=row.user_id).values_list("email", flat=True).first() or "" if row.user_id else ""


def limits() -> list[RoleLimit]:
    """Return what each role may do at the till alone, most first."""
    order = {"owner": 0, "manager": 1, "cashier": 2, "stock": 3}
    return sorted(RoleLimit.objects.all(), key=lambda row: order.get(row.role, 9))


def business(organization_id: uuid.UUID) -> Organization:
    """Return a business; whoever calls has shown that it is theirs."""
    with scope(organization_id):
        return Organization.objects.get(id=organization_id)
