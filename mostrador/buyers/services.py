"""Writes of buyers: met, corrected, given a limit, put away; and entries of a person in their accounts."""

import uuid
from collections.abc import Mapping
from typing import Any

from mostrador.buyers import joining, joins
from mostrador.buyers.models import ACCOUNTS, AccountEntry, AuthorisedPerson, Buyer, BuyerGroup, OfflineLimit
from mostrador.buyers.queries import OFFLINE, buyer, offline_limits
from mostrador.catalogue.words import fold
from mostrador.kernel import clock, trail
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Forbidden, Invalid, NotFound
from mostrador.kernel.feed import touched
from mostrador.kernel.ids import new_id
from mostrador.kernel.writing import use_case, whole
from mostrador.pricing.basket import AMOUNT_MAX

REASONS = ("opening", "correction", "forgiven")
CHANNELS = ("whatsapp", "email", "phone")
PERSONS_MAX = 10
GROUPS_MAX = 50
LENGTHS = {"name": 120, "phone": 30, "email": 254, "tax_id": 20}
CONTACT = tuple(LENGTHS)


@whole
def add_buyer(actor: Actor, *, contact: Mapping[str, str], consent: tuple[str, ...] = (), fiado_limit: int = 0) -> Buyer:
    """Write a buyer down: a name, and of phone, email and tax id what they gave. Refuses an empty name or too long a text: Invalid."""
    _may_edit(actor)
    row = Buyer(
        organization_id=actor.organization_id, id=new_id(), met_at=clock.now(), consent=_channels(consent), fiado_limit=_limit(fiado_limit)
    )
    _take(row, contact)
    row.save(force_insert=True)
    touched(actor.organization_id, "buyer", [row.id])
    return row


def change_buyer(actor: Actor, *, buyer_id: uuid.UUID, contact: Mapping[str, str], consent: tuple[str, ...]) -> None:
    """Correct what is known of a buyer. What was known before stands nowhere: the trail says which fields changed, never their texts."""
    _may_edit(actor)
    with use_case():
        row = get_buyer(buyer_id)
        had, said = joins.consent(row), _channels(consent)
        before: dict[str, object] = {name: getattr(row, name) for name in CONTACT} | {"consent": had}
        _take(row, contact)
        # Of people who are one a channel may be closed by another's word: what nobody touched here stays as each said it.
        row.consent = [one for one in CHANNELS if one in said or (one in row.consent and one not in had)]
        row.save(force_update=True)
        joining.grant(actor, row.id, [one for one in said if one not in had])
        after: dict[str, object] = {name: getattr(row, name) for name in CONTACT} | {"consent": said}
        trail.record(actor, "buyer", row.id, {name: ("", "changed") for name in before if before[name] != after[name]})
        touched(actor.organization_id, "buyer", [row.id])


def set_limit(actor: Actor, *, buyer_id: uuid.UUID, fiado_limit: int) -> None:
    """Say how much a buyer may owe, minor units; 0: nothing on account."""
    _may_lead(actor)
    with use_case():
        row = get_buyer(buyer_id)
        before, row.fiado_limit = row.fiado_limit, _limit(fiado_limit)
        row.save(force_update=True)
        if before != fiado_limit:
            trail.record(actor, "buyer", row.id, {"fiado_limit": (before, fiado_limit)})
            touched(actor.organization_id, "buyer", [row.id])


@whole
def set_group(actor: Actor, *, buyer_id: uuid.UUID, group_id: uuid.UUID | None) -> None:
    """Say to which group a buyer belongs, None for none: its price lists and promotions are theirs from now on."""
    _may_lead(actor)
    row = get_buyer(buyer_id)
    if group_id is not None and not BuyerGroup.objects.filter(id=group_id, archived_at=None).exists():
        raise Invalid(group="choose")
    before, row.group_id = row.group_id, group_id
    row.save(force_update=True)
    if before != group_id:
        trail.record(actor, "buyer", row.id, {"group": (before, group_id)})
        touched(actor.organization_id, "buyer", [row.id])


@whole
def add_group(actor: Actor, *, name: str) -> BuyerGroup:
    """Begin a group of buyers. Refuses an empty, too long or taken name: Invalid."""
    _may_lead(actor)
    if BuyerGroup.objects.filter(archived_at=None).count() >= GROUPS_MAX:
        raise Invalid(name="too_many")
    row = BuyerGroup(organization_id=actor.organization_id, id=new_id(), name=_group_name(None, name))
    row.save(force_insert=True)
    return row


def rename_group(actor: Actor, *, group_id: uuid.UUID, name: str) -> None:
    """Call a group something else."""
    _may_lead(actor)
    with use_case():
        row = _group(group_id)
        before, row.name = row.name, _group_name(group_id, name)
        row.save(force_update=True)
        _group_changed(actor, row, {"name": (before, row.name)})


def end_group(actor: Actor, *, group_id: uuid.UUID, ended: bool = True) -> None:
    """End a group, or begin it again. Its buyers stay in it, and nothing is theirs while it has ended."""
    _may_lead(actor)
    with use_case():
        row = _group(group_id)
        if (row.archived_at is not None) != ended:
            row.archived_at = clock.now() if ended else None
            row.save(force_update=True)
            _group_changed(actor, row, {"archived": (not ended, ended)})


def _group_changed(actor: Actor, row: BuyerGroup, changes: Mapping[str, tuple[Any, Any]]) -> None:
    trail.record(actor, "buyer_group", row.id, changes)
    touched(actor.organization_id, "buyer", Buyer.objects.filter(group_id=row.id).values_list("id", flat=True))


@whole
def authorise(actor: Actor, *, buyer_id: uuid.UUID, name: str) -> AuthorisedPerson:
    """Let somebody else take goods on a buyer's account. Refuses an empty or too long name, and more than ten: Invalid."""
    _may_lead(actor)
    buyer_id = get_buyer(buyer_id).id
    cleaned = _clean(name)
    if not cleaned or len(cleaned) > LENGTHS["name"]:
        raise Invalid(person="too_long" if cleaned else "empty")
    if AuthorisedPerson.objects.filter(buyer_id=buyer_id, ended_at=None).count() >= PERSONS_MAX:
        raise Invalid(person="too_many")
    row = AuthorisedPerson(organization_id=actor.organization_id, id=new_id(), buyer_id=buyer_id, name=cleaned)
    row.save(force_insert=True)
    touched(actor.organization_id, "buyer", [buyer_id])
    return row


def no_longer_authorise(actor: Actor, *, buyer_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """From now on this person may not take goods on the account. What they took stays in it."""
    _may_lead(actor)
    with use_case():
        now = joins.joined()
        row = AuthorisedPerson.objects.filter(id=person_id, buyer_id__in=now.spread([buyer_id])).first()
        if row is None:
            raise NotFound
        if row.ended_at is None:
            row.ended_at = clock.now()
            row.save(force_update=True)
            trail.record(actor, "buyer", now.of(buyer_id), {"authorised": (str(person_id), "")})
            touched(actor.organization_id, "buyer", [now.of(buyer_id)])


def put_away(actor: Actor, *, buyer_id: uuid.UUID, away: bool = True) -> None:
    """Take a buyer off the tills, or bring them back. Their accounts stay."""
    _may_edit(actor)
    with use_case():
        row = get_buyer(buyer_id)
        if (row.archived_at is not None) != away:
            row.archived_at = clock.now() if away else None
            row.save(force_update=True)
            trail.record(actor, "buyer", row.id, {"archived": (not away, away)})
            touched(actor.organization_id, "buyer", [row.id])


@whole
def write_entry(actor: Actor, *, buyer_id: uuid.UUID, account: str, amount: int, reason: str, text: str = "") -> uuid.UUID:
    """Write into an account: minor units, above zero makes it more. Never changed: a mistake is mended by another entry."""
    _may_lead(actor)
    buyer_id = get_buyer(buyer_id).id
    if account not in ACCOUNTS or reason not in REASONS:
        raise Invalid(reason="choose")
    if not amount or abs(amount) > AMOUNT_MAX:
        raise Invalid(amount="out_of_range" if amount else "empty")
    entry = AccountEntry(
        organization_id=actor.organization_id, id=new_id(), buyer_id=buyer_id, account=account, amount=amount, reason=reason,
        text=text.strip()[:200], actor_id=actor.id, at=clock.now(),
    )  # fmt: skip
    entry.save(force_insert=True)
    touched(actor.organization_id, "buyer", [buyer_id])
    return entry.id


def set_offline_limits(actor: Actor, *, amounts: Mapping[str, int | None]) -> None:
    """Say how much a till may spend of one account while it cannot ask, by kind of account: minor units, None for all that it knows to be there."""
    if not actor.may("owner"):
        raise Forbidden
    for account, amount in amounts.items():
        if account not in OFFLINE or not 0 <= (amount or 0) <= AMOUNT_MAX:
            raise Invalid(**{account: "out_of_range"})
    with use_case():
        before = offline_limits()
        changes = {f"offline_{account}": (before[account], amount) for account, amount in amounts.items() if before[account] != amount}
        for account, amount in amounts.items():
            OfflineLimit.objects.update_or_create(organization_id=actor.organization_id, account=account, defaults={"amount": amount})
        trail.record(actor, "business", actor.organization_id, changes)
        touched(actor.organization_id, "till", [actor.organization_id])


def met(organization_id: uuid.UUID, contacts: Mapping[uuid.UUID, Mapping[str, Any]]) -> None:
    """Fill in what a till wrote of buyers it met, inside the caller's transaction. What an office has corrected since stays as it is."""
    for row in Buyer.objects.filter(id__in=list(contacts), name=""):
        said = contacts[row.id]
        for name, longest in LENGTHS.items():
            setattr(row, name, _clean(str(said.get(name) or ""))[:longest])
        row.consent = [channel for channel in said.get("consent") or () if channel in CHANNELS]
        row.search = search_text(row)
        row.save(force_update=True)
    touched(organization_id, "buyer", joins.joined().spread(contacts))


def get_buyer(buyer_id: uuid.UUID) -> Buyer:
    """Return a buyer of the business in scope, of two that are one the one that is kept; NotFound for any other."""
    row = buyer(buyer_id)
    if row is None:
        raise NotFound
    return row


def _group(group_id: uuid.UUID) -> BuyerGroup:
    row = BuyerGroup.objects.filter(id=group_id).first()
    if row is None:
        raise NotFound
    return row


def _group_name(group_id: uuid.UUID | None, name: str) -> str:
    cleaned = _clean(name)
    if not cleaned or len(cleaned) > 60:
        raise Invalid(name="too_long" if cleaned else "empty")
    others = BuyerGroup.objects.filter(name=cleaned)
    if (others if group_id is None else others.exclude(id=group_id)).exists():
        raise Invalid(name="taken")
    return cleaned


def search_text(row: Buyer) -> str:
    """Return what searches look in: name without accents, digits of the phone, tax id, email."""
    digits = "".join(letter for letter in row.phone if letter.isdigit())
    return fold(f"{row.name} {digits} {row.tax_id} {row.email}")[:400]


def _take(row: Buyer, contact: Mapping[str, str]) -> None:
    for name, longest in LENGTHS.items():
        value = _clean(contact.get(name, ""))
        if len(value) > longest:
            raise Invalid(**{name: "too_long"})
        setattr(row, name, value.upper() if name == "tax_id" else value)
    if not row.name:
        raise Invalid(name="empty")
    row.search = search_text(row)


def _clean(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).strip()


def _channels(consent: tuple[str, ...]) -> list[str]:
    if not set(consent) <= set(CHANNELS):
        raise Invalid(consent="choose")
    return [channel for channel in CHANNELS if channel in consent]


def _limit(amount: int) -> int:
    if not 0 <= amount <= AMOUNT_MAX:
        raise Invalid(fiado_limit="out_of_range")
    return amount


def _may_edit(actor: Actor) -> None:
    if not actor.may("owner", "manager", "cashier"):
        raise Forbidden


def _may_lead(actor: Actor) -> None:
    if not actor.may("owner", "manager"):
        raise Forbidden
