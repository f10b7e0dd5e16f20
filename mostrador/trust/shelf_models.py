"""Shelves that say another price than the till, and what somebody did about it, as rows."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel
from mostrador.trust.record_model import Record


class ShelfPrice(Record):
    """What a shelf said of a product while the till asked for more; the buyer paid what it said. Prices in ten-thousandths of one of what was sold."""

    product_id = CompactUUIDField()
    shelf_price = models.BigIntegerField()
    till_price = models.BigIntegerField()
    factor = models.BigIntegerField(default=1000)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="shelf_price_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "store_id", "product_id"], name="shelf_price_product_ix")]


class ShelfFix(TenantModel):
    """Somebody saw to a product's shelf in a store. `how`: tag (it says the right price now), price (the product has the price that it said), none (it said so all along)."""

    APPEND_ONLY = True

    store_id = CompactUUIDField()
    product_id = CompactUUIDField()
    how = models.CharField(max_length=8)
    recorded_at = InstantField()
    actor_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="shelf_fix_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "store_id", "product_id"], name="shelf_fix_product_ix")]
