"""What a line was made of, and what lines were sold together: components of kits, and combos. Models of this package (docs/adr/0023)."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField
from mostrador.kernel.tenancy import TenantForeignKey, TenantRow, tenant_relation


class SaleComponent(TenantRow):
    """What left the shelf with a line of a kit, in place of the kit itself: thousandths of a product for the whole line."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "n", "place")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="components")
    n = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    name = models.CharField(max_length=160)
    quantity = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="component_sale_fk", fields=("organization", "sale_id"), to="counter_sale"),
            TenantForeignKey(name="component_product_fk", fields=("organization", "product_id"), to="catalogue_product"),
        ]


class ReturnComponent(TenantRow):
    """What came back with a line of a kit, in place of the kit itself; where to, its line says."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "return_id", "n", "place")
    return_id = CompactUUIDField()
    returned = tenant_relation("counter.Return", "return_id", related_name="components")
    n = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    name = models.CharField(max_length=160)
    quantity = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="return_component_fk", fields=("organization", "return_id"), to="counter_return"),
            TenantForeignKey(name="return_component_product_fk", fields=("organization", "product_id"), to="catalogue_product"),
        ]


class OrderComponent(TenantRow):
    """What a line of an order puts aside in place of the kit that it names: thousandths of a product for the whole line."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "order_id", "n", "place")
    order_id = CompactUUIDField()
    order = tenant_relation("counter.Order", "order_id", related_name="components")
    n = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    quantity = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="order_component_fk", fields=("organization", "order_id"), to="counter_order"),
            TenantForeignKey(name="order_component_product_fk", fields=("organization", "product_id"), to="catalogue_product"),
        ]


class SaleCombo(TenantRow):
    """Lines that were sold at one price together: how many (thousandths), and what one cost (ten-thousandths). A copy of what the sale said."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "place")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="combos")
    place = models.PositiveSmallIntegerField()
    product_id = CompactUUIDField(null=True)
    name = models.CharField(max_length=160)
    quantity = models.BigIntegerField()
    unit_price = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="combo_sale_fk", fields=("organization", "sale_id"), to="counter_sale")]
        indexes: ClassVar = [models.Index(fields=["organization", "product_id"], name="combo_product_ix")]


class SalePart(TenantRow):
    """A line that is part of a combo of its sale, and what its choice added to the price of one (ten-thousandths)."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "n")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="parts")
    n = models.PositiveSmallIntegerField()
    combo = models.PositiveSmallIntegerField()
    extra = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="part_sale_fk", fields=("organization", "sale_id"), to="counter_sale")]
