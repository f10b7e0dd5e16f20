"""What all records of a visit have in common, as columns."""

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantRow


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
