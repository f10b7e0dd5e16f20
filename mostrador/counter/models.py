"""Rows made from facts: only added. `fact_id` names the fact and is no foreign key (ruling 9). Amounts: int minor units."""

from typing import ClassVar

from django.db import models

from mostrador.counter import (  # noqa: F401  # Django finds its models through this module
    coupon_models,
    gift_card_models,
    office_count_models,
    order_models,
    parked_models,
    points_models,
    unknown_code_models,
    voucher_models,
)
from mostrador.counter.made_of import OrderComponent, ReturnComponent, SaleCombo, SaleComponent, SalePart  # noqa: F401  # models of this app
from mostrador.counter.paper_model import NumberedPaper
from mostrador.counter.traces import AgeCheck, ReturnTrace, SalePrior, SaleTaker, SaleTrace  # noqa: F401  # models of this app in a file of their own
from mostrador.kernel.fields import FLAGS_MAX, CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow, tenant_relation


class Visit(TenantModel):
    """One person helped once: the root. Its sales point to it; so does its closing, if it ended without one."""

    APPEND_ONLY = True

    store_id = CompactUUIDField()
    store = tenant_relation("people.Store", "store_id")
    journal_id = CompactUUIDField()
    staff_id = CompactUUIDField(null=True)
    opened_at = InstantField()
    business_date = models.DateField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="visit_store_fk", fields=("organization", "store_id"), to="people_store")]
        indexes: ClassVar = [models.Index(fields=["organization", "business_date", "store_id"], name="visit_day_ix")]


class VisitClosing(TenantRow):
    """A visit that ended without a sale, and what it gave."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "visit_id")
    visit_id = CompactUUIDField()
    visit = tenant_relation("counter.Visit", "visit_id")
    shift_id = CompactUUIDField()
    by_product = models.CharField(max_length=16)
    closed_at = InstantField()
    fact_id = CompactUUIDField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="closing_visit_fk", fields=("organization", "visit_id"), to="counter_visit")]


class Sale(NumberedPaper):
    """A sale as the till recorded it, its totals as computed there and recomputed here. Its flags may also be age_unchecked, points, voucher_*."""

    APPEND_ONLY = True

    visit = tenant_relation("counter.Visit", "visit_id", related_name="sales")
    buyer_id = CompactUUIDField(null=True)
    order_id = CompactUUIDField(null=True)
    gross = models.BigIntegerField()
    net = models.BigIntegerField()
    discount = models.BigIntegerField()
    rounding = models.BigIntegerField()
    tip = models.BigIntegerField()
    taxes = models.JSONField(default=list)
    engine = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "journal_id", "number", "twin"], name="sale_number_uq"),
            TenantForeignKey(name="sale_visit_fk", fields=("organization", "visit_id"), to="counter_visit"),
            TenantForeignKey(name="sale_store_fk", fields=("organization", "store_id"), to="people_store"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "business_date", "store_id"], name="sale_day_ix"),
            models.Index(fields=["organization", "buyer_id"], condition=models.Q(buyer_id__isnull=False), name="sale_buyer_ix"),
            models.Index(fields=["organization", "order_id"], condition=models.Q(order_id__isnull=False), name="sale_order_ix"),
        ]


class SaleLine(TenantRow):
    """A line: a copy of what the product was called and cost then. `factor`: thousandths of its own unit in one of the unit that was sold."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "n")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="lines")
    n = models.PositiveSmallIntegerField()
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    name = models.CharField(max_length=160)
    unit = models.CharField(max_length=10)
    factor = models.BigIntegerField(default=1000)
    quantity = models.BigIntegerField()
    unit_price = models.BigIntegerField()
    discount = models.BigIntegerField()
    net = models.BigIntegerField()
    gross = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="line_sale_fk", fields=("organization", "sale_id"), to="counter_sale"),
            TenantForeignKey(name="line_product_fk", fields=("organization", "product_id"), to="catalogue_product"),
        ]


class SaleModifier(TenantRow):
    """An option that a line was sold with: a copy of what it was called and what it added to one unit then (ten-thousandths). `place`: its order."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "n", "place")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="modifiers")
    n = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    option_id = CompactUUIDField()
    name = models.CharField(max_length=40)
    price = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="modifier_sale_fk", fields=("organization", "sale_id"), to="counter_sale")]
        indexes: ClassVar = [models.Index(fields=["organization", "option_id"], name="modifier_option_ix")]


class SaleSaving(TenantRow):
    """What a promotion took off a line: the version that the sale names, and what it was called then."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "n", "promotion_id")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="savings")
    n = models.PositiveSmallIntegerField()
    promotion_id = models.CharField(max_length=64)
    name = models.CharField(max_length=60)
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="saving_sale_fk", fields=("organization", "sale_id"), to="counter_sale")]


class Payment(TenantRow):
    """A payment: `tendered` is what was handed over, `amount` what stayed."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "n")
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id", related_name="payments")
    n = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=16)
    amount = models.BigIntegerField()
    tendered = models.BigIntegerField()
    reference = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="payment_sale_fk", fields=("organization", "sale_id"), to="counter_sale")]


class Return(NumberedPaper):
    """Goods came back, and money went to the buyer: amounts above zero. `sale_id` is no foreign key, for a return may arrive before its
    sale, and is null without a ticket. It bears a number of the till's tickets.
    """

    APPEND_ONLY = True

    visit = tenant_relation("counter.Visit", "visit_id", related_name="returns")
    sale_id = CompactUUIDField(null=True)
    buyer_id = CompactUUIDField(null=True)
    gross = models.BigIntegerField()
    net = models.BigIntegerField()
    rounding = models.BigIntegerField()
    taxes = models.JSONField(default=list)
    engine = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "journal_id", "number", "twin"], name="return_number_uq"),
            TenantForeignKey(name="return_visit_fk", fields=("organization", "visit_id"), to="counter_visit"),
            TenantForeignKey(name="return_store_fk", fields=("organization", "store_id"), to="people_store"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "buyer_id"], condition=models.Q(buyer_id__isnull=False), name="return_buyer_ix"),
            models.Index(fields=["organization", "business_date", "store_id"], name="return_day_ix"),
            models.Index(fields=["organization", "sale_id"], name="return_sale_ix"),
        ]


class ReturnLine(TenantRow):
    """A line that came back. `line`: its place in the sale; `sold_*`: what the till took that line to be. `goods`: on the shelf, or scrap. `statement_id`: what was said and was not so."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "return_id", "n")
    return_id = CompactUUIDField()
    returned = tenant_relation("counter.Return", "return_id", related_name="lines")
    n = models.PositiveSmallIntegerField()
    line = models.PositiveSmallIntegerField(null=True)
    product_id = CompactUUIDField()
    product = tenant_relation("catalogue.Product", "product_id")
    name = models.CharField(max_length=160)
    unit = models.CharField(max_length=10)
    factor = models.BigIntegerField(default=1000)
    quantity = models.BigIntegerField()
    sold_quantity = models.BigIntegerField()
    sold_gross = models.BigIntegerField()
    net = models.BigIntegerField()
    gross = models.BigIntegerField()
    reason = models.CharField(max_length=40)
    goods = models.CharField(max_length=8)
    statement_id = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="return_line_fk", fields=("organization", "return_id"), to="counter_return"),
            TenantForeignKey(name="return_line_product_fk", fields=("organization", "product_id"), to="catalogue_product"),
        ]


class Refund(TenantRow):
    """What went back to the buyer by one method."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "return_id", "n")
    return_id = CompactUUIDField()
    returned = tenant_relation("counter.Return", "return_id", related_name="refunds")
    n = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=16)
    amount = models.BigIntegerField()
    reference = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="refund_return_fk", fields=("organization", "return_id"), to="counter_return")]


class BuyerToken(TenantRow):
    """The SHA-256 of a secret that opens the buyer's page of a sale, until it is withdrawn (ruling 15).

    Who opens a page names no business, so the key begins with the hash.
    """

    APPEND_ONLY = True
    FOUND_BY = "token_hash"

    pk = models.CompositePrimaryKey("token_hash", "organization_id")
    token_hash = models.BinaryField(max_length=32)
    sale_id = CompactUUIDField()
    sale = tenant_relation("counter.Sale", "sale_id")
    kind = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="token_sale_fk", fields=("organization", "sale_id"), to="counter_sale")]


class TokenWithdrawal(TenantRow):
    """A person of the shop closed what a secret opened, in the office or with the ticket in hand at a till: its page is that of an unknown one from then on."""

    APPEND_ONLY = True
    FOUND_BY = "token_hash"

    pk = models.CompositePrimaryKey("token_hash", "organization_id")
    token_hash = models.BinaryField(max_length=32)
    actor_id = CompactUUIDField(null=True)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="withdrawal_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]


class Shift(TenantModel):
    """A shift opens: its float and the business day of all its sales."""

    APPEND_ONLY = True

    store_id = CompactUUIDField()
    store = tenant_relation("people.Store", "store_id")
    till_id = CompactUUIDField()
    till = tenant_relation("people.Till", "till_id")
    journal_id = CompactUUIDField()
    staff_id = CompactUUIDField(null=True)
    fact_id = CompactUUIDField()
    business_date = models.DateField()
    opened_at = InstantField()
    received_at = InstantField()
    float = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="shift_store_fk", fields=("organization", "store_id"), to="people_store"),
            TenantForeignKey(name="shift_till_fk", fields=("organization", "till_id"), to="people_till"),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "business_date", "store_id"], name="shift_day_ix")]


class ShiftClosing(TenantRow):
    """The Z as the till printed it: stands for ever. What arrives later is a difference beside it (ruling 5). `twin`: as of a sale.

    `reason`: why the count differs, where it was asked; `recounts`: how often it was counted again once the till had said so.
    """

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "shift_id")
    shift_id = CompactUUIDField()
    journal_id = CompactUUIDField()
    staff_id = CompactUUIDField(null=True)
    fact_id = CompactUUIDField()
    z = models.PositiveIntegerField()
    twin = models.PositiveSmallIntegerField(default=0)
    closed_at = InstantField()
    received_at = InstantField()
    expected = models.JSONField(default=list)
    counted = models.JSONField(default=list)
    difference = models.JSONField(default=list)
    denominations = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    reason = models.CharField(max_length=40, blank=True, default="")
    recounts = models.PositiveSmallIntegerField(default=0)
    perpetual = models.BigIntegerField()
    vouchers = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "journal_id", "z", "twin"], name="closing_z_uq"),
            TenantForeignKey(name="closing_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",)),
        ]


class ShiftTotal(TenantRow):
    """What the server has received of a shift, per code: a projection written in each sale's transaction (ruling 17).

    Codes: `sales`, `visits`, `gross`, `net`, `discount`, `rounding`, `tips`, `pay:<method>`, `cash_in`, `cash_out`, `drawer`; of what came
    back `returns`, `back_gross`, `back_net`, `back_rounding`, `back:<method>`, which `pay:<method>` has lost already;
    of what buyers paid on account `account_payments`, `account_paid`, which `pay:<method>` has in it;
    of orders `orders`, `order_payments`, `order_paid`, `order_back`, `order_kept`: `pay:<method>` has what was paid and has lost what went back.
    """

    pk = models.CompositePrimaryKey("organization_id", "shift_id", "code")
    shift_id = CompactUUIDField()
    code = models.CharField(max_length=24)
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="shift_total_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]


class AccountPayment(NumberedPaper):
    """A buyer paid what stood on account: a paper with a number of the till's tickets."""

    APPEND_ONLY = True

    visit = tenant_relation("counter.Visit", "visit_id", related_name="account_payments")
    buyer_id = CompactUUIDField()
    buyer = tenant_relation("buyers.Buyer", "buyer_id")
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "journal_id", "number", "twin"], name="account_payment_number_uq"),
            TenantForeignKey(name="account_payment_visit_fk", fields=("organization", "visit_id"), to="counter_visit"),
            TenantForeignKey(name="account_payment_store_fk", fields=("organization", "store_id"), to="people_store"),
            TenantForeignKey(name="account_payment_buyer_fk", fields=("organization", "buyer_id"), to="buyers_buyer"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "buyer_id"], name="account_payment_buyer_ix"),
            models.Index(fields=["organization", "shift_id"], name="account_payment_shift_ix"),
        ]


class AccountTender(TenantRow):
    """By what an account was paid: `tendered` is what was handed over, `amount` what stayed."""

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "payment_id", "n")
    payment_id = CompactUUIDField()
    payment = tenant_relation("counter.AccountPayment", "payment_id", related_name="tenders")
    n = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=16)
    amount = models.BigIntegerField()
    tendered = models.BigIntegerField()
    reference = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="account_tender_fk", fields=("organization", "payment_id"), to="counter_accountpayment")
        ]


class CashMove(TenantModel):
    """Cash put into or taken out of the drawer, with its reason. The id is the fact's. `flags`: approval_missing, limit_exceeded."""

    APPEND_ONLY = True

    shift_id = CompactUUIDField()
    journal_id = CompactUUIDField()
    staff_id = CompactUUIDField(null=True)
    direction = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=40)
    flags = models.CharField(max_length=FLAGS_MAX, blank=True, default="")
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="cash_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "shift_id"], name="cash_shift_ix")]


class CounterEvent(TenantModel):
    """Something with a person's name on it: who, when, why. `about` is a sale, or the person who approved. `id`: the fact's; of lines taken
    off a ticket that was sold, the sale's.

    `kind`: drawer.opened, approval.given, ticket.reprinted; price.changed (a person typed it; `amount` is by how much the ticket changed), price.shelf (the shelf said so),
    line.voided (what stood on a ticket and was taken away), line.not_sold (the same, for the buyer's age). `flags`: approval_missing, limit_exceeded; of an approval approval_own (given
    to oneself), approval_without_right. `reason` of a reprint: gift where it was a gift ticket, which is no copy.
    """

    APPEND_ONLY = True

    kind = models.CharField(max_length=16)
    journal_id = CompactUUIDField()
    shift_id = CompactUUIDField(null=True)
    staff_id = CompactUUIDField(null=True)
    about = CompactUUIDField(null=True)
    reason = models.CharField(max_length=40, blank=True, default="")
    amount = models.BigIntegerField(null=True)
    flags = models.CharField(max_length=FLAGS_MAX, blank=True, default="")
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="event_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "kind", "at"], name="event_kind_ix")]
