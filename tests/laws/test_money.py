"""Floats touch no money, no quantity and no rate. In the till ESLint holds the same (till/lint/integers.js)."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.laws.sources import python

INTEGERS_ONLY = (
    "mostrador/pricing/",
    "mostrador/counter/",
    "mostrador/catalogue/",
    "mostrador/stock/",
    "mostrador/sync/",
    "mostrador/fiscal/",
    "mostrador/kernel/money.py",
)


EXACT = re.compile(r"# exact: \w+ \w+")
FOLDER = re.compile(r"(?:path|folder|dir|root)$", re.IGNORECASE)


def fractions(text: str) -> Iterator[str]:
    """Yield what makes a fraction in a Python text: a float written out, float(), round(), true division of anything but a path.

    A line that ends in `# exact: ...` says why no money, quantity or rate becomes a float there.
    """
    lines = ["", *text.splitlines()]
    for node in ast.walk(ast.parse(text)):
        line = getattr(node, "lineno", 0)
        if EXACT.search(lines[line]):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"line {line}: {node.value}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"float", "round"}:
            yield f"line {line}: {node.func.id}()"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not _joins_a_path(node):
            yield f"line {line}: /"
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Div):
            yield f"line {line}: /="


def _joins_a_path(node: ast.BinOp) -> bool:
    """Whether a text stands on one side, or something named a folder on the left: numbers are not divided by texts, paths are joined."""
    if any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    ):
        return True
    name = node.left.attr if isinstance(node.left, ast.Attribute) else node.left.id if isinstance(node.left, ast.Name) else ""
    return bool(FOLDER.search(name))


def test_nothing_that_counts_money_or_goods_uses_floats() -> None:
    found = {name: wrong for name, text in python(INTEGERS_ONLY) if "/tests/" not in name and (wrong := list(fractions(text)))}

    assert found == {}


@pytest.mark.parametrize("text", ["rate = 0.16", "net = gross / 116", "net /= 2", "float(price)", "round(price)"])
def test_a_fraction_is_caught(text: str) -> None:
    assert len(list(fractions(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "half = whole // 2",
        'path = folder / "file.json"',
        'path = folder / f"{name}.json"',
        "rate = 160_000",
        "path = settings.CATALOGUE_DIR / name",
        "float(text)  # exact: refused afterwards",
    ],
)
def test_integers_and_paths_stay_allowed(text: str) -> None:
    assert list(fractions(text)) == []
