"""What flows through the office start from: people signed in, a day of sales, everything a business owns as plain values."""

import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client

from mostrador.config.worker import drain
from mostrador.kernel.actor import Role
from mostrador.kernel.scoping import scope
from mostrador.people import services as people
from mostrador.people.models import User
from mostrador.people.queries import SESSION_KEY
from tests.sync.shop import Business, Json, Till

PASSWORD = "una-clave-larga-9"
_numbers = itertools.count(1)


def member(business: Business, role: Role = "owner") -> tuple[str, uuid.UUID]:
    """Hire somebody who may sign in, and return their email and id."""
    email = f"{role}{next(_numbers)}@tienda.example"
    with scope(business.id):
        made = people.hire(business.actor, name=role.title(), role=role)
        people.give_sign_in(business.actor, member_id=made.id, email=email, password=PASSWORD)
    return email, made.id


def office(business: Business, role: Role = "owner", language: str = "es") -> Client:
    """A browser of somebody of that role, signed in at the business's office."""
    email, _ = member(business, role)
    client = Client(headers={"accept-language": language})
    user = User.objects.get(email=email)
    User.objects.filter(id=user.id).update(language=language)
    user.refresh_from_db()
    client.force_login(user)
    session = client.session
    session[SESSION_KEY] = str(business.id)
    session.save()
    return client


def a_day(business: Business) -> tuple[Till, list[Json]]:
    """A whole day of one till, sent and worked off."""
    till = business.till()
    facts = till.whole_day()
    till.push()
    drain()
    return till, facts


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that are sent to the database inside the block."""
    sent: list[str] = []

    def listen(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        sent.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield sent


def everything(business: Business) -> dict[str, list[Any]]:
    """Every row that a business owns, as plain values, by table: equal before and after means that nothing changed."""
    rows: dict[str, list[Any]] = {}
    with scope(business.id):
        for model in apps.get_models():
            if getattr(model, "PLACEMENT", "") == "distributed":
                found = model._default_manager.all().values_list(*(field.attname for field in model._meta.concrete_fields))
                rows[model._meta.db_table] = sorted(map(repr, found))
    return rows
