"""Nothing ranks people (S14, S20, S21; G6): no read sums or counts by person, in the ORM or in SQL; and what the strip offers has no switch that would bring it back.

A list of events with names is not a rank (ruling 31): what is refused is a figure a person.
"""

import ast
import re

import pytest

from tests.laws.sources import texts

PERSON = {"staff_id", "staff", "by_id", "to_id", "actor_id", "actor", "person_id", "person", "approver_id"}
NARROWS = {"values", "values_list"}
GROUPED = re.compile(r"GROUP\s+BY[^;\"']*\b(?:" + "|".join(sorted(PERSON)) + r")\b", re.IGNORECASE)
# Settings that would bring the old beliefs back (S17): no name of a field, a key or a table may say so.
SWITCHES = re.compile(
    r"\b(?:buyer_risk|risk_score|sales_target|sales_goal|commission_(?:rate|share)|(?:seller|staff|person|cashier)_rank|rank_of_person|nps|vip)\b",
    re.IGNORECASE,
)


def grouped_by_person(source: str) -> list[int]:
    """Return the lines of a module that annotate what was narrowed to a person: a figure for each."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"annotate", "aggregate"}):
            continue
        inner: ast.expr = node.func.value
        while isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
            if inner.func.attr in NARROWS and _names(inner) & PERSON:
                found.append(node.lineno)
                break
            inner = inner.func.value
    return found


def _names(call: ast.Call) -> set[str]:
    return {str(one.value).split("__")[0] for one in call.args if isinstance(one, ast.Constant)}


def python() -> list[tuple[str, str]]:
    """The modules of the server."""
    return [(name, text) for name, text in texts(("mostrador/",)) if name.endswith(".py")]


def test_no_read_makes_a_figure_of_a_person() -> None:
    assert len(python()) > 200
    assert {name: lines for name, text in python() if (lines := grouped_by_person(text))} == {}
    assert [name for name, text in python() if GROUPED.search(text)] == []


def test_no_setting_and_no_column_ranks_anybody() -> None:
    assert {name: found for name, text in texts(("mostrador/", "till/src/", "contracts/")) if (found := SWITCHES.findall(text))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "Sale.objects.values('staff_id').annotate(n=Count('id'))",
        "Sale.objects.filter(a=1).values_list('store_id', 'staff_id').order_by('x').annotate(total=Sum('gross'))",
    ],
)
def test_what_would_rank_is_found(source: str) -> None:
    assert grouped_by_person(source) == [1]


def test_a_list_of_events_with_names_is_none() -> None:
    assert grouped_by_person("Sale.objects.annotate(n=Count('lines')).values_list('staff_id', 'n')") == []
    assert GROUPED.search("SELECT staff_id, SUM(gross) FROM counter_sale GROUP BY staff_id")
