"""Stores, tills, devices, the team, users of the office."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from mostrador.kernel.fields import CompactUUIDField, InstantField
from mostrador.kernel.ids import new_id
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, TenantRow, tenant_relation


class UserManager(BaseUserManager["User"]):
    """Finds users by email, without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Someone who signs in at the office. May work for several businesses: StaffMember.user_id says for which."""

    PLACEMENT: ClassVar[str] = "local"
    APPEND_ONLY: ClassVar[bool] = False

    id = CompactUUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="es")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()


class SignInAttempt(models.Model):
    """A failed sign-in: counted per address and per account, forgotten after an hour."""

    PLACEMENT: ClassVar[str] = "local"
    APPEND_ONLY: ClassVar[bool] = False

    id = CompactUUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=80, db_index=True)
    at = InstantField()


class Store(TenantModel):
    """A place with stock and tills. `tips`: what its tills offer as a tip, parts per million of the total, at most three; none: no tips here.

    `closed_weekdays` (Monday 0) and `closed_dates` (ISO): when nobody is here, so that nothing is promised for then.
    """

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    timezone = models.CharField(max_length=40)
    day_start_minutes = models.PositiveSmallIntegerField(default=0)
    tips = models.JSONField(default=list)
    closed_weekdays = models.JSONField(default=list)
    closed_dates = models.JSONField(default=list)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "code"], name="store_code_uq"),
            TenantForeignKey(name="store_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",)),
        ]


class Till(TenantModel):
    """A place that sells; its devices come and go, each with a journal of its own."""

    store_id = CompactUUIDField()
    store = tenant_relation("people.Store", "store_id")
    code = models.CharField(max_length=6)
    name = models.CharField(max_length=40)
    journals = models.PositiveSmallIntegerField(default=0)
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "code"], name="till_code_uq"),
            TenantForeignKey(name="till_store_fk", fields=("organization", "store_id"), to="people_store"),
        ]


class Device(TenantModel):
    """A paired device: its id is its journal's id (ruling 1). Never deleted; a revoked one may still push (ruling 14)."""

    till_id = CompactUUIDField()
    till = tenant_relation("people.Till", "till_id")
    store_id = CompactUUIDField()
    series = models.CharField(max_length=8)
    public_key = models.CharField(max_length=88)
    token_hash = models.CharField(max_length=64)
    pin_salt = models.CharField(max_length=44)
    replaces = CompactUUIDField(null=True)
    paired_at = InstantField()
    last_seen_at = InstantField(null=True)
    revoked_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "series"], name="device_series_uq"),
            models.UniqueConstraint(fields=["token_hash", "organization"], name="device_token_uq"),
            TenantForeignKey(name="device_till_fk", fields=("organization", "till_id"), to="people_till"),
        ]

    @property
    def timezone(self) -> str:
        """The zone of its store."""
        return str(self.till.store.timezone)

    @property
    def day_start_minutes(self) -> int:
        """When the business day of its store begins, minutes after midnight."""
        return int(self.till.store.day_start_minutes)


class PairingCode(TenantModel):
    """A code that pairs one device with a till, once, within a quarter of an hour."""

    till_id = CompactUUIDField()
    till = tenant_relation("people.Till", "till_id")
    code_hash = models.CharField(max_length=64)
    expires_at = InstantField()
    used_at = InstantField(null=True)
    used_by = CompactUUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code_hash", "organization"], name="pairing_code_uq"),
            TenantForeignKey(name="pairing_till_fk", fields=("organization", "till_id"), to="people_till"),
        ]


class StaffMember(TenantModel):
    """Someone of the team: signs in at the till with a PIN, and at the office if `user_id` is set."""

    name = models.CharField(max_length=60)
    role = models.CharField(max_length=12)
    store_id = CompactUUIDField(null=True)
    user_id = CompactUUIDField(null=True)
    pin_salt = models.CharField(max_length=44, blank=True, default="")
    pin_base = models.TextField(blank=True, default="")
    archived_at = InstantField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "user_id"], name="staff_user_uq"),
            TenantForeignKey(name="staff_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",)),
        ]
        indexes: ClassVar = [models.Index(fields=["user_id"], name="staff_user_ix")]


# What a role may do, in the order in which the office and the tills say it.
RIGHTS = (
    "may_open_drawer", "may_move_cash", "may_return", "may_return_without_ticket", "may_change_price", "may_void", "may_exceed_account",
    "may_edit_products", "may_approve",
)  # fmt: skip


class RoleLimit(TenantRow):
    """What a role may do at the till alone. Beyond it, someone who may approves by PIN; who may approve may do all of it."""

    pk = models.CompositePrimaryKey("organization_id", "role")
    role = models.CharField(max_length=12)
    discount_max = models.PositiveIntegerField(default=0)
    may_open_drawer = models.BooleanField(default=False)
    may_move_cash = models.BooleanField(default=True)
    may_return = models.BooleanField(default=True)
    may_return_without_ticket = models.BooleanField(default=False)
    may_change_price = models.BooleanField(default=False)
    may_void = models.BooleanField(default=True)
    may_exceed_account = models.BooleanField(default=False)
    may_edit_products = models.BooleanField(default=False)
    may_approve = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            TenantForeignKey(name="limit_organization_fk", fields=("organization",), to="kernel_organization", to_fields=("id",))
        ]
