"""Since when what lowers or changes prices has stood: kept beside the rows that people edit, so that what was in force on any day can be told."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel


class Standing(TenantModel):
    """From `recorded_at` on a product was on sale, or a promotion or a price list stood, or not; of a list also when and where it holds, and its place.

    A product that was never taken off the tills has none. Never pruned: it is the proof of what was said of a price.
    """

    APPEND_ONLY = True

    kind = models.CharField(max_length=16)
    row_id = CompactUUIDField()
    stands = models.BooleanField()
    position = models.PositiveSmallIntegerField(default=0)
    conditions = models.JSONField(default=dict)
    recorded_at = InstantField()
    actor_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="standing_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "kind", "row_id"], name="standing_row_ix")]
