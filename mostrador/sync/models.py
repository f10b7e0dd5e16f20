"""Journals as received. `bytes` are the fact's canonical bytes, compressed without loss (sync.storage)."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow, tenant_relation


class JournalHead(TenantRow):
    """How far a journal has been received without a gap. Counted up by one conditional update: the race is decided here."""

    pk = models.CompositePrimaryKey("organization_id", "journal_id")
    journal_id = CompactUUIDField()
    device = tenant_relation("people.Device", "journal_id")
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    last_number = models.PositiveIntegerField(default=0)
    last_z = models.PositiveIntegerField(default=0)
    last_at = models.BigIntegerField(default=0)
    perpetual = models.BigIntegerField(default=0)
    early = models.PositiveIntegerField(default=0)
    broken_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="head_device_fk", fields=("organization", "journal_id"), to="people_device")]


class JournalEntry(TenantRow):
    """One fact, received and stored. `signature`: the device's, over it as a head; it proves the journal up to here."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "journal_id", "seq")
    journal_id = CompactUUIDField()
    device = tenant_relation("people.Device", "journal_id")
    seq = models.BigIntegerField()
    fact_id = CompactUUIDField()
    kind = models.CharField(max_length=24)
    hash = models.BinaryField()
    bytes = models.BinaryField()
    signature = models.BinaryField(null=True)
    received_at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="entry_device_fk", fields=("organization", "journal_id"), to="people_device")]


class EarlyFact(TenantRow):
    """A fact beyond a gap: kept until the gap fills, then moved into the journal."""

    pk = models.CompositePrimaryKey("organization_id", "journal_id", "seq")
    journal_id = CompactUUIDField()
    device = tenant_relation("people.Device", "journal_id")
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    bytes = models.BinaryField()
    signature = models.BinaryField(null=True)
    received_at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="early_device_fk", fields=("organization", "journal_id"), to="people_device")]


class ParkedFact(TenantRow):
    """A fact that is in the journal but could not become rows: why, and since when. A person decides."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "journal_id", "seq")
    journal_id = CompactUUIDField()
    device = tenant_relation("people.Device", "journal_id")
    seq = models.BigIntegerField()
    fact_id = CompactUUIDField()
    kind = models.CharField(max_length=24)
    reason = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    shift_id = CompactUUIDField(null=True)
    amount = models.BigIntegerField(null=True)
    parked_at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="parked_device_fk", fields=("organization", "journal_id"), to="people_device")]


class ParkedResolution(TenantRow):
    """What a person did with a parked fact: retried, mapped a product, accepted it as recorded, or left it on record. Never an edit of it."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "journal_id", "seq")
    journal_id = CompactUUIDField()
    device = tenant_relation("people.Device", "journal_id")
    seq = models.BigIntegerField()
    action = models.CharField(max_length=12)
    note = models.CharField(max_length=200, blank=True, default="")
    mapping = models.JSONField(default=dict)
    actor_id = CompactUUIDField(null=True)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="resolution_device_fk", fields=("organization", "journal_id"), to="people_device")]


class Evidence(TenantModel):
    """Bytes that do not fit their chain: kept as they came, applied nowhere."""

    APPEND_ONLY = True

    journal_id = CompactUUIDField()
    device = tenant_relation("people.Device", "journal_id")
    seq = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    bytes = models.BinaryField()
    received_at = InstantField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "journal_id", "digest", "reason"], name="evidence_digest_uq"),
            TenantForeignKey(name="evidence_device_fk", fields=("organization", "journal_id"), to="people_device"),
        ]


class EvidenceResolution(TenantRow):
    """What a person did with bytes that do not fit their chain: admitted the fact in them, or left it on record (ruling 5).

    The same bytes may be evidence for several reasons: they are decided once. `fact_id` None: nothing became rows.
    """

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "journal_id", "digest")
    journal_id = CompactUUIDField()
    device = tenant_relation("people.Device", "journal_id")
    digest = models.CharField(max_length=64)
    seq = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=24, blank=True, default="")
    fact_id = CompactUUIDField(null=True)
    action = models.CharField(max_length=12)
    note = models.CharField(max_length=200)
    mapping = models.JSONField(default=dict)
    actor_id = CompactUUIDField(null=True)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="admitted_device_fk", fields=("organization", "journal_id"), to="people_device")]


class Annex(TenantModel):
    """A text that travels beside its fact and can be erased; the fact keeps only SHA-256(salt || text) (ruling 3)."""

    journal_id = CompactUUIDField()
    device = tenant_relation("people.Device", "journal_id")
    fact_id = CompactUUIDField()
    hash = models.CharField(max_length=64)
    salt = models.CharField(max_length=44, blank=True, default="")
    text = models.TextField(blank=True, default="")
    erased_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="annex_device_fk", fields=("organization", "journal_id"), to="people_device")]
        indexes: ClassVar = [models.Index(fields=["organization", "fact_id"], name="annex_fact_ix")]
