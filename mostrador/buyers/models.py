"""Buyers and what a person of the shop wrote into their accounts. Amounts: int minor units."""

from typing import ClassVar, Literal

from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow, tenant_relation

type Account = Literal["fiado", "credit", "points"]
# Of the first two what a payment by them says is all; points are counted in points (docs/adr/0028).
MONEY_ACCOUNTS: tuple[Account, ...] = ("fiado", "credit")
ACCOUNTS: tuple[Account, ...] = (*MONEY_ACCOUNTS, "points")


class BuyerGroup(TenantModel):
    """Buyers who have other prices and promotions than everybody: neighbours, wholesale, the team."""

    name = models.CharField(max_length=60)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="buyer_group_name_uq"),
            TenantForeignKey(name="buyer_group_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",)),
        ]


class Buyer(TenantModel):
    """Somebody who wanted to be known. A fact that names one whom nobody has written down yet makes a row without a name.

    `fiado_limit`: how much may be owed, 0 for nothing on account; `consent`: the channels by which this person may be written to.
    """

    group_id = CompactUUIDField(null=True)
    group = tenant_relation("buyers.BuyerGroup", "group_id", related_name="buyers")

    name = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    tax_id = models.CharField(max_length=20, blank=True, default="")
    search = models.CharField(max_length=400, blank=True, default="")
    consent = models.JSONField(default=list)
    fiado_limit = models.BigIntegerField(default=0)
    met_at = InstantField()
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="buyer_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",)),
            TenantForeignKey(name="buyer_group_fk", fields=("organization", "group_id"), to="buyers_buyergroup"),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "name"], name="buyer_name_ix")]


class BuyerJoin(TenantModel):
    """Two buyers are one person: what is of `other` counts for `kept`, from now on and of old; null: they are two again (docs/adr/0035).

    Of the rows about an `other` the one with the highest `n` says it; none is ever changed, and no row of a fact is. `consent`: the channels
    that `other` leaves to `kept`, for of two that are one the stricter word counts.
    """

    APPEND_ONLY = True

    other_id = CompactUUIDField()
    other = tenant_relation("buyers.Buyer", "other_id", related_name="joins")
    kept_id = CompactUUIDField(null=True)
    kept = tenant_relation("buyers.Buyer", "kept_id", related_name="joined")
    n = models.PositiveIntegerField()
    consent = models.JSONField(default=list)
    actor_id = CompactUUIDField(null=True)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "other_id", "n"], name="buyer_join_uq"),
            TenantForeignKey(name="buyer_join_other_fk", fields=("organization", "other_id"), to="buyers_buyer"),
            TenantForeignKey(name="buyer_join_kept_fk", fields=("organization", "kept_id"), to="buyers_buyer"),
        ]


class BuyersApart(TenantRow):
    """Somebody looked at two who look like one person, and they are two: they are proposed no more. `one` has the lower id; the row goes when that is taken back."""

    pk = models.CompositePrimaryKey("organization_id", "one_id", "two_id")
    one_id = CompactUUIDField()
    two_id = CompactUUIDField()
    actor_id = CompactUUIDField(null=True)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="buyers_apart_one_fk", fields=("organization", "one_id"), to="buyers_buyer"),
            TenantForeignKey(name="buyers_apart_two_fk", fields=("organization", "two_id"), to="buyers_buyer"),
        ]


class AuthorisedPerson(TenantModel):
    """Somebody who may take goods on a buyer's account: the wife, the son, the cook. `ended_at`: not any more; what was taken stays taken."""

    buyer_id = CompactUUIDField()
    buyer = tenant_relation("buyers.Buyer", "buyer_id", related_name="authorised")
    name = models.CharField(max_length=120)
    ended_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="authorised_person_buyer_fk", fields=("organization", "buyer_id"), to="buyers_buyer")
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "buyer_id"], name="authorised_person_buyer_ix")]


class AccountEntry(TenantRow):
    """What a person wrote into an account: an opening balance, a correction, a debt let go. What sales and payments did stands in `counter`.

    `account`: fiado (above zero: owed to the shop), credit or points (above zero: the shop owes; whole points, not money).
    """

    APPEND_ONLY = True

    pk = models.CompositePrimaryKey("organization_id", "id")
    id = CompactUUIDField()
    buyer_id = CompactUUIDField()
    buyer = tenant_relation("buyers.Buyer", "buyer_id", related_name="entries")
    account = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=20)
    text = models.CharField(max_length=200, blank=True, default="")
    actor_id = CompactUUIDField(null=True)
    at = InstantField()

    class Meta:
        constraints: ClassVar = [TenantForeignKey(name="account_entry_buyer_fk", fields=("organization", "buyer_id"), to="buyers_buyer")]
        indexes: ClassVar = [models.Index(fields=["organization", "buyer_id"], name="account_entry_buyer_ix")]


class PointsScheme(TenantModel):
    """A version of the owner's scheme of points, never changed: sales name the one that they earned and spent by. The last one is in force.

    `lapse`: points run out `lapse_months` after the last movement (moved), after each was earned (earned), or never (empty).
    `earn_per`: minor units that earn a point, null: none are earned any more; `worth_points` points are worth `worth_amount` minor units; `least`:
    points to spend at once. `unearning`: methods whose part of a payment earns nothing; `without`: {"categories", "products"} that earn nothing.
    """

    APPEND_ONLY = True

    is_on = models.BooleanField()
    earn_per = models.BigIntegerField(null=True)
    worth_points = models.BigIntegerField()
    worth_amount = models.BigIntegerField()
    least = models.BigIntegerField(default=0)
    unearning = models.JSONField(default=list)
    without = models.JSONField(default=dict)
    lapse = models.CharField(max_length=8, blank=True, default="")
    lapse_months = models.PositiveSmallIntegerField(null=True)
    actor_id = CompactUUIDField(null=True)
    made_at = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="points_scheme_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]


class OfflineLimit(TenantRow):
    """How much a till may spend of one account while it cannot ask the server (ruling 29). `amount` null: all that the till knows to be there.

    Minor units, of points whole points.
    """

    pk = models.CompositePrimaryKey("organization_id", "account")
    account = models.CharField(max_length=16)
    amount = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="offline_limit_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]


class Reservation(TenantRow):
    """What a till is about to spend of an account: no other till may spend it until the sale has come, or `until` has passed.

    No balance and no truth of the books: it only keeps two tills that can ask from spending the same money. `holder_id`: whose account it is.
    """

    pk = models.CompositePrimaryKey("organization_id", "sale_id", "account", "holder_id")
    sale_id = CompactUUIDField()
    account = models.CharField(max_length=16)
    holder_id = CompactUUIDField()
    amount = models.BigIntegerField()
    until = InstantField()

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="reservation_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "holder_id", "account"], name="reservation_holder_ix")]
