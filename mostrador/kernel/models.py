"""The business, the outbox, the feed of changes, the epoch of this database, the trail of edits."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.ids import new_id
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow


class Organization(models.Model):
    """A business: the tenant that owns everything else. Country and currency are fixed once it sells."""

    PLACEMENT: ClassVar[str] = "reference"
    APPEND_ONLY: ClassVar[bool] = False

    id = CompactUUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=200, blank=True, default="")
    tax_id = models.CharField(max_length=20, blank=True, default="")
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    currency_digits = models.PositiveSmallIntegerField(default=2)
    locale = models.CharField(max_length=10, default="es-MX")
    timezone = models.CharField(max_length=40)
    prices_include_tax = models.BooleanField(default=True)
    tax_rounding = models.CharField(max_length=8, default="line")
    cash_rounding_step = models.PositiveIntegerField(default=0)
    cash_rounding_mode = models.CharField(max_length=10, default="half_up")
    counts_blind = models.BooleanField(default=True)
    count_tolerance = models.PositiveBigIntegerField(null=True)
    transfer_holder = models.CharField(max_length=70, blank=True, default="")
    transfer_account = models.CharField(max_length=34, blank=True, default="")
    receipt_footer = models.CharField(max_length=300, blank=True, default="")
    created_at = InstantField()


class Epoch(models.Model):
    """Which life of the database this is: one row; a restore gives a new id, and every till sends again (ruling 11)."""

    PLACEMENT: ClassVar[str] = "local"
    APPEND_ONLY: ClassVar[bool] = False

    one = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = CompactUUIDField(default=new_id)
    began_at = InstantField()


class Outbox(TenantModel):
    """Work to do after the commit that wrote it. A handler run twice does no harm."""

    topic = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = InstantField()
    failed = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = []
        indexes: ClassVar = [models.Index(fields=["organization", "due_at"], name="outbox_due_ix")]


class Change(TenantRow):
    """A numbered change of what tills show: the row itself is read when it is served, so the last state wins.

    One row per thing: a thing that changes again takes a higher number (ruling 12), so the feed stays as long as the catalogue.
    """

    pk = models.CompositePrimaryKey("organization_id", "kind", "entity_id")
    kind = models.CharField(max_length=20)
    entity_id = CompactUUIDField()
    n = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "n"], name="change_n_uq")]


class FeedCounter(TenantRow):
    """The last number given in a business's feed. Only the worker counts it up."""

    pk = models.CompositePrimaryKey("organization_id", "one")
    one = models.PositiveSmallIntegerField(default=1)
    n = models.BigIntegerField(default=0)


class Edit(TenantModel):
    """Who changed which field of what, from what to what. Kept for ever."""

    APPEND_ONLY = True

    at = InstantField()
    actor_id = CompactUUIDField(null=True)
    actor_kind = models.CharField(max_length=10)
    entity = models.CharField(max_length=30)
    entity_id = CompactUUIDField()
    changes = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="edit_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "entity_id", "at"], name="edit_entity_ix")]
