"""Vouchers: the kinds that the owner takes, and every slip that paid a sale. Amounts: int minor units.

A slip is paper that lies in the drawer until its issuer pays for it. What it was worth beyond the ticket is a payment of the sale below zero
(docs/adr/0029), so that nothing of it is written twice.
"""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow, tenant_relation


class VoucherKind(TenantModel):
    """A kind of voucher that the shop takes, and its rules. Retired, never deleted: slips name it.

    `values`: face values with a key of their own. `change`: what happens to what a slip is worth beyond the ticket: none, cash (at most
    `change_max`, the rest stays), credit (of the buyer on the ticket). `number`: no, may, must. `limit`: of one ticket, in face value.
    `without`: ids of categories that it does not pay. `back`: how what it paid goes back when goods do: credit (of the buyer), or cash, where
    its rule lets cash be given for it at all (`change` is cash).
    """

    name = models.CharField(max_length=40)
    issuer = models.CharField(max_length=60, blank=True, default="")
    values = models.JSONField(default=list)
    change = models.CharField(max_length=8, default="none")
    change_max = models.BigIntegerField(null=True)
    number = models.CharField(max_length=8, default="no")
    limit = models.BigIntegerField(null=True)
    without = models.JSONField(default=list)
    back = models.CharField(max_length=8, default="credit")
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="voucher_kind_name_uq"),
            TenantForeignKey(name="voucher_kind_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",)),
        ]


class VoucherSlip(TenantRow):
    """One voucher that paid a sale: `value` is what is printed on it, `number` its own, "" where nobody wrote it down. `n`: its place in the sale.

    `kind_id` has no foreign key: a fact is not refused because its kind is not there.
    """

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "n")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="voucher_slips")
    n = models.PositiveSmallIntegerField()
    kind_id = CompactUUIDField()
    number = models.CharField(max_length=40, blank=True, default="")
    value = models.BigIntegerField()
    shift_id = CompactUUIDField()
    at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="voucher_slip_fk", fields=("organization", "sale_id"), to="counter_sale")]
        indexes: ClassVar = [
            models.Index(fields=["organization", "kind_id", "number"], name="voucher_slip_number_ix"),
            models.Index(fields=["organization", "shift_id"], name="voucher_slip_shift_ix"),
        ]
