"""Single-use coupons: batches of codes of a promotion, and the sales that used them (docs/adr/0034)."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow, tenant_relation


class CouponBatch(TenantModel):
    """So many codes of a promotion, made at once: each lowers one ticket. `until`: from this instant on none of them does."""

    promotion_id = CompactUUIDField()
    promotion = tenant_relation("catalogue.Promotion", "promotion_id")
    name = models.CharField(max_length=60)
    made_at = InstantField()
    until = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="coupon_batch_promotion_fk", fields=("organization", "promotion_id"), to="catalogue_promotion")
        ]


class CouponCode(TenantModel):
    """A code of a batch. It is asked for by its hash; the code itself is kept sealed, for the sheet that is printed. `n`: its place in the batch."""

    batch_id = CompactUUIDField()
    batch = tenant_relation("counter.CouponBatch", "batch_id", related_name="codes")
    n = models.PositiveIntegerField()
    code_hash = models.BinaryField(max_length=32)
    sealed = models.CharField(max_length=80)
    voided_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "code_hash"], name="coupon_code_hash_uq"),
            models.UniqueConstraint(fields=["organization", "batch_id", "n"], name="coupon_code_place_uq"),
            TenantForeignKey(name="coupon_code_batch_fk", fields=("organization", "batch_id"), to="counter_couponbatch"),
        ]


class CouponUse(TenantRow):
    """A code lowered a sale. `n`: its place among those of the sale; `promotion_id`: the version that lowered.

    `coupon_id` has no foreign key: a fact is not refused because its code is not there.
    """

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "n")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="coupon_uses")
    n = models.PositiveSmallIntegerField()
    coupon_id = CompactUUIDField()
    promotion_id = CompactUUIDField()
    at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="coupon_use_fk", fields=("organization", "sale_id"), to="counter_sale")]
        indexes: ClassVar = [models.Index(fields=["organization", "coupon_id"], name="coupon_use_coupon_ix")]
