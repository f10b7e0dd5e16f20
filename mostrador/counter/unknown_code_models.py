"""Codes that were scanned and that no product carried, and those of which nobody wants to hear any more (docs/adr/0039)."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantRow

CODE_MAX = 14


class UnknownScan(TenantRow):
    """While one person was helped, a till read a code that no product of its carried: once, however often it was scanned. `fact_id`: what says so."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "fact_id", "code")
    fact_id = CompactUUIDField()
    code = models.CharField(max_length=CODE_MAX)
    store_id = CompactUUIDField()
    at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="unknown_scan_store_fk", fields=("organization", "store_id"), to="people_store")]
        indexes: ClassVar = [models.Index(fields=["organization", "code", "at"], name="unknown_scan_code_ix")]


class SilencedCode(TenantRow):
    """A code of which the office does not tell any more, by somebody's word; the row goes when it shall again."""

    pk = models.CompositePrimaryKey("organization_id", "code")
    code = models.CharField(max_length=CODE_MAX)
    actor_id = CompactUUIDField(null=True)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="silenced_code_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
