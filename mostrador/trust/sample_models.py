"""Samples, what is given away as one, what a store may spend on them, and what each of them cost, as rows."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow
from mostrador.trust.record_model import Record


def _of_organization(name: str) -> TenantForeignKey:
    return TenantForeignKey(name=name, fields=("organization",), to="kernel_organization", to_fields=("id",))


class Sample(Record):
    """Something of the shop was given to try, without cost and without strings. The row is the move of its goods (docs/adr/0011).

    `quantity`: thousandths of the product's unit; `lot`: where it was known; `is_told`: they were told what it contains, or somebody saw that they are old enough.
    """

    product_id = CompactUUIDField()
    quantity = models.BigIntegerField()
    lot = models.CharField(max_length=40, blank=True, default="")
    is_told = models.BooleanField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="sample_visit_fk", fields=("organization", "visit_id"), to="counter_visit")]
        indexes: ClassVar = [
            models.Index(fields=["organization", "store_id", "at"], name="sample_store_ix"),
            models.Index(fields=["organization", "visit_id"], name="sample_visit_ix"),
        ]


class SampleCost(TenantRow):
    """What one of its unit cost the shop when it was given, ten-thousandths. Apart from the sample, behind the wall (docs/adr/0038); none: it was not known."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "fact_id")
    fact_id = CompactUUIDField()
    unit_cost = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [_of_organization("sample_cost_organization_fk")]


class SampleGood(TenantModel):
    """A product that is given to try. `quantity`: how much at once, thousandths of its unit; `allergens`: what is said before it is given, empty: nothing;
    `day_max`: above so many a day of one till the till says so, and nothing else happens.
    """

    product_id = CompactUUIDField()
    quantity = models.BigIntegerField()
    allergens = models.CharField(max_length=80, blank=True, default="")
    day_max = models.PositiveSmallIntegerField(null=True)
    ended_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            _of_organization("sample_good_organization_fk"),
            models.UniqueConstraint(
                fields=["organization", "product_id"], condition=models.Q(ended_at=None), name="sample_good_product_uq"
            ),
        ]


class SampleBudget(TenantModel):
    """What a store may spend on samples in a month, minor units, from the month on that begins at `since`; none: nothing is said of it from then on."""

    store_id = CompactUUIDField()
    since = models.DateField()
    amount = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="sample_budget_store_fk", fields=("organization", "store_id"), to="people_store"),
            models.UniqueConstraint(fields=["organization", "store_id", "since"], name="sample_budget_uq"),
        ]
