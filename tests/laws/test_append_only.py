"""What moves money, stock or trust is only ever added: the database itself refuses to change it (docs/adr/0006)."""

import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from mostrador.kernel.append_only import append_only_models, missing
from mostrador.kernel.models import Organization
from tests.sync.books import doctor

MOVES = [
    "catalogue.CostEvent",
    "catalogue.PriceEvent",
    "counter.CashMove",
    "counter.CounterEvent",
    "counter.Payment",
    "counter.Sale",
    "counter.SaleLine",
    "counter.Shift",
    "counter.ShiftClosing",
    "counter.Visit",
    "counter.VisitClosing",
    "stock.StockMove",
    "sync.JournalEntry",
]


def a_value(field: "models.Field[Any, Any]") -> Any:
    """Return something that fits a column."""
    kind = field.get_internal_type()
    if "UUID" in kind or isinstance(field, models.ForeignKey):
        identifier = uuid.uuid4()
        return identifier.bytes if connection.vendor == "sqlite" else identifier
    if "Integer" in kind or kind in {"BigIntegerField", "DurationField"}:
        return 1
    return {
        "BooleanField": False,
        "DateField": "2026-01-01",
        "DateTimeField": "2026-01-01T00:00:00Z",
        "JSONField": "{}",
        "BinaryField": b"x",
    }.get(kind, "x")


def insert_row(model: type[models.Model]) -> None:
    """Put one row into a table without its relatives: this law is about the row alone."""
    fields = model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", [a_value(field) for field in fields])
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")


def refuses(statement: str) -> bool:
    """Whether the database refuses a statement as append-only."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        number: int = cursor.fetchone()[0]
        return number


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_change_or_delete_append_only_rows(scope_checker_off: None) -> None:
    kept: dict[str, tuple[bool, bool, int]] = {}

    for model in append_only_models():
        table = model._meta.db_table
        with connection.constraint_checks_disabled():
            insert_row(model)
        column = model._meta.local_concrete_fields[-1].column
        kept[table] = (refuses(f"UPDATE {table} SET {column} = {column}"), refuses(f"DELETE FROM {table}"), count(table))

    assert kept
    assert {table: found for table, found in kept.items() if found != (True, True, 1)} == {}


@pytest.mark.django_db(transaction=True)
def test_a_table_without_protection_is_told_apart(scope_checker_off: None) -> None:
    insert_row(Organization)

    assert not refuses("UPDATE kernel_organization SET name = 'y'")
    assert not refuses("DELETE FROM kernel_organization")


def test_what_moves_money_or_goods_is_append_only() -> None:
    labels = {
        model._meta.label: getattr(model, "APPEND_ONLY", None) for model in apps.get_models() if model.__module__.startswith("mostrador.")
    }

    assert [label for label in MOVES if labels.get(label) is not True] == []
    assert sorted(label for label, said in labels.items() if said is None) == []


@pytest.mark.django_db
def test_a_trigger_that_somebody_took_off_is_missed_by_the_doctor() -> None:
    assert missing() == []
    on = " ON counter_sale" if connection.vendor == "postgresql" else ""

    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER counter_sale_no_update{on}")

    assert missing() == ["counter_sale_no_update"]
    assert ("engine", "falta el disparador counter_sale_no_update: mostrador migrate") in doctor()
