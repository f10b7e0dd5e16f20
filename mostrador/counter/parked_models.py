"""Tickets that wait in a store. No facts and no truth of the books: work in progress, whose text stands here only on its way from till to till."""

from typing import ClassVar

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, tenant_relation


class ParkedTicket(TenantModel):
    """An open ticket that waits, or waited, at a till of its store; its id is that of the sale it becomes. One till holds it at any moment.

    `state`: `parked` (its till has it, and said so at `heard_at`), `given` (its till gave it to this one, which has not said yet that it has it)
    or `ended` (this till has it, sold it or let it go); `over` is `ended` of one that this till had parked. `want_id`: who asked for it, once for each asking; it names the hand-over it led to.
    `content`: the till's own text, while the ticket is given.
    """

    store_id = CompactUUIDField()
    store = tenant_relation("people.Store", "store_id")
    till_id = CompactUUIDField()
    till = tenant_relation("people.Till", "till_id")
    state = models.CharField(max_length=6)
    staff_id = CompactUUIDField(null=True)
    letter = models.CharField(max_length=8)
    lines = models.PositiveIntegerField()
    total = models.BigIntegerField()
    parked_at = InstantField()
    heard_at = InstantField()
    want_id = CompactUUIDField(null=True)
    wanted_by = CompactUUIDField(null=True)
    wanted_at = InstantField(null=True)
    content = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="parked_ticket_store_fk", fields=("organization", "store_id"), to="people_store"),
            TenantForeignKey(name="parked_ticket_till_fk", fields=("organization", "till_id"), to="people_till"),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "store_id", "state"], name="parked_ticket_store_ix")]
