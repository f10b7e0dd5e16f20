"""A row of one business cannot even name a row of another, and every tenant table can be distributed (docs/adr/0004)."""

import io
import re
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import isolate_apps

from mostrador.kernel.fields import CompactUUIDField
from mostrador.kernel.tenancy import TenantForeignKey, TenantModel, tenant_relation
from tests.laws.sources import ROOT
from tests.laws.tenancy import model_faults, place, table_faults


def ours() -> list[type[models.Model]]:
    """The models of the house."""
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("mostrador.")]


def test_the_models_keep_businesses_apart() -> None:
    assert model_faults(ours()) == []


def test_there_are_tenant_tables_to_look_at() -> None:
    assert [model.__name__ for model in ours() if place(model) == "distributed"] != []


@isolate_apps("mostrador.kernel", attr_name="registry")
def test_a_model_that_mixes_businesses_is_caught() -> None:
    class Parent(TenantModel):
        code = models.CharField(max_length=8, unique=True)

        class Meta:
            app_label = "kernel"

    class Child(TenantModel):
        parent_id = CompactUUIDField()
        parent: Any = tenant_relation("kernel.Parent", "parent_id")
        number = models.IntegerField()

        class Meta:
            app_label = "kernel"
            constraints: ClassVar = [
                models.UniqueConstraint(fields=["number"], name="number_uq"),
                TenantForeignKey(name="backwards_fk", fields=("parent_id", "organization"), to="kernel_parent"),
            ]

    class Homeless(models.Model):
        class Meta:
            app_label = "kernel"

    assert model_faults([Parent, Child, Homeless]) == [
        "kernel.Parent.code: unique=True without the organization",
        "kernel.Child: number_uq: unique without the organization",
        "kernel.Child: backwards_fk: the foreign key does not begin with the organization",
        "kernel.Child.parent: no TenantForeignKey holds this relation in the database",
        "kernel.Homeless declares no PLACEMENT",
    ]


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_tables_keep_businesses_apart() -> None:
    tables = [model._meta.db_table for model in ours() if place(model) == "distributed"]

    assert table_faults(tables) == []


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_table_that_mixes_businesses_is_caught() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE law_parent (organization_id uuid, id uuid, n serial UNIQUE, PRIMARY KEY (organization_id, id))")
        cursor.execute(
            "CREATE TABLE law_child (organization_id uuid, id uuid, o uuid, p uuid, PRIMARY KEY (organization_id, id), "
            "CONSTRAINT law_fk FOREIGN KEY (o, p) REFERENCES law_parent (organization_id, id) DEFERRABLE INITIALLY DEFERRED)"
        )
        cursor.execute("CREATE TABLE law_stranger (a uuid, b uuid, CONSTRAINT stranger_fk FOREIGN KEY (a, b) REFERENCES law_parent)")

    assert table_faults(["law_parent", "law_child"]) == [
        "deferrable foreign key: law_fk",
        "foreign key between tenant tables without the organization in the same place: law_fk",
        "foreign key from a table that is no tenant's: stranger_fk",
        "numbers from the database: law_parent.n",
        "unique or exclusion without the organization: law_parent_n_key",
    ]


@pytest.mark.django_db
def test_no_model_waits_for_its_migration() -> None:
    output = io.StringIO()

    call_command("makemigrations", "--check", "--dry-run", stdout=output)

    assert output.getvalue().strip() == "No changes detected"


def test_a_migration_comes_after_the_tables_that_its_foreign_keys_name() -> None:
    """SQLite asks for no table before a row is written; PostgreSQL does, at once."""
    early = []
    for file in sorted(ROOT.glob("mostrador/*/migrations/0*.py")):
        text, app = file.read_text(), file.parts[-3]
        named = set(re.findall(r"to='([a-z]+)_", text)) - {app}
        early += [f"{file.parts[-3]}/{file.name}: {other}" for other in sorted(named) if f"('{other}'," not in text]
    assert early == []
