"""Budgets of size: functions of at most 50 lines (70 stops), files of at most 500, at most 6 parameters.

ESLint holds the functions of the till to the same (till/eslint.config.js).
"""

import ast
from collections.abc import Iterator

import pytest

from tests.laws.sources import python, texts

FUNCTION_AIM, FUNCTION_MAX, FILE_MAX, PARAMETERS_MAX = 50, 70, 500, 6
CODE = ("mostrador/", "tests/", "scripts/", "bench/", "till/src/", "till/tests/", "till/lint/")


def functions(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (name, lines, parameters beside self and cls) of each function of a Python text."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield node.name, lines, sum(argument.arg not in {"self", "cls"} for argument in given)


def all_functions(aim: int) -> list[str]:
    """Return the functions longer than `aim` lines, with their place."""
    return [
        f"{path}: {name} has {lines} lines"
        for path, text in python(("mostrador/", "scripts/", "bench/", "tests/"))
        for name, lines, _ in functions(text)
        if lines > aim
    ]


def test_no_python_function_is_longer_than_70_lines() -> None:
    assert all_functions(FUNCTION_MAX) == []


def test_functions_beyond_50_lines_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    long = all_functions(FUNCTION_AIM)

    with capsys.disabled():
        for line in long:
            print(f"\n  (aim is {FUNCTION_AIM}) {line}", end="")
    assert len(long) < 40, "the aim is being forgotten: split by meaning"


def test_no_function_takes_more_than_6_parameters() -> None:
    # Tests take fixtures as parameters, pytest's way to name what a test needs.
    found = [
        f"{path}: {name} takes {parameters}"
        for path, text in python(("mostrador/", "scripts/", "bench/"))
        for name, _, parameters in functions(text)
        if parameters > PARAMETERS_MAX and not name.startswith("test_")
    ]

    assert found == []


def test_no_file_is_longer_than_500_lines() -> None:
    found = {
        name: lines
        for name, text in texts(CODE, {".py", ".ts", ".js", ".svelte", ".css", ".html"})
        if "/migrations/" not in name and (lines := text.count("\n")) > FILE_MAX
    }

    assert found == {}


def test_a_function_too_long_or_with_too_many_parameters_is_measured_right() -> None:
    text = "class A:\n    def f(self, a, b, *, c, d, e, f, g):\n" + "        a = b\n" * 70

    assert list(functions(text)) == [("f", 71, 7)]
