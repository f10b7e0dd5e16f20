"""Where else somebody is helped, what suppliers give for what is sold, and what was recommended, as rows."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel
from mostrador.trust.record_model import Record


def _of_organization(name: str) -> TenantForeignKey:
    return TenantForeignKey(name=name, fields=("organization",), to="kernel_organization", to_fields=("id",))


class Place(TenantModel):
    """Where else a buyer is well served: public facts only, with the day on which somebody of the team looked. No price of theirs, no verdict.

    `why`: the reason that is written down when it is recommended; `fee`: what the shop gets for sending somebody, in words that the buyer reads;
    empty: nothing. Tills have it from `approved_at` on.
    """

    name = models.CharField(max_length=60)
    good_for = models.CharField(max_length=80)
    address = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    url = models.CharField(max_length=120, blank=True, default="")
    why = models.CharField(max_length=20)
    fee = models.CharField(max_length=80, blank=True, default="")
    verified_on = models.DateField()
    verified_by = CompactUUIDField(null=True)
    proposed_by = CompactUUIDField(null=True)
    approved_at = InstantField(null=True)
    approved_by = CompactUUIDField(null=True)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="place_name_uq"),
            _of_organization("place_organization_fk"),
        ]


class Incentive(TenantModel):
    """A supplier gives something for selling this product. `says`: in words that the buyer reads; empty: undeclared, and then nobody suggests it."""

    product_id = CompactUUIDField()
    says = models.CharField(max_length=80, blank=True, default="")
    ended_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            _of_organization("incentive_organization_fk"),
            models.UniqueConstraint(fields=["organization", "product_id"], condition=models.Q(ended_at=None), name="incentive_product_uq"),
        ]


class Recommendation(Record):
    """What somebody was told would serve them best. `kind`: what was recommended; `target_id`: the product, place or store of it.

    `eligible`: the products that did the job, as the till ranked them (`ranker`: by which version, `inputs`: by what), so that what was
    chosen can be compared with what the rank said. `instead_of`: the product of the line that was asked about.
    """

    kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=20)
    target_id = CompactUUIDField(null=True)
    need_id = CompactUUIDField(null=True)
    instead_of = CompactUUIDField(null=True)
    eligible = models.JSONField(default=list)
    ranker = models.PositiveSmallIntegerField()
    inputs = models.JSONField(default=list)
    is_declared = models.BooleanField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="recommendation_visit_fk", fields=("organization", "visit_id"), to="counter_visit")]
        indexes: ClassVar = [
            models.Index(fields=["organization", "store_id", "at"], name="recommendation_store_ix"),
            models.Index(fields=["organization", "visit_id"], name="recommendation_visit_ix"),
        ]
