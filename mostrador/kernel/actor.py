"""Who acts: first argument of every service."""

import uuid
from dataclasses import dataclass
from typing import Literal

type Role = Literal["owner", "manager", "cashier", "stock", "accountant", "auditor"]

ROLES: tuple[Role, ...] = ("owner", "manager", "cashier", "stock", "accountant", "auditor")


@dataclass(frozen=True, slots=True)
class Actor:
    """A person of the team, a till, the system itself, or whoever bears a ticket, within one business."""

    organization_id: uuid.UUID
    kind: Literal["person", "till", "system", "bearer"]
    id: uuid.UUID | None = None
    role: Role = "owner"

    def may(self, *roles: Role) -> bool:
        """Whether this actor holds one of the roles; the system may all, a bearer none."""
        return self.kind == "system" or (self.kind != "bearer" and self.role in roles)


def system(organization_id: uuid.UUID) -> Actor:
    """Return the actor of imports, demo data and workers."""
    return Actor(organization_id, "system")


def bearer(organization_id: uuid.UUID) -> Actor:
    """Return whoever bears a ticket of a business: they say, and decide nothing (ruling 34)."""
    return Actor(organization_id, "bearer", None)
