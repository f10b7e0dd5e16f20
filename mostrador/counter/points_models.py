"""Points: what facts did to what a buyer has of them. Whole points; `amount` is money in int minor units.

What a buyer has is counted from these moves and from what people wrote (docs/adr/0028), and no balance is stored.
"""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow, tenant_relation


class PointsLapse(TenantModel):
    """Points ran out by the owner's rule: written by the server's clock, made from no fact. `points` are below zero; above, where a fact that came
    late shows that fewer had. `last_day`: the last one they were good for; `at`: its end, or when it was corrected.
    """

    APPEND_ONLY = True

    buyer_id = CompactUUIDField()
    buyer = tenant_relation("buyers.Buyer", "buyer_id")
    last_day = models.DateField()
    points = models.BigIntegerField()
    at = InstantField()
    written_at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="points_lapse_buyer_fk", fields=("organization", "buyer_id"), to="buyers_buyer")]
        indexes: ClassVar = [models.Index(fields=["organization", "buyer_id"], name="points_lapse_buyer_ix")]


class PointsMove(TenantRow):
    """What a fact did to a buyer's points: above zero there are more. `source_id`: the sale or the return.

    `kind`: earn (bought), spend (paid with, for `amount`), taken (what was earned goes with goods that came back), back (what was paid with them
    came back, for `amount`). `scheme_id`: the version that the sale names.
    """

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "source_id", "kind")
    source_id = CompactUUIDField()
    kind = models.CharField(max_length=8)
    buyer_id = CompactUUIDField()
    buyer = tenant_relation("buyers.Buyer", "buyer_id")
    points = models.BigIntegerField()
    amount = models.BigIntegerField(default=0)
    scheme_id = CompactUUIDField(null=True)
    journal_id = CompactUUIDField()
    number = models.PositiveIntegerField()
    sale_id = CompactUUIDField(null=True)
    business_date = models.DateField()
    at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="points_move_buyer_fk", fields=("organization", "buyer_id"), to="buyers_buyer")]
        indexes: ClassVar = [
            models.Index(fields=["organization", "buyer_id"], name="points_move_buyer_ix"),
            models.Index(fields=["organization", "business_date"], name="points_move_day_ix"),
        ]
