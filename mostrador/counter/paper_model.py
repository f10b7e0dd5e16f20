"""What every paper of a till has in common, whatever it is of: columns of the models that facts with a number become."""

from django.db import models

from mostrador.kernel.fields import FLAGS_MAX, CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantModel, tenant_relation


class NumberedPaper(TenantModel):
    """A paper with a number of its till's one count: of which visit, store, journal and shift, by whom, by which fact, and when.

    `flags`: words for what a person may want to look at, nothing refused: clock_back, number_gap, approval_missing, limit_exceeded, no_shift; and of what
    a person took in: accepted, evidence, number_used. `twin`: 0, or how many papers bore its number before a person took this one in.
    """

    visit_id = CompactUUIDField()
    store_id = CompactUUIDField()
    store = tenant_relation("people.Store", "store_id")
    journal_id = CompactUUIDField()
    shift_id = CompactUUIDField()
    staff_id = CompactUUIDField(null=True)
    fact_id = CompactUUIDField()
    number = models.PositiveIntegerField()
    twin = models.PositiveSmallIntegerField(default=0)
    business_date = models.DateField()
    occurred_at = InstantField()
    received_at = InstantField()
    flags = models.CharField(max_length=FLAGS_MAX, blank=True, default="")

    class Meta(TenantModel.Meta):
        abstract = True
