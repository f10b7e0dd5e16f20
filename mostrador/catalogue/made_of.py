"""Products that are others: kits, a fixed list that sells as one line, and combos, a choice for each slot. Models; the acts are in kits.py and combos.py."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField
from mostrador.kernel.tenancy import TenantForeignKey, TenantRow, tenant_relation


class KitComponent(TenantRow):
    """So much of a product (thousandths) goes with one of a kit: the kit sells as one line, and its components leave the shelf."""

    pk = models.CompositePrimaryKey("organization_id", "kit_id", "product_id")
    kit_id = CompactUUIDField()
    kit = tenant_relation("catalogue.Product", "kit_id", related_name="components")
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    quantity = models.BigIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="kit_component_kit_fk", fields=("organization", "kit_id"), to="catalogue_product"),
            TenantForeignKey(name="kit_component_product_fk", fields=("organization", "product_id"), to="catalogue_product"),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "product_id"], name="kit_component_product_ix")]


class ComboSlot(TenantRow):
    """A place of a combo that one of its choices fills, so much of it (thousandths). Known by its combo and its place in it; facts name no slot."""

    pk = models.CompositePrimaryKey("organization_id", "combo_id", "place")
    combo_id = CompactUUIDField()
    combo = tenant_relation("catalogue.Product", "combo_id", related_name="slots")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    quantity = models.BigIntegerField(default=1000)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="combo_slot_fk", fields=("organization", "combo_id"), to="catalogue_product")]


class ComboChoice(TenantRow):
    """A product that may fill a slot of a combo, and what it adds to the combo's price (ten-thousandths). The first of a slot is the usual one."""

    pk = models.CompositePrimaryKey("organization_id", "combo_id", "slot", "product_id")
    combo_id = CompactUUIDField()
    combo = tenant_relation("catalogue.Product", "combo_id", related_name="choices")
    slot = models.PositiveSmallIntegerField()
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    extra = models.BigIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="combo_choice_combo_fk", fields=("organization", "combo_id"), to="catalogue_product"),
            TenantForeignKey(name="combo_choice_product_fk", fields=("organization", "product_id"), to="catalogue_product"),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "product_id"], name="combo_choice_product_ix")]
