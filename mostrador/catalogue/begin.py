"""A business begins: its taxes by country, its owner, first store and first till, in one transaction."""

from dataclasses import dataclass

from mostrador.catalogue.taxes import seed_taxes
from mostrador.kernel.actor import Actor
from mostrador.kernel.errors import Invalid
from mostrador.kernel.scoping import scope
from mostrador.kernel.writing import use_case
from mostrador.people import account
from mostrador.people import services as people

# currency, time zone, locale
COUNTRIES = {"MX": ("MXN", "America/Mexico_City", "es-MX"), "ES": ("EUR", "Europe/Madrid", "es-ES")}


@dataclass(frozen=True, slots=True)
class NewBusiness:
    """What a business is opened with."""

    name: str
    country: str
    owner: str
    email: str
    password: str
    store: str
    till: str
    pin: str = ""


def begin(wanted: NewBusiness) -> Actor:
    """Open a business and return the actor of its set-up. Refuses an unknown country, empty names and a weak password: Invalid."""
    if wanted.country not in COUNTRIES:
        raise Invalid(country="unknown")
    for field in ("name", "owner", "email", "password", "store", "till"):
        if not getattr(wanted, field).strip():
            raise Invalid(**{field: "empty"})
    if "@" not in wanted.email or " " in wanted.email.strip():
        raise Invalid(email="email")
    account.check_new_password(wanted.password)
    currency, timezone, locale = COUNTRIES[wanted.country]
    with use_case():
        actor = people.begin_business(name=wanted.name.strip(), country=wanted.country, currency=currency, timezone=timezone, locale=locale)
        with scope(actor.organization_id):
            seed_taxes(actor, country=wanted.country)
            store = people.add_store(actor, code="CENTRO", name=wanted.store.strip(), timezone=timezone)
            people.add_till(actor, store_id=store.id, code="1", name=wanted.till.strip())
            owner = people.hire(actor, name=wanted.owner, role="owner", pin=wanted.pin or None)
            people.give_sign_in(actor, member_id=owner.id, email=wanted.email.strip(), password=wanted.password)
    return actor
