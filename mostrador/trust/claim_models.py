"""What the shop says of its goods: the honest sheet of a product by versions, what was said beyond it in a visit, and what was put right in public. As rows."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel
from mostrador.trust.record_model import Record


def _of_organization(name: str) -> TenantForeignKey:
    return TenantForeignKey(name=name, fields=("organization",), to="kernel_organization", to_fields=("id",))


class ProductSheet(TenantModel):
    """A version of what the shop says of a product, in force from `at` until the next one. `points`: as sheets.Point has them; none: nothing is said any more.

    Which version a line was sold with is the one in force when it was sold: no sale names it (docs/adr/0044).
    """

    APPEND_ONLY = True

    product_id = CompactUUIDField()
    version = models.PositiveSmallIntegerField()
    points = models.JSONField(default=list)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "product_id", "version"], name="sheet_version_uq"),
            _of_organization("sheet_organization_fk"),
        ]


class ClaimTopic(TenantModel):
    """What buyers ask of more than one product, in a word or two, as the owner says it."""

    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="claim_topic_name_uq"),
            _of_organization("claim_topic_organization_fk"),
        ]


class Claim(Record):
    """What somebody was told of a product when they asked: yes, no, or that nobody knew. `statement_id`: a point of its sheet, or a topic of the shop's.

    `sheet_id`: the version that the till had; `promise_id`: that it will be found out.
    """

    product_id = CompactUUIDField()
    statement_id = CompactUUIDField()
    is_topic = models.BooleanField()
    said = models.CharField(max_length=6)
    sheet_id = CompactUUIDField(null=True)
    promise_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="claim_visit_fk", fields=("organization", "visit_id"), to="counter_visit")]
        indexes: ClassVar = [
            models.Index(fields=["organization", "product_id", "statement_id"], name="claim_product_ix"),
            models.Index(fields=["organization", "visit_id"], name="claim_visit_ix"),
        ]


class Correction(TenantModel):
    """What was said of a product (`said` of `statement_id`) is put right in public: `says` stands on the page of everybody who was told so."""

    APPEND_ONLY = True

    product_id = CompactUUIDField()
    statement_id = CompactUUIDField()
    said = models.CharField(max_length=6)
    says = models.CharField(max_length=200)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [_of_organization("correction_organization_fk")]
        indexes: ClassVar = [models.Index(fields=["organization", "product_id"], name="correction_product_ix")]
