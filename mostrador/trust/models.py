"""What a visit brings besides a sale, as rows. Each is made by the worker from a fact; `fact_id` names it (ruling 9).

What a till names (chips, products, people) stands here as a plain column: a record that arrived is never refused for what it names.
"""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow


class NeedChip(TenantModel):
    """What people come for, in a word or two, as the owner says it. `pick`: the goods that may do the job (ruling 37), as a promotion picks goods."""

    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    pick = models.JSONField(default=dict)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="need_chip_name_uq"),
            TenantForeignKey(name="need_chip_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",)),
        ]


class Record(TenantRow):
    """What all records have in common: the fact, its visit and store, when it was said, and whether it was written down afterwards."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "fact_id")
    fact_id = CompactUUIDField()
    visit_id = CompactUUIDField()
    store_id = CompactUUIDField()
    journal_id = CompactUUIDField()
    is_late = models.BooleanField()
    at = InstantField()

    class Meta:
        abstract = True


class Need(Record):
    """What somebody came for. `origin`: the buyer said it, or the seller inferred it; `max_spend`: minor units, a filter from above and nothing else.

    `text_id`: the annex with the buyer's own words, which may be erased.
    """

    chip_id = CompactUUIDField()
    origin = models.CharField(max_length=16)
    max_spend = models.BigIntegerField(null=True)
    needed_by = models.DateField(null=True)
    text_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="need_visit_fk", fields=("organization", "visit_id"), to="counter_visit")]
        indexes: ClassVar = [
            models.Index(fields=["organization", "store_id", "at"], name="need_store_ix"),
            models.Index(fields=["organization", "visit_id"], name="need_visit_ix"),
        ]


class Undoing(TenantRow):
    """A record that was taken back within seconds: it counts nowhere, whichever of the two arrives first."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "record_id")
    record_id = CompactUUIDField()
    fact_id = CompactUUIDField()
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="undoing_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
