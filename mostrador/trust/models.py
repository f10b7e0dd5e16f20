"""What a visit brings besides a sale, as rows. Each is made by the worker from a fact; `fact_id` names it (ruling 9).

What a till names (chips, products, people) stands here as a plain column: a record that arrived is never refused for what it names.
"""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow
from mostrador.trust import (
    advice_models,  # noqa: F401
    claim_models,  # noqa: F401
    outcome_model,  # noqa: F401
    sample_models,  # noqa: F401
    shelf_models,  # noqa: F401
)
from mostrador.trust.record_model import Record


class NeedChip(TenantModel):
    """What people come for, in a word or two, as the owner says it. `pick`: the goods that may do the job (ruling 37), as a promotion picks goods."""

    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    pick = models.JSONField(default=dict)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="need_chip_name_uq"),
            TenantForeignKey(name="need_chip_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",)),
        ]


class Need(Record):
    """What somebody came for. `origin`: the buyer said it, or the seller inferred it; `max_spend`: minor units, a filter from above and nothing else.

    `text_id`: the annex with the buyer's own words, which may be erased.
    """

    chip_id = CompactUUIDField()
    origin = models.CharField(max_length=16)
    max_spend = models.BigIntegerField(null=True)
    needed_by = models.DateField(null=True)
    text_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="need_visit_fk", fields=("organization", "visit_id"), to="counter_visit")]
        indexes: ClassVar = [
            models.Index(fields=["organization", "store_id", "at"], name="need_store_ix"),
            models.Index(fields=["organization", "visit_id"], name="need_visit_ix"),
        ]


class Handoff(Record):
    """A colleague joined a visit (`joins`), or goes on with it (`goes_on`). `by_id`: who was there. Who helped is a set: no order, no shares (S22)."""

    by_id = CompactUUIDField(null=True)
    to_id = CompactUUIDField()
    part = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="handoff_visit_fk", fields=("organization", "visit_id"), to="counter_visit")]
        indexes: ClassVar = [models.Index(fields=["organization", "visit_id"], name="handoff_visit_ix")]


class HiddenPiece(TenantRow):
    """A piece of the strip that the owner took from the tills."""

    pk = models.CompositePrimaryKey("organization_id", "piece")
    piece = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="hidden_piece_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]


class MorningReader(TenantRow):
    """Somebody with a sign-in who reads by e-mail, each morning, what is promised for the day. A setting of theirs."""

    pk = models.CompositePrimaryKey("organization_id", "user_id")
    user_id = CompactUUIDField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="morning_reader_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]


class Undoing(TenantRow):
    """A record that was taken back within seconds: it counts nowhere, whichever of the two arrives first."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "record_id")
    record_id = CompactUUIDField()
    fact_id = CompactUUIDField()
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="undoing_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]


class PromiseChip(TenantModel):
    """What the shop promises, in a word or two, as the owner says it, and within how many days as long as its own history does not say.

    `finds_out`: the one that «no sé, lo averiguamos» makes; one at most.
    """

    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    finds_out = models.BooleanField(default=False)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="promise_chip_name_uq"),
            TenantForeignKey(name="promise_chip_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",)),
        ]


class PromiseEvent(TenantModel):
    """Something said of a promise, by a till, the office or an order of its own: what the promise has come to is folded from all of it (promise_fold).

    The id is the fact's (`fact_id` says that there is one), or made once from what it was made of. `at`: as far as the server believes the till; `is_doubtful`: it does not.
    `due_at`: the end of `due_by` in the store then. `word`: evidence, reason, how the buyer was told, what a dispute was settled to. `text_id`: the annex in the shop's own words.
    """

    APPEND_ONLY = True

    promise_id = CompactUUIDField()
    kind = models.CharField(max_length=16)
    source = models.CharField(max_length=8)
    store_id = CompactUUIDField()
    fact_id = CompactUUIDField(null=True)
    journal_id = CompactUUIDField(null=True)
    visit_id = CompactUUIDField(null=True)
    staff_id = CompactUUIDField(null=True)
    chip_id = CompactUUIDField(null=True)
    product_id = CompactUUIDField(null=True)
    order_id = CompactUUIDField(null=True)
    due_by = models.DateField(null=True)
    due_at = InstantField(null=True)
    revision = models.PositiveSmallIntegerField(null=True)
    told = models.BooleanField(default=True)
    is_leader = models.BooleanField(default=False)
    word = models.CharField(max_length=40, blank=True, default="")
    text_id = CompactUUIDField(null=True)
    is_late = models.BooleanField(default=False)
    is_doubtful = models.BooleanField(default=False)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="promise_store_fk", fields=("organization", "store_id"), to="people_store")]
        indexes: ClassVar = [
            models.Index(fields=["organization", "promise_id"], name="promise_ix"),
            models.Index(fields=["organization", "store_id", "at"], condition=models.Q(kind="made"), name="promise_made_ix"),
            models.Index(fields=["organization", "visit_id"], condition=models.Q(visit_id__isnull=False), name="promise_visit_ix"),
        ]
