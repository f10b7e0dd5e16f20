"""What whoever bears a ticket answered to «¿Le sirvió?», as rows."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel


class Outcome(TenantModel):
    """An answer to the one question of a purchase's page: yes, partly, no, not_yet. The last of a sale counts; none is changed. The bearer's word, and nobody's name.

    `is_internal`: given from a browser that was signed in at the office, so no buyer's.
    """

    APPEND_ONLY = True

    sale_id = CompactUUIDField()
    visit_id = CompactUUIDField()
    answer = models.CharField(max_length=8)
    is_internal = models.BooleanField(default=False)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="outcome_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "sale_id", "at"], name="outcome_sale_ix")]
