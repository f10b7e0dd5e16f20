"""What every test gets: its marks, the checker of scopes, a real file for SQLite, a Chromium that is there."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from tests.support.chromium import chromium_path
from tests.support.environment import folder
from tests.support.scope_checker import ScopeChecker

CHROME = chromium_path()
ON_POSTGRESQL = os.environ["MOSTRADOR_DATABASE_URL"].startswith("postgres")
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_reset_sequences", "live_server", "client", "admin_client"})
checker = ScopeChecker()

# A slow machine is no fault of the law under test; a failure prints how to repeat it.
hypothesis_settings.register_profile("house", deadline=None, print_blob=True)
hypothesis_settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a database, a browser or PostgreSQL, so that `-m` can choose."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "page" in fixtures or "browser" in fixtures or "/tests/browser/" in item.path.as_posix():
            item.add_marker("browser")
            if CHROME is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium: sh scripts/debian.sh chromium"))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
        if item.get_closest_marker("postgresql") and not ON_POSTGRESQL:
            item.add_marker(pytest.mark.skip(reason="only means something on PostgreSQL"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Put SQLite's test database into a file, with the journal and the locks of a shop: one in memory has neither."""
    database = connections["default"].settings_dict
    if not ON_POSTGRESQL:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        database["TEST"]["NAME"] = str(folder / f"test-{worker}.sqlite3")


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Put the checker on a connection, once; threads of a live server open their own."""
    if checker not in connection.execute_wrappers:
        connection.execute_wrappers.append(checker)


connection_created.connect(_watch, dispatch_uid="scope_checker")


@pytest.fixture(autouse=True)
def scope_checker(request: pytest.FixtureRequest) -> Iterator[None]:
    """Refuse statements that are not tied to one business, in every test that has a database."""
    if request.node.get_closest_marker("database") is None:
        yield
        return
    for connection in connections.all(initialized_only=True):
        _watch(connection)
    checker.on = True
    yield
    checker.on = False


# Django's own hook between tests; its stubs leave it out.
_flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _flush_append_only(case: TransactionTestCase) -> None:
    """Empty the database after a test that committed: the one moment at which append-only rows may go."""
    from mostrador.kernel.append_only import unprotect

    checker.on = False
    unprotect()
    # SQLite empties one table after the other in no order that our undeferrable keys would like.
    _check_foreign_keys(is_on=False)
    _flush(case)  # ends in post_migrate, which puts the triggers on again
    _check_foreign_keys(is_on=True)


def _check_foreign_keys(*, is_on: bool) -> None:
    if not ON_POSTGRESQL:
        with connections["default"].cursor() as cursor:
            cursor.execute(f"PRAGMA foreign_keys={'ON' if is_on else 'OFF'}")


TransactionTestCase._fixture_teardown = _flush_append_only  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start Debian's Chromium. As root it wants --no-sandbox; our local certificate authority is trusted by flag (ruling 24)."""
    arguments = ["--no-sandbox", "--ignore-certificate-errors", "--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "executable_path": CHROME, "args": arguments}


@pytest.fixture
def scope_checker_off(scope_checker: None) -> None:
    """For the few laws about tables themselves, whose rows belong to nobody."""
    checker.on = False
