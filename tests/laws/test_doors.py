"""Doors (api, office, page) write through services: they neither save rows nor speak SQL. Time is asked of kernel.clock alone."""

import ast
from collections.abc import Iterator

import pytest

from tests.laws.sources import python

DOORS = ("mostrador/api/", "mostrador/office/", "mostrador/page/")
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "aget_or_create", "abulk_create", "executemany", "raw"}
ON_ROWS = {"create", "update", "delete", "save", "acreate", "aupdate", "adelete", "asave"}
ROWS = {"objects", "filter", "exclude", "all", "order_by", "select_related", "_base_manager", "_default_manager"}
NOT_ROWS = {"session", "cookies", "request", "storage"}


def writes(text: str) -> Iterator[str]:
    """Yield the calls in a Python text that write rows past the services."""
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, chain = node.func.attr, _chain(node.func.value)
        saves_a_row = name in {"save", "asave"} and not chain & NOT_ROWS
        if name in ALWAYS or saves_a_row or (name in ON_ROWS and chain & ROWS):
            yield f"line {node.lineno}: .{name}("
        if name in {"execute", "cursor"} and chain & {"cursor", "connection", "connections"}:
            yield f"line {node.lineno}: .{name}("


def _chain(node: ast.AST) -> set[str]:
    """The names along `a.b(...).c`, innermost first."""
    names = set()
    while True:
        if isinstance(node, ast.Call | ast.Subscript):
            node = node.func if isinstance(node, ast.Call) else node.value
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        else:
            return names | ({node.id} if isinstance(node, ast.Name) else set())


def clocks(text: str) -> list[str]:
    """Return the calls in a Python text that ask the machine what time it is."""
    asked = {
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("datetime", "today"),
        ("date", "today"),
        ("timezone", "now"),
        ("time", "time"),
        ("time", "time_ns"),
    }
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            if (name, node.func.attr) in asked:
                found.append(f"line {node.lineno}: {name}.{node.func.attr}()")
    return found


def test_doors_write_through_services_only() -> None:
    found = {name: wrong for name, text in python(DOORS) if "/tests/" not in name and (wrong := list(writes(text)))}

    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "product.save()",
        "Product.objects.create(name='x')",
        "Product.objects.filter(id=1).update(name='x')",
        "Product.objects.filter(id=1).delete()",
        "Product.objects.bulk_create(rows)",
        "form.save()",
        "connection.cursor()",
        "cursor.execute('DELETE FROM sale')",
    ],
)
def test_a_write_in_a_door_is_caught(text: str) -> None:
    assert len(list(writes(text))) == 1


@pytest.mark.parametrize(
    "text", ["services.create(actor, name='x')", "request.session.save()", "data.update(other)", "response.delete_cookie('x')"]
)
def test_calls_of_services_and_of_plain_python_stay_allowed(text: str) -> None:
    assert list(writes(text)) == []


def test_only_the_clock_asks_the_machine_for_the_time() -> None:
    allowed = {"mostrador/kernel/clock.py", "mostrador/kernel/ids.py"}
    found = {name: wrong for name, text in python() if name not in allowed and "/tests/" not in name and (wrong := clocks(text))}

    assert found == {}


@pytest.mark.parametrize("text", ["datetime.now()", "dt.datetime.now(dt.UTC)", "timezone.now()", "time.time()", "date.today()"])
def test_asking_the_machine_for_the_time_is_caught(text: str) -> None:
    assert len(clocks(text)) == 1
