"""Moves of goods and levels. Quantities: int thousandths of the product's unit."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantRow, tenant_relation


class StockMove(TenantRow):
    """Goods that a person or an import moved. Its key is its cause and its place in it, so no cause can move the same goods twice.

    What was sold needs none: the line of the sale is the move (docs/adr/0011).
    """

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "source_id", "n")
    source_id = CompactUUIDField()
    n = models.PositiveSmallIntegerField()
    store_id = CompactUUIDField()
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    quantity = models.BigIntegerField()
    at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="move_product_fk", fields=("organization", "product_id"), to="catalogue_product")]


class StockNote(TenantRow):
    """Why a person moved goods: the reason of an adjustment or the name of an import."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "source_id")
    source_id = CompactUUIDField()
    reason = models.CharField(max_length=20)
    text = models.CharField(max_length=200, blank=True, default="")
    actor_id = CompactUUIDField(null=True)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="stock_note_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]


class StockLevel(TenantRow):
    """How many of a product a store holds: the sum of its moves, as far as the worker has come."""

    pk = models.CompositePrimaryKey("organization_id", "store_id", "product_id")
    store_id = CompactUUIDField()
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    quantity = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="level_product_fk", fields=("organization", "product_id"), to="catalogue_product")]
        # Where there is some of a product: as many rows as stores that ever held it, not as many as the business has of everything.
        indexes: ClassVar = [models.Index(fields=["organization", "product_id"], name="level_product_ix")]
