"""Which one was sold and came back, that somebody looked at the buyer's age, who took it along: models of what a sale may say beside its lines (docs/adr/0021)."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField
from mostrador.kernel.tenancy import TenantForeignKey, TenantRow, tenant_relation


class SaleTrace(TenantRow):
    """Which one was sold on a line: its serial number, or its lot and the date it keeps to."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "n")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="traces")
    n = models.PositiveSmallIntegerField()
    serial = models.CharField(max_length=40)
    lot = models.CharField(max_length=40)
    expires = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="sale_trace_fk", fields=("organization", "sale_id"), to="counter_sale")]
        indexes: ClassVar = [models.Index(fields=["organization", "serial"], name="sale_trace_serial_ix")]


class SalePrior(TenantRow):
    """What the buyer was told of a line that a promotion for everybody lowered: the lowest price before it, ten-thousandths; null: no reduction was spoken of."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "n")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="priors")
    n = models.PositiveSmallIntegerField()
    price = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="sale_prior_fk", fields=("organization", "sale_id"), to="counter_sale")]


class AgeCheck(TenantRow):
    """Somebody of the team saw that the buyer is old enough: `how` is looks or document. Nothing of the buyer is kept."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="age_checks")
    minimum = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=8)
    staff_id = CompactUUIDField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="age_check_fk", fields=("organization", "sale_id"), to="counter_sale")]


class SaleTaker(TenantRow):
    """Somebody else than the buyer took the goods along, on the buyer's account (buyers.AuthorisedPerson: no foreign key, facts come in any order)."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="takers")
    person_id = CompactUUIDField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="sale_taker_fk", fields=("organization", "sale_id"), to="counter_sale")]


class ReturnTrace(TenantRow):
    """Which one came back on a line of a return: its serial number, or its lot."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "return_id", "n")
    return_id = CompactUUIDField()
    returned = tenant_relation("counter.Return", "return_id", related_name="traces")
    n = models.PositiveSmallIntegerField()
    serial = models.CharField(max_length=40)
    lot = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="return_trace_fk", fields=("organization", "return_id"), to="counter_return")]
