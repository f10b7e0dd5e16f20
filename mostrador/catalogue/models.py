"""Products and what is said of them. Prices: int ten-thousandths of the currency's major unit. Rates: int parts per million."""

from typing import ClassVar

from django.db import models

from mostrador.catalogue.made_of import ComboChoice as ComboChoice  # noqa: PLC0414  # models of this package
from mostrador.catalogue.made_of import ComboSlot as ComboSlot  # noqa: PLC0414  # models of this package
from mostrador.catalogue.made_of import KitComponent as KitComponent  # noqa: PLC0414  # models of this package
from mostrador.catalogue.record_models import Standing as Standing  # noqa: PLC0414  # models of this package
from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow, tenant_relation


def _of_organization(name: str) -> TenantForeignKey:
    """The real foreign key of a root table: to the business itself."""
    return TenantForeignKey(name=name, fields=("organization",), to="kernel_organization", to_fields=("id",))


class Tax(TenantModel):
    """A tax as the engine of prices knows it: percent, fixed per unit, or exempt."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, default="percent")
    rate = models.PositiveIntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    in_base = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "code"], name="tax_code_uq"),
            _of_organization("tax_organization_fk"),
        ]


class TaxGroup(TenantModel):
    """The taxes of a product, in the order in which they are computed: `codes` names them."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    codes = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "code"], name="tax_group_code_uq"),
            _of_organization("tax_group_organization_fk"),
        ]


class Category(TenantModel):
    """A shelf on the screen. Its order is the shop's, never by sales."""

    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    picto = models.CharField(max_length=12, default="caja")
    tint = models.CharField(max_length=12, default="gris")
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="category_name_uq"),
            _of_organization("category_organization_fk"),
        ]


class Family(TenantModel):
    """Products that are variants of one another: one key at the till."""

    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="family_name_uq"),
            _of_organization("family_organization_fk"),
        ]


class Product(TenantModel):
    """What one line of a ticket names. Archived, never deleted. `price` is the projection of its price events; null: the till asks.

    `age_min`: whoever buys it has to be so old. `trace`: what the till asks of each one sold, its serial number or its lot; empty: nothing.
    """

    sku = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    search = models.CharField(max_length=300, default="")
    category_id = CompactUUIDField(null=True)
    category = tenant_relation("catalogue.Category", "category_id")
    family_id = CompactUUIDField(null=True)
    family = tenant_relation("catalogue.Family", "family_id")
    variant = models.CharField(max_length=40, blank=True, default="")
    tax_group_id = CompactUUIDField()
    tax_group = tenant_relation("catalogue.TaxGroup", "tax_group_id")
    tax_units = models.JSONField(default=dict)
    unit = models.CharField(max_length=10, default="pieza")
    sold_by = models.CharField(max_length=6, default="piece")
    age_min = models.PositiveSmallIntegerField(null=True)
    trace = models.CharField(max_length=6, blank=True, default="")
    content = models.BigIntegerField(null=True)
    content_unit = models.CharField(max_length=4, blank=True, default="")
    price = models.BigIntegerField(null=True)
    picto = models.CharField(max_length=12, blank=True, default="")
    tint = models.CharField(max_length=12, blank=True, default="")
    favourite = models.PositiveSmallIntegerField(null=True)
    archived_at = InstantField(null=True)
    updated_at = InstantField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "sku"], name="product_sku_uq"),
            _of_organization("product_organization_fk"),
            TenantForeignKey(name="product_category_fk", fields=("organization", "category_id"), to="catalogue_category"),
            TenantForeignKey(name="product_family_fk", fields=("organization", "family_id"), to="catalogue_family"),
            TenantForeignKey(name="product_tax_group_fk", fields=("organization", "tax_group_id"), to="catalogue_taxgroup"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "name"], name="product_name_ix"),
            models.Index(fields=["organization", "category_id"], name="product_category_ix"),
        ]


class Barcode(TenantRow):
    """A code that sells `quantity` thousandths of a product. Exact, leading zeros kept."""

    pk = models.CompositePrimaryKey("organization_id", "code")
    code = models.CharField(max_length=48)
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id", related_name="barcodes")
    quantity = models.BigIntegerField(default=1000)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="barcode_product_fk", fields=("organization", "product_id"), to="catalogue_product")]
        indexes: ClassVar = [models.Index(fields=["organization", "product_id", "code", "quantity"], name="barcode_product_ix")]


class SellingUnit(TenantModel):
    """The product is also sold in this unit: `factor` thousandths of its own unit for this price. Of a product and a factor the last row
    counts; without a price it is sold so no more. A row never changes, and a line of a sale names the one that priced it (docs/adr/0021).
    """

    APPEND_ONLY = True

    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    unit = models.CharField(max_length=10)
    factor = models.BigIntegerField()
    price = models.BigIntegerField(null=True)
    recorded_at = InstantField()
    actor_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="selling_unit_product_fk", fields=("organization", "product_id"), to="catalogue_product")
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "product_id"], name="selling_unit_product_ix")]


class BarcodeRule(TenantModel):
    """How to read a scale's barcode: prefix, item number, value (weight or price), check digit."""

    prefix = models.CharField(max_length=4)
    kind = models.CharField(max_length=6)
    item_digits = models.PositiveSmallIntegerField()
    value_digits = models.PositiveSmallIntegerField()
    decimals = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "prefix"], name="barcode_rule_prefix_uq"),
            _of_organization("barcode_rule_organization_fk"),
        ]


class PriceEvent(TenantModel):
    """From `valid_from` on, the product costs the buyer this. Dated, kept, never corrected but by the next one.

    `is_declared`: the owner says that it was so before the first price that was recorded here.
    """

    APPEND_ONLY = True

    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    price = models.BigIntegerField(null=True)
    valid_from = InstantField()
    recorded_at = InstantField()
    actor_id = CompactUUIDField(null=True)
    is_declared = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="price_product_fk", fields=("organization", "product_id"), to="catalogue_product")]
        indexes: ClassVar = [models.Index(fields=["organization", "product_id", "valid_from"], name="price_product_ix")]


class CostEvent(TenantModel):
    """From `valid_from` on, the product costs the shop this. Apart from the product: no till ever receives it (ruling 18)."""

    APPEND_ONLY = True

    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    cost = models.BigIntegerField()
    valid_from = InstantField()
    recorded_at = InstantField()
    actor_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="cost_product_fk", fields=("organization", "product_id"), to="catalogue_product")]
        indexes: ClassVar = [models.Index(fields=["organization", "product_id", "valid_from"], name="cost_product_ix")]


class Picture(TenantRow):
    """A product's photo, decoded and written again by us: WebP of at most 320 x 320."""

    pk = models.CompositePrimaryKey("organization_id", "product_id")
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    webp = models.BinaryField()
    digest = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="picture_product_fk", fields=("organization", "product_id"), to="catalogue_product")]


class Promotion(TenantModel):
    """A promotion as people speak of it. What it says stands in its versions, which never change (ruling 28); `position`: which lowers first."""

    version_id = CompactUUIDField()
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [_of_organization("promotion_organization_fk")]


class PromotionVersion(TenantModel):
    """What a promotion said from its instant on: a sale names the version that lowered it. `terms`: catalogue.terms.Terms."""

    APPEND_ONLY = True

    promotion_id = CompactUUIDField()
    promotion = tenant_relation("catalogue.Promotion", "promotion_id", related_name="versions")
    name = models.CharField(max_length=60)
    terms = models.JSONField()
    recorded_at = InstantField()
    actor_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="promotion_version_fk", fields=("organization", "promotion_id"), to="catalogue_promotion")
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "promotion_id"], name="promotion_version_ix")]


class PriceList(TenantModel):
    """Other prices than the usual: by store, by time, by quantity. Of two in force the one of the lower position decides. `conditions`: terms.Conditions."""

    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    conditions = models.JSONField(default=dict)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="price_list_name_uq"),
            _of_organization("price_list_organization_fk"),
        ]


class ListPrice(TenantModel):
    """In a list a product costs this from so many thousandths on; the last entry of list, product and quantity counts, null takes it out.

    An entry never changes, and a line of a sale names the one that priced it (ruling 28).
    """

    APPEND_ONLY = True

    list_id = CompactUUIDField()
    list = tenant_relation("catalogue.PriceList", "list_id", related_name="prices")
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    from_quantity = models.BigIntegerField(default=0)
    price = models.BigIntegerField(null=True)
    recorded_at = InstantField()
    actor_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="list_price_list_fk", fields=("organization", "list_id"), to="catalogue_pricelist"),
            TenantForeignKey(name="list_price_product_fk", fields=("organization", "product_id"), to="catalogue_product"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "product_id"], name="list_price_product_ix"),
            models.Index(fields=["organization", "list_id"], name="list_price_list_ix"),
        ]


class ModifierGroup(TenantModel):
    """What a buyer may choose of a product beside the product: between `least` and `most` of its options; the till asks when it must be some.

    `pick` says which products have it: catalogue.terms.Pick.
    """

    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    least = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField(default=1)
    pick = models.JSONField(default=dict)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="modifier_group_name_uq"),
            _of_organization("modifier_group_organization_fk"),
        ]


class ModifierOption(TenantModel):
    """One option of a group, and what it adds to the price of one unit (ten-thousandths, below zero when it takes off). Archived, never deleted: sold lines name it."""

    group_id = CompactUUIDField()
    group = tenant_relation("catalogue.ModifierGroup", "group_id", related_name="options")
    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    price = models.BigIntegerField(default=0)
    is_default = models.BooleanField(default=False)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="modifier_option_group_fk", fields=("organization", "group_id"), to="catalogue_modifiergroup")
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "group_id"], name="modifier_option_group_ix")]


class StoreFavourites(TenantRow):
    """The favourites of a store: `pages` `[{"name","products":[id]}]`, in the order of its grid. A store without a row has those of the business
    (`Product.favourite`).
    """

    pk = models.CompositePrimaryKey("organization_id", "store_id")
    store_id = CompactUUIDField()
    pages = models.JSONField(default=list)
    updated_at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="favourites_store_fk", fields=("organization", "store_id"), to="people_store")]
