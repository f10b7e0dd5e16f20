"""The checker of scopes catches what would leave one business, and lets everything else through."""

import uuid

import pytest
from django.db import connection

from mostrador.kernel.scoping import across
from tests.support.scope_checker import UnscopedStatement, problems

TABLES = frozenset({"sale", "line", "product"})
ORG = '"sale"."organization_id"'

CLEAN = [
    'SELECT "sale"."id" FROM "sale" WHERE ("sale"."organization_id" = %s AND "sale"."id" = %s)',
    'SELECT 1 FROM "sale" WHERE "sale"."organization_id" IN (%s)',
    'SELECT 1 FROM "sale" WHERE ("sale"."organization_id", "sale"."id") IN ((%s, %s))',
    'SELECT 1 FROM "line" INNER JOIN "sale" ON ("line"."organization_id" = "sale"."organization_id" AND "line"."sale_id" = "sale"."id") '
    'WHERE "line"."organization_id" = %s',
    'SELECT 1 FROM "line" U0 WHERE U0."organization_id" = %s',
    "SELECT s.id FROM sale s JOIN product p ON p.organization_id = s.organization_id AND p.id = s.product_id WHERE s.organization_id = %s",
    'UPDATE "sale" SET "note" = %s WHERE "sale"."organization_id" = %s',
    'DELETE FROM "sale" WHERE ("sale"."organization_id" = %s AND "sale"."id" = %s)',
    'INSERT INTO "sale" ("organization_id", "id") VALUES (%s, %s) ON CONFLICT ("organization_id", "id") DO NOTHING',
    "WITH w0 AS (INSERT INTO sale (organization_id, id) VALUES ($1, $2) ON CONFLICT (organization_id, id) DO NOTHING) "
    "INSERT INTO line (organization_id, n) VALUES ($3, $4), ($5, $6)",
    'SELECT "other"."id" FROM "other"',
    "PRAGMA foreign_keys",
    "SAVEPOINT s1",
]
BAD = {
    'SELECT 1 FROM "sale" WHERE "sale"."id" = %s': "sale AS sale is not tied to one business",
    'SELECT 1 FROM "line" INNER JOIN "sale" ON ("line"."sale_id" = "sale"."id") WHERE "line"."organization_id" = %s': "sale AS sale is not tied to one business",
    'SELECT 1 FROM "sale" WHERE "sale"."organization_id" = %s AND EXISTS(SELECT 1 FROM "line" U0 WHERE U0."sale_id" = "sale"."id")': "line AS U0 is not tied to one business",
    'UPDATE "sale" SET "note" = %s WHERE "sale"."id" = %s': "sale AS sale is not tied to one business",
    'UPDATE "sale" SET "organization_id" = %s WHERE "sale"."organization_id" = %s': "UPDATE of organization_id",
    'DELETE FROM "sale"': "sale AS sale is not tied to one business",
    'INSERT INTO "sale" ("id") VALUES (%s)': "INSERT into sale without organization_id",
    'INSERT INTO "sale" ("organization_id", "id") VALUES (%s, %s) ON CONFLICT ("id") DO NOTHING': 'ON CONFLICT ("id") lacks organization_id',
    'INSERT INTO "sale" ("organization_id", "id") SELECT * FROM UNNEST(%s, %s)': "INSERT .. SELECT goes through Citus's coordinator: send VALUES",
    "WITH w0 AS (INSERT INTO sale (organization_id, id) VALUES ($1, $2)) INSERT INTO line (n) VALUES ($3)": "INSERT into line without organization_id",
    "WITH w0 AS (INSERT INTO sale (organization_id, id) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING) INSERT INTO line (organization_id, n) VALUES ($3, $4)": "ON CONFLICT (id) lacks organization_id",
    'WITH new AS (SELECT 1 FROM "sale") SELECT * FROM new': "sale AS sale is not tied to one business",
}


@pytest.mark.parametrize("statement", CLEAN)
def test_a_statement_tied_to_one_business_passes(statement: str) -> None:
    assert problems(statement, TABLES) == ()


@pytest.mark.parametrize("statement", BAD)
def test_a_statement_that_leaves_one_business_is_refused(statement: str) -> None:
    assert problems(statement, TABLES) == (BAD[statement],)


@pytest.mark.django_db
def test_the_checker_watches_the_connection_of_every_test() -> None:
    with pytest.raises(UnscopedStatement, match="counter_sale AS counter_sale is not tied"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM counter_sale")


@pytest.mark.django_db
def test_a_stated_reason_lets_a_wider_look_through() -> None:
    with across("this law"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM counter_sale")

        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_a_statement_in_scope_passes() -> None:
    key = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM counter_sale WHERE organization_id = %s", [key.bytes if connection.vendor == "sqlite" else key]
        )

        assert cursor.fetchone() == (0,)
