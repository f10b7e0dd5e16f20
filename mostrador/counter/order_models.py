"""Rows made from facts of orders: what is settled later. Only added; what an order has come to is folded from them (counter.orders).

`order_id` is no foreign key, for a payment may arrive before the order itself. Amounts: int minor units.
"""

from typing import ClassVar

from django.db import models

from mostrador.counter.paper_model import NumberedPaper
from mostrador.kernel.fields import FLAGS_MAX, CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow, tenant_relation


class Order(NumberedPaper):
    """What somebody ordered or had put aside, and by when: a paper with a number of the till's tickets.

    `kind`: layaway, special, repair, delivery, quote. `basket`: the document it was priced by, at whose prices it will be sold.
    `kept_share`: parts per million of what was paid that the shop keeps when it is cancelled. `details_id`: the annex with what is to be done, or where.
    """

    APPEND_ONLY = True

    visit = tenant_relation("counter.Visit", "visit_id", related_name="orders")
    buyer_id = CompactUUIDField(null=True)
    kind = models.CharField(max_length=8)
    gross = models.BigIntegerField()
    net = models.BigIntegerField()
    taxes = models.JSONField(default=list)
    basket = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)
    promise_id = CompactUUIDField()
    due_by = models.DateField()
    kept_share = models.PositiveIntegerField()
    details_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "journal_id", "number", "twin"], name="order_number_uq"),
            TenantForeignKey(name="order_visit_fk", fields=("organization", "visit_id"), to="counter_visit"),
            TenantForeignKey(name="order_store_fk", fields=("organization", "store_id"), to="people_store"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "store_id", "due_by"], name="order_due_ix"),
            models.Index(fields=["organization", "shift_id"], name="order_shift_ix"),
            models.Index(fields=["organization", "buyer_id"], condition=models.Q(buyer_id__isnull=False), name="order_buyer_ix"),
        ]


class OrderLine(TenantRow):
    """A line of an order: what is put aside or to be got. Known by its order and its place in it, and in facts by `line`.

    `quantity`: thousandths of the product's own unit; `ordered`: of the unit in which it is sold.
    """

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "order_id", "n")
    order_id = CompactUUIDField()
    order = tenant_relation("counter.Order", "order_id", related_name="lines")
    n = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=64, default="")
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    name = models.CharField(max_length=160)
    unit = models.CharField(max_length=10)
    quantity = models.BigIntegerField()
    ordered = models.BigIntegerField(default=0)
    gross = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="order_line_fk", fields=("organization", "order_id"), to="counter_order"),
            TenantForeignKey(name="order_line_product_fk", fields=("organization", "product_id"), to="catalogue_product"),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "product_id"], name="order_line_product_ix")]


class OrderToken(TenantRow):
    """The SHA-256 of a secret that opens the buyer's page of an order, as of a sale (ruling 15)."""

    APPEND_ONLY = True
    FOUND_BY = "token_hash"

    pk = models.CompositePrimaryKey("token_hash", "organization_id")
    token_hash = models.BinaryField(max_length=32)
    order_id = CompactUUIDField()
    order = tenant_relation("counter.Order", "order_id")
    kind = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="order_token_fk", fields=("organization", "order_id"), to="counter_order")]


class OrderPayment(NumberedPaper):
    """A deposit or an instalment: a paper with a number of the till's tickets.

    `shares`: what of it goes to which line and tax, [[line, net, [[code, amount], ...]], ...], so that all sums to the cent (ruling 30).
    """

    APPEND_ONLY = True

    visit = tenant_relation("counter.Visit", "visit_id", related_name="order_payments")
    order_id = CompactUUIDField()
    amount = models.BigIntegerField()
    shares = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "journal_id", "number", "twin"], name="order_payment_number_uq"),
            TenantForeignKey(name="order_payment_visit_fk", fields=("organization", "visit_id"), to="counter_visit"),
            TenantForeignKey(name="order_payment_store_fk", fields=("organization", "store_id"), to="people_store"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "order_id"], name="order_payment_order_ix"),
            models.Index(fields=["organization", "shift_id"], name="order_payment_shift_ix"),
        ]


class OrderTender(TenantRow):
    """By what a deposit was paid: `tendered` is what was handed over, `amount` what stayed."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "payment_id", "n")
    payment_id = CompactUUIDField()
    payment = tenant_relation("counter.OrderPayment", "payment_id", related_name="tenders")
    n = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=16)
    amount = models.BigIntegerField()
    tendered = models.BigIntegerField()
    reference = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="order_tender_fk", fields=("organization", "payment_id"), to="counter_orderpayment")]


class OrderChange(TenantModel):
    """An order moved on, or its date was agreed anew. The id is the fact's. `step`: ready, sent, or empty; `due_by` null: the date stands."""

    APPEND_ONLY = True

    order_id = CompactUUIDField()
    journal_id = CompactUUIDField()
    shift_id = CompactUUIDField()
    staff_id = CompactUUIDField(null=True)
    step = models.CharField(max_length=8, blank=True, default="")
    promise_id = CompactUUIDField(null=True)
    due_by = models.DateField(null=True)
    told = models.BooleanField(default=False)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="order_change_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "order_id"], name="order_change_order_ix")]


class OrderClosing(TenantModel):
    """An order that ended without a sale, with its paper. The id is the fact's. `outcome`: cancelled or expired; `kept`: what the shop keeps of what was paid."""

    APPEND_ONLY = True

    visit_id = CompactUUIDField()
    visit = tenant_relation("counter.Visit", "visit_id", related_name="order_closings")
    store_id = CompactUUIDField()
    store = tenant_relation("people.Store", "store_id")
    journal_id = CompactUUIDField()
    shift_id = CompactUUIDField()
    staff_id = CompactUUIDField(null=True)
    order_id = CompactUUIDField()
    buyer_id = CompactUUIDField(null=True)
    outcome = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    twin = models.PositiveSmallIntegerField(default=0)
    business_date = models.DateField()
    occurred_at = InstantField()
    received_at = InstantField()
    kept = models.BigIntegerField()
    kept_taxes = models.JSONField(default=list)
    flags = models.CharField(max_length=FLAGS_MAX, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "journal_id", "number", "twin"], name="order_closing_number_uq"),
            TenantForeignKey(name="order_closing_visit_fk", fields=("organization", "visit_id"), to="counter_visit"),
            TenantForeignKey(name="order_closing_store_fk", fields=("organization", "store_id"), to="people_store"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "order_id"], name="order_closing_order_ix"),
            models.Index(fields=["organization", "shift_id"], name="order_closing_shift_ix"),
            models.Index(fields=["organization", "buyer_id"], condition=models.Q(buyer_id__isnull=False), name="order_closing_buyer_ix"),
        ]


class OrderRefund(TenantRow):
    """What of the deposits went back to the buyer by one method."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "closing_id", "n")
    closing_id = CompactUUIDField()
    closing = tenant_relation("counter.OrderClosing", "closing_id", related_name="refunds")
    n = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=16)
    amount = models.BigIntegerField()
    reference = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="order_refund_fk", fields=("organization", "closing_id"), to="counter_orderclosing")]


class OrderHandover(TenantRow):
    """What a sale handed over of an order in parts, by line: `quantity` in thousandths of the unit sold, `amount` what it was charged at.

    A sale that names its order and has none of these handed over all of it. `order_id` is no foreign key: the sale may arrive first.
    """

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "n")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="handovers")
    n = models.PositiveSmallIntegerField()
    order_id = CompactUUIDField()
    line = models.CharField(max_length=64)
    quantity = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="order_handover_fk", fields=("organization", "sale_id"), to="counter_sale")]
        indexes: ClassVar = [models.Index(fields=["organization", "order_id", "line"], name="order_handover_ix")]


class OrderRepricing(TenantModel):
    """What an order costs was agreed anew. The id is the fact's. `basket` and `totals` take the place of those before; `agreed`: phone or present."""

    APPEND_ONLY = True

    order_id = CompactUUIDField()
    journal_id = CompactUUIDField()
    shift_id = CompactUUIDField()
    staff_id = CompactUUIDField(null=True)
    gross = models.BigIntegerField()
    basket = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)
    agreed = models.CharField(max_length=8)
    at = InstantField()
    flags = models.CharField(max_length=FLAGS_MAX, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="order_repricing_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "order_id"], name="order_repricing_order_ix")]


class OrderExpiry(TenantRow):
    """Nobody came by the day and the grace after it: written by the server's clock, made from no fact. It holds for that day alone: another one agreed undoes it.

    `kept` and `owed`: what of the deposits the shop keeps by the share on the paper, and what it owes to the buyer, as far as was known then.
    """

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "order_id", "due_by")
    order_id = CompactUUIDField()
    order = tenant_relation("counter.Order", "order_id", related_name="expiries")
    due_by = models.DateField()
    at = InstantField()
    kept = models.BigIntegerField()
    owed = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="order_expiry_fk", fields=("organization", "order_id"), to="counter_order")]


class OrderTerms(TenantRow):
    """What the owner says of a kind of order: days until it is due, the deposit to ask for and what is kept of it when it is cancelled (parts per million).

    `grace_days`: so long after its day it ends by itself; null: never.
    """

    pk = models.CompositePrimaryKey("organization_id", "kind")
    kind = models.CharField(max_length=8)
    days = models.PositiveSmallIntegerField()
    deposit_share = models.PositiveIntegerField()
    kept_share = models.PositiveIntegerField()
    grace_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="order_terms_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
