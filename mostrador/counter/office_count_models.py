"""What the office says of a shift whose till is gone. No fact of a till: it stands beside what has arrived, and a Z that comes after all goes before it."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantRow


class OfficeCount(TenantRow):
    """Somebody counted the drawer of a shift that no till can close any more. `counted`, `expected`: cash in minor units, the second as it was received then."""

    pk = models.CompositePrimaryKey("organization_id", "shift_id")
    shift_id = CompactUUIDField()
    actor_id = CompactUUIDField(null=True)
    at = InstantField()
    counted = models.BigIntegerField()
    expected = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        # No key to the shift: that is made from facts and may be made anew.
        constraints: ClassVar = [
            TenantForeignKey(name="office_count_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
