"""What no law says and no rule can know: the shop's own terms, what its goods are, and when something that was sold was away to be repaired."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow, tenant_relation


def _of_organization(name: str) -> TenantForeignKey:
    return TenantForeignKey(name=name, fields=("organization",), to="kernel_organization", to_fields=("id",))


class ShopTerm(TenantModel):
    """What the owner says from an instant on, of a product, of a category, or of everything. The last row of kind and scope before a sale counts; none ever changes.

    `kind`: voluntary_return, commercial_guarantee, or goods (what they are: `goods`, and of used ones the term that is agreed). `amount` 0: not given;
    null: as the wider scope says. `says`: its conditions.
    """

    APPEND_ONLY = True

    kind = models.CharField(max_length=20)
    category_id = CompactUUIDField(null=True)
    product_id = CompactUUIDField(null=True)
    goods = models.CharField(max_length=12, blank=True, default="")
    amount = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=8, blank=True, default="")
    says = models.CharField(max_length=160, blank=True, default="")
    recorded_at = InstantField()
    actor_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [_of_organization("shop_term_organization_fk")]
        indexes: ClassVar = [models.Index(fields=["organization", "kind", "recorded_at"], name="shop_term_kind_ix")]


class RepairStay(TenantModel):
    """What was sold in a line of a sale was taken in to be repaired, on this day: its guarantee stands still until it is back.

    The sale is named and not held: its row may be made anew from its fact.
    """

    APPEND_ONLY = True

    sale_id = CompactUUIDField()
    n = models.PositiveSmallIntegerField()
    began_on = models.DateField()
    recorded_at = InstantField()
    actor_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [_of_organization("repair_stay_organization_fk")]
        indexes: ClassVar = [models.Index(fields=["organization", "sale_id"], name="repair_stay_sale_ix")]


class RepairEnd(TenantRow):
    """It went back to its buyer on this day. Once for each stay; on the day it began, if it was written down by mistake."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "stay_id")
    stay_id = CompactUUIDField()
    stay = tenant_relation("rights.RepairStay", "stay_id")
    ended_on = models.DateField()
    recorded_at = InstantField()
    actor_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="repair_end_stay_fk", fields=("organization", "stay_id"), to="rights_repairstay")]
