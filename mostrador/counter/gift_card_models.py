"""Gift cards: what facts did to each, and the codes that spend it and show its balance. Amounts: int minor units.

A card is known by an id that the till draws when it sells it. What it holds is counted from its moves, and no balance is stored (docs/adr/0026).
"""

from typing import ClassVar

from django.db import models

from mostrador.counter.paper_model import NumberedPaper
from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow, tenant_relation


class GiftCard(TenantModel):
    """Money that the shop owes to whoever bears the card. A fact that names one makes the row; an office may block it."""

    blocked_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="gift_card_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]


class GiftCardKey(TenantRow):
    """The SHA-256 of the code that spends a card, and of the secret that shows its balance: neither opens what the other does (ruling 29).

    `issue`: 0 for the keys that it was sold with; each time an office issues it anew one more, and only the last is worth anything. Who opens
    a page names no business, so the key begins with the hash.
    """

    APPEND_ONLY = True
    FOUND_BY = "page_hash"

    pk = models.CompositePrimaryKey("page_hash", "organization_id")
    page_hash = models.BinaryField(max_length=32)
    code_hash = models.BinaryField(max_length=32)
    card_id = CompactUUIDField()
    card = tenant_relation("counter.GiftCard", "card_id", related_name="keys")
    issue = models.PositiveSmallIntegerField(default=0)
    made_at = InstantField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "code_hash"], name="gift_card_code_uq"),
            TenantForeignKey(name="gift_card_key_fk", fields=("organization", "card_id"), to="counter_giftcard"),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "card_id"], name="gift_card_key_card_ix")]


class GiftCardMove(TenantRow):
    """What a fact did to a card: above zero it holds more. `source_id`: the sale, the return or the refund; `n`: its place there.

    `kind`: load (sold or topped up), spend (paid with), back (goods that were paid with it came back), refund (the card itself was taken back).
    """

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "source_id", "n")
    source_id = CompactUUIDField()
    n = models.PositiveSmallIntegerField()
    card_id = CompactUUIDField()
    card = tenant_relation("counter.GiftCard", "card_id", related_name="moves")
    kind = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    store_id = CompactUUIDField()
    journal_id = CompactUUIDField()
    shift_id = CompactUUIDField()
    number = models.PositiveIntegerField()
    business_date = models.DateField()
    at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="gift_card_move_fk", fields=("organization", "card_id"), to="counter_giftcard")]
        indexes: ClassVar = [
            models.Index(fields=["organization", "card_id"], name="gift_card_move_card_ix"),
            models.Index(fields=["organization", "business_date", "store_id"], name="gift_card_move_day_ix"),
        ]


class GiftCardRefund(NumberedPaper):
    """A card was taken back and its money given out: a paper with a number of the till's tickets."""

    APPEND_ONLY = True

    visit = tenant_relation("counter.Visit", "visit_id", related_name="gift_card_refunds")
    card_id = CompactUUIDField()
    method = models.CharField(max_length=16)
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "journal_id", "number", "twin"], name="gift_card_refund_number_uq"),
            TenantForeignKey(name="gift_card_refund_visit_fk", fields=("organization", "visit_id"), to="counter_visit"),
            TenantForeignKey(name="gift_card_refund_store_fk", fields=("organization", "store_id"), to="people_store"),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "shift_id"], name="gift_card_refund_shift_ix")]
